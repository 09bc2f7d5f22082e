/** Rescue files of other devices that this one carries: kept here until the server has them. Anyone may carry; only the server can open. */
import type { RescueReport } from '../../shared/sync/rescue.ts'
import { RESCUE_TYPE } from '../../shared/sync/rescue-type.ts'
import type { Carried, DeviceDb } from '../db.ts'
import { sha256Of } from '../digest.ts'
import { call, credentials } from '../sync/line.ts'
import type { World } from '../world.ts'

/** More than this is handed in at once or not at all: it would not fit beside the work of this device. */
export const MOST_KEPT = 64 * 1024 * 1024
const PATIENCE_MS = 600_000

/** Stored when it resolves. The same file twice is one. */
export async function keep(db: DeviceDb, world: World, file: { name: string; bytes: ArrayBuffer }): Promise<void> {
  const id = await sha256Of(file.bytes)
  await db.transaction('rw', db.carried, async () => {
    if (!(await db.carried.get(id))) await db.carried.put({ id, ...file, size: file.bytes.byteLength, addedAt: world.now(), state: 'waiting', report: null, problem: '' })
  })
}

/** One after the other, until nobody answers. What the server can't read stays here, with what it said. */
export async function handIn(db: DeviceDb, world: World): Promise<'done' | 'offline'> {
  const waiting = await db.carried.where('state').equals('waiting').primaryKeys()
  for (const id of waiting) {
    const file = await db.carried.get(id)
    if (!file) continue
    const heard = await call(world, '/api/rescue', { method: 'POST', headers: { ...(await credentials(db)), 'Content-Type': RESCUE_TYPE }, body: file.bytes, ms: PATIENCE_MS })
    if (heard === 'offline' || heard.status === 429 || heard.status >= 500) return 'offline'
    const report = heard.status === 201 ? (heard.json as RescueReport | null) : null
    if (!report && !heard.problem) return 'offline'
    // What was handed in needs no room here any more.
    const change: Partial<Carried> = report ? { state: 'handed', report, bytes: new ArrayBuffer(0) } : { state: 'unfit', problem: heard.problem?.title ?? '' }
    await db.carried.update(id, change)
  }
  return 'done'
}
