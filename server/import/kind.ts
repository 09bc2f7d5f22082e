/** What a file is by its bytes, whatever its name says. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileKind } from '../../shared/import/wire.ts'
import { byZeros } from './encoding.ts'
import { zipEntries, zipFault } from './zip.ts'

/** Files that no order can be read from, each with words of its own for the person. */
export const WRONG_FILES = ['empty', 'pdf', 'image', 'archive', 'old-excel', 'password', 'bomb', 'web-page', 'binary', 'broken'] as const
export type WrongFile = (typeof WRONG_FILES)[number]

const HEAD = 4096
const bytes = (text: string) => Buffer.from(text, 'latin1')
const MARKS: readonly (readonly [Buffer, number, WrongFile])[] = [
  [bytes('%PDF'), 0, 'pdf'],
  [bytes('\x89PNG'), 0, 'image'],
  [bytes('\xff\xd8\xff'), 0, 'image'],
  [bytes('GIF8'), 0, 'image'],
  [bytes('WEBP'), 8, 'image'],
  [bytes('ftyp'), 4, 'image'],
  [bytes('II*\0'), 0, 'image'],
  [bytes('MM\0*'), 0, 'image'],
  [bytes('\x1f\x8b'), 0, 'archive'],
  [bytes('7z\xbc\xaf'), 0, 'archive'],
  [bytes('Rar!'), 0, 'archive'],
]
const ZIP = bytes('PK\x03\x04')
/** An old Excel or Word file; a protected new one is wrapped in the same container. */
const COMPOUND = bytes('\xd0\xcf\x11\xe0')

export async function kindOf(file: string, signal: AbortSignal): Promise<{ kind: FileKind } | { wrong: WrongFile }> {
  const head = await headOf(file)
  if (head.length === 0) return { wrong: 'empty' }
  if (head.indexOf(ZIP) === 0) return workbook(file, signal)
  if (head.indexOf(COMPOUND) === 0) return { wrong: (await contains(file, Buffer.from('EncryptedPackage', 'utf16le'))) ? 'password' : 'old-excel' }
  const mark = MARKS.find(([what, at]) => head.subarray(at, at + what.length).equals(what))
  if (mark) return { wrong: mark[2] }
  const wrong = textFault(head)
  return wrong ? { wrong } : { kind: 'csv' }
}

async function workbook(file: string, signal: AbortSignal): Promise<{ kind: FileKind } | { wrong: WrongFile }> {
  const entries = await zipEntries(file)
  if (!Array.isArray(entries)) return { wrong: entries }
  if (entries.some((entry) => entry.encrypted)) return { wrong: 'password' }
  if (!entries.some((entry) => entry.name === 'xl/workbook.xml')) return { wrong: 'archive' }
  const fault = await zipFault(file, entries, signal)
  return fault ? { wrong: fault } : { kind: 'xlsx' }
}

/** Text has no zero bytes unless it is UTF-16, and hardly any control characters. */
function textFault(head: Buffer): WrongFile | null {
  const text = head.toString('latin1').replaceAll('\0', '').replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
  if (text.trim() === '') return head.includes(0) && text === '' ? 'binary' : 'empty'
  if (/^\s*<(!doctype html|html|head|body|table|\?xml)/i.test(text)) return 'web-page'
  const wide = /^(\xff\xfe|\xfe\xff)/.test(head.toString('latin1', 0, 2)) || byZeros(head) !== null
  if (head.includes(0) && !wide) return 'binary'
  // In UTF-16 either byte of a character may be anything.
  if (wide) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const controls = text.match(/[\x01-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0
  return controls > text.length / 100 ? 'binary' : null
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const head = Buffer.alloc(HEAD)
    const { bytesRead } = await handle.read(head, 0, HEAD, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function contains(file: string, what: Buffer): Promise<boolean> {
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(file)) {
    const window = Buffer.concat([rest, chunk as Buffer])
    if (window.includes(what)) return true
    rest = window.subarray(Math.max(0, window.length - what.length))
  }
  return false
}
