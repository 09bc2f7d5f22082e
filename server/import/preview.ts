/**
 * What would happen: the base file is read once by streaming, each order's rows are noted by their place (12 bytes a row), then
 * order by order the rows are fetched, wherever they stand in the file, and become a form. The forms and what can't be taken go
 * to the disk, so that exactly what was shown is what is taken.
 */
import { hash } from 'node:crypto'
import { type Field, FIELDS, NEEDED } from '../../shared/import/fields.ts'
import { formOf } from '../../shared/import/order.ts'
import { type ColumnFacts, createRowReader, type LineValues, problemAt, type Row, type RowReader } from '../../shared/import/row.ts'
import { type Mapping, MOST_PROBLEMS, MOST_ROWS, type Note, type Report, type RowProblem, type RowReasonType, SAMPLE_ORDERS } from '../../shared/import/wire.ts'
import type { OrderForm } from '../../shared/order/form.ts'
import { format } from '../../shared/sync/id.ts'
import type { Log } from '../log/log.ts'
import { createBreath } from './breath.ts'
import { Unfit } from './fault.ts'
import { type Lookups, openLookups, type StoredTable } from './lookup.ts'
import { openByPlace, openWriter, rowsOf } from './rows.ts'

export type Previewing = {
  mapping: Mapping
  tables: ReadonlyMap<string, StoredTable>
  site: { id: string; zone: string; currency: string }
  /** where forms and problems go */
  into: { orders: string; problems: string }
  now: string
  log: Log
  signal: AbortSignal
  done(rows: number, of: number): void
}
/** A report as it is kept: problems have no words yet. */
export type PlainReport = Omit<Report, 'problems' | 'notes'> & { problems: RowProblem[]; notes: Note[] }
/** A line of the file of orders. */
export type StoredOrder = { id: string; form: OrderForm }

/** The same source and number give the same order, on any server, however often the file comes. */
export function orderIdOf(site: string, source: string, number: string): string {
  const name = JSON.stringify(['import', site, source.normalize('NFKC').trim().toLowerCase(), number])
  return format(Buffer.from(hash('sha256', name), 'hex'), 8)
}

export async function preview(previewing: Previewing): Promise<PlainReport> {
  const { mapping, tables, site, signal } = previewing
  const base = checkedBase(mapping, tables)
  const columns = columnFacts(mapping, tables)
  const reader = createRowReader(mapping, columns, site)
  if ('fault' in reader) throw new Unfit(reader.fault)
  const lookups = await openLookups(mapping, tables, signal)
  const index = await indexOf(base, lookups, reader, previewing)
  const tally = new Tally(mapping.source, reader.notes)
  const orders = await openWriter(previewing.into.orders)
  const problems = await openWriter(previewing.into.problems)
  const byPlace = await openByPlace(base.path)
  try {
    const breath = createBreath(signal)
    let batch: Judged[] = []
    for (const [number, places] of index.orders()) {
      const rows: Row[] = []
      for (const place of places) rows.push(lookups.rowOf(byPlace.row(place)))
      batch.push(judge(number, rows, { reader, columns, previewing }))
      if (batch.length === BATCH) {
        await settle(batch, { tally, orders, problems, previewing })
        batch = []
      }
      tally.rows += rows.length
      previewing.done(base.rows + tally.rows, base.rows * 2)
      await breath()
    }
    await settle(batch, { tally, orders, problems, previewing })
  } finally {
    await Promise.all([orders.close(), problems.close(), byPlace.close()])
  }
  return tally.report(site.currency)
}

function checkedBase(mapping: Mapping, tables: ReadonlyMap<string, StoredTable>): StoredTable {
  const base = tables.get(mapping.base)
  if (!base) throw new Unfit({ type: 'file-missing', file: mapping.base })
  const joined = new Set([mapping.base, ...mapping.joins.map(({ of }) => of.file)])
  for (const ref of [...Object.values(mapping.columns), ...mapping.joins.flatMap(({ of, by }) => [of, by])]) {
    const table = tables.get(ref.file)
    if (!table) throw new Unfit({ type: 'file-missing', file: ref.file })
    if (!joined.has(ref.file)) throw new Unfit({ type: 'join-loose', file: ref.file })
    if (ref.column >= table.columns.length) throw new Unfit({ type: 'column-missing', file: ref.file, column: ref.column })
  }
  const missing = NEEDED.filter((group) => !group.some((field) => mapping.columns[field] || (field !== 'number' && mapping.constants[field]?.trim())))
  if (missing.length > 0) throw new Unfit({ type: 'fields-missing', fields: missing.map((group) => group[0]) })
  return base
}

/** A column of another file says which. */
function columnFacts(mapping: Mapping, tables: ReadonlyMap<string, StoredTable>): Map<Field, ColumnFacts> {
  const facts = new Map<Field, ColumnFacts>()
  for (const field of FIELDS) {
    const ref = mapping.columns[field]
    const column = ref && tables.get(ref.file)?.columns[ref.column]
    if (!ref || !column) continue
    const name = column.name === '' ? `#${ref.column + 1}` : column.name
    facts.set(field, { name: ref.file === mapping.base ? name : `${ref.file}: ${name}`, profile: column.profile })
  }
  return facts
}

/** Rows by order: which order a row is of and where it stands, in arrays of numbers. */
class OrderIndex {
  readonly #numbers: string[] = []
  readonly #byNumber = new Map<string, number>()
  readonly #orders: Uint32Array
  readonly #places: Float64Array
  #rows = 0
  constructor(most: number) {
    this.#orders = new Uint32Array(most)
    this.#places = new Float64Array(most)
  }

  /** A row without a number ('') is a case of its own. */
  add(number: string, place: number): void {
    let order = number === '' ? undefined : this.#byNumber.get(number)
    if (order === undefined) {
      order = this.#numbers.push(number) - 1
      if (number !== '') this.#byNumber.set(number, order)
    }
    this.#orders[this.#rows] = order
    this.#places[this.#rows] = place
    this.#rows += 1
  }

  /** In the order of their first rows, each with its rows in the order of the file. */
  *orders(): Generator<[string, Float64Array]> {
    const starts = new Uint32Array(this.#numbers.length + 1)
    for (let i = 0; i < this.#rows; i++) starts[(this.#orders[i] ?? 0) + 1] = (starts[(this.#orders[i] ?? 0) + 1] ?? 0) + 1
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
    const sorted = new Float64Array(this.#rows)
    const next = starts.slice()
    for (let i = 0; i < this.#rows; i++) {
      const order = this.#orders[i] ?? 0
      const to = next[order] ?? 0
      sorted[to] = this.#places[i] ?? 0
      next[order] = to + 1
    }
    for (const [i, number] of this.#numbers.entries()) yield [number, sorted.subarray(starts[i], starts[i + 1])]
  }
}

async function indexOf(base: StoredTable, lookups: Lookups, reader: RowReader, { signal, done }: Previewing): Promise<OrderIndex> {
  const index = new OrderIndex(Math.min(base.rows, MOST_ROWS))
  const breath = createBreath(signal)
  let rows = 0
  for await (const block of rowsOf(base.path, signal)) {
    for (const stored of block) {
      const number = reader.number(lookups.rowOf(stored))
      index.add('value' in number ? number.value : '', stored.place)
    }
    rows += block.length
    done(rows, base.rows * 2)
    await breath()
  }
  return index
}

type Judged = { id: string; form: OrderForm | null; problems: RowProblem[]; rounded: number }
const BATCH = 200

function judge(number: string, rows: readonly Row[], { reader, columns, previewing }: { reader: RowReader; columns: ReadonlyMap<Field, ColumnFacts>; previewing: Previewing }): Judged {
  const { mapping, site, now } = previewing
  const good: LineValues[] = []
  const byRow = new Map(rows.map((row) => [row.row, row]))
  const problems: RowProblem[] = []
  for (const row of rows) {
    const read = reader.read(row, number)
    if ('problem' in read) problems.push(read.problem)
    else good.push(read.values)
  }
  const { form, left } = good.length === 0 ? { form: null, left: [] } : formOf(good, { source: mapping.source, number, now })
  const problem = (row: number, field: Field | null, reason: RowProblem['reason']) => {
    const of = byRow.get(row)
    if (of) problems.push(problemAt(of, number, field !== null && columns.has(field) ? field : null, reason, columns))
  }
  for (const { row, field, reason } of left) problem(row, field === 'customerId' && !columns.has(field) ? 'customerName' : field, reason)
  const whole = form && (problems.length === 0 || !mapping.wholeOnly)
  const first = problems[0]
  if (form && !whole && first) {
    const bad = new Set(problems.map(({ row }) => row))
    for (const { row } of good) if (!bad.has(row)) problem(row, null, { type: 'other-row', row: first.row })
  }
  problems.sort((a, b) => a.row - b.row)
  return { id: orderIdOf(site.id, mapping.source, number), form: whole ? form : null, problems, rounded: whole ? good.filter((line) => line.rounded).length : 0 }
}

class Tally {
  rows = 0
  #orders = 0
  #lines = 0
  #alreadyHere = 0
  #badRows = 0
  #partial = 0
  #bad = 0
  #rounded = 0
  readonly #reasons = new Map<RowReasonType, number>()
  readonly #problems: RowProblem[] = []
  readonly #sample: PlainReport['sample'] = []
  readonly #source: string
  readonly #notes: readonly Note[]
  constructor(source: string, notes: readonly Note[]) {
    this.#source = source
    this.#notes = notes
  }

  add({ id, form, problems, rounded }: Judged, here: boolean): void {
    this.#badRows += problems.length
    for (const problem of problems) {
      this.#reasons.set(problem.reason.type, (this.#reasons.get(problem.reason.type) ?? 0) + 1)
      if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem)
    }
    if (!form) this.#bad += 1
    else if (here) this.#alreadyHere += 1
    else {
      this.#orders += 1
      this.#lines += form.lines.length
      if (problems.length > 0) this.#partial += 1
      this.#rounded += rounded
      if (this.#sample.length < SAMPLE_ORDERS) this.#sample.push({ ...form, id })
    }
  }

  report(currency: string): PlainReport {
    return {
      source: this.#source,
      orders: this.#orders,
      lines: this.#lines,
      alreadyHere: this.#alreadyHere,
      rows: this.rows,
      badRows: this.#badRows,
      partialOrders: this.#partial,
      badOrders: this.#bad,
      reasons: [...this.#reasons].map(([type, rows]) => ({ type, rows })).sort((a, b) => b.rows - a.rows),
      problems: this.#problems,
      notes: [...this.#notes, ...(this.#rounded > 0 ? [{ type: 'prices-rounded' as const, rows: this.#rounded, currency: this.#sample[0]?.currency ?? currency }] : [])],
      sample: this.#sample,
    }
  }
}

type Ledger = { tally: Tally; orders: Awaited<ReturnType<typeof openWriter>>; problems: Awaited<ReturnType<typeof openWriter>>; previewing: Previewing }

/** A batch is compared with what the log has, then written down. */
async function settle(batch: readonly Judged[], { tally, orders, problems, previewing }: Ledger): Promise<void> {
  const { log, site } = previewing
  const ids = batch.filter(({ form }) => form).map(({ id }) => id)
  const here = await log.read((tx) => tx.faces(site.id, ids))
  for (const judged of batch) {
    tally.add(judged, here.has(judged.id))
    if (judged.form) await orders.add({ id: judged.id, form: judged.form } satisfies StoredOrder)
    for (const problem of judged.problems) await problems.add(problem)
  }
}
