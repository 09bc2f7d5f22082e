/** GET /api/orders/:id/history: everything that happened to an order, who did it, by which clock, on which device. */
import { Hono } from 'hono'
import type { History } from '../../shared/order/history.ts'
import type { World } from '../world.ts'
import { signedIn } from './caller.ts'
import { docFor } from './docs.ts'

export function historyRoutes(world: World) {
  return new Hono().get('/api/orders/:id/history', signedIn(world), async (c) => {
    const actor = c.get('actor')
    const id = c.req.param('id')
    const { history, devices } = await world.log.read(async (tx) => {
      await docFor(tx, actor, id)
      return { history: await tx.history(actor.site, id), devices: await tx.devices(actor.site) }
    })
    const seen = new Set(history.map((row) => row.device))
    // The server's own has no name that says anything to anybody.
    const names = Object.fromEntries(devices.filter((each) => each.number > 0 && seen.has(each.id)).map((each) => [each.id, each.name]))
    return c.json({ order: id, history, devices: names } satisfies History)
  })
}
