/**
 * Most of what a first load brings is closed, and nobody may ever look at it. A row and its entries in the indexes cost ten times what
 * the order itself costs, so closed orders are bundled, a page in one row, and a register says what the indexes would. Whatever is
 * written later gets a row, as everything else, and its id is struck from the register.
 */
import type { Doc } from '../shared/sync/doc.ts'
import { goodsCodesOf, listsOf, textOf } from '../shared/work/lists.ts'
import { addToCounts, listName, type Steps, step } from './counts.ts'
import type { Bundle, DeviceDb, DocRow } from './db.ts'

/** `lists` are the entries that its register holds. */
export type BundledRow = DocRow & { bundled: true }

/** The lists whose entries a register may hold; those of all others are in the index alone. */
const REGISTERED = /^(?:all|closed)(?:\.|$)|^trip:/
export const mayBeRegistered = (list: string): boolean => REGISTERED.test(list)

/**
 * Takes the orders that stand in no other lists, and gives the rest back. None of them may be here yet. Bundles of one site do not
 * overlap, so no other scope is bundled. Inside a transaction over `copies` and `meta`.
 */
export async function bundle(db: DeviceDb, scope: string, docs: readonly Doc[]): Promise<Doc[]> {
  if (!scope.startsWith('site:')) return [...docs]
  const [bundled, lists, rest]: [Doc[], string[][], Doc[]] = [[], [], []]
  for (const doc of docs) {
    const entries = listsOf(doc.body)
    const closed = doc.body.kind === 'order' && entries.every((entry) => mayBeRegistered(listName(entry)))
    if (closed) lists.push(entries)
    ;(closed ? bundled : rest).push(doc)
  }
  if (bundled.length === 0) return rest
  const ids = bundled.map((doc) => doc.body.id)
  const steps: Steps = new Map()
  for (const entries of lists) step(steps, entries, 1)
  const [first, last] = endsOf(ids)
  const n = await db.bundles.add({ scope, first, last, lots: [...new Set(bundled.flatMap(({ body }) => (body.kind === 'order' ? goodsCodesOf(body) : [])))], docs: JSON.stringify(bundled) })
  await Promise.all([
    db.registers.add({ n, scope, ids, lists, texts: bundled.map((doc) => textOf(doc.body)) }),
    addToCounts(db, steps),
    db.struck.count().then((count) => (count > 0 ? db.struck.bulkDelete(ids) : undefined)),
  ])
  return rest
}

/** The first and the last in their order, '' if there are none. */
export function endsOf(ids: readonly string[]): [first: string, last: string] {
  let [first = '', last = ''] = [ids[0], ids[0]]
  for (const id of ids) {
    if (id < first) first = id
    if (id > last) last = id
  }
  return [first, last]
}

const AFTER_ALL = '\uffff'
/** The bundle that begins last, at this id or before. Reads keys alone. */
async function bundleBefore(db: DeviceDb, id: string): Promise<{ n: number; first: string; last: string } | null> {
  const range = () => db.bundles.where('[first+last]').belowOrEqual([id, AFTER_ALL]).reverse().limit(1)
  const [[ends], [n]] = await Promise.all([range().keys(), range().primaryKeys()])
  if (!Array.isArray(ends) || n === undefined) return null
  const [first, last] = ends.map(String)
  return first !== undefined && last !== undefined ? { n, first, last } : null
}

/** Whether any bundle may have ids between these. */
export async function bundledBetween(db: DeviceDb, first: string, last: string): Promise<boolean> {
  const before = await bundleBefore(db, last)
  return before !== null && before.last >= first
}

/** Those of the docs that are bundled, as rows. Reads a bundle only if an id lies between its ends. */
export async function bundledRows(db: DeviceDb, ids: readonly string[]): Promise<BundledRow[]> {
  const found: BundledRow[] = []
  let left = [...ids].sort()
  for (let id = left.at(-1); id !== undefined; id = left.at(-1)) {
    const before = await bundleBefore(db, id)
    if (!before) break
    const { n, first, last } = before
    const wanted = new Set(left.filter((each) => each >= first && each <= last))
    left = left.filter((each) => each < first)
    if (wanted.size === 0) continue
    const rows = (await rowsOfBundle(db, n)).filter((row) => wanted.has(row.id))
    const struck = await db.struck.bulkGet(rows.map((row) => row.id))
    found.push(...rows.filter((_, at) => !struck[at]))
  }
  return found
}

/** Each that is not struck, bundle by bundle. */
export async function eachBundled(db: DeviceDb, scope: string, visit: (row: BundledRow) => void): Promise<void> {
  const [numbers, struck] = await Promise.all([db.bundles.where('scope').equals(scope).primaryKeys(), db.struck.toCollection().primaryKeys()])
  const gone = new Set(struck)
  for (const n of numbers) for (const row of await rowsOfBundle(db, n)) if (!gone.has(row.id)) visit(row)
}

/** Newest first, of bundles that have one of these lots; no more than so many bundles are read. */
export async function bundledWithLots(db: DeviceDb, lots: readonly string[], bundles: number): Promise<BundledRow[]> {
  const numbers = (await db.bundles.where('lots').anyOf(lots).primaryKeys()).sort((a, b) => b - a)
  const rows: BundledRow[] = []
  for (const n of [...new Set(numbers)].slice(0, bundles)) rows.push(...(await rowsOfBundle(db, n)))
  const struck = await db.struck.bulkGet(rows.map((row) => row.id))
  return rows.filter((_, at) => !struck[at])
}

async function rowsOfBundle(db: DeviceDb, n: number): Promise<BundledRow[]> {
  const [bundled, register] = await Promise.all([db.bundles.get(n), db.registers.get(n)])
  if (!bundled) return []
  return docsOf(bundled).map((doc, at) => ({ id: doc.body.id, scope: bundled.scope, version: doc.body.version, doc, lists: register?.lists[at] ?? [], codes: [], bundled: true }))
}

/** The docs of a bundle; before they were kept as text, as they are. */
export const docsOf = ({ docs }: Bundle): readonly Doc[] => (typeof docs === 'string' ? (JSON.parse(docs) as Doc[]) : docs)

/** The bundles of a scope go, and what is in them leaves the figures. Inside a transaction over `copies` and `meta`. */
export async function unbundle(db: DeviceDb, scope: string): Promise<void> {
  const steps: Steps = new Map()
  await eachBundled(db, scope, (row) => step(steps, row.lists, -1))
  await addToCounts(db, steps)
  await Promise.all([db.bundles.where('scope').equals(scope).delete(), db.registers.where('scope').equals(scope).delete()])
}
