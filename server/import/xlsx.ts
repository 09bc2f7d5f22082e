/** A workbook → the rows of one sheet, streamed. Called only for files that `zip.ts` has been through (ECMA-376 part 1, §18). */
import type { Cell } from '../../shared/import/row.ts'
import { MOST_COLUMNS } from '../../shared/import/wire.ts'
import { Faulty } from './fault.ts'
import { type XmlEvent, xmlEvents } from './xml.ts'
import { openZip } from './zip.ts'

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

type Zip = Awaited<ReturnType<typeof openZip>>
type Sheet = { name: string; visible: boolean; part: string }
type Book = { sheets: Sheet[]; strings: readonly string[]; dates: readonly boolean[]; from1904: boolean }

/** A cell of a spreadsheet holds no more. */
const MOST_TEXT = 32_767

export async function* xlsxRows({ file, sheet, signal, read, sheets }: XlsxSource): AsyncGenerator<XlsxRow> {
  try {
    const zip = await openZip(file)
    const events = (part: string, progress?: (bytes: number) => void) => {
      const entry = zip.get(part)
      return entry ? xmlEvents({ file, entry, signal, ...(progress && { read: progress }) }) : nothing()
    }
    const book = await openBook(events, zip)
    const visible = book.sheets.filter((each) => each.visible)
    const names = visible.map((each) => each.name)
    if (sheet !== null && !names.includes(sheet)) throw new Faulty({ type: 'no-sheet' })
    for (const each of visible.filter(({ name }) => sheet === null || name === sheet)) {
      sheets(names, each.name)
      let came = 0
      for await (const row of rowsIn(events(each.part, read), book)) {
        came += 1
        yield row
      }
      if (came > 0) return
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof Faulty ? error : new Faulty({ type: 'broken' })
  }
}

type Events = (part: string, progress?: (bytes: number) => void) => AsyncIterable<XmlEvent[]>
async function* nothing(): AsyncGenerator<XmlEvent[]> {}

async function openBook(events: Events, zip: Zip): Promise<Book> {
  const parts = new Map<string, { part: string; type: string }>()
  await each(events('xl/_rels/workbook.xml.rels'), (event) => {
    if ('open' in event && event.open === 'Relationship') {
      const { Id = '', Target = '', Type = '' } = event.attributes
      parts.set(Id, { part: Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`, type: Type.slice(Type.lastIndexOf('/') + 1) })
    }
  })
  const partOf = (type: string) => [...parts.values()].find((part) => part.type === type)?.part ?? ''
  const book = { sheets: [] as Sheet[], from1904: false }
  await each(events('xl/workbook.xml'), (event) => {
    if (!('open' in event)) return
    const { attributes } = event
    if (event.open === 'workbookPr') book.from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
    if (event.open !== 'sheet') return
    const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? ''
    const part = parts.get(id)?.part ?? ''
    if (zip.has(part)) book.sheets.push({ name: attributes.name ?? '', visible: (attributes.state ?? 'visible') === 'visible', part })
  })
  return { ...book, strings: await stringsIn(events(partOf('sharedStrings'))), dates: await datesIn(events(partOf('styles'))) }
}

async function each(events: AsyncIterable<XmlEvent[]>, told: (event: XmlEvent) => void): Promise<void> {
  for await (const some of events) for (const event of some) told(event)
}

/** Adds up the texts of an item. What stands in `rPh` tells how it is spoken and is no part of it. */
class TextRuns {
  text = ''
  #spoken = 0
  #in = false
  begin(): void {
    this.text = ''
  }
  see(event: XmlEvent): void {
    if ('open' in event) {
      if (event.open === 'rPh') this.#spoken += 1
      if (event.open === 't') this.#in = this.#spoken === 0
    } else if ('close' in event) {
      if (event.close === 'rPh') this.#spoken -= 1
      if (event.close === 't') this.#in = false
    } else if (this.#in && this.text.length <= MOST_TEXT) this.text += event.text
  }
}

async function stringsIn(events: AsyncIterable<XmlEvent[]>): Promise<string[]> {
  const strings: string[] = []
  const runs = new TextRuns()
  await each(events, (event) => {
    if ('open' in event && event.open === 'si') runs.begin()
    runs.see(event)
    if ('close' in event && event.close === 'si') strings.push(unescaped(runs.text))
  })
  return strings
}

/** Characters that XML can't hold are written _x000D_. */
function unescaped(text: string): string {
  return text.includes('_x') ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
}

/** Formats that every spreadsheet has by number, dates and times among them (§18.8.30 and its East Asian rows). */
const DATE_FORMATS = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Per cell style whether it shows a number as a date. */
async function datesIn(events: AsyncIterable<XmlEvent[]>): Promise<boolean[]> {
  const custom = new Map<number, boolean>()
  const dates: boolean[] = []
  let inStyles = false
  await each(events, (event) => {
    if ('open' in event) {
      if (event.open === 'cellXfs') inStyles = true
      if (event.open === 'numFmt') custom.set(Number(event.attributes.numFmtId), showsDate(event.attributes.formatCode ?? ''))
      if (event.open === 'xf' && inStyles) {
        const id = Number(event.attributes.numFmtId ?? 0)
        dates.push(custom.get(id) ?? DATE_FORMATS(id))
      }
    } else if ('close' in event && event.close === 'cellXfs') inStyles = false
  })
  return dates
}
function showsDate(format: string): boolean {
  return /[ymdhs]/i.test(format.replaceAll(/\[[^\]]*\]|"[^"]*"|\\./g, '').replace(/general/i, ''))
}

type OpenCell = { column: number; type: string; style: number; value: string; formula: string | null; runs: TextRuns }

async function* rowsIn(events: AsyncIterable<XmlEvent[]>, book: Book): AsyncGenerator<XlsxRow> {
  let row = 0
  let cells: Cell[] = []
  let cell: OpenCell | null = null
  let into: 'v' | 'f' | null = null
  for await (const some of events) {
    for (const event of some) {
      if ('open' in event) {
        if (event.open === 'row') {
          row = Number(event.attributes.r ?? row + 1)
          cells = []
        } else if (event.open === 'c') {
          const { r, t = 'n', s = '0' } = event.attributes
          cell = { column: r === undefined ? cells.length : columnOf(r), type: t, style: Number(s), value: '', formula: null, runs: new TextRuns() }
        } else if (cell && event.open === 'v') into = 'v'
        else if (cell && event.open === 'f') {
          into = 'f'
          cell.formula = ''
        } else cell?.runs.see(event)
      } else if ('close' in event) {
        if (event.close === 'v' || event.close === 'f') into = null
        else if (event.close === 'c' && cell) {
          put(cells, cell, book)
          cell = null
        } else if (event.close === 'row') {
          while (cells.at(-1) === '') cells.pop()
          if (cells.length > 0) yield { row, cells }
        } else cell?.runs.see(event)
      } else if (cell) {
        if (into === 'v' && cell.value.length <= MOST_TEXT) cell.value += event.text
        else if (into === 'f') cell.formula = `${cell.formula ?? ''}${event.text}`.slice(0, 200)
        else if (into === null) cell.runs.see(event)
      }
    }
  }
}

/** 'BX204' → 75 */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const n = letter.charCodeAt(0) - 64
    if (n < 1 || n > 26) break
    column = column * 26 + n
  }
  return column - 1
}

function put(cells: Cell[], cell: OpenCell, book: Book): void {
  if (cell.column < 0 || cell.column >= MOST_COLUMNS) return
  while (cells.length < cell.column) cells.push('')
  cells[cell.column] = cellOf(cell, book)
}

function cellOf({ type, style, value, formula, runs }: OpenCell, { strings, dates, from1904 }: Book): Cell {
  // What the spreadsheet computed when it was saved; a program that writes formulas only leaves nothing there.
  if (formula !== null && value === '' && type !== 'str') return { odd: 'formula', text: `=${formula}` }
  switch (type) {
    case 's':
      return strings[Number(value)] ?? { odd: 'cell-error', text: value }
    case 'inlineStr':
      return unescaped(runs.text)
    case 'str':
      return unescaped(value)
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE'
    case 'e':
      return { odd: 'cell-error', text: value }
    case 'd':
      return value
    default: {
      if (value.trim() === '') return ''
      const number = Number(value)
      if (!Number.isFinite(number)) return { odd: 'cell-error', text: value }
      return dates[style] && number >= 1 ? wall(number + (from1904 ? 1462 : 0)) : String(number)
    }
  }
}

/** Days since 1899-12-30: a wall clock without a zone. */
function wall(serial: number): Cell {
  const at = new Date(Math.round((serial - 25569) * 86_400) * 1000)
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999) return { odd: 'cell-error', text: String(serial) }
  const iso = at.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}
