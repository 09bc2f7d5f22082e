/** The joined files in memory, and from there the cells of any row of the base, wherever its fields stand. */
import { type Field, FIELDS } from '../../shared/import/fields.ts'
import type { Table } from '../../shared/import/guess.ts'
import { plain } from '../../shared/import/numbers.ts'
import { floatsOf } from '../../shared/import/profile.ts'
import type { Cell, Found, Row } from '../../shared/import/row.ts'
import { type ColumnRef, type Join, type Mapping, MOST_LOOKUP_ROWS } from '../../shared/import/wire.ts'
import { createBreath } from './breath.ts'
import { Unfit } from './fault.ts'
import { rowsOf, type StoredRow } from './rows.ts'

export type StoredTable = Table & { /** where its rows are */ path: string; kind: 'csv' | 'xlsx' }
/** Per file, the cells it gives to the row: undefined where it has none, with the value that found nothing. */
type Chain = { join: Join; read: (cells: ReadonlyMap<string, readonly Cell[]>) => readonly Cell[] | { missed: string } | null }
export type Lookups = { rowOf(stored: StoredRow): Row }

/** Characters of all lookups together. */
const MOST_TEXT = 64 * 1024 * 1024

/** Throws Unfit where a join can't be made. */
export async function openLookups(mapping: Mapping, tables: ReadonlyMap<string, StoredTable>, signal: AbortSignal): Promise<Lookups> {
  const budget = { text: MOST_TEXT }
  const chains: Chain[] = []
  for (const join of inOrder(mapping)) {
    const table = tables.get(join.of.file)
    const from = tables.get(join.by.file)
    if (!table || !from) throw new Unfit({ type: 'file-missing', file: table ? join.by.file : join.of.file })
    const wanted = new Set([...FIELDS.map((field) => mapping.columns[field]), ...mapping.joins.map((each) => each.by)].filter((ref) => ref?.file === table.file).map((ref) => ref?.column ?? 0))
    const found = await load(table, join.of, wanted, budget, signal)
    const floats = floatsIn(from, join.by)
    chains.push({
      join,
      read: (cells) => {
        const cell = cells.get(join.by.file)?.[join.by.column]
        const key = typeof cell === 'string' ? keyOf(cell, floats) : ''
        return key === '' ? null : (found.get(key) ?? { missed: key })
      },
    })
  }
  return { rowOf: (stored) => rowOf(stored, mapping, chains, tables) }
}

/** From the base outwards. A file that hangs on nothing, or on itself, is loose. */
export function inOrder({ base, joins }: Mapping): Join[] {
  const reached = new Set([base])
  const ordered: Join[] = []
  let left = [...joins]
  while (left.length > 0) {
    const next = left.find((join) => reached.has(join.by.file) && !reached.has(join.of.file))
    if (!next) throw new Unfit({ type: 'join-loose', file: left[0]?.of.file ?? '' })
    reached.add(next.of.file)
    ordered.push(next)
    left = left.filter((join) => join !== next)
  }
  return ordered
}

const floatsIn = (table: Table, ref: ColumnRef) => {
  const profile = table.columns[ref.column]?.profile
  return profile !== undefined && floatsOf(profile)
}
/** 14620, ' 14620' and, in a column of such, 14620.0 are one key. */
function keyOf(text: string, floats: boolean): string {
  const key = plain(text)
  return floats ? key.replace(/^(\d+)\.0+$/, '$1') : key
}

async function load(table: StoredTable, of: ColumnRef, wanted: ReadonlySet<number>, budget: { text: number }, signal: AbortSignal): Promise<Map<string, Cell[]>> {
  if (table.rows > MOST_LOOKUP_ROWS) throw new Unfit({ type: 'lookup-too-large', file: table.file, most: MOST_LOOKUP_ROWS })
  const floats = floatsIn(table, of)
  const found = new Map<string, Cell[]>()
  const breath = createBreath(signal)
  for await (const rows of rowsOf(table.path, signal)) {
    for (const { row, cells } of rows) {
      const cell = cells[of.column]
      const key = typeof cell === 'string' ? keyOf(cell, floats) : ''
      if (key === '') continue
      if (found.has(key)) throw new Unfit({ type: 'not-unique', file: table.file, column: table.columns[of.column]?.name ?? '', value: key, row })
      const kept: Cell[] = []
      for (const column of wanted) {
        const value = cells[column] ?? ''
        kept[column] = value
        budget.text -= typeof value === 'string' ? value.length : value.text.length
      }
      budget.text -= key.length
      if (budget.text < 0) throw new Unfit({ type: 'lookup-too-large', file: table.file, most: MOST_LOOKUP_ROWS })
      found.set(key, kept)
    }
    await breath()
  }
  return found
}

function rowOf(stored: StoredRow, mapping: Mapping, chains: readonly Chain[], tables: ReadonlyMap<string, StoredTable>): Row {
  const cells = new Map<string, readonly Cell[]>([[mapping.base, stored.cells]])
  const missed = new Map<string, { column: string; file: string; value: string }>()
  for (const { join, read } of chains) {
    const found = read(cells)
    if (found && 'missed' in found) missed.set(join.of.file, { column: nameOf(tables, join.by), file: join.of.file, value: found.missed })
    else if (found) cells.set(join.of.file, found)
  }
  const base = tables.get(mapping.base)
  const wanted = base?.columns.length ?? 0
  return {
    row: stored.row,
    file: mapping.base,
    ragged: base?.kind === 'csv' && stored.cells.length > wanted ? { came: stored.cells.length, wanted } : null,
    at(field: Field): Found {
      const ref = mapping.columns[field]
      if (!ref) return null
      const miss = missed.get(ref.file)
      return miss ? { miss } : { cell: cells.get(ref.file)?.[ref.column] }
    },
  }
}

function nameOf(tables: ReadonlyMap<string, StoredTable>, ref: ColumnRef): string {
  return tables.get(ref.file)?.columns[ref.column]?.name ?? ''
}
