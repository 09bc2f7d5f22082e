/** Photographs go to the server, piece by piece, from where it says that it is. */
import type { DeviceDb } from '../db.ts'
import { PIECE, type Picture, type PictureLane } from '../pictures.ts'
import type { World } from '../world.ts'
import { call, credentials, type Heard, retryAfter } from './line.ts'

/** A server that can take none of so many takes no other either. */
const MOST_LEFT = 3
const LEFT_MS = 60_000

/** `put-off`: work waits, and work goes first. */
export type PicturesSent = { kind: 'done' | 'put-off' | 'offline' | 'turned-away' } | { kind: 'later'; ms: number }
type Sending = { pictures: PictureLane; db: DeviceDb; world: World; putOff(): Promise<boolean> }

/** One after the other. One that the server can't take now is left for later, and keeps back no other. */
export async function sendPictures(sending: Sending): Promise<PicturesSent> {
  const { own, namedIn, tidy } = sending.pictures
  let left = 0
  for (const sha256 of await own.pictures.where('stored').equals(0).primaryKeys()) {
    const { named, waiting } = await namedIn(sha256)
    if (!named || waiting) continue
    const sent = await upload(sending, sha256)
    if (sent.kind === 'left') left += 1
    else if (sent.kind !== 'done') return sent
    else await own.pictures.update(sha256, { stored: 1 })
    if (left === MOST_LEFT) break
  }
  await tidy()
  return left > 0 ? { kind: 'later', ms: LEFT_MS } : { kind: 'done' }
}

/** Where the server is, is asked by the first piece itself. */
async function upload(sending: Sending, sha256: string): Promise<PicturesSent | { kind: 'left' }> {
  const picture = await sending.pictures.own.pictures.get(sha256)
  let offset = 0
  for (let setbacks = 0; picture && setbacks < 3; ) {
    const heard = await sendPiece(sending, picture, offset)
    if (heard === 'offline') return { kind: 'offline' }
    if (heard.status === 200 || heard.status === 201) return heard.headers.get('Upload-Complete') === '?1' ? { kind: 'done' } : { kind: 'offline' }
    if (heard.status === 401) return { kind: heard.problem ? 'turned-away' : 'offline' }
    if (heard.status === 429 || heard.status === 503) return { kind: 'later', ms: retryAfter(heard.headers, sending.world.now()) }
    const next = Number(heard.headers.get('Upload-Offset') ?? Number.NaN)
    if (![204, 409, 422].includes(heard.status) || !Number.isInteger(next)) return { kind: heard.problem ? 'left' : 'offline' }
    if (next <= offset) setbacks += 1
    offset = next
    if (await sending.putOff()) return { kind: 'put-off' }
  }
  return { kind: 'left' }
}

async function sendPiece({ pictures, db, world }: Sending, { sha256, size }: Picture, offset: number): Promise<Heard | 'offline'> {
  const no = Math.floor(Math.min(offset, Math.max(0, size - 1)) / PIECE)
  const piece = await pictures.own.pieces.get([sha256, no])
  const body = piece?.bytes.slice(offset - no * PIECE) ?? new ArrayBuffer(0)
  const last = offset + body.byteLength >= size
  return call(world, `/api/blobs/${sha256}`, {
    method: 'PATCH',
    headers: { ...(await credentials(db)), 'Content-Type': 'application/octet-stream', 'Upload-Offset': String(offset), 'Upload-Complete': last ? '?1' : '?0' },
    body,
    ms: 60_000,
  })
}
