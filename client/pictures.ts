/**
 * Photographs, in a database of their own, by hash. They follow their commands in pieces (sync/upload.ts), and leave the device only when the
 * server has them, their command is settled (SYNC §3) and a backup that is put back would have them too: until then they are
 * kept as far as there is room. Kept as ArrayBuffers: Blobs read back empty in one browser.
 */
import type { Table } from 'dexie'
import type { DeviceDb } from './db.ts'
import { sha256Of } from './digest.ts'
import { Tables } from './tables.ts'
import type { World } from './world.ts'

export type Pictures = {
  /** Stores the bytes and gives their SHA-256 in hex. Rejects when the device could not store them. */
  add(bytes: Uint8Array): Promise<string>
  /** From this device, null if it hasn't got them (any more). */
  bytes(sha256: string): Promise<Uint8Array | null>
  /** How many the server has not got yet. */
  waiting(): Promise<number>
  /** Which these are. */
  unsent(): Promise<string[]>
}

/** What sync asks of the pictures. */
export type PictureLane = Pictures & {
  own: PicturesDb
  /** Where the commands that name a picture are. One that waits goes first. */
  namedIn(sha256: string): Promise<{ waiting: boolean; unsettled: boolean; named: boolean }>
  /** The server says that it has not got these, or, with null, that it may have lost any. */
  lacks(hashes: readonly string[] | null): Promise<void>
  /** Drops what has arrived and is settled, and what no command ever named. */
  tidy(): Promise<void>
  close(): void
}

export const PIECE = 128 * 1024
const DAY_MS = 24 * 3_600_000
/** A photograph that was taken and never used. */
const UNUSED_MS = 30 * DAY_MS
/** No backup in use is older than that. */
const STORED_MS = 7 * DAY_MS

/** `stored`: 1 when the server has it. */
export type Picture = { sha256: string; size: number; addedAt: number; stored: 0 | 1 }
type Piece = { sha256: string; no: number; bytes: ArrayBuffer }

export class PicturesDb extends Tables {
  declare pictures: Table<Picture, string>
  declare pieces: Table<Piece, [string, number]>

  constructor(name: string, options: { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange }) {
    super(name, { chromeTransactionDurability: 'strict', ...options })
    this.version(1).stores({ pictures: '&sha256, stored', pieces: '&[sha256+no], sha256' })
  }
}

export function openPictures(db: DeviceDb, world: World, options: { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = {}): PictureLane {
  const own = new PicturesDb(`${db.name}-pictures`, options)
  own.keepOpen(world.wait)

  async function add(bytes: Uint8Array): Promise<string> {
    const sha256 = await sha256Of(bytes)
    await own.opened()
    await put(sha256, bytes).catch(async (error: unknown) => {
      // What the server has makes room.
      if (!isFull(error) || (await drop((picture) => picture.stored === 1)) === 0) throw error
      await put(sha256, bytes)
    })
    return sha256
  }

  function put(sha256: string, bytes: Uint8Array): Promise<void> {
    return own.transaction('rw', [own.pictures, own.pieces], async () => {
      if (await own.pictures.get(sha256)) return
      const pieces: Piece[] = []
      for (let at = 0; at < bytes.length; at += PIECE) pieces.push({ sha256, no: at / PIECE, bytes: bytes.slice(at, at + PIECE).buffer as ArrayBuffer })
      await own.pieces.bulkPut(pieces)
      await own.pictures.put({ sha256, size: bytes.length, addedAt: world.now(), stored: 0 })
    })
  }

  async function bytes(sha256: string): Promise<Uint8Array | null> {
    const [picture, pieces] = await own.transaction('r', [own.pictures, own.pieces], () =>
      Promise.all([own.pictures.get(sha256), own.pieces.where('sha256').equals(sha256).sortBy('no')]),
    )
    if (!picture) return null
    const whole = new Uint8Array(picture.size)
    for (const piece of pieces) whole.set(new Uint8Array(piece.bytes), piece.no * PIECE)
    return whole
  }

  async function namedIn(sha256: string) {
    const [outbox, archive, attention] = await Promise.all([
      db.outbox.where('blobs').equals(sha256).toArray(),
      db.archive.where('blobs').equals(sha256).count(),
      db.attention.where('blobs').equals(sha256).count(),
    ])
    return { waiting: outbox.some((command) => command.state === 'waiting'), unsettled: outbox.length > 0, named: outbox.length + archive + attention > 0 }
  }

  const tidy = async (): Promise<void> => {
    await drop(({ stored, addedAt }) => world.now() - addedAt > (stored === 1 ? STORED_MS : UNUSED_MS))
  }

  /** Never one that may still be wanted: unsettled, or named and not yet with the server. Returns how many went. */
  async function drop(over: (picture: Picture) => boolean): Promise<number> {
    let gone = 0
    for (const { sha256, stored } of (await own.pictures.toArray()).filter(over)) {
      const { named, unsettled } = await namedIn(sha256)
      if (stored === 1 ? unsettled : named) continue
      await own.transaction('rw', [own.pictures, own.pieces], async () => {
        await own.pictures.delete(sha256)
        await own.pieces.where('sha256').equals(sha256).delete()
      })
      gone += 1
    }
    return gone
  }

  async function lacks(hashes: readonly string[] | null): Promise<void> {
    if (hashes === null) await own.pictures.toCollection().modify({ stored: 0 })
    else if (hashes.length > 0) await own.pictures.where('sha256').anyOf([...hashes]).modify({ stored: 0 })
  }

  const unstored = () => own.pictures.where('stored').equals(0)
  return { add, bytes, waiting: () => unstored().count(), unsent: () => unstored().primaryKeys(), own, namedIn, lacks, tidy, close: () => own.close() }
}

/** As Dexie tells it: by itself, or as what ended the transaction. */
function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'QuotaExceededError' || isFull('inner' in error ? error.inner : undefined)
}
