/**
 * Rescue (SYNC §3): unsent work leaves a device as one file that only the server can open, and that anyone may carry.
 *
 *   'CSR1' · length, key of the sender (HPKE, RFC 9180) · then records: length, sealed bytes
 *   first record: gzip of Signed · each other: a photograph, in the order of `work.pictures`
 *
 * The device signs (ECDSA P-256, SHA-256), so that what it carries counts as if the device had sent it itself. Lengths are
 * 4 bytes, the greatest first.
 */
import * as z from 'zod/mini'
import { Clock } from './wire.ts'

export const MAGIC = new TextEncoder().encode('CSR1')
const LENGTH = 4
/** A photograph (10 MB) or some ten thousand commands, sealed. */
export const MOST_RECORD = 16 * 1024 * 1024

const Id = z.string().check(z.minLength(1), z.maxLength(64))
const Hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** `commands` as they would have travelled, in the order of their numbers; each is checked by itself on arrival. */
export const RescueWork = z.object({
  format: z.literal(1),
  app: z.string().check(z.maxLength(60)),
  device: Id,
  site: Id,
  /** device clock, ISO UTC */
  at: z.iso.datetime(),
  clock: Clock,
  grants: z.record(z.string(), z.string().check(z.maxLength(4000))),
  commands: z.array(z.unknown()).check(z.maxLength(100_000)),
  pictures: z._default(z.array(Hash).check(z.maxLength(100_000)), []),
})
export type RescueWork = z.infer<typeof RescueWork>

/** `work`: JSON of RescueWork; `signature`: of its UTF-8 bytes, base64, '' by a device that could make no key. */
export const Signed = z.object({ work: z.string(), signature: z.string().check(z.maxLength(400)) })
export type Signed = z.infer<typeof Signed>

/**
 * POST /api/rescue → RescueReport. `kept`: it could not be shown whose it is, or it does not fit on what the server has: whole in
 * quarantine, for a supervisor. `known`: had come before. `pictures`: how many of the photographs are on the server now.
 */
export type RescueReport = {
  device: { number: number; name: string } | null
  commands: number
  accepted: number
  refused: number
  quarantined: number
  known: number
  pictures: number
  kept: 'no' | 'unsigned' | 'gap' | 'unknown-device'
}

/** Not a rescue file, or not one for this server, or damaged on the way. */
export class NotRescue extends Error {}

/** The parts of a file as they come in: first the sender's key, then the sealed records. Throws NotRescue. */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = new Uint8Array()
  let begun = false
  for await (const chunk of chunks) {
    held = joined(held, chunk)
    if (!begun) {
      if (held.length < MAGIC.length) continue
      if (MAGIC.some((byte, i) => held[i] !== byte)) throw new NotRescue('the file is no rescue file')
      begun = true
      held = held.subarray(MAGIC.length)
    }
    for (let whole = wholeLength(held); whole !== null && held.length >= whole; whole = wholeLength(held)) {
      yield held.subarray(LENGTH, whole)
      held = held.subarray(whole)
    }
  }
  if (!begun || held.length > 0) throw new NotRescue('the file is cut short')
}

function wholeLength(held: Uint8Array): number | null {
  if (held.length < LENGTH) return null
  const length = new DataView(held.buffer, held.byteOffset).getUint32(0)
  if (length > MOST_RECORD) throw new NotRescue(`a record of ${length} bytes`)
  return LENGTH + length
}

export function withLength(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(LENGTH)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return joined(length, bytes)
}
export function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
