/** POST /api/enrol: a device joins the site of the one-time code that it read from a supervisor's screen. */
import { Hono } from 'hono'
import { EnrolRequest } from '../../shared/people/wire.ts'
import { hashCode, takeCode } from '../people/code.ts'
import { addDevice, enrolled } from '../people/enrol.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { addressOf } from './caller.ts'
import { createLimit, TEN_MINUTES } from './limit.ts'
import { problem } from './problem.ts'

export function enrolRoutes(world: World) {
  const { log, random } = world
  const tries = createLimit({ now: world.now, most: 20, windowMs: TEN_MINUTES })
  return new Hono().post('/api/enrol', async (c) => {
    const form = await readForm(c, EnrolRequest)
    const wasRight = tries.take(addressOf(c))
    const hash = await hashCode(log, form.code)
    const now = world.now()
    const reply = await log.write(async (tx) => {
      const code = await takeCode(tx, 'enrol', hash, new Date(now).toISOString())
      if (typeof code === 'string') throw problem(403, code)
      if (code.site === null) throw new Error('an enrolment code names no site')
      return enrolled(tx, await addDevice(tx, { site: code.site, ...form.device, forkOf: null, now, random }))
    })
    wasRight()
    return c.json(reply, 201)
  })
}
