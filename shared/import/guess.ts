/** Several files of one import → which has the order lines, what joins the others to it, which column is which field. */
import type { Field } from './fields.ts'
import { bare, fieldsNamed } from './headers.ts'
import { numberStyle, parseNumber } from './numbers.ts'
import { fitness, fits, MOST_NOT_GOODS, type Profile } from './profile.ts'
import { type ColumnRef, type Join, type Mapping, MOST_LOOKUP_ROWS } from './wire.ts'

export type TableColumn = {
  name: string
  profile: Profile
  /** no value stands twice, and none is missing */
  unique: boolean
  /** all values of a unique column; null where they are too many to keep */
  values: ReadonlySet<string> | null
}
export type Table = { file: string; rows: number; columns: readonly TableColumn[] }

/** Half of the values have to be found there: two files that both have a 'Phone' are not joined by it. */
const COVERAGE = 0.5

export function guess(tables: readonly Table[]): Omit<Mapping, 'source'> | null {
  const base = baseOf(tables)
  if (!base) return null
  const joins = joinsFrom(base, tables)
  const columns = columnsOf(base, joins, tables)
  return {
    base: base.file,
    joins,
    columns,
    constants: {
      ...(columns.unit ? {} : { unit: 'piece' }),
      ...(columns.grade ? {} : { grade: 'C' }),
      ...(columns.terms ? {} : { terms: 'prepaid' }),
    },
    dates: 'auto',
    decimal: 'auto',
    notGoods: notGoodsIn(tables, columns.sku),
    wholeOnly: false,
  }
}

/** The file with quantities of products; among several the one from which most of the others are reached. */
function baseOf(tables: readonly Table[]): Table | null {
  const score = (table: Table) => {
    const named = (field: Field) => table.columns.some((column) => (fieldsNamed(column.name)[0]?.field === field && fits(column.profile, field)))
    return (named('quantity') ? 100 : 0) + (named('sku') || named('name') ? 20 : 0) + joinsFrom(table, tables).length * 5 + (named('number') ? 2 : 0)
  }
  const ranked = tables.map((table) => ({ table, score: score(table) })).sort((a, b) => b.score - a.score || b.table.rows - a.table.rows)
  return ranked[0]?.table ?? null
}

/** From the base outwards: a file is joined by a column of the same name that is unique in it. */
export function joinsFrom(base: Table, tables: readonly Table[]): Join[] {
  const joins: Join[] = []
  const reached = [base]
  const left = new Set(tables.filter((table) => table !== base && table.rows <= MOST_LOOKUP_ROWS))
  for (const from of reached) {
    for (const table of left) {
      const join = joinBetween(from, table)
      if (!join) continue
      joins.push(join)
      reached.push(table)
      left.delete(table)
    }
  }
  return joins
}

function joinBetween(from: Table, to: Table): Join | null {
  let best: { join: Join; share: number } | null = null
  for (const [i, of] of to.columns.entries()) {
    if (!of.unique || of.name === '') continue
    for (const [k, by] of from.columns.entries()) {
      if (bare(by.name) !== bare(of.name)) continue
      const share = coverage(by.profile.different, of.values)
      if (share >= COVERAGE && share > (best?.share ?? 0)) best = { share, join: { of: { file: to.file, column: i }, by: { file: from.file, column: k } } }
    }
  }
  return best?.join ?? null
}

function coverage(sample: ReadonlySet<string>, values: ReadonlySet<string> | null): number {
  if (sample.size === 0) return 0
  if (!values) return COVERAGE
  return [...sample].filter((value) => values.has(value)).length / sample.size
}

/** What a file is away from the base: the base's own UnitPrice goes before the product list's. */
const FARTHER = 5
type Candidate = { field: Field; ref: ColumnRef; score: number }

function columnsOf(base: Table, joins: readonly Join[], tables: readonly Table[]): Mapping['columns'] {
  const depth = new Map([[base.file, 0]])
  for (const { of, by } of joins) depth.set(of.file, (depth.get(by.file) ?? 0) + 1)
  const reached = tables.filter((table) => depth.has(table.file))
  const candidates: Candidate[] = reached.flatMap((table) =>
    table.columns.flatMap(({ name, profile }, column) =>
      fieldsNamed(name)
        .filter(({ field }) => fits(profile, field))
        .map(({ field, score }) => ({ field, ref: { file: table.file, column }, score: score - (depth.get(table.file) ?? 0) * FARTHER })),
    ),
  )
  const chosen: Mapping['columns'] = {}
  const used = new Set<string>()
  const key = (ref: ColumnRef) => `${ref.column} ${ref.file}`
  for (const { field, ref } of candidates.sort((a, b) => b.score - a.score)) {
    if (chosen[field] || used.has(key(ref))) continue
    chosen[field] = ref
    used.add(key(ref))
  }
  const free = base.columns.map((column, i) => ({ ...column, ref: { file: base.file, column: i } })).filter(({ ref }) => !used.has(key(ref)))
  return { ...byValues(free, base, chosen), ...chosen }
}

/** For what no name told: the first column whose values look like it. Only what an order can't do without. */
function byValues(free: readonly (TableColumn & { ref: ColumnRef })[], { rows }: Table, chosen: Mapping['columns']): Mapping['columns'] {
  const left = free.filter(({ profile }) => profile.filled > rows / 2)
  const found: Mapping['columns'] = {}
  const take = (field: Field, looks: (column: TableColumn) => boolean) => {
    if (chosen[field]) return
    const i = left.findIndex(looks)
    const column = left[i]
    if (!column) return
    found[field] = column.ref
    left.splice(i, 1)
  }
  const all = ({ profile }: TableColumn, test: (text: string) => boolean) => [...profile.different].every(test)
  const number = ({ profile }: TableColumn, text: string) => parseNumber(text, numberStyle(profile.number).decimal)?.value ?? Number.NaN
  const code = (text: string) => /\d/.test(text) && /^[\p{L}\p{N}._/-]{3,30}$/u.test(text)
  if (!chosen.placedAt) take('placedAt', (column) => fitness(column.profile, 'date') > 0.95 && !all(column, (text) => /^\d+(\.\d+)?$/.test(text)))
  take('number', (column) => all(column, code) && column.profile.different.size > 1)
  if (!chosen.sku && !chosen.name) take('sku', (column) => all(column, code) && column.profile.different.size > 1)
  take('quantity', (column) => all(column, (text) => Number.isInteger(number(column, text)) && Math.abs(number(column, text)) < 100_000))
  if (!chosen.price) take('price', (column) => all(column, (text) => number(column, text) >= 0))
  // Of two texts the longer one is the goods'; where the goods have a number, a lone text is the customer's.
  const texts = left.filter((column) => all(column, (text) => Number.isNaN(number(column, text)))).sort((a, b) => lengthOf(b) - lengthOf(a))
  const [goods, customer] = texts.length === 1 && (chosen.sku || found.sku) ? [undefined, texts[0]] : [texts[0], texts.at(-1)]
  if (!chosen.name && goods) take('name', (column) => column === goods)
  if (!chosen.customerId && !chosen.customerName && customer) take('customerName', (column) => column === customer)
  return found
}

const lengthOf = ({ profile }: TableColumn) => [...profile.different].reduce((sum, text) => sum + text.length, 0) / Math.max(1, profile.different.size)

/** Where product numbers have digits, the few without any (POST, BANK CHARGES) stand for no goods. */
function notGoodsIn(tables: readonly Table[], sku: ColumnRef | undefined): string[] {
  const column = sku && tables.find((table) => table.file === sku.file)?.columns[sku.column]
  if (!column) return []
  const numbered = [...column.profile.different].filter((value) => /\d/.test(value)).length
  const { words, wordRows, filled } = column.profile
  const few = words.size <= MOST_NOT_GOODS && wordRows < filled / 20
  return few && numbered >= 50 ? [...words].filter((word) => word.length <= 80).sort() : []
}
