import { findPicture } from '../../client/photos/find.ts'
import { createHash } from 'node:crypto'
import { Dexie } from 'dexie'
import { IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { form } from '../server/floor.ts'
import { type Phone, until } from '../support/open-phone.ts'
import { badLine, type Fetch, type Crew, openCrew } from './crew.ts'

let crew: Crew
beforeEach(async () => {
  crew = await openCrew()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await crew.end()
})

const photo = (size: number) => Uint8Array.from({ length: size }, (_, i) => (i * 7919 + (i >> 8)) % 251)
const report = (sha256: string) => ({ type: 'ReportProblem' as const, doc: 'o1', payload: { what: 'damage' as const, note: 'wet', photos: [sha256] }, blobs: [sha256] })
const stored = async (sha256: string) => {
  const stream = await (await crew.floor.log.read((tx) => tx.blob('north', sha256)))
  return stream?.size ?? null
}
/** Another day, and somebody signs in again. */
async function later(phone: Phone, days: number): Promise<void> {
  crew.floor.clock.now += days * 24 * 3_600_000
  await crew.hand(phone, 'clerk')
  await phone.sync()
}
/** Nothing can be written any more until something is deleted. */
function fillDisk(): () => void {
  const [put, drop] = [IDBObjectStore.prototype.put, IDBObjectStore.prototype.delete]
  let full = true
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (full) throw new DOMException('the disk is full', 'QuotaExceededError')
    return put.apply(this, given)
  })
  vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (this: IDBObjectStore, ...given) {
    full = false
    return drop.apply(this, given)
  })
  return () => vi.restoreAllMocks()
}
const pieces = (phone: Phone) => phone.traffic.sent.filter((each) => each.path.startsWith('/api/blobs/'))

describe('a photograph', () => {
  test('follows its command in pieces, and leaves the phone when the server and its backups have both', async () => {
    const phone = await crew.phone('phone', 'clerk')
    const bytes = photo(300_000)
    const sha256 = await phone.device.pictures.add(bytes)
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, report(sha256))
    expect(await phone.device.pictures.waiting()).toBe(1)
    await phone.sync()
    const paths = phone.traffic.sent.map((each) => each.path)
    expect(paths.lastIndexOf('/api/sync')).toBeLessThan(paths.indexOf(`/api/blobs/${sha256}`))
    expect(pieces(phone).map((each) => each.up)).toEqual([131072, 131072, 37856])
    expect(await stored(sha256)).toBe(300_000)
    expect(await phone.device.pictures.waiting()).toBe(0)
    expect(await phone.device.pictures.bytes(sha256)).toEqual(bytes)
    await later(phone, 8)
    expect(await phone.device.pictures.bytes(sha256)).toBeNull()
  })

  test('on its way is looked for on the phone that took it, by name', async () => {
    const line = badLine()
    const phone = await crew.phone('phone', 'clerk', { between: (fetch) => (path, init) => (path.includes('/api/blobs/') ? Promise.reject(new TypeError('cut')) : line.between(fetch)(path, init)) })
    const desk = await crew.phone('desk', 'clerk')
    const sha256 = await phone.device.pictures.add(photo(1000))
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, report(sha256))
    await phone.sync()
    expect(await findPicture(desk.device, sha256, 'o1')).toEqual({ on: 'phone' })
    desk.line.up = false
    expect(await findPicture(desk.device, sha256, 'o1')).toBeNull()
  })

  const problems = (fetch: Fetch, status: number, of: (path: string) => boolean): Fetch => (path, init) =>
    of(path) ? Promise.resolve(new Response(`{"type":"fault","title":"","status":${status}}`, { status, headers: { 'Content-Type': 'application/problem+json' } })) : fetch(path, init)
  /** Until nobody is busy any more, every five seconds of a time. */
  const passes = async (phone: Phone, ms: number) => {
    for (let at = 0; at < ms; at += 5000) {
      await phone.turn(5000)
      await until(() => !phone.device.sync.status().busy)
    }
  }

  test('one that the server can not store keeps nobody from hearing, nor the device from its word that it is in touch', async () => {
    const phone = await crew.phone('phone', 'clerk', { between: (fetch) => problems(fetch, 500, (path) => path.includes('/api/blobs/')) })
    const sha256 = await phone.device.pictures.add(photo(1000))
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, report(sha256))
    phone.device.sync.start()
    await passes(phone, 40_000)
    expect(phone.traffic.sent.filter((each) => each.path === '/api/stream')).toHaveLength(1)
    expect(phone.device.sync.status()).toMatchObject({ contact: 'online', outSince: null })
    expect(await phone.device.pictures.waiting()).toBe(1)
  })

  test('one whose bytes are spoilt here holds up no other', async () => {
    const phone = await crew.phone('phone', 'clerk')
    const hashes = [await phone.device.pictures.add(photo(1000)), await phone.device.pictures.add(photo(1001))].sort()
    const [spoilt = '', sound = ''] = hashes
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, ...hashes.map(report))
    const own = new Dexie('phone-pictures', { indexedDB: phone.tables, IDBKeyRange })
    await own.open()
    await own.table('pieces').where('sha256').equals(spoilt).modify({ bytes: new ArrayBuffer(1000) })
    own.close()
    await phone.sync()
    expect(await stored(sound)).toBeGreaterThan(0)
    expect(await phone.device.pictures.unsent()).toEqual([spoilt])
  })

  test('five hundred that wait are counted without being read, and sent one piece at a time', async () => {
    const phone = await crew.phone('phone', 'clerk')
    const hashes: string[] = []
    for (let i = 0; i < 500; i++) hashes.push(await phone.device.pictures.add(photo(200 + i)))
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    const read = vi.spyOn(IDBObjectStore.prototype, 'get')
    const readAll = vi.spyOn(IDBObjectStore.prototype, 'getAll')
    expect(await phone.device.pictures.waiting()).toBe(500)
    await phone.issue({ type: 'ReportProblem', doc: 'o1', payload: { what: 'damage', note: '', photos: hashes.slice(0, 20) }, blobs: hashes.slice(0, 20) })
    expect([...read.mock.contexts, ...readAll.mock.contexts].map((store) => (store as IDBObjectStore).name)).not.toContain('pieces')
    let most = 0
    let under = 0
    const { fetch } = phone.device.world
    phone.device.world.fetch = async (path, init) => {
      under += path.includes('/api/blobs/') ? 1 : 0
      most = Math.max(most, under)
      const answer = await fetch(path, init)
      under -= path.includes('/api/blobs/') ? 1 : 0
      return answer
    }
    await phone.sync()
    expect(most).toBe(1)
    expect(await phone.device.pictures.waiting()).toBe(480)
  })

  test('that the server has makes room for a new one on a full phone', async () => {
    const phone = await crew.phone('phone', 'clerk')
    const sha256 = await phone.device.pictures.add(photo(1000))
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, report(sha256))
    const mend = fillDisk()
    await expect(phone.device.pictures.add(photo(1001))).rejects.toThrow('full')
    mend()
    await phone.sync()
    fillDisk()
    expect(await phone.device.pictures.bytes(await phone.device.pictures.add(photo(1001)))).toEqual(photo(1001))
    expect(await phone.device.pictures.bytes(sha256)).toBeNull()
  })

  test('goes on where it was after the line was cut and the page reloaded', async () => {
    const line = badLine()
    const phone = await crew.phone('phone', 'clerk', { between: line.between })
    const bytes = photo(300_000)
    const sha256 = await phone.device.pictures.add(bytes)
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, report(sha256))
    line.state.forge = (url) => {
      if (url.includes('/api/blobs/') && pieces(phone).length === 1) throw new TypeError('Failed to fetch')
      return null
    }
    expect(await phone.sync()).toMatchObject({ contact: 'offline' })
    expect(await phone.db.outbox.count()).toBe(0)
    expect(await phone.device.pictures.bytes(sha256)).toEqual(bytes)
    line.state.forge = null
    await phone.reload()
    await phone.sync()
    // The first piece of the second try only asks where the server is; nothing arrives twice.
    expect(await stored(sha256)).toBe(300_000)
    expect(pieces(phone).map((each) => each.status)).toEqual([204, 409, 204, 201])
  })

  test('that no command names stays here, unsent', async () => {
    const phone = await crew.phone('phone', 'clerk')
    const sha256 = await phone.device.pictures.add(photo(1000))
    await phone.sync()
    expect(pieces(phone)).toEqual([])
    expect(await phone.device.pictures.bytes(sha256)).not.toBeNull()
  })

  test('stays while its command is not settled, though the server has it', async () => {
    const phone = await crew.phone('phone', 'clerk')
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await phone.sync()
    const sha256 = await phone.device.pictures.add(photo(1000))
    await phone.issue(report(sha256))
    crew.floor.clock.now += 13 * 3_600_000
    await phone.sync()
    expect(await stored(sha256)).toBe(1000)
    expect(await phone.db.outbox.toArray()).toMatchObject([{ state: 'answered' }])
    expect(await phone.device.pictures.bytes(sha256)).not.toBeNull()
    await later(phone, 8)
    expect(await phone.device.pictures.bytes(sha256)).toBeNull()
  })

  test('that the server says it has lost is sent again, as long as it is here', async () => {
    const phone = await crew.phone('phone', 'clerk')
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    const sha256 = await phone.device.pictures.add(photo(1000))
    await phone.issue(report(sha256))
    crew.floor.clock.now += 13 * 3_600_000
    await phone.sync()
    await crew.floor.log.write((tx) => tx.beginEpoch('restored'))
    await phone.sync()
    expect(pieces(phone).map((each) => each.status)).toEqual([201, 200])
  })

  test('of the same bytes is kept once', async () => {
    const phone = await crew.phone('phone', 'clerk')
    await phone.device.pictures.add(photo(1000))
    await phone.device.pictures.add(photo(1000))
    expect(await phone.device.pictures.waiting()).toBe(1)
  })
})
