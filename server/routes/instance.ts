/** GET /api/instance: whether this server still waits for its set-up. */
import { Hono } from 'hono'
import type { InstanceInfo } from '../../shared/people/wire.ts'
import type { World } from '../world.ts'

export function instanceRoutes(world: World) {
  return new Hono().get('/api/instance', async (c) => {
    const sites = await world.log.read((tx) => tx.sites())
    return c.json({ ready: sites.length > 0, app: world.app } satisfies InstanceInfo)
  })
}
