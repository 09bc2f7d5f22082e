/** Writing docs: the row with its lists and words, and the counts of the lists, which are data and never counted at reading time. */
import type { Body, Doc } from '../shared/sync/doc.ts'
import { listsOf, wordsOf } from '../shared/work/lists.ts'
import type { DeviceDb, DocRow } from './db.ts'

export function rowOf(doc: Doc, scope: string): DocRow {
  const body: Body = doc.body
  return { id: body.id, scope, version: body.version, doc, lists: listsOf(body), words: wordsOf(body) }
}

const listName = (entry: string) => entry.slice(0, entry.indexOf('|'))

/** Inside a transaction over `docs` and `meta`. A null doc removes the row. */
export async function writeDocs(db: DeviceDb, changes: ReadonlyMap<string, { doc: Doc; scope: string } | null>): Promise<void> {
  if (changes.size === 0) return
  const ids = [...changes.keys()]
  const before = await db.docs.bulkGet(ids)
  const counts = { ...(await db.read('counts')) }
  const put: DocRow[] = []
  const gone: string[] = []
  ids.forEach((id, i) => {
    for (const entry of before[i]?.lists ?? []) counts[listName(entry)] = (counts[listName(entry)] ?? 0) - 1
    const change = changes.get(id)
    if (!change) {
      if (before[i]) gone.push(id)
      return
    }
    const row = rowOf(change.doc, change.scope)
    for (const entry of row.lists) counts[listName(entry)] = (counts[listName(entry)] ?? 0) + 1
    put.push(row)
  })
  await db.docs.bulkPut(put)
  await db.docs.bulkDelete(gone)
  await db.put('counts', counts)
}
