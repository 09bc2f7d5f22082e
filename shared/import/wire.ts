/**
 * What the doors of import take and give.
 *
 *   POST   /api/imports                       → 201 Started
 *   PUT    /api/imports/:id/files/:name       the file's bytes, streamed → 200 ImportFile (still `reading`)
 *   PATCH  /api/imports/:id/files/:name       FileChoice: read it another way → 200 ImportFile
 *   DELETE /api/imports/:id/files/:name       → 204
 *   GET    /api/imports/:id                   → ImportState, to be asked again while `progress` is not null
 *   POST   /api/imports/:id/preview           Mapping → 202 ImportState
 *   POST   /api/imports/:id/take              → 202 ImportState
 *   GET    /api/imports/:id/problems.csv      every row that can't be taken
 *   DELETE /api/imports/:id                   → 204
 *
 * An import lives in the server's memory and a folder of its own: after a restart, a day, or for another site it is 404
 * `import-gone`. Texts named `says` are in the language of the request that reads them.
 */
import * as z from 'zod/mini'
import type { OrderForm } from '../order/form.ts'
import type { DateOrder } from './dates.ts'
import { type Field, FIELDS } from './fields.ts'
import { DECIMALS, type Decimal } from './numbers.ts'

export const MOST_FILE_BYTES = 64 * 1024 * 1024
export const MOST_FILES = 20
export const MOST_ROWS = 2_000_000
export const MOST_COLUMNS = 500
/** A table that others look things up in is held in memory. */
export const MOST_LOOKUP_ROWS = 200_000
/** Of the rows that can't be taken, this many are in the state; all of them are in problems.csv. */
export const MOST_PROBLEMS = 500
export const SAMPLE_ORDERS = 20

export type Started = { id: string }

export const FILE_KINDS = ['csv', 'xlsx'] as const
export type FileKind = (typeof FILE_KINDS)[number]
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'big5', 'gb18030', 'windows-1252', 'shift_jis', 'euc-kr'] as const
export type Encoding = (typeof ENCODINGS)[number]
export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

const Row = z.int().check(z.minimum(0), z.maximum(MOST_ROWS))
/** How to read a file, where the guess was wrong. `headerRow` counts as a spreadsheet does; 0 says that there is none. */
export const FileChoice = z.object({
  encoding: z.optional(z.enum(ENCODINGS)),
  delimiter: z.optional(z.enum(DELIMITERS)),
  sheet: z.optional(z.string().check(z.maxLength(200))),
  headerRow: z.optional(Row),
})
export type FileChoice = z.infer<typeof FileChoice>

/** Why a file that is what it says can't be read to its end. */
export type FileFault =
  | { type: 'quote-open'; row: number }
  | { type: 'too-many-rows'; most: number }
  | { type: 'too-many-columns'; most: number }
  | { type: 'no-rows' }
  | { type: 'no-sheet' }
  | { type: 'broken' }

/** `examples` are the first different values, as they stand in the file. */
export type ImportColumn = { name: string; examples: string[] }
export type ImportFile = {
  name: string
  size: number
  kind: FileKind
  status: 'reading' | 'ready' | 'faulty'
  fault: (FileFault & { says: string }) | null
  /** null for a workbook */
  encoding: Encoding | null
  delimiter: Delimiter | null
  /** the visible sheets of a workbook, the read one */
  sheets: string[]
  sheet: string | null
  headerRow: number
  columns: ImportColumn[]
  /** rows below the header that are not blank; 0 while it is read */
  rows: number
}

const FileName = z.string().check(z.minLength(1), z.maxLength(200))
export const ColumnRef = z.object({ file: FileName, column: z.int().check(z.minimum(0), z.maximum(MOST_COLUMNS - 1)) })
export type ColumnRef = z.infer<typeof ColumnRef>
/** Rows of `of.file` are found by the value of `of`, which is unique there, that stands in `by`: a column of the base or of another joined file. */
export const Join = z.object({ of: ColumnRef, by: ColumnRef })
export type Join = z.infer<typeof Join>

export const Mapping = z.object({
  /** who sends such files. With the order's number it makes the order's id: the same twice is one order */
  source: z.string().check(z.minLength(1), z.maxLength(120)),
  /** the file with the order lines */
  base: FileName,
  /** a file that is neither the base nor joined is ignored */
  joins: z.array(Join).check(z.maxLength(MOST_FILES)),
  columns: z.partialRecord(z.enum(FIELDS), ColumnRef),
  /** what stands for a whole column; a mapped column goes first, the constant where it is empty */
  constants: z.partialRecord(z.enum(FIELDS), z.string().check(z.maxLength(2000))),
  dates: z.enum(['auto', 'dmy', 'mdy']),
  decimal: z.enum(['auto', ...DECIMALS]),
  /** product numbers that stand for no goods (postage, fees): their rows are not taken */
  notGoods: z.array(z.string().check(z.minLength(1), z.maxLength(80))).check(z.maxLength(200)),
  /** an order with a row that can't be taken is not taken at all */
  wholeOnly: z.boolean(),
})
export type Mapping = z.infer<typeof Mapping>

/** Why a row can't be taken. */
export type RowReason =
  | { type: 'missing' }
  | { type: 'formula' }
  | { type: 'cell-error' }
  | { type: 'garbled' }
  | { type: 'ragged'; came: number; wanted: number }
  | { type: 'too-long'; most: number }
  | { type: 'not-a-number' }
  | { type: 'not-whole' }
  | { type: 'too-fine' }
  | { type: 'zero' }
  | { type: 'below-zero' }
  | { type: 'cancelled' }
  | { type: 'too-large' }
  | { type: 'not-a-share' }
  | { type: 'not-a-date' }
  | { type: 'unknown-unit' }
  | { type: 'unknown-currency' }
  | { type: 'unknown-grade' }
  | { type: 'unknown-terms' }
  | { type: 'not-goods' }
  | { type: 'not-in-lookup'; file: string }
  | { type: 'other-customer'; row: number }
  | { type: 'other-currency'; row: number }
  | { type: 'too-many-lines'; most: number }
  | { type: 'other-row'; row: number }
export type RowReasonType = RowReason['type']
/** `column` is its name in the file, `row` as a spreadsheet counts, in `file`. */
export type RowProblem = { row: number; file: string; order: string; column: string; field: Field | null; value: string; reason: RowReason }

/** What a person should look at, although it stops nothing. */
export type Note =
  | { type: 'dates-open'; column: string; order: DateOrder }
  | { type: 'numbers-open'; column: string; decimal: Decimal }
  | { type: 'prices-rounded'; rows: number; currency: string }

export type Report = {
  source: string
  /** what would be taken */
  orders: number
  lines: number
  /** orders of the file that an earlier import took */
  alreadyHere: number
  rows: number
  badRows: number
  /** of `orders`: those that lose a line; beside them: those of which nothing can be taken */
  partialOrders: number
  badOrders: number
  reasons: { type: RowReasonType; rows: number }[]
  /** the first ones */
  problems: (RowProblem & { says: string })[]
  notes: (Note & { says: string })[]
  sample: (OrderForm & { id: string })[]
}

export type Taken = { at: string; orders: number; lines: number; alreadyHere: number; refused: { number: string; reason: string }[] }

/** `done` of `of` are bytes while reading, rows while previewing, orders while taking; of = 0 means it waits for its turn. */
export type Progress = { phase: 'reading' | 'previewing' | 'taking'; file: string | null; done: number; of: number }

/** Why a job ended without a result. */
export type ImportFault =
  | { type: 'file-missing'; file: string }
  | { type: 'file-faulty'; file: string }
  | { type: 'column-missing'; file: string; column: number }
  | { type: 'fields-missing'; fields: Field[] }
  | { type: 'join-loose'; file: string }
  | { type: 'not-unique'; file: string; column: string; value: string; row: number }
  | { type: 'lookup-too-large'; file: string; most: number }
  | { type: 'bad-constant'; field: Field; value: string }
  | { type: 'device-revoked' }
  | { type: 'busy' }
  | { type: 'fault'; reference: string }

export type ImportState = {
  id: string
  startedAt: string
  files: ImportFile[]
  /** null while a file is read and when there is nothing to guess from; `remembered` if this source came before */
  guess: { mapping: Mapping; remembered: boolean } | null
  /** sources of earlier imports, newest first */
  sources: string[]
  progress: Progress | null
  fault: (ImportFault & { says: string }) | null
  /** the mapping of the last preview and what came of it */
  preview: { mapping: Mapping; report: Report } | null
  taken: Taken | null
}
