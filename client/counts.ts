/** How many entries each list has: data that is written along with the docs, and never counted at reading time. */
import { listName } from '../shared/work/entry.ts'
import type { DeviceDb } from './db.ts'

export type Steps = Map<string, number>

export function step(steps: Steps, entries: readonly string[], by: number): void {
  for (const entry of entries) steps.set(listName(entry), (steps.get(listName(entry)) ?? 0) + by)
}

/** The row is watched by every screen with a figure: it is written only when a figure has changed. Inside a transaction over `meta`. */
export async function addToCounts(db: DeviceDb, steps: Steps): Promise<void> {
  const moved = [...steps].filter(([, by]) => by !== 0)
  if (moved.length === 0) return
  const counts = { ...(await db.read('counts')) }
  for (const [list, by] of moved) counts[list] = (counts[list] ?? 0) + by
  await db.put('counts', counts)
}
