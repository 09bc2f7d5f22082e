/**
 * The rows of a file as they were read, on the disk: one JSON array a line, the row's number first. Whatever the file was,
 * from here on there is one form, read from front to back or, for orders whose lines lie apart, by place.
 */
import { readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Cell } from '../../shared/import/row.ts'

export type StoredRow = { row: number; cells: Cell[] }

const WRITE = 256 * 1024
const READ = 256 * 1024
const NEWLINE = 0x0a

/** Appends lines, a block at a time. */
export async function openWriter(file: string) {
  const handle = await open(file, 'w')
  let [waiting, size] = [[] as string[], 0]
  async function flush(): Promise<void> {
    const text = waiting.join('')
    waiting = []
    size = 0
    if (text !== '') await handle.appendFile(text)
  }
  return {
    /** Resolves at once, unless a block is full. */
    add(value: unknown): Promise<void> | undefined {
      const line = `${JSON.stringify(value)}\n`
      waiting.push(line)
      size += line.length
      return size >= WRITE ? flush() : undefined
    },
    async close(): Promise<void> {
      await flush().finally(() => handle.close())
    },
  }
}
export type Writer = Awaited<ReturnType<typeof openWriter>>

/** Blocks of lines with their places; every block is a turn of the loop. */
export async function* linesOf<T>(file: string, signal: AbortSignal): AsyncGenerator<{ value: T; place: number }[]> {
  const handle = await open(file, 'r')
  const block = Buffer.allocUnsafe(READ)
  let [rest, at] = [Buffer.alloc(0), 0]
  try {
    for (;;) {
      signal.throwIfAborted()
      const { bytesRead } = await handle.read(block, 0, READ, at + rest.length)
      if (bytesRead === 0) return
      const bytes: Buffer = rest.length === 0 ? block.subarray(0, bytesRead) : Buffer.concat([rest, block.subarray(0, bytesRead)])
      const lines: { value: T; place: number }[] = []
      let start = 0
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        lines.push({ value: JSON.parse(bytes.toString('utf8', start, end)) as T, place: at + start })
        start = end + 1
      }
      rest = Buffer.from(bytes.subarray(start))
      at += start
      if (lines.length > 0) yield lines
    }
  } finally {
    await handle.close()
  }
}

export async function* rowsOf(file: string, signal: AbortSignal): AsyncGenerator<(StoredRow & { place: number })[]> {
  for await (const lines of linesOf<[number, ...Cell[]]>(file, signal)) yield lines.map(({ value, place }) => ({ ...storedRow(value), place }))
}
const storedRow = ([row, ...cells]: [number, ...Cell[]]): StoredRow => ({ row, cells })

/** Rows near each other come from the same page; so many pages are kept, longer than any row is. */
const PAGE = 8 * 1024
const MOST_PAGES = 1024

/**
 * Rows by their place in the file. Reads at once, not by way of the pool: the file was written a moment ago and is in the
 * system's memory, and orders whose lines are scattered ask for a page a row.
 */
export async function openByPlace(file: string) {
  const handle = await open(file, 'r')
  const pages = new Map<number, { bytes: Buffer; length: number }>()

  function pageAt(n: number): Buffer {
    let page = pages.get(n)
    if (!page) {
      const oldest = pages.size >= MOST_PAGES ? pages.entries().next().value : undefined
      if (oldest) pages.delete(oldest[0])
      const bytes = oldest?.[1].bytes ?? Buffer.allocUnsafe(PAGE)
      page = { bytes, length: readSync(handle.fd, bytes, 0, PAGE, n * PAGE) }
      pages.set(n, page)
    }
    return page.bytes.subarray(0, page.length)
  }

  return {
    row(place: number): StoredRow {
      const parts: Buffer[] = []
      for (let at = place; ; ) {
        const n = Math.floor(at / PAGE)
        const page = pageAt(n)
        const start = at - n * PAGE
        const end = page.indexOf(NEWLINE, start)
        parts.push(page.subarray(start, end < 0 ? undefined : end))
        if (end >= 0 || page.length < PAGE) break
        at = (n + 1) * PAGE
      }
      const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts)
      return storedRow(JSON.parse(bytes?.toString('utf8') ?? '[]') as [number, ...Cell[]])
    },
    close: () => handle.close(),
  }
}
