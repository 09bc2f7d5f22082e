/** GET /api/quarantine: what came from the site's devices and could not be placed, for its supervisors. */
import { Hono } from 'hono'
import type { QuarantineCard } from '../../shared/people/wire.ts'
import type { World } from '../world.ts'
import { MOST_UNPACKED } from './body.ts'
import { signedIn } from './caller.ts'

const MOST = 200
/** Two of the largest that can be sent: many of those together would be more than a text can be. */
const MOST_BYTES = 2 * MOST_UNPACKED

export function quarantineRoutes(world: World) {
  return new Hono().get('/api/quarantine', signedIn(world, 'supervisor'), async (c) => {
    const { site } = c.get('actor')
    const rows = await world.log.read((tx) => tx.quarantined(site, MOST, MOST_BYTES))
    return c.json(rows.map(({ id, device, receivedAt, reason, body }): QuarantineCard => ({ id, device, receivedAt, reason, body })))
  })
}
