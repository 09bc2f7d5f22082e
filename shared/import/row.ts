/** One row of the base file, with what the joined files say of it → the values of an order's line, or the first thing that is wrong. */
import type { Grade, Terms } from '../order/form.ts'
import type { Unit } from '../order/quantity.ts'
import { type DateStyle, dateStyle, parseDate } from './dates.ts'
import { type Field, FIELD_RULES, FIELDS } from './fields.ts'
import { type Decimal, numberStyle } from './numbers.ts'
import { floatsOf, type Profile } from './profile.ts'
import { minorOf, quantityIn, type Read, readCount, readCurrency, readGrade, readId, readPrice, readShare, readTerms, readText, readUnit, readWeight } from './values.ts'
import type { ImportFault, Mapping, Note, RowProblem, RowReason } from './wire.ts'

/** A cell as it was read. A spreadsheet's formula that nobody computed, or its #N/A, is no text. */
export type Cell = string | { odd: 'formula' | 'cell-error'; text: string }
/** Where a field's cell is: none if its column isn't mapped; `miss` if the row has no partner in a joined file. */
export type Found = { cell: Cell | undefined } | { miss: { column: string; file: string; value: string } } | null
export type Row = { row: number; file: string; at(field: Field): Found; ragged: { came: number; wanted: number } | null }

type Kinds = {
  id: string
  text: string
  date: string
  quantity: { count: number; unit: Unit | null }
  money: number
  share: number
  weight: number
  unit: Unit
  grade: Grade
  terms: Terms
  currency: string
}
type ValueOf<F extends Field> = Kinds[(typeof FIELD_RULES)[F]['kind']]
export type Values = { [F in Field]: ValueOf<F> | null }
export type LineValues = Values & { row: number; minor: number; counted: number; measure: Unit; money: string; rounded: boolean }
export type RowRead = { values: LineValues } | { problem: RowProblem }

export type Setting = { zone: string; currency: string }
/** A mapped column by its name and what it shows. */
export type ColumnFacts = { name: string; profile: Profile }
export type RowReader = { number(row: Row): Read<string>; read(row: Row, number: string): RowRead; notes: Note[] }

/** The order in which a row is looked at: the first thing wrong is its reason. */
const ASKED: readonly Field[] = ['number', 'sku', 'name', 'quantity', 'unit', 'price', 'discount', ...FIELDS.filter((field) => !['number', 'sku', 'name', 'quantity', 'unit', 'price', 'discount'].includes(field))]
/** The same few dates, prices and names come again and again in a file. */
const MOST_REMEMBERED = 20_000

export function createRowReader(mapping: Mapping, columns: ReadonlyMap<Field, ColumnFacts>, setting: Setting): RowReader | { fault: ImportFault } {
  const notes: Note[] = []
  const parsers = new Map<Field, (text: string) => Read<unknown>>()
  const constants = new Map<Field, unknown>()
  for (const field of FIELDS) {
    const column = columns.get(field)
    if (column) parsers.set(field, remembered(parserOf(field, styleOf(column, field, mapping, notes), setting)))
    const constant = mapping.constants[field]?.trim() ?? ''
    if (constant === '') continue
    const read = parserOf(field, PLAIN, setting)(constant)
    if ('reason' in read) return { fault: { type: 'bad-constant', field, value: constant } }
    constants.set(field, read.value)
  }
  const blank = Object.fromEntries(FIELDS.map((field) => [field, constants.get(field) ?? null])) as Values
  const notGoods = new Set(mapping.notGoods)
  const asked = ASKED.filter((field) => parsers.has(field))

  function value(row: Row, field: Field): Read<unknown> {
    const found = row.at(field)
    if (found && 'miss' in found) return { reason: { type: 'not-in-lookup', file: found.miss.file } }
    const cell = found?.cell ?? ''
    if (typeof cell !== 'string') return { reason: { type: cell.odd } }
    const parse = parsers.get(field)
    if (!parse || cell.trim() === '') return { value: constants.get(field) ?? null }
    return parse(cell)
  }

  function read(row: Row, number: string): RowRead {
    const wrong = (field: Field | null, reason: RowReason): RowRead => ({ problem: problemAt(row, number, field, reason, columns) })
    if (row.ragged) return wrong(null, { type: 'ragged', ...row.ragged })
    const values = { ...blank }
    for (const field of asked) {
      const came = value(row, field)
      if ('reason' in came) return wrong(field, came.reason)
      if (field === 'number' && number === '') return wrong(field, { type: 'missing' })
      ;(values as Record<Field, unknown>)[field] = came.value
    }
    if (values.sku === null && values.name === null) return wrong(columns.has('sku') ? 'sku' : 'name', { type: 'missing' })
    if (values.sku !== null && notGoods.has(values.sku)) return wrong('sku', { type: 'not-goods' })
    const { quantity } = values
    if (quantity === null) return wrong('quantity', { type: 'missing' })
    if (quantity.count < 0 && /^c\d/i.test(number)) return wrong('quantity', { type: 'cancelled' })
    const measure = (columns.has('unit') ? values.unit : null) ?? quantity.unit ?? values.unit ?? 'piece'
    const counted = quantityIn(quantity.count, measure)
    if ('reason' in counted) return wrong('quantity', counted.reason)
    if (values.price === null && columns.has('price')) return wrong('price', { type: 'missing' })
    const money = values.currency ?? setting.currency
    const minor = minorOf(values.price ?? 0, values.discount ?? 0, money)
    if ('reason' in minor) return wrong('price', minor.reason)
    return { values: { ...values, row: row.row, counted: counted.value, measure, money, ...minor.value } }
  }

  return { number: (row) => numberOf(row, value), read, notes }
}

function numberOf(row: Row, value: (row: Row, field: Field) => Read<unknown>): Read<string> {
  const read = value(row, 'number')
  if ('reason' in read) return read
  return typeof read.value === 'string' && read.value !== '' ? { value: read.value } : { reason: { type: 'missing' } }
}

/** Where a problem lies, in the words of the file. */
export function problemAt(row: Row, number: string, field: Field | null, reason: RowReason, columns: ReadonlyMap<Field, ColumnFacts>): RowProblem {
  const found = field && row.at(field)
  const cell = found && 'cell' in found ? (found.cell ?? '') : ''
  const place = { row: row.row, file: row.file, order: number, field, reason }
  if (found && 'miss' in found) return { ...place, column: found.miss.column, value: short(found.miss.value) }
  return { ...place, column: (field && columns.get(field)?.name) ?? '', value: short(typeof cell === 'string' ? cell : cell.text) }
}
const short = (text: string) => (text.length > 200 ? `${text.slice(0, 199)}…` : text)

type Style = { decimal: Decimal; dates: DateStyle; floats: boolean; percents: boolean }
/** A constant is written by the person at the screen. */
const PLAIN: Style = { decimal: 'point', dates: { order: 'ymd', roc: false, dateOnly: true, ambiguous: false }, floats: false, percents: false }

function styleOf({ name, profile }: ColumnFacts, field: Field, mapping: Mapping, notes: Note[]): Style {
  const { kind } = FIELD_RULES[field]
  const dates = dateStyle(profile.date, mapping.dates)
  const number = numberStyle(profile.number)
  if (kind === 'date' && dates.ambiguous) notes.push({ type: 'dates-open', column: name, order: dates.order })
  const numeric = kind === 'quantity' || kind === 'money' || kind === 'share' || kind === 'weight'
  if (numeric && number.ambiguous && mapping.decimal === 'auto') notes.push({ type: 'numbers-open', column: name, decimal: number.decimal })
  return { decimal: mapping.decimal === 'auto' ? number.decimal : mapping.decimal, dates, floats: floatsOf(profile), percents: profile.most > 1 }
}

function parserOf(field: Field, { decimal, dates, floats, percents }: Style, { zone }: Setting): (text: string) => Read<unknown> {
  const { kind, max } = FIELD_RULES[field]
  switch (kind) {
    case 'id':
      return (text) => emptied(readId(text, max, floats))
    case 'text':
      return (text) => emptied(readText(text, max, field === 'clauses' || field === 'memo' ? 'many' : 'one'))
    case 'date':
      return (text) => {
        const at = parseDate(text, dates, zone, field === 'promisedAt' ? 'end' : 'begin')
        return at === null ? { reason: { type: 'not-a-date' } } : { value: at }
      }
    case 'quantity':
      return (text) => readCount(text, decimal)
    case 'money':
      return (text) => readPrice(text, decimal)
    case 'share':
      return (text) => readShare(text, decimal, percents)
    case 'weight':
      return (text) => readWeight(text, decimal, field === 'kilograms' ? 'kg' : 'g')
    case 'unit':
      return readUnit
    case 'grade':
      return readGrade
    case 'terms':
      return readTerms
    case 'currency':
      return readCurrency
  }
}

/** What only looked like a text (a lone space of another kind) is nothing. */
function emptied(read: Read<string>): Read<string | null> {
  return 'value' in read && read.value === '' ? { value: null } : read
}

function remembered(parse: (text: string) => Read<unknown>): (text: string) => Read<unknown> {
  const known = new Map<string, Read<unknown>>()
  return (text) => {
    const before = known.get(text)
    if (before) return before
    const read = parse(text)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(text, read)
    return read
  }
}
