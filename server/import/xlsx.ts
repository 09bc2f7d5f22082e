/** A workbook → the rows of one sheet, streamed. Called only for files that `zip.ts` has been through. */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import Excel from 'exceljs'
import type { Cell } from '../../shared/import/row.ts'
import { MOST_COLUMNS } from '../../shared/import/wire.ts'
import { Faulty } from './fault.ts'

export type XlsxSource = {
  file: string
  /** null: the first visible sheet that has a row */
  sheet: string | null
  signal: AbortSignal
  read(bytes: number): void
  /** told of every visible sheet, and of the one that is read */
  sheets(names: string[], chosen: string): void
}
export type XlsxRow = { row: number; cells: Cell[] }

/** What the streaming reader has beside its documented face. */
type Sheet = AsyncIterable<Excel.Row> & { name: string; state?: string }

export async function* xlsxRows({ file, sheet, signal, read, sheets }: XlsxSource): AsyncGenerator<XlsxRow> {
  const names: string[] = []
  let chosen: string | null = null
  const workbook = new Excel.stream.xlsx.WorkbookReader(Readable.from(counted(file, signal, read)), { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', entries: 'ignore' })
  try {
    for await (const each of workbook) {
      const one = each as unknown as Sheet
      const visible = one.state === undefined || one.state === 'visible'
      if (visible) names.push(one.name)
      // A sheet that isn't wanted is read over to its end: the reader leaves files open otherwise.
      for await (const row of one) {
        if (!visible || (chosen !== null && chosen !== one.name)) continue
        if (chosen === null && sheet !== null && sheet !== one.name) continue
        const cells = cellsOf(row)
        if (cells.length === 0) continue
        chosen = one.name
        yield { row: row.number, cells }
      }
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Faulty) throw error
    throw new Faulty({ type: 'broken' })
  }
  sheets(names, chosen ?? sheet ?? names[0] ?? '')
  if (chosen === null) throw new Faulty({ type: sheet !== null && !names.includes(sheet) ? 'no-sheet' : 'no-rows' })
}

async function* counted(file: string, signal: AbortSignal, read: XlsxSource['read']): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of createReadStream(file, { signal })) {
    bytes += (chunk as Buffer).length
    read(bytes)
    yield chunk as Buffer
  }
}

/** Up to the last cell that has something. */
function cellsOf(row: Excel.Row): Cell[] {
  const values = row.values
  if (!Array.isArray(values)) return []
  const cells = Array.from({ length: Math.min(values.length - 1, MOST_COLUMNS + 1) }, (_, i) => cellOf(values[i + 1]))
  while (cells.at(-1) === '') cells.pop()
  return cells
}

function cellOf(value: Excel.CellValue | undefined): Cell {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : { odd: 'cell-error', text: '' }
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (value instanceof Date) return wall(value)
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('error' in value) return { odd: 'cell-error', text: value.error }
  // What the spreadsheet computed when it was saved; a program that writes formulas only leaves nothing there.
  if ('formula' in value || 'sharedFormula' in value) {
    const text = 'formula' in value ? `=${value.formula}` : ''
    return value.result === undefined || value.result === null ? { odd: 'formula', text } : cellOf(value.result as Excel.CellValue)
  }
  return 'text' in value ? String(value.text) : ''
}

/** A date cell is a wall clock without a zone; the reader gives it as if that were UTC. */
function wall(date: Date): Cell {
  if (Number.isNaN(date.getTime())) return { odd: 'cell-error', text: '' }
  const iso = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}
