/** How many entries each list has: data that is written along with the docs, and never counted at reading time. */
import type { DeviceDb } from './db.ts'
import { type Steps, stepped } from './steps.ts'

/** The row is watched by every screen with a figure: it is written only when a figure has changed. Inside a transaction over `meta`. */
export async function addToCounts(db: DeviceDb, steps: Steps): Promise<void> {
  if ([...steps.values()].every((by) => by === 0)) return
  await db.put('counts', stepped((await db.read('counts')) ?? {}, steps))
}
