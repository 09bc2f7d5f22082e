/**
 * Docs by what somebody types. Every text is read through: some 100 bytes a doc, where an index would cost each tap an entry for each
 * word. They are read out of the table once and kept while the app runs; of what is written later, by whichever tab, only that is read.
 */
import { Dexie, type IntervalTree, type ObservabilitySet } from 'dexie'
import type { DeviceDb } from '../db.ts'
import { registeredWith } from './registers.ts'
import { sift } from './sift.ts'

/** `at`: where an id stands among `ids`; a doc that is gone leaves '' behind. `stale`: ids to be read again, or all. */
type Kept = { ids: string[]; texts: string[]; at: Map<string, number>; stale: Set<string> | 'all'; reading: Promise<void> | null }
const kept = new WeakMap<DeviceDb, Kept>()
/** Where so many are new at once, a first load is under way: reading them all again takes less than asking for each. */
const MOST_STALE = 500

function keptOf(db: DeviceDb): Kept {
  const before = kept.get(db)
  if (before) return before
  const fresh: Kept = { ids: [], texts: [], at: new Map(), stale: 'all', reading: null }
  kept.set(db, fresh)
  const table = `idb://${db.name}/texts/`
  Dexie.on('storagemutated', (changed: ObservabilitySet) => {
    if ('all' in changed) fresh.stale = 'all'
    const keys = changed[table]
    if (!keys || fresh.stale === 'all') return
    const ids = keysOf(keys)
    if (ids && ids.length + fresh.stale.size <= MOST_STALE) for (const id of ids) fresh.stale.add(id)
    else fresh.stale = 'all'
  })
  return fresh
}

/** The keys of which it is said that they changed, as another tab says it; null if it is said of a range. */
function keysOf(tree: IntervalTree | null | undefined): string[] | null {
  if (!tree || !('from' in tree)) return []
  const [left, right] = [keysOf(tree.l), keysOf(tree.r)]
  return left && right && typeof tree.from === 'string' && tree.from === tree.to ? [...left, tree.from, ...right] : null
}

async function upToDate(db: DeviceDb): Promise<Kept> {
  const now = keptOf(db)
  // A live query that has read of the table is asked again when any text of it changes; of keys alone it would not hear.
  await db.texts.limit(1).toArray()
  while (now.stale === 'all' || now.stale.size > 0) {
    now.reading ??= read(db, now).finally(() => {
      now.reading = null
    })
    await now.reading
  }
  return now
}

/** What is written while this reads is stale again. */
async function read(db: DeviceDb, now: Kept): Promise<void> {
  const { stale } = now
  now.stale = new Set()
  try {
    if (stale === 'all') {
      const rows = await db.texts.toArray()
      now.ids = rows.map(({ id }) => id)
      now.texts = rows.map(({ text }) => text)
      now.at = new Map(now.ids.map((id, at) => [id, at]))
      return
    }
    const ids = [...stale]
    const rows = await db.texts.bulkGet(ids)
    // In the order of their ids, as the table has them: of those that were made since, the last comes last.
    const news = ids.flatMap((id, i) => {
      const at = now.at.get(id)
      const text = rows[i]?.text ?? ''
      if (at === undefined) return text === '' ? [] : [{ id, text }]
      now.texts[at] = text
      return []
    })
    for (const { id, text } of news.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      now.at.set(id, now.ids.length)
      now.ids.push(id)
      now.texts.push(text)
    }
  } catch (error) {
    now.stale = 'all'
    throw error
  }
}

/** Ids of docs of which every one of these is the beginning of a word: numbers first, and those that were made last; what is bundled after all others. */
export async function idsWith(db: DeviceDb, beginnings: readonly string[], limit: number): Promise<string[]> {
  const [{ ids, texts }, bundled] = await Promise.all([upToDate(db), registeredWith(db, beginnings, limit)])
  const { named, others } = sift({ ids, texts }, beginnings, limit)
  return [...named, ...bundled.named, ...others, ...bundled.others].slice(0, limit)
}
