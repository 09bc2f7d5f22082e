/** GET /api/orders/:id/history: everything that happened to an order, who did it, by which clock. */
import { Hono } from 'hono'
import type { HistoryRow } from '../log/log.ts'
import type { World } from '../world.ts'
import { signedIn } from './caller.ts'
import { docFor } from './docs.ts'

export type History = { order: string; history: HistoryRow[] }

export function historyRoutes(world: World) {
  return new Hono().get('/api/orders/:id/history', signedIn(world), async (c) => {
    const actor = c.get('actor')
    const id = c.req.param('id')
    const history = await world.log.read(async (tx) => {
      await docFor(tx, actor, id)
      return tx.history(actor.site, id)
    })
    return c.json({ order: id, history } satisfies History)
  })
}
