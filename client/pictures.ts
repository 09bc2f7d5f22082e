/** Photographs, in a database of their own, by hash. */
export type Pictures = {
  /** Stores the bytes and gives their SHA-256 in hex. Rejects when the device could not store them. */
  add(bytes: Uint8Array): Promise<string>
  /** From this device, null if it hasn't got them (any more). */
  bytes(sha256: string): Promise<Uint8Array | null>
  /** A URL to show: from this device, otherwise from the server, which wants to know the order that names it. Revoke it after use. */
  url(sha256: string, order: string): Promise<string | null>
  /** How many the server has not got yet. */
  waiting(): Promise<number>
}
