/**
 * /api/blobs/:sha256: photographs, in as many pieces as the line allows, checked against their hash before they count.
 *
 *   HEAD   200 stored · 404 not yet; `Upload-Offset` says how many bytes are here
 *   PUT    the whole picture: 201 stored, 200 was here already
 *   PATCH  the bytes from `Upload-Offset` on: 204 taken, 409 continue elsewhere; with `Upload-Complete: ?1` 201 stored
 *   GET    ?order=ID, for whoever may read that order and if it names the picture
 */
import { type Context, Hono } from 'hono'
import type { Doc } from '../../shared/sync/doc.ts'
import type { DeviceRow } from '../log/log.ts'
import type { World } from '../world.ts'
import { piecesOf } from './body.ts'
import { actorAt, enrolledDevice } from './caller.ts'
import { docFor } from './docs.ts'
import { problem } from './problem.ts'

export const MOST_BLOB = 10 * 1024 * 1024

export function blobRoutes(world: World) {
  const stored = (site: string, sha256: string) => world.log.read((tx) => tx.blob(site, sha256))

  /** Appends what comes; every chunk that arrived is kept if the line drops. */
  async function take(c: Context, site: string, sha256: string, offset: number, skip: number): Promise<number> {
    const length = Number(c.req.header('Content-Length') ?? 0)
    if (offset - skip + length > MOST_BLOB) throw problem(413, 'too-large', { limit: MOST_BLOB })
    let [at, passed] = [offset, skip]
    for await (const chunk of piecesOf(c)) {
      const bytes: Uint8Array = passed > 0 ? chunk.subarray(Math.min(passed, chunk.length)) : chunk
      passed -= chunk.length - bytes.length
      if (at + bytes.length > MOST_BLOB) throw problem(413, 'too-large', { limit: MOST_BLOB })
      if (bytes.length > 0 && (await world.blobs.append(site, sha256, at, bytes)) === 'elsewhere') throw await elsewhere(site, sha256)
      at += bytes.length
    }
    return at
  }

  async function elsewhere(site: string, sha256: string) {
    const offset = await world.blobs.received(site, sha256)
    return problem(409, 'wrong-offset', { offset }, { 'Upload-Offset': String(offset) })
  }

  async function finish(c: Context, site: string, sha256: string): Promise<Response> {
    const done = await world.blobs.finish(site, sha256)
    if (done === 'wrong-hash') throw problem(422, 'wrong-hash', {}, { 'Upload-Offset': '0' })
    await world.log.write((tx) => tx.addBlob({ site, sha256, size: done.size, storedAt: new Date(world.now()).toISOString() }))
    return c.body(null, 201, { 'Upload-Offset': String(done.size), 'Upload-Complete': '?1' })
  }

  /** The name of the device whose act named a picture that has not come yet: there it is. */
  async function whoHas(site: string, doc: string, sha256: string): Promise<string> {
    return world.log.read(async (tx) => {
      const row = (await tx.history(site, doc)).find(({ event }) => JSON.stringify(event).includes(`"${sha256}"`))
      return (row && (await tx.device(row.device))?.name) ?? ''
    })
  }

  /** The app answers HEAD by the door of GET. */
  async function head(c: Context, device: DeviceRow, sha256: string): Promise<Response> {
    const blob = await stored(device.site, sha256)
    if (blob) return c.body(null, 200, { 'Upload-Offset': String(blob.size), 'Upload-Complete': '?1' })
    return c.body(null, 404, { 'Upload-Offset': String(await world.blobs.received(device.site, sha256)), 'Upload-Complete': '?0' })
  }

  return new Hono()
    .get('/api/blobs/:sha256', enrolledDevice(world), async (c) => {
      const sha256 = hashIn(c.req.param('sha256'))
      const device = c.get('device')
      if (c.req.method === 'HEAD') return head(c, device, sha256)
      const actor = await actorAt(world, device, c.req.header('Grant'))
      const doc = await world.log.read((tx) => docFor(tx, actor, c.req.query('order') ?? ''))
      if (!names(doc, sha256)) throw problem(404, 'no-blob')
      const bytes = (await stored(device.site, sha256)) ? await world.blobs.read(device.site, sha256) : null
      if (!bytes) throw problem(404, 'blob-on-its-way', { device: await whoHas(device.site, doc.body.id, sha256) })
      return c.body(bytes, 200, { 'Content-Type': 'application/octet-stream', 'X-Content-Type-Options': 'nosniff' })
    })
    .put('/api/blobs/:sha256', enrolledDevice(world), async (c) => {
      const sha256 = hashIn(c.req.param('sha256'))
      const { site } = c.get('device')
      const blob = await stored(site, sha256)
      if (blob) return c.body(null, 200, { 'Upload-Offset': String(blob.size), 'Upload-Complete': '?1' })
      const received = await world.blobs.received(site, sha256)
      await take(c, site, sha256, received, received)
      return finish(c, site, sha256)
    })
    .patch('/api/blobs/:sha256', enrolledDevice(world), async (c) => {
      const sha256 = hashIn(c.req.param('sha256'))
      const { site } = c.get('device')
      const blob = await stored(site, sha256)
      if (blob) return c.body(null, 200, { 'Upload-Offset': String(blob.size), 'Upload-Complete': '?1' })
      const offset = Number(c.req.header('Upload-Offset') ?? Number.NaN)
      if (!Number.isInteger(offset) || offset !== (await world.blobs.received(site, sha256))) throw await elsewhere(site, sha256)
      const at = await take(c, site, sha256, offset, 0)
      if (c.req.header('Upload-Complete') === '?1') return finish(c, site, sha256)
      return c.body(null, 204, { 'Upload-Offset': String(at), 'Upload-Complete': '?0' })
    })
}

function hashIn(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw problem(404, 'no-blob')
  return text
}

function names(doc: Doc, sha256: string): boolean {
  return JSON.stringify(doc.body).includes(`"${sha256}"`)
}
