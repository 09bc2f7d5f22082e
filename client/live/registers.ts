/** What the registers hold (client/bundle.ts), in memory while the app runs: sorted lists, and the texts in which words are found. */
import { listName } from '../../shared/work/entry.ts'
import type { DeviceDb } from '../db.ts'
import { type Sifted, sift } from './sift.ts'

/** `entry` as in `DocRow.lists` */
export type Entry = { entry: string; id: string }
type Texts = { ids: string[]; texts: string[]; all: string }
type Held = { read: Set<number>; lists: Map<string, Entry[]>; texts: Texts[]; struck: ReadonlySet<string>; without: Map<string, Entry[]> }

const NONE: readonly Entry[] = []
const held = new WeakMap<DeviceDb, Held>()
const inOrder = (a: Entry, b: Entry) => (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0)

/** Reads the registers that are new. A live query that asks is asked again when there are more, or when one is struck. */
async function upToDate(db: DeviceDb): Promise<Held | null> {
  const [there, struck] = await Promise.all([db.registers.toCollection().primaryKeys(), db.struck.toCollection().primaryKeys()])
  if (there.length === 0) return null
  const known = held.get(db)
  const still = known && new Set(there).isSupersetOf(known.read) ? known : emptied()
  const fresh = await db.registers.bulkGet(there.filter((n) => !still.read.has(n)))
  const lists = new Map<string, Entry[]>()
  for (const register of fresh) {
    // Somebody else has read it meanwhile.
    if (!register || still.read.has(register.n)) continue
    still.read.add(register.n)
    still.texts.push({ ids: register.ids, texts: register.texts, all: register.texts.join('\n') })
    register.ids.forEach((id, at) => {
      for (const entry of register.lists[at] ?? []) {
        const list = listName(entry)
        const entries = lists.get(list)
        if (entries) entries.push({ entry, id })
        else lists.set(list, [{ entry, id }])
      }
    })
  }
  for (const [list, entries] of lists) {
    still.lists.set(list, [...(still.lists.get(list) ?? []), ...entries].sort(inOrder))
    still.without.delete(list)
  }
  if (struck.length !== still.struck.size) {
    still.struck = new Set(struck)
    still.without.clear()
  }
  held.set(db, still)
  return still
}

const emptied = (): Held => ({ read: new Set(), lists: new Map(), texts: [], struck: new Set(), without: new Map() })

/** The entries of a list in its order, without those that are struck. */
export async function registeredIn(db: DeviceDb, list: string): Promise<readonly Entry[]> {
  const now = await upToDate(db)
  const all = now?.lists.get(list)
  if (!now || !all) return NONE
  if (now.struck.size === 0) return all
  const before = now.without.get(list)
  if (before) return before
  const left = all.filter(({ id }) => !now.struck.has(id))
  now.without.set(list, left)
  return left
}

/** Ids of bundled docs of which every one of these is the beginning of a word; those made last first, no more than `limit` of each. */
export async function registeredWith(db: DeviceDb, beginnings: readonly string[], limit: number): Promise<Sifted> {
  const now = await upToDate(db)
  const found: Sifted = { named: [], others: [] }
  for (const texts of (now?.texts ?? []).toReversed()) if (beginnings.every((each) => texts.all.includes(each))) sift(texts, beginnings, limit, found, now?.struck)
  return found
}

/** The first place in a sorted list that is not before this. */
export function placeOf(entries: readonly Entry[], entry: string): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.entry ?? '') < entry) low = middle + 1
    else high = middle
  }
  return low
}
