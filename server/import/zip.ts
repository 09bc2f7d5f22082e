/**
 * What a zip file says it holds, and whether that is true: a workbook of 40 kB may unpack to gigabytes. Nothing is read of a
 * workbook before this has been through all of it. (APPNOTE 6.3.10 §4.3; a file of our size needs no Zip64.)
 */
import { type FileHandle, open } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { createInflateRaw } from 'node:zlib'

export type ZipEntry = { name: string; method: number; packed: number; size: number; offset: number; encrypted: boolean }
export type ZipFault = 'broken' | 'bomb'

export const MOST_UNPACKED = 768 * 1024 * 1024
/** Held in memory by whoever reads a workbook. */
export const MOST_SHARED_STRINGS = 192 * 1024 * 1024
/** Real sheets pack to a tenth, blank formatted rows to a thirtieth. */
const MOST_RATIO = 150
const SMALL = 8 * 1024 * 1024
const MOST_ENTRIES = 10_000

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50

export async function zipEntries(file: string): Promise<ZipEntry[] | ZipFault> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const tail = await bytesAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557))
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || tail.length - end < 22 || tail.readUInt32LE(end) !== END) return 'broken'
    const count = tail.readUInt16LE(end + 10)
    const length = tail.readUInt32LE(end + 12)
    const start = tail.readUInt32LE(end + 16)
    if (count > MOST_ENTRIES || start + length > size) return 'broken'
    return entriesIn(await bytesAt(handle, start, length), count) ?? 'broken'
  } finally {
    await handle.close()
  }
}

function entriesIn(directory: Buffer, count: number): ZipEntry[] | null {
  const entries: ZipEntry[] = []
  for (let at = 0, i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) return null
    const [name, extra, comment] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30), directory.readUInt16LE(at + 32)]
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + name).replaceAll('\\', '/').replace(/^\//, ''),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
    })
    at += 46 + name + extra + comment
  }
  return entries
}

/** Unpacks all of it into nothing, bounded. The sizes that a zip declares are claims. */
export async function zipFault(file: string, entries: readonly ZipEntry[], signal: AbortSignal): Promise<ZipFault | null> {
  if (entries.some(bursting) || entries.reduce((sum, { size }) => sum + size, 0) > MOST_UNPACKED) return 'bomb'
  const handle = await open(file, 'r')
  try {
    for (const entry of entries) {
      signal.throwIfAborted()
      if (entry.packed === 0) continue
      const start = await startOf(handle, entry)
      if (start === null || (entry.method !== 0 && entry.method !== 8)) return 'broken'
      const fault = entry.method === 0 ? null : await inflated(file, start, entry)
      if (fault) return fault
    }
    return null
  } finally {
    await handle.close()
  }
}

/** Where the bytes of an entry begin: after a header of its own. */
async function startOf(handle: FileHandle, { offset }: ZipEntry): Promise<number | null> {
  const header = await bytesAt(handle, offset, 30)
  if (header.length < 30 || header.readUInt32LE(0) !== LOCAL) return null
  return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
}

/** The entries by name, of a file that has no fault. */
export async function openZip(file: string): Promise<Map<string, ZipEntry & { start: number }>> {
  const entries = await zipEntries(file)
  if (!Array.isArray(entries)) throw new Error(`${file} is ${entries}`)
  const handle = await open(file, 'r')
  try {
    const opened = new Map<string, ZipEntry & { start: number }>()
    for (const entry of entries) opened.set(entry.name, { ...entry, start: (await startOf(handle, entry)) ?? 0 })
    return opened
  } finally {
    await handle.close()
  }
}

function bursting({ name, size, packed }: ZipEntry): boolean {
  return (size > SMALL && size > packed * MOST_RATIO) || (name.endsWith('sharedStrings.xml') && size > MOST_SHARED_STRINGS)
}

async function inflated(file: string, start: number, { packed, size }: ZipEntry): Promise<ZipFault | null> {
  const unpacked = createReadStream(file, { start, end: start + packed - 1 }).pipe(createInflateRaw({ chunkSize: 256 * 1024 }))
  let sum = 0
  try {
    for await (const chunk of unpacked) {
      sum += (chunk as Buffer).length
      if (sum > size) return 'bomb'
    }
  } catch {
    return 'broken'
  }
  return sum === size ? null : 'broken'
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await handle.read(bytes, 0, length, position)
  return bytes.subarray(0, bytesRead)
}
