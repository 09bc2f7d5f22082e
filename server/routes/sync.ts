/** POST /api/sync: the one round trip that carries work in and news out. */
import { Hono } from 'hono'
import { slimReply } from '../../shared/sync/slim.ts'
import { PROTOCOL } from '../../shared/sync/wire.ts'
import { readArrival } from '../sync/arrival.ts'
import { DeviceFork } from '../sync/execute.ts'
import { createSync } from '../sync/sync.ts'
import type { World } from '../world.ts'
import { readJson } from './body.ts'
import { anyDevice } from './caller.ts'
import { answerPacked } from './packed.ts'
import { problem } from './problem.ts'

export function syncRoutes(world: World) {
  const sync = createSync({
    log: world.log,
    now: world.now,
    verifyGrant: world.grants.verify,
    hub: world.hub,
    report: (error) => world.report(error, 'poison'),
  })
  return new Hono().post('/api/sync', anyDevice(world), async (c) => {
    const device = c.get('device')
    const body = await readJson(c)
    checkProtocol(body)
    const read = readArrival(body, new Date(world.now()).toISOString())
    if ('wrong' in read) throw problem(400, 'malformed', { ...read.wrong, type: 'malformed' })
    if (read.arrival.device !== undefined && read.arrival.device !== device.id) throw problem(400, 'malformed', { path: 'device', message: read.arrival.device })
    const reply = await sync(device, read.arrival).catch((error: unknown) => {
      throw error instanceof DeviceFork ? problem(409, 'device-fork') : error
    })
    // It hears what became of its work, and reads nothing any more.
    if (device.revokedAt && read.arrival.commands.length === 0) throw problem(401, 'device-revoked', { at: device.revokedAt })
    return answerPacked(c, read.arrival.protocol < 2 ? reply : slimReply(reply, read.arrival))
  })
}

/** A newer app may read what this server doesn't know how to write. Whoever asks for no news may always send (SYNC §3). */
function checkProtocol(body: unknown): void {
  const { protocol: came, current = '' } = typeof body === 'object' && body !== null ? (body as { protocol?: unknown; current?: unknown }) : {}
  if (typeof came === 'number' && came > PROTOCOL && current !== '') throw problem(426, 'update-needed', { came, wanted: PROTOCOL })
}
