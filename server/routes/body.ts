/** Reads what was sent, bounded before and after unpacking: a small body may unpack to a very large one. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Context } from 'hono'
import * as z from 'zod/mini'
import { parsed } from '../sync/json.ts'
import { ProblemError, problem } from './problem.ts'

export const MOST_UNPACKED = 4 * 1024 * 1024
const unpack = promisify(gunzip)
const GZIP = Buffer.from([0x1f, 0x8b])

export async function readText(c: Context): Promise<string> {
  const encoding = c.req.header('Content-Encoding') ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') throw problem(415, 'bad-encoding')
  const packed = await readBytes(c, MOST_UNPACKED)
  // A box on the way may have dropped the header and passed the bytes on. No JSON begins like gzip.
  if (encoding === 'identity' && !packed.subarray(0, 2).equals(GZIP)) return packed.toString('utf8')
  const unpacked = await unpack(packed, { maxOutputLength: MOST_UNPACKED }).catch((error: unknown) => {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw tooLarge ? problem(413, 'too-large', { limit: MOST_UNPACKED }) : problem(400, 'bad-encoding')
  })
  return unpacked.toString('utf8')
}

export async function readJson(c: Context): Promise<unknown> {
  const text = await readText(c)
  try {
    return parsed(text)
  } catch {
    throw problem(400, 'invalid-json')
  }
}

/** A body of a known shape; what is wrong with it is said by its first fault. */
export async function readForm<S extends z.core.$ZodType>(c: Context, shape: S): Promise<z.output<S>> {
  const read = z.safeParse(shape, await readJson(c))
  if (read.success) return read.data
  const fault = read.error.issues[0]
  throw problem(400, 'malformed', { path: (fault?.path ?? []).map(String).join('.'), message: fault?.message ?? '' })
}

/** A body piece by piece, as it comes. */
export async function* piecesOf(c: Context): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const piece of c.req.raw.body ?? []) yield piece
  } catch (error) {
    brokenOff(error)
  }
}

/** A line that drops within a body is no fault of ours, and happens all day: nobody is there any more to hear of it. */
export function brokenOff(error: unknown): never {
  throw error instanceof ProblemError ? error : problem(400, 'broken-off')
}

/** Stops reading where the bound is passed, whatever Content-Length said. */
async function readBytes(c: Context, limit: number): Promise<Buffer> {
  const tooLarge = () => problem(413, 'too-large', { limit })
  if (Number(c.req.header('Content-Length') ?? 0) > limit) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of piecesOf(c)) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
