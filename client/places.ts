/** Places where something lay once: whoever empties a place makes it no new one. Where something lies now is in the codes of the docs. */
import type { DeviceDb } from './db.ts'

/** The last ones that were left, so that a row of `meta` stays a row; where something lies again, the codes say it. */
const MOST = 2000

/** Those of `before` that are not there `now`. */
export const leftPlaces = (before: readonly string[], now: readonly string[]): string[] => before.filter((code) => code.startsWith('@') && !now.includes(code))

/** Inside a transaction over `meta`. */
export async function keepLeft(db: DeviceDb, left: readonly string[]): Promise<void> {
  if (left.length > 0) await db.put('left', [...new Set([...(await placesLeft(db)), ...left])].slice(-MOST).join(' '))
}
/** As `atPlace` writes them. */
export const placesLeft = async (db: DeviceDb): Promise<string[]> => ((await db.read('left')) ?? '').split(' ').filter((code) => code !== '')
