/** Writing docs: the row with its lists and words, and the counts of the lists, which are data and never counted at reading time. */
import type { Body, Doc } from '../shared/sync/doc.ts'
import { listsOf, wordsOf } from '../shared/work/lists.ts'
import type { DeviceDb, DocRow } from './db.ts'

export function rowOf(doc: Doc, scope: string): DocRow {
  const body: Body = doc.body
  return { id: body.id, scope, version: body.version, doc, lists: listsOf(body), words: wordsOf(body) }
}

export const listName = (entry: string) => entry.slice(0, entry.indexOf('|'))

type Change = { doc: Doc; scope: string } | null

/** Inside a transaction over `docs` and `meta`. A null change removes the row. `before`: the rows as they are, if already read. */
export async function writeDocs(db: DeviceDb, changes: ReadonlyMap<string, Change>, before?: ReadonlyMap<string, DocRow>): Promise<void> {
  if (changes.size === 0) return
  const known = before ?? (await rowsById(db, [...changes.keys()]))
  const steps = new Map<string, number>()
  const count = (entries: readonly string[], by: number) => {
    for (const entry of entries) steps.set(listName(entry), (steps.get(listName(entry)) ?? 0) + by)
  }
  const put: DocRow[] = []
  const gone: string[] = []
  const struck: { id: string }[] = []
  for (const [id, change] of changes) {
    const was = known.get(id)
    if (was) count(was.registered ?? was.lists, -1)
    if (was?.registered) struck.push({ id })
    if (change) {
      const row = rowOf(change.doc, change.scope)
      count(row.lists, 1)
      put.push(row)
    } else if (was) gone.push(id)
  }
  await Promise.all([
    put.length > 0 ? db.docs.bulkPut(put) : null,
    gone.length > 0 ? db.docs.bulkDelete(gone) : null,
    struck.length > 0 ? db.struck.bulkPut(struck) : null,
    addToCounts(db, [...steps].filter(([, by]) => by !== 0)),
  ])
}

/** The counts row is watched by every screen with a figure: it is written only when a figure has changed. */
export async function addToCounts(db: DeviceDb, steps: readonly (readonly [string, number])[]): Promise<void> {
  if (steps.length === 0) return
  const counts = { ...(await db.read('counts')) }
  for (const [list, by] of steps) counts[list] = (counts[list] ?? 0) + by
  await db.put('counts', counts)
}

export async function rowsById(db: DeviceDb, ids: readonly string[]): Promise<Map<string, DocRow>> {
  const rows = await db.docs.bulkGet([...ids])
  return new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])))
}
