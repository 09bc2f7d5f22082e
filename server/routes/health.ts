/** GET /healthz: 200 only when something could really be written just now. */
import { Hono } from 'hono'
import type { World } from '../world.ts'
import { problem } from './problem.ts'

export function healthRoutes(world: World) {
  return new Hono().get('/healthz', async (c) => {
    c.header('Cache-Control', 'no-store')
    await world.log.write((tx) => tx.check()).catch((error: unknown) => {
      world.report(error, 'health')
      throw problem(503, 'cannot-write', {}, { 'Retry-After': '10' })
    })
    return c.json({ ok: true })
  })
}
