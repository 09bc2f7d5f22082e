/** The server's doors. Each place has its routes in one file under routes/ and is mounted by one line here. */
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { createMiddleware } from 'hono/factory'
import { bodyLimit } from 'hono/body-limit'
import { format } from '../shared/sync/id.ts'
import { LogBusy } from './log/log.ts'
import { createGrants } from './people/grant.ts'
import { blobRoutes } from './routes/blobs.ts'
import { brokenOff, MOST_UNPACKED } from './routes/body.ts'
import { codeRoutes } from './routes/codes.ts'
import { deviceRoutes } from './routes/devices.ts'
import { enrolRoutes } from './routes/enrol.ts'
import { guardedHeaders, sameOrigin } from './routes/guard.ts'
import { healthRoutes } from './routes/health.ts'
import { historyRoutes } from './routes/history.ts'
import { importRoutes } from './routes/imports.ts'
import { instanceRoutes } from './routes/instance.ts'
import { peopleRoutes } from './routes/people.ts'
import { answerProblem, ProblemError, problem } from './routes/problem.ts'
import { quarantineRoutes } from './routes/quarantine.ts'
import { rescueRoutes } from './routes/rescue.ts'
import { setupRoutes } from './routes/setup.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { siteRoutes } from './routes/site.ts'
import { createSnapshots } from './routes/snapshot.ts'
import { staticRoutes } from './routes/static.ts'
import { streamRoutes } from './routes/stream.ts'
import { syncRoutes } from './routes/sync.ts'
import { createHub } from './sync/hub.ts'
import type { Outside, World } from './world.ts'

export function createApp(outside: Outside) {
  const world: World = {
    ...outside,
    grants: createGrants(outside.log),
    hub: createHub(outside.log, (error) => outside.report(error, 'hub')),
  }
  const snapshots = createSnapshots(world)
  const app = new Hono()
  app.onError((error, c) => {
    if (error instanceof ProblemError) return answerProblem(c, error)
    if (error instanceof LogBusy) return answerProblem(c, problem(503, 'busy', {}, { 'Retry-After': '2' }))
    const reference = format(world.random(16), 4)
    world.report(error, reference)
    return answerProblem(c, problem(500, 'fault', { reference }))
  })
  app.use(transportsOwn)
  app.use(headersAlone)
  app.use(guardedHeaders)
  app.use('/api/*', sameOrigin)
  app.use('/api/*', async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  app.use('/api/*', compress())
  app.use('/api/*', bounded)

  // Work and news
  app.route('/', syncRoutes(world))
  app.route('/', snapshots.routes)
  app.route('/', streamRoutes(world))
  app.route('/', blobRoutes(world))
  app.route('/', historyRoutes(world))
  app.route('/', rescueRoutes(world))
  // Identity: set-up, enrolment, sign-in, people, devices
  app.route('/', instanceRoutes(world))
  app.route('/', setupRoutes(world))
  app.route('/', enrolRoutes(world, snapshots.awaits))
  app.route('/', signInRoutes(world))
  app.route('/', siteRoutes(world))
  app.route('/', peopleRoutes(world))
  app.route('/', codeRoutes(world))
  app.route('/', deviceRoutes(world))
  app.route('/', quarantineRoutes(world))

  // Files in
  app.route('/', importRoutes(world))

  const nothingHere = () => {
    throw problem(404, 'not-found')
  }
  app.all('/api/*', nothingHere)
  app.route('/', healthRoutes(world))
  app.route('/', staticRoutes(world.client))
  // Not `app.notFound`: what that throws goes past the middleware, and the headers with it.
  app.all('*', nothingHere)
  return app
}

/** How an answer is carried is said by who carries it: HTTP/2 forbids these, and a stream sets them. */
const transportsOwn = createMiddleware(async (c, next) => {
  await next()
  for (const header of ['Transfer-Encoding', 'Connection', 'Keep-Alive']) c.res.headers.delete(header)
})

/** Whoever asks for the headers alone reads nothing: what was begun for them ends, or a stream would talk on to nobody. */
const headersAlone = createMiddleware(async (c, next) => {
  await next()
  if (c.req.method === 'HEAD') await c.res.body?.cancel()
})

const limit = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw problem(413, 'too-large', { limit: maxSize })
    },
  })
const ordinary = limit(MOST_UNPACKED)

/** Every body has an end. Photographs, rescue files and files to import are bounded while they are written, chunk by chunk. */
const streamed = /^\/api\/(rescue$|blobs\/|imports\/[^/]+\/files\/)/
const bounded = createMiddleware(async (c, next) => {
  return streamed.test(c.req.path) ? next() : ordinary(c, next).catch(brokenOff)
})
