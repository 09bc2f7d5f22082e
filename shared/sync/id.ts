/** Ids: UUIDv7 (RFC 9562 §5.7), minted when a command is made, never when it is sent. */

export type Random = (length: number) => Uint8Array

/** 48 bits of Unix milliseconds, then 74 random bits. */
export function uuidv7(nowMs: number, random: Random): string {
  const bytes = random(16)
  const time = BigInt(Math.max(0, Math.floor(nowMs)))
  for (let i = 0; i < 6; i++) bytes[i] = Number((time >> BigInt(40 - 8 * i)) & 0xffn)
  return format(bytes, 7)
}

/** 16 bytes as UUID text of a version (RFC 9562 §4). */
export function format(bytes: Uint8Array, version: number): string {
  const copy = bytes.slice(0, 16)
  copy[6] = ((copy[6] ?? 0) & 0x0f) | (version << 4)
  copy[8] = ((copy[8] ?? 0) & 0x3f) | 0x80
  const hex = [...copy].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
