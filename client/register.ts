/**
 * Most of what a first load brings is closed, and nobody may ever look at it. In the indexes each of its lists and words would be a
 * row of its own, which costs more than the order. So a page of it has one register; what is written later is indexed as ever.
 */
import type { Body, Doc } from '../shared/sync/doc.ts'
import { listsOf, textOf, wordsIn } from '../shared/work/lists.ts'
import type { DeviceDb, DocRow } from './db.ts'
import { addToCounts, listName } from './docs.ts'

/** The lists whose entries a register may hold; those of all others are in the index alone. */
const REGISTERED = /^(?:all|closed)(?:\.|$)|^trip:/
export const mayBeRegistered = (list: string): boolean => REGISTERED.test(list)

type Registered = DocRow & { registered: string[] }

/**
 * Takes those of the docs that stand in no other lists, and gives the rest back. None of them may be here yet. Inside a transaction
 * over `docs`, `meta`, `registers` and `struck`.
 */
export async function register(db: DeviceDb, scope: string, docs: readonly Doc[]): Promise<Doc[]> {
  const rows: Registered[] = []
  const rest: Doc[] = []
  for (const doc of docs) {
    const lists = listsOf(doc.body)
    if (doc.body.kind === 'order' && lists.every((entry) => mayBeRegistered(listName(entry)))) rows.push(rowOf(doc, scope, lists))
    else rest.push(doc)
  }
  if (rows.length === 0) return rest
  const ids = rows.map((row) => row.id)
  const counts = new Map<string, number>()
  for (const { registered } of rows) for (const list of registered.map(listName)) counts.set(list, (counts.get(list) ?? 0) + 1)
  await Promise.all([
    db.docs.bulkPut(rows),
    db.registers.add({ scope, ids, lists: rows.map((row) => row.registered), texts: rows.map((row) => textOf(row.doc.body)) }),
    addToCounts(db, [...counts]),
    db.struck.count().then((count) => (count > 0 ? db.struck.bulkDelete(ids) : undefined)),
  ])
  return rest
}

const rowOf = (doc: Doc, scope: string, registered: string[]): Registered => ({ id: doc.body.id, scope, version: doc.body.version, doc, lists: [], words: lotsOf(doc.body), registered })

/** What was taken of a lot is asked with every pick, of all orders (client/pick/shelf.ts): these stay in the index. */
const lotsOf = (body: Body): string[] => (body.kind === 'order' ? wordsIn(body.picks.map((pick) => pick.lot)) : [])
