/** POST /api/rescue: an outbox exported from a device that can't sync any more, from anyone, whole into quarantine. */
import { hash } from 'node:crypto'
import { Hono } from 'hono'
import type { World } from '../world.ts'
import { readText } from './body.ts'
import { addressOf, deviceIfAny } from './caller.ts'
import { createLimit, HOUR } from './limit.ts'
import { problem } from './problem.ts'

/** So that nobody fills the disk. What is turned away is still in the exported file, for the next hour. */
const MOST_OF_DEVICE = 60
const MOST_OF_ADDRESS = 20
/** All strangers together: they can't take the turns of enrolled devices. */
const MOST_OF_STRANGERS = 60

export function rescueRoutes(world: World) {
  const limit = (most: number) => createLimit({ now: world.now, most, windowMs: HOUR })
  const [byDevice, byAddress, strangers] = [limit(MOST_OF_DEVICE), limit(MOST_OF_ADDRESS), limit(MOST_OF_STRANGERS)]
  return new Hono().post('/api/rescue', async (c) => {
    // Revoked devices too: their work is what this door is for.
    const device = await deviceIfAny(world, c.req.header('Authorization'))
    if (device) byDevice.take(device.id)
    else {
      byAddress.take(addressOf(c))
      strangers.take('')
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
