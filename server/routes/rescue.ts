/** POST /api/rescue: unsent work that left a device as a file, carried here by anyone. */
import { gunzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { MOST_RECORD, NotRescue, partsOf, type RescueReport, RescueWork, type Signed, Signed as SignedForm } from '../../shared/sync/rescue.ts'
import { type Opener, sealKeys } from '../../shared/sync/seal.ts'
import { parsed } from '../sync/json.ts'
import { takeRescued } from '../sync/rescue.ts'
import type { World } from '../world.ts'
import { MOST_BLOB } from './blobs.ts'
import { piecesOf } from './body.ts'
import { addressOf, deviceIfAny } from './caller.ts'
import { createLimit, HOUR } from './limit.ts'
import { problem } from './problem.ts'

/** So that nobody fills the disk. What is turned away is still in the file that was carried here, for the next hour. */
const MOST_OF_DEVICE = 300
const MOST_OF_ADDRESS = 60
/** All strangers together: they can't take the turns of enrolled devices. */
const MOST_OF_STRANGERS = 180
/** Five hundred photographs of a day, and room. */
const MOST_BYTES = 1024 * 1024 * 1024
/** Of everything but the photographs, unpacked. */
const MOST_WORK = 64 * 1024 * 1024

export function rescueRoutes(world: World) {
  const limit = (most: number) => createLimit({ now: world.now, most, windowMs: HOUR })
  const [byDevice, byAddress, strangers] = [limit(MOST_OF_DEVICE), limit(MOST_OF_ADDRESS), limit(MOST_OF_STRANGERS)]
  const sync = { log: world.log, now: world.now, hub: world.hub, verifyGrant: world.grants.verify, report: (error: unknown) => world.report(error, 'poison') }
  return new Hono().post('/api/rescue', async (c) => {
    // Revoked devices too: their work is what this door is for.
    const device = await deviceIfAny(world, c.req.header('Authorization'))
    if (device) byDevice.take(device.id)
    else {
      byAddress.take(addressOf(c))
      strangers.take('')
    }
    if (Number(c.req.header('Content-Length') ?? 0) > MOST_BYTES) throw problem(413, 'too-large', { limit: MOST_BYTES })
    const records = recordsOf(world, piecesOf(c))
    try {
      const first = await records.next()
      const { signed, work } = workIn(first.done ? new Uint8Array() : first.value)
      const rescued = await takeRescued(sync, signed, work)
      const { site, named, ...report } = rescued
      const pictures = site === null ? 0 : await takePictures(world, records, { site, named: new Set(named), hashes: work.pictures })
      return c.json({ ...report, pictures } satisfies RescueReport, 201)
    } catch (error) {
      throw error instanceof NotRescue ? problem(422, 'not-rescue') : error
    } finally {
      await records.return(undefined)
    }
  })
}

async function* recordsOf({ log }: World, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { open } = await sealKeys(await log.read((tx) => tx.secret('rescue')))
  let opener: Opener | null = null
  for await (const part of partsOf(bounded(body))) {
    try {
      if (opener) yield await opener(part)
      else opener = await open(part)
    } catch (error) {
      throw error instanceof Error ? new NotRescue(error.message, { cause: error }) : error
    }
  }
}

async function* bounded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MOST_BYTES) throw problem(413, 'too-large', { limit: MOST_BYTES })
    yield chunk
  }
}

function workIn(record: Uint8Array): { signed: Signed; work: RescueWork } {
  try {
    const text = gunzipSync(record.subarray(0, MOST_RECORD), { maxOutputLength: MOST_WORK }).toString()
    const signed = z.parse(SignedForm, parsed(text))
    return { signed, work: z.parse(RescueWork, parsed(signed.work)) }
  } catch (error) {
    throw new NotRescue('its first record is not readable', { cause: error })
  }
}

/** Those that the commands name and that are not here yet. A file that ends early has brought what it has brought. */
async function takePictures(world: World, records: AsyncGenerator<Uint8Array>, { site, named, hashes }: { site: string; named: ReadonlySet<string>; hashes: readonly string[] }): Promise<number> {
  let here = 0
  for (const sha256 of hashes) {
    const next = await records.next().catch((error: unknown) => {
      if (error instanceof NotRescue) return null
      throw error
    })
    if (!next || next.done) break
    const bytes = next.value
    if (!named.has(sha256) || bytes.length > MOST_BLOB || createHash('sha256').update(bytes).digest('hex') !== sha256) continue
    if (await store(world, site, sha256, bytes)) here += 1
  }
  return here
}

async function store({ log, blobs, now }: World, site: string, sha256: string, bytes: Uint8Array): Promise<boolean> {
  if (await log.read((tx) => tx.blob(site, sha256))) return true
  const received = await blobs.received(site, sha256)
  if (received < bytes.length && (await blobs.append(site, sha256, received, bytes.subarray(received))) === 'elsewhere') return false
  const done = await blobs.finish(site, sha256)
  if (done === 'wrong-hash') return false
  await log.write((tx) => tx.addBlob({ site, sha256, size: done.size, storedAt: new Date(now()).toISOString() }))
  return true
}
