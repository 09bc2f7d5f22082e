/**
 * A rescue file as pictures that another device films: QR codes that follow each other round and round, in any order, until
 * each was seen once.
 *
 *   'CSQ1' · first 4 bytes of the file's SHA-256 · which · of how many (2 bytes each) · a part of the file
 */
const MAGIC = [0x43, 0x53, 0x51, 0x31]
const HEAD = 12
/** A code of 85 modules a side: still sharp to a phone's camera from the screen of a phone. */
const PART = 600

const digestOf = async (bytes: Uint8Array): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)).slice(0, 4)

export async function framesOf(bytes: Uint8Array): Promise<Uint8Array[]> {
  const count = Math.max(1, Math.ceil(bytes.length / PART))
  if (count > 0xffff) throw new RangeError(`${bytes.length} bytes are more than ${0xffff * PART}`)
  const digest = await digestOf(bytes)
  return Array.from({ length: count }, (_, no) => {
    const part = bytes.subarray(no * PART, (no + 1) * PART)
    const frame = new Uint8Array(HEAD + part.length)
    frame.set(MAGIC)
    frame.set(digest, 4)
    new DataView(frame.buffer).setUint16(8, no)
    new DataView(frame.buffer).setUint16(10, count)
    frame.set(part, HEAD)
    return frame
  })
}

export type Filmed = { seen: number; of: number; whole: Uint8Array<ArrayBuffer> | null }
/** Takes what the camera reads. Frames of another file begin anew; what is no frame changes nothing. */
export function createFilm(): { take(frame: Uint8Array): Promise<Filmed> } {
  let file = ''
  let of = 0
  const parts = new Map<number, Uint8Array>()
  return {
    async take(frame) {
      const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
      if (frame.length <= HEAD || MAGIC.some((byte, i) => frame[i] !== byte)) return { seen: parts.size, of, whole: null }
      const which = `${view.getUint32(4)} ${view.getUint16(10)}`
      if (which !== file) {
        file = which
        of = view.getUint16(10)
        parts.clear()
      }
      if (view.getUint16(8) < of) parts.set(view.getUint16(8), frame.slice(HEAD))
      if (parts.size < of) return { seen: parts.size, of, whole: null }
      const whole = joined(Array.from({ length: of }, (_, no) => parts.get(no) ?? new Uint8Array()))
      const right = new DataView((await digestOf(whole)).buffer).getUint32(0) === view.getUint32(4)
      if (!right) parts.clear()
      return { seen: parts.size, of, whole: right ? whole : null }
    },
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
