/** In which encoding a text file is written: a mark, else what all of its bytes allow, else what they look like. */
import { createReadStream } from 'node:fs'
import chardet from 'chardet'
import type { Encoding } from '../../shared/import/wire.ts'

/** Bytes around characters that are not ASCII: enough to tell Big5 from GB18030, wherever in the file they begin. */
const ENOUGH = 256 * 1024
const NAMES: { readonly [name: string]: Encoding } = {
  Big5: 'big5',
  GB18030: 'gb18030',
  Shift_JIS: 'shift_jis',
  'EUC-KR': 'euc-kr',
  'UTF-16LE': 'utf-16le',
  'UTF-16BE': 'utf-16be',
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'windows-1252',
  'windows-1252': 'windows-1252',
}

export async function encodingOf(file: string): Promise<Encoding> {
  const telling: Buffer[] = []
  let [size, first, isUtf8] = [0, true, true]
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for await (const each of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    const chunk = each as Buffer
    if (first) {
      first = false
      const marked = byMark(chunk) ?? byZeros(chunk)
      if (marked) return marked
    }
    if (isUtf8 && !decodes(decoder, chunk)) isUtf8 = false
    if (size < ENOUGH && chunk.some((byte) => byte > 0x7f)) {
      const lines = linesWithMore(chunk)
      telling.push(lines)
      size += lines.length
    }
    if (!isUtf8 && size >= ENOUGH) break
  }
  if (isUtf8 && decodes(decoder, null)) return 'utf-8'
  return byLook(Buffer.concat(telling))
}

function decodes(decoder: TextDecoder, chunk: Buffer | null): boolean {
  try {
    if (chunk) decoder.decode(chunk, { stream: true })
    else decoder.decode()
    return true
  } catch {
    return false
  }
}

function byMark(head: Buffer): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return null
}

/** UTF-16 without a mark: its separators and digits have a zero on one side, its other characters hardly any. */
export function byZeros(head: Buffer): Encoding | null {
  const zeros = [0, 0]
  for (const [i, byte] of head.subarray(0, 4096).entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > 4 && odd > even * 4) return 'utf-16le'
  return even > 4 && even > odd * 4 ? 'utf-16be' : null
}

function linesWithMore(chunk: Buffer): Buffer {
  const lines: Buffer[] = []
  for (let at = 0; at < chunk.length; ) {
    const end = chunk.indexOf(0x0a, at)
    const line = chunk.subarray(at, end < 0 ? chunk.length : end + 1)
    if (line.some((byte) => byte > 0x7f)) lines.push(line)
    at += Math.max(1, line.length)
  }
  return Buffer.concat(lines)
}

/** Of what has a name here, what it looks like most. */
function byLook(bytes: Buffer): Encoding {
  for (const { name } of chardet.analyse(bytes.subarray(0, ENOUGH))) {
    const encoding = NAMES[name]
    if (encoding && !encoding.startsWith('utf')) return encoding
  }
  return 'windows-1252'
}
