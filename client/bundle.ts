/**
 * Most of what a first load brings is closed, and nobody may ever look at it. A row and its entries in the indexes cost ten times what
 * the order itself costs, so closed orders are bundled, a page in one row, and a register says what the indexes would. Whatever is
 * written later gets a row, as everything else, and its id is struck from the register.
 */
import { Dexie } from 'dexie'
import type { Doc } from '../shared/sync/doc.ts'
import type { Bundle, DeviceDb, DocRow } from './db.ts'

type Unpack = (packed: Uint8Array) => Uint8Array
let unpackNow: Unpack | undefined
export function unpackBy(unpack: Unpack): void {
  unpackNow = unpack
}

/** `lists` are the entries that its register holds. */
export type BundledRow = DocRow & { bundled: true }

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
  // It comes behind the first screen. Who reads sooner waits for it, and so does the transaction.
  unpackNow ??= (await Dexie.waitFor(import('./unpack.ts'))).unpack
  return docsOf(bundled, unpackNow).map((doc, at) => ({ id: doc.body.id, scope: bundled.scope, version: doc.body.version, doc, lists: register?.lists[at] ?? [], codes: [], bundled: true }))
}

/** The docs of a bundle; apps of before kept them as a text, or as they are. */
export function docsOf({ docs }: Pick<Bundle, 'docs'>, unpack: Unpack): readonly Doc[] {
  if (Array.isArray(docs)) return docs
  return JSON.parse(typeof docs === 'string' ? docs : new TextDecoder().decode(unpack(docs))) as Doc[]
}
