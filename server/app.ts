/** The server's doors. Each place has its routes in one file under routes/ and is mounted by one line here. */
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { format } from '../shared/sync/id.ts'
import { LogBusy } from './log/log.ts'
import { createGrants } from './people/grant.ts'
import { answerProblem, ProblemError, problem } from './routes/problem.ts'
import { syncRoutes } from './routes/sync.ts'
import { createHub } from './sync/hub.ts'
import type { Outside, World } from './world.ts'

export function createApp(outside: Outside) {
  const world: World = {
    ...outside,
    grants: createGrants(outside.log),
    hub: createHub(outside.log, (error) => outside.report(error, 'hub')),
  }
  const app = new Hono()
  app.onError((error, c) => {
    if (error instanceof ProblemError) return answerProblem(c, error)
    if (error instanceof LogBusy) return answerProblem(c, problem(503, 'busy', {}, { 'Retry-After': '2' }))
    const reference = format(world.random(16), 4)
    world.report(error, reference)
    return answerProblem(c, problem(500, 'fault', { reference }))
  })
  app.use('/api/*', async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  app.use('/api/*', compress())

  // Work and news
  app.route('/', syncRoutes(world))
  // Identity: set-up, enrolment, sign-in, people, devices

  // Files in

  app.all('/api/*', () => {
    throw problem(404, 'not-found')
  })
  return app
}
