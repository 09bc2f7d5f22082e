/** POST /api/rescue: an outbox exported from a device that can't sync any more, from anyone, whole into quarantine. */
import { hash } from 'node:crypto'
import { Hono } from 'hono'
import type { World } from '../world.ts'
import { readText } from './body.ts'
import { deviceIfAny } from './caller.ts'
import { problem } from './problem.ts'

/** From strangers, so that nobody fills the disk; an enrolled device is never turned away. */
const MOST_AN_HOUR = 60
const HOUR = 3_600_000

export function rescueRoutes(world: World) {
  let window = { from: 0, taken: 0 }
  return new Hono().post('/api/rescue', async (c) => {
    // Revoked devices too: their work is what this door is for.
    const device = await deviceIfAny(world, c.req.header('Authorization'))
    if (!device) {
      if (world.now() - window.from >= HOUR) window = { from: world.now(), taken: 0 }
      if (window.taken >= MOST_AN_HOUR) throw problem(429, 'too-many', {}, { 'Retry-After': '3600' })
      window.taken += 1
    }
    const body = await readText(c)
    if (!isJson(body)) throw problem(400, 'invalid-json')
    const receivedAt = new Date(world.now()).toISOString()
    const reason = JSON.stringify({ type: 'rescue' })
    await world.log.write((tx) => tx.quarantine([{ site: device?.site ?? null, device: device?.id ?? '', receivedAt, reason, body }]))
    return c.json({ receivedAt, sha256: hash('sha256', body) }, 201)
  })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
