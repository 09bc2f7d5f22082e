/**
 * Most of what a first load brings is closed, and nobody may ever look at it. A row and its entries in the indexes cost ten times what
 * the order itself costs, so closed orders are packed, a page in one row, and a register says what the indexes would. Whatever is
 * written later gets a row, as everything else, and its id is struck from the register.
 */
import type { Body, Doc } from '../shared/sync/doc.ts'
import { listsOf, textOf, wordsIn } from '../shared/work/lists.ts'
import { addToCounts, listName, type Steps, step } from './counts.ts'
import type { DeviceDb, DocRow } from './db.ts'

/** `lists` are the entries that its register holds. */
export type PackedRow = DocRow & { packed: true }

/** The lists whose entries a register may hold; those of all others are in the index alone. */
const REGISTERED = /^(?:all|closed)(?:\.|$)|^trip:/
export const mayBeRegistered = (list: string): boolean => REGISTERED.test(list)

/**
 * Takes the orders that stand in no other lists, and gives the rest back. None of them may be here yet. Packs of one site do not
 * overlap, so no other scope is packed. Inside a transaction over `copies` and `meta`.
 */
export async function pack(db: DeviceDb, scope: string, docs: readonly Doc[]): Promise<Doc[]> {
  if (!scope.startsWith('site:')) return [...docs]
  const [packed, lists, rest]: [Doc[], string[][], Doc[]] = [[], [], []]
  for (const doc of docs) {
    const entries = listsOf(doc.body)
    const closed = doc.body.kind === 'order' && entries.every((entry) => mayBeRegistered(listName(entry)))
    if (closed) lists.push(entries)
    ;(closed ? packed : rest).push(doc)
  }
  if (packed.length === 0) return rest
  const ids = packed.map((doc) => doc.body.id)
  const steps: Steps = new Map()
  for (const entries of lists) step(steps, entries, 1)
  const [first, last] = endsOf(ids)
  const n = await db.packs.add({ scope, first, last, lots: [...new Set(packed.flatMap((doc) => lotsOf(doc.body)))], docs: packed })
  await Promise.all([
    db.registers.add({ n, scope, ids, lists, texts: packed.map((doc) => textOf(doc.body)) }),
    addToCounts(db, steps),
    db.struck.count().then((count) => (count > 0 ? db.struck.bulkDelete(ids) : undefined)),
  ])
  return rest
}

/** What was taken of a lot is asked with every pick, of all orders (client/pick/shelf.ts). */
const lotsOf = (body: Body): string[] => (body.kind === 'order' ? wordsIn(body.picks.map((each) => each.lot)) : [])

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
/** The pack that begins last, at this id or before. Reads keys alone. */
async function packBefore(db: DeviceDb, id: string): Promise<{ n: number; first: string; last: string } | null> {
  const range = () => db.packs.where('[first+last]').belowOrEqual([id, AFTER_ALL]).reverse().limit(1)
  const [[ends], [n]] = (await Promise.all([range().keys(), range().primaryKeys()])) as unknown as [[string, string][], number[]]
  return ends && n !== undefined ? { n, first: ends[0], last: ends[1] } : null
}

/** Whether any pack may have ids between these. */
export async function packedBetween(db: DeviceDb, first: string, last: string): Promise<boolean> {
  const before = await packBefore(db, last)
  return before !== null && before.last >= first
}

/** Those of the docs that are packed, as rows. Reads a pack only if an id lies between its ends. */
export async function packedRows(db: DeviceDb, ids: readonly string[]): Promise<PackedRow[]> {
  const found: PackedRow[] = []
  let left = [...ids].sort()
  for (let id = left.at(-1); id !== undefined; id = left.at(-1)) {
    const before = await packBefore(db, id)
    if (!before) break
    const { n, first, last } = before
    const wanted = new Set(left.filter((each) => each >= first && each <= last))
    left = left.filter((each) => each < first)
    if (wanted.size === 0) continue
    const rows = (await rowsOfPack(db, n)).filter((row) => wanted.has(row.id))
    const struck = await db.struck.bulkGet(rows.map((row) => row.id))
    found.push(...rows.filter((_, at) => !struck[at]))
  }
  return found
}

/** Each that is not struck, pack by pack. */
export async function eachPacked(db: DeviceDb, scope: string, visit: (row: PackedRow) => void): Promise<void> {
  const [numbers, struck] = await Promise.all([db.packs.where('scope').equals(scope).primaryKeys(), db.struck.toCollection().primaryKeys()])
  const gone = new Set(struck)
  for (const n of numbers) for (const row of await rowsOfPack(db, n)) if (!gone.has(row.id)) visit(row)
}

/** Newest first, of packs that have one of these lots; no more than so many packs are read. */
export async function packedWithLots(db: DeviceDb, lots: readonly string[], packs: number): Promise<PackedRow[]> {
  const numbers = (await db.packs.where('lots').anyOf(lots).primaryKeys()).sort((a, b) => b - a)
  const rows: PackedRow[] = []
  for (const n of [...new Set(numbers)].slice(0, packs)) rows.push(...(await rowsOfPack(db, n)))
  const struck = await db.struck.bulkGet(rows.map((row) => row.id))
  return rows.filter((_, at) => !struck[at])
}

async function rowsOfPack(db: DeviceDb, n: number): Promise<PackedRow[]> {
  const [packed, register] = await Promise.all([db.packs.get(n), db.registers.get(n)])
  if (!packed) return []
  return packed.docs.map((doc, at) => ({ id: doc.body.id, scope: packed.scope, version: doc.body.version, doc, lists: register?.lists[at] ?? [], words: [], packed: true }))
}

/** The packs of a scope go, and what is in them leaves the figures. Inside a transaction over `copies` and `meta`. */
export async function unpack(db: DeviceDb, scope: string): Promise<void> {
  const steps: Steps = new Map()
  await eachPacked(db, scope, (row) => step(steps, row.lists, -1))
  await addToCounts(db, steps)
  await Promise.all([db.packs.where('scope').equals(scope).delete(), db.registers.where('scope').equals(scope).delete()])
}
