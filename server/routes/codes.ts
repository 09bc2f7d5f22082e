/** POST /api/codes: a one-time code that lets a device join this site, for a supervisor's screen to show. */
import { Hono } from 'hono'
import type { NewCode } from '../../shared/people/wire.ts'
import { ENROL_MS, issueCode } from '../people/code.ts'
import type { World } from '../world.ts'
import { signedIn } from './caller.ts'

export function codeRoutes(world: World) {
  return new Hono().post('/api/codes', signedIn(world, 'supervisor'), async (c) => {
    const { site } = c.get('actor')
    const code = await issueCode(world.log, { purpose: 'enrol', site, now: world.now(), lasts: ENROL_MS, random: world.random })
    return c.json(code satisfies NewCode, 201)
  })
}
