/** A file → its rows on the disk, and what its columns show: the header, the values, which of them are unique. */
import type { TableColumn } from '../../shared/import/guess.ts'
import { fieldsNamed } from '../../shared/import/headers.ts'
import { newProfile, type Profile, profileCell } from '../../shared/import/profile.ts'
import type { Cell } from '../../shared/import/row.ts'
import { type Delimiter, type Encoding, type FileKind, MOST_COLUMNS, MOST_LOOKUP_ROWS, MOST_ROWS } from '../../shared/import/wire.ts'
import { createBreath } from './breath.ts'
import { csvRows } from './csv.ts'
import { Faulty } from './fault.ts'
import { openWriter, type StoredRow, type Writer } from './rows.ts'
import { xlsxRows } from './xlsx.ts'

export type Reading = {
  file: string
  /** where the rows go */
  into: string
  kind: FileKind
  encoding: Encoding
  delimiter: Delimiter
  sheet: string | null
  /** null: find it */
  headerRow: number | null
  signal: AbortSignal
  read(bytes: number): void
}
export type ReadFile = { columns: TableColumn[]; rows: number; headerRow: number; sheets: string[]; sheet: string | null }

/** The header is looked for in so many rows; a title may stand above it. */
const HEAD_ROWS = 20

export async function readFile(reading: Reading): Promise<ReadFile> {
  const sheets = { names: [] as string[], chosen: null as string | null }
  const writer = await openWriter(reading.into)
  try {
    const table = new TableBuilder(reading.headerRow, reading.kind)
    const breath = createBreath(reading.signal)
    for await (const row of rowsIn(reading, sheets)) {
      await table.add(row, writer)
      await breath()
    }
    await table.end(writer)
    if (table.rows === 0) throw new Faulty({ type: 'no-rows' })
    return { columns: table.columns(), rows: table.rows, headerRow: table.headerRow, sheets: sheets.names, sheet: sheets.chosen }
  } finally {
    await writer.close()
  }
}

async function* rowsIn({ file, kind, encoding, delimiter, sheet, signal, read }: Reading, sheets: { names: string[]; chosen: string | null }): AsyncGenerator<StoredRow> {
  if (kind === 'xlsx') {
    yield* xlsxRows({ file, sheet, signal, read, sheets: (names, chosen) => Object.assign(sheets, { names, chosen }) })
    return
  }
  let row = 0
  for await (const cells of csvRows({ file, encoding, delimiter, signal, read })) {
    row += 1
    while (cells.length > 0 && blank(cells.at(-1))) cells.pop()
    if (cells.length > 0) yield { row, cells }
  }
}

const blank = (cell: Cell | undefined) => cell === undefined || (typeof cell === 'string' && cell.trim() === '')
const textOf = (cell: Cell | undefined) => (typeof cell === 'string' ? cell.trim() : '')

class TableBuilder {
  rows = 0
  headerRow: number
  readonly #wanted: number | null
  readonly #kind: FileKind
  readonly #head: StoredRow[] = []
  #decided = false
  #names: string[] = []
  #profiles: Profile[] = []
  #unique = new UniqueValues(0)

  constructor(wanted: number | null, kind: FileKind) {
    this.#wanted = wanted
    this.#kind = kind
    this.headerRow = wanted ?? 0
  }

  async add(row: StoredRow, writer: Writer): Promise<void> {
    if (row.cells.length > MOST_COLUMNS) throw new Faulty({ type: 'too-many-columns', most: MOST_COLUMNS })
    if (this.#decided) return this.#keep(row, writer)
    this.#head.push(row)
    if (this.#head.length >= HEAD_ROWS && row.row >= (this.#wanted ?? 0)) await this.end(writer)
  }

  /** All that came so far is looked at together. */
  async end(writer: Writer): Promise<void> {
    if (this.#decided) return
    this.#decided = true
    this.headerRow = this.#wanted ?? headerIn(this.#head)
    const header = this.#head.find((row) => row.row === this.headerRow)
    const below = this.#head.filter((row) => row.row > this.headerRow)
    const named = header?.cells.map(textOf) ?? []
    // Cells beyond the header of a sheet have a column of their own; beyond that of a text file they have slid.
    const width = header && this.#kind === 'csv' ? named.length : Math.max(named.length, ...below.map((row) => row.cells.length))
    this.#names = Array.from({ length: width }, (_, i) => named[i] ?? '')
    this.#profiles = this.#names.map(newProfile)
    this.#unique = new UniqueValues(width)
    for (const row of below) await this.#keep(row, writer)
    this.#head.length = 0
  }

  #keep({ row, cells }: StoredRow, writer: Writer): Promise<void> | undefined {
    this.rows += 1
    if (this.rows > MOST_ROWS) throw new Faulty({ type: 'too-many-rows', most: MOST_ROWS })
    for (const [i, profile] of this.#profiles.entries()) {
      const text = textOf(cells[i])
      profileCell(profile, text, this.rows)
      this.#unique.add(i, text)
    }
    return writer.add([row, ...cells])
  }

  columns(): TableColumn[] {
    const lookup = this.rows <= MOST_LOOKUP_ROWS
    return this.#names.map((name, i) => ({
      name,
      profile: this.#profiles[i] ?? newProfile(),
      unique: lookup && this.#unique.is(i),
      values: lookup ? this.#unique.values(i) : null,
    }))
  }
}

/** Values that stay in memory to see whether another file's are among them. */
const MOST_KEPT = 50_000

/** Of a column no two rows share a value, until one does. Bounded over all columns: then nobody knows any more. */
class UniqueValues {
  #left = 200_000
  readonly #sets: (Set<string> | null)[]
  constructor(columns: number) {
    this.#sets = Array.from({ length: columns }, () => new Set<string>())
  }

  add(column: number, value: string): void {
    const set = this.#sets[column]
    if (!set) return
    if (value === '' || value.length > 80 || set.has(value) || this.#left === 0) {
      this.#left += set.size
      this.#sets[column] = null
      return
    }
    set.add(value)
    this.#left -= 1
  }

  is(column: number): boolean {
    return (this.#sets[column]?.size ?? 0) > 0
  }
  values(column: number): ReadonlySet<string> | null {
    const set = this.#sets[column]
    return set && set.size <= MOST_KEPT ? set : null
  }
}

/** The row with the most names that are known; else the first one, if nothing in it is a number; else there is none. */
function headerIn(rows: readonly StoredRow[]): number {
  const known = (row: StoredRow) => row.cells.filter((cell) => (fieldsNamed(textOf(cell))[0]?.score ?? 0) >= 50).length
  const best = rows.map((row) => ({ row, known: known(row) })).sort((a, b) => b.known - a.known || a.row.row - b.row.row)[0]
  if (best && best.known >= 2) return best.row.row
  const [first] = rows
  const named = first?.cells.every((cell) => !/^[\d\s.,:/+-]*$/.test(textOf(cell)) || textOf(cell) === '')
  return first && (named || rows.length === 1) ? first.row : 0
}
