/** A text file → its rows, streamed. Quoted newlines, BOMs and stray quotes are read as spreadsheets read them. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import iconv from 'iconv-lite'
import type { Cell } from '../../shared/import/row.ts'
import { DELIMITERS, type Delimiter, type Encoding } from '../../shared/import/wire.ts'
import { Faulty } from './fault.ts'

/** A record that is longer has an opening quote that nobody closed. */
const MOST_RECORD = 1024 * 1024
const HEAD = 64 * 1024

export type CsvSource = { file: string; encoding: Encoding; delimiter: Delimiter; signal: AbortSignal; /** told how many bytes were read */ read(bytes: number): void }

export async function* csvRows(source: CsvSource): AsyncGenerator<Cell[]> {
  const parser = parse({ delimiter: source.delimiter, relax_column_count: true, relax_quotes: true, max_record_size: MOST_RECORD })
  const text = Readable.from(decoded(source))
  text.on('error', (error) => parser.destroy(error))
  let row = 0
  try {
    for await (const record of text.pipe(parser)) {
      row += 1
      yield record as string[]
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Faulty({ type: 'quote-open', row: row + 1 })
    throw error
  } finally {
    text.destroy()
  }
}

async function* decoded({ file, encoding, signal, read }: CsvSource): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding)
  let [bytes, first] = [0, true]
  for await (const chunk of createReadStream(file, { highWaterMark: 64 * 1024, signal })) {
    bytes += (chunk as Buffer).length
    read(bytes)
    const text = decoder.write(chunk as Buffer)
    if (text === '') continue
    yield first ? text.replace(/^\ufeff/, '') : text
    first = false
  }
  const rest = decoder.end()
  if (rest) yield rest
}

/** The separator that parts the first lines into the same number of cells, more than one. */
export async function delimiterOf(file: string, encoding: Encoding): Promise<Delimiter> {
  const handle = await open(file, 'r')
  try {
    const bytes = Buffer.alloc(HEAD)
    const { bytesRead } = await handle.read(bytes, 0, HEAD, 0)
    const lines = iconv
      .decode(bytes.subarray(0, bytesRead), encoding)
      .replaceAll(/"[^"]*"/g, '')
      .split(/\r\n|\n|\r/)
      .slice(0, bytesRead === HEAD ? -1 : undefined)
      .filter((line) => line.trim() !== '')
      .slice(0, 100)
    return ranked(lines)[0] ?? ','
  } finally {
    await handle.close()
  }
}

function ranked(lines: readonly string[]): Delimiter[] {
  const score = (delimiter: Delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const common = [...Map.groupBy(counts.filter((count) => count > 0), (count) => count)].sort(([, a], [, b]) => b.length - a.length)[0]
    return common ? common[1].length * Math.min(common[0], 10) : 0
  }
  return [...DELIMITERS].sort((a, b) => score(b) - score(a))
}
