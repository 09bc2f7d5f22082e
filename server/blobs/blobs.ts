/** The seam to where the bytes of photographs lie. What stands behind it (folder, later an object store) offers the same verbs. */

export interface Blobs {
  /** Bytes received so far of an upload that isn't finished; 0 if there is none. */
  received(site: string, sha256: string): Promise<number>
  /**
   * Adds bytes at an offset, which must be what `received` says: 'elsewhere' if it isn't. They survive a crash of the
   * process from then on, and a cut line costs only the chunk that was under way.
   */
  append(site: string, sha256: string, offset: number, bytes: Uint8Array): Promise<'added' | 'elsewhere'>
  /** Checks the hash; then the bytes are stored for good, fsynced, and the size is told. A wrong hash drops them. */
  finish(site: string, sha256: string): Promise<{ size: number } | 'wrong-hash'>
  /** The stored bytes, null if there are none. */
  read(site: string, sha256: string): Promise<ReadableStream<Uint8Array> | null>
}
