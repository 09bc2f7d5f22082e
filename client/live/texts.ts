/** Docs by what somebody types. Every text is read through: some 100 bytes a doc, where an index would cost each tap an entry for each word. */
import { findsIn } from '../../shared/work/lists.ts'
import type { DeviceDb } from '../db.ts'
import { registeredWith } from './registers.ts'

/** Ids of docs of which every one of these is the beginning of a word; those that were made last first, what is bundled after all others. */
export async function idsWith(db: DeviceDb, beginnings: readonly string[], limit: number): Promise<string[]> {
  const [texts, bundled] = await Promise.all([db.texts.toArray(), registeredWith(db, beginnings, limit)])
  const found: string[] = []
  for (let at = texts.length - 1; at >= 0 && found.length < limit; at--) {
    const each = texts[at]
    if (each && beginnings.every((beginning) => findsIn(each.text, beginning))) found.push(each.id)
  }
  return found.concat(bundled).slice(0, limit)
}
