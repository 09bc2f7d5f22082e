/** A window of a list (shared/work/lists.ts), from the index and from the registers: the work does not grow with the number of orders. */
import type { DeviceDb, DocRow } from '../db.ts'
import { type Row, rowsById } from '../rows.ts'
import { mayBeRegistered } from '../../shared/work/entry.ts'
import { type Entry, placeOf, registeredIn } from './registers.ts'

/** A part of a list: ranks from `from` on, inclusive, and before `before`. */
export type Span = { list: string; from?: string; before?: string }
export type Window = { offset?: number; limit: number; /** highest rank first */ reverse?: boolean }

/** Sorts after every text that begins with what stands before it. */
const END = '\uffff'
const bounds = ({ list, from = '', before = END }: Span): [string, string] => [`${list}|${from}`, `${list}|${before}`]
const indexed = (db: DeviceDb, span: Span) => db.docs.where('lists').between(...bounds(span), true, false)

async function registered(db: DeviceDb, span: Span): Promise<readonly Entry[]> {
  if (!mayBeRegistered(span.list)) return []
  const entries = await registeredIn(db, span.list)
  const [from, before] = bounds(span)
  const [first, end] = [placeOf(entries, from), placeOf(entries, before)]
  return first === 0 && end === entries.length ? entries : entries.slice(first, end)
}

/** How many entries the span has, without reading a doc. */
export async function sizeOf(db: DeviceDb, span: Span): Promise<number> {
  const [inIndex, inRegisters] = await Promise.all([indexed(db, span).count(), registered(db, span)])
  return inIndex + inRegisters.length
}

export async function rowsIn(db: DeviceDb, span: Span, { offset = 0, limit, reverse = false }: Window): Promise<Row[]> {
  const entries = await registered(db, span)
  const aside = reverse ? entries.toReversed() : entries
  const skipped = offset === 0 || aside.length === 0 ? 0 : await skippedOf(db, span, aside, offset, reverse)
  const rows = await indexedRows(db, span, { offset: offset - skipped, limit, reverse })
  if (aside.length === 0) return rows
  const entryOf = (row: DocRow) => row.lists.find((entry) => entry.startsWith(`${span.list}|`)) ?? ''
  const both: (Entry & { row?: Row })[] = [...rows.map((row) => ({ entry: entryOf(row), id: row.id, row })), ...aside.slice(skipped, skipped + limit)]
  both.sort((a, b) => (a.entry === b.entry ? 0 : a.entry < b.entry === reverse ? 1 : -1))
  const chosen = both.slice(0, limit)
  const bundled = await rowsById(db, chosen.flatMap(({ id, row }) => (row ? [] : [id])))
  return chosen.flatMap(({ id, row = bundled.get(id) }) => (row ? [row] : []))
}

/** How many of the registered entries stand before the place `offset` of both together. */
async function skippedOf(db: DeviceDb, span: Span, aside: readonly Entry[], offset: number, reverse: boolean): Promise<number> {
  const [from, before] = bounds(span)
  const ahead = (entry: string) => (reverse ? db.docs.where('lists').between(entry, before, false, false) : db.docs.where('lists').between(from, entry, true, false)).count()
  let [low, high] = [0, Math.min(offset, aside.length)]
  while (low < high) {
    const middle = (low + high) >> 1
    if (middle + (await ahead(aside[middle]?.entry ?? '')) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Far from the beginning the place is found by one step of a key cursor, so that only the window is ever copied. */
async function indexedRows(db: DeviceDb, span: Span, { offset, limit, reverse }: Required<Window>): Promise<DocRow[]> {
  const range = reverse ? indexed(db, span).reverse() : indexed(db, span)
  if (offset === 0) return range.limit(limit).toArray()
  const [at] = (await range.offset(offset).limit(1).keys()) as string[]
  if (at === undefined) return []
  const rank = at.slice(span.list.length + 1)
  const rest = reverse ? indexed(db, { ...span, before: `${rank}\u0000` }).reverse() : indexed(db, { ...span, from: rank })
  return rest.limit(limit).toArray()
}
