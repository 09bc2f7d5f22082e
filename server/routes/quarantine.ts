/** /api/quarantine: what came from the site's devices and could not be placed, for its supervisors to see, apply or discard. */
import { Hono } from 'hono'
import { type QuarantineCard, QuarantineForm } from '../../shared/people/wire.ts'
import type { Verdict } from '../../shared/sync/wire.ts'
import { decide, quarantineCards } from '../sync/quarantine.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { signedIn } from './caller.ts'
import { createLimit, TEN_MINUTES } from './limit.ts'
import { problem } from './problem.ts'
import { rightPin } from './right-pin.ts'

const MOST = 200

/** Undoes what a part of it has written. */
class NotWhole extends Error {
  readonly why: Verdict['reason']
  constructor(why: Verdict['reason']) {
    super(why?.type)
    this.why = why
  }
}

export function quarantineRoutes(world: World) {
  const { log, hub } = world
  const byDevice = createLimit({ now: world.now, most: 20, windowMs: TEN_MINUTES })
  return new Hono()
    .get('/api/quarantine', signedIn(world, 'supervisor'), async (c) => {
      const cards: QuarantineCard[] = await log.read((tx) => quarantineCards(tx, c.get('actor').site, MOST))
      return c.json(cards)
    })
    .post('/api/quarantine/:id{[0-9]{1,15}}', signedIn(world, 'supervisor'), async (c) => {
      const { pin, ...form } = await readForm(c, QuarantineForm)
      const actor = c.get('actor')
      const wasRight = byDevice.take(actor.device)
      const now = world.now()
      await rightPin(log, { site: actor.site, person: actor.person, pin, now })
      wasRight()
      const report = (error: unknown) => world.report(error, 'quarantine')
      const decision = { ...form, actor, now: new Date(now).toISOString(), random: world.random, verifyGrant: world.grants.verify, report }
      const decided = await log
        .write(async (tx) => {
          const decided = await decide(tx, Number(c.req.param('id')), decision)
          if (decided?.is === 'no') throw new NotWhole(decided.why)
          return decided
        })
        .catch((error: unknown) => {
          throw error instanceof NotWhole ? problem(409, 'not-applied', { why: error.why?.type ?? '', reason: JSON.stringify(error.why) }) : error
        })
      switch (decided?.is) {
        case 'done':
          hub.poke(decided.heads)
          return c.json(decided.closed)
        case 'already':
          throw problem(409, 'closed-already', { name: decided.closed.name })
        default:
          throw problem(404, 'not-found')
      }
    })
}
