/** All unsent work of this device as one file that only the server can open (shared/sync/rescue.ts). Nothing here changes the tables. */
import { toBase64 } from '../../shared/sync/base64.ts'
import type { RescueWork } from '../../shared/sync/rescue.ts'
import { sealFor } from '../../shared/sync/seal.ts'
import { WireCommand } from '../../shared/sync/wire.ts'
import type { DeviceDb, Queued } from '../db.ts'
import type { Pictures } from '../pictures.ts'
import type { World } from '../world.ts'

/** `parts`: the file, in order. `no-key`: this device has never heard what the server opens by. */
export type Packed = { parts: Blob[]; name: string; commands: number; pictures: number }
export type Pack = Packed | 'no-key' | 'not-enrolled' | 'nothing'

/** `pictures`: along with them, or the acts alone, where every byte counts. */
export async function packRescue(db: DeviceDb, world: World, pictures: Pictures, along: 'pictures' | 'acts'): Promise<Pack> {
  const { waiting, meta, key } = await db.transaction('r', [db.meta, db.outbox, db.keys], async () => {
    const [waiting, meta, key] = await Promise.all([db.outbox.orderBy('n').toArray(), db.readMeta(), db.keys.get('device')])
    return { waiting, meta, key }
  })
  const { identity, sealKey, grants = {}, clock } = meta
  if (!identity) return 'not-enrolled'
  if (!sealKey) return 'no-key'
  const hashes = await pictures.unsent()
  if (waiting.length === 0 && hashes.length === 0) return 'nothing'
  const taken = along === 'pictures' ? hashes : []
  const work: RescueWork = {
    format: 1,
    app: world.app,
    device: identity.device,
    site: identity.site,
    at: new Date(world.now()).toISOString(),
    clock: { wall: new Date(world.now()).toISOString(), zone: world.zone, mono: Math.round(world.mono()), boot: world.boot, offset: clock?.offset ?? null, error: clock?.error ?? null },
    grants: Object.fromEntries([...new Set(waiting.map((command) => command.grant))].flatMap((id) => (grants[id] === undefined ? [] : [[id, grants[id]]]))),
    commands: waiting.map(asItTravels),
    pictures: taken,
  }
  const text = JSON.stringify(work)
  const signature = key ? toBase64(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.pair.privateKey, new TextEncoder().encode(text)))) : ''
  const sealed = await sealFor(sealKey)
  const parts = [blobOf(sealed.head), blobOf(await sealed.seal(await zipped(JSON.stringify({ work: text, signature }))))]
  // One after the other, each let go of before the next is read.
  for (const sha256 of taken) parts.push(blobOf(await sealed.seal((await pictures.bytes(sha256)) ?? new Uint8Array())))
  return { parts, name: nameOf(identity.number, world.now(), identity.zone), commands: waiting.length, pictures: taken.length }
}

const KEYS = Object.keys(WireCommand.shape) as (keyof WireCommand)[]
function asItTravels(command: Queued): Partial<WireCommand> {
  return Object.fromEntries(KEYS.map((key) => [key, command[key]]))
}

const blobOf = (bytes: Uint8Array): Blob => new Blob([bytes as BlobPart])

async function zipped(text: string): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer())
}

/** countersign-D07-20261126-1042.rescue, by the site's clock */
function nameOf(device: number, now: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(now)
  return `countersign-D${String(device).padStart(2, '0')}-${parts.replaceAll(/[-:]/g, '').replace(' ', '-')}.rescue`
}
