import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { encode } from 'uqr'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { keep } from '../../../client/rescue/carry.ts'
import { createFilm, framesOf } from '../../../client/rescue/frames.ts'
import { type Packed, packRescue } from '../../../client/rescue/pack.ts'
import { form, pick } from '../../server/floor.ts'
import type { Identity } from '../../../client/db.ts'
import { type Phone, until } from '../../support/open-phone.ts'
import { type Crew, openCrew } from '../crew.ts'

let crew: Crew
beforeEach(async () => {
  crew = await openCrew()
})
afterEach(() => crew.end())

/** As it is enrolled: with a key of its own, and what the server opens by. */
async function withKey(phone: Phone): Promise<void> {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])) as CryptoKeyPair
  const publicKey = Buffer.from(await crypto.subtle.exportKey('spki', pair.publicKey)).toString('base64')
  await phone.db.keys.put({ id: 'device', pair })
  await crew.floor.log.write(async (tx) => tx.saveDevice((await phone.db.read('identity'))?.device ?? '', { publicKey }))
  await phone.device.people.refresh()
}
async function packed(phone: Phone, along: 'pictures' | 'acts' = 'pictures'): Promise<Packed & { bytes: ArrayBuffer }> {
  const pack = await packRescue(phone.db, phone.device.world, phone.device.pictures, along)
  if (typeof pack === 'string') throw new Error(pack)
  return { ...pack, bytes: await new Blob(pack.parts).arrayBuffer() }
}
/** Two picks and a torn roll's photograph, with no network. */
async function stranded(): Promise<{ phone: Phone; sha256: string }> {
  const phone = await crew.phone('phone', 'clerk')
  await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
  await withKey(phone)
  await phone.sync()
  phone.line.up = false
  await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(1) }, { type: 'PickLine', doc: 'o1', payload: pick(2) })
  const sha256 = await phone.device.pictures.add(new TextEncoder().encode('a torn roll'))
  await phone.issue({ type: 'ReportProblem', doc: 'o1', payload: { what: 'damage', note: '', photos: [sha256] }, blobs: [sha256] })
  return { phone, sha256 }
}
const picks = async () => (await crew.serverOrder('o1')).picks.map(({ quantity }) => quantity)

describe('what never left the device', () => {
  test.each(['revoked', 'not known'])('is handed in by one that is %s, too', async (how) => {
    const carrier = await crew.phone('carrier', 'driver')
    await carrier.sync()
    if (how === 'revoked') await crew.floor.log.write((tx) => tx.saveDevice('carrier', { revokedAt: new Date(crew.floor.clock.now).toISOString() }))
    else await carrier.db.put('identity', { ...((await carrier.db.read('identity')) as Identity), token: 'nothing' })
    const { bytes, name } = await packed((await stranded()).phone)
    await keep(carrier.db, carrier.device.world, { name, bytes })
    await carrier.sync()
    expect(await carrier.db.carried.toArray()).toMatchObject([{ state: 'handed', report: { accepted: 3 } }])
  })

  test('that the server could not take now is shown to it again soon', async () => {
    let tries = 0
    const carrier = await crew.phone('carrier', 'driver', {
      between: (fetch) => (path, init) => {
        if (!path.endsWith('/api/rescue')) return fetch(path, init)
        tries += 1
        return tries > 1 ? fetch(path, init) : Promise.resolve(new Response('{"type":"busy","title":"","status":503}', { status: 503, headers: { 'Content-Type': 'application/problem+json' } }))
      },
    })
    const { bytes, name } = await packed((await stranded()).phone)
    await keep(carrier.db, carrier.device.world, { name, bytes })
    carrier.device.sync.start()
    await until(() => tries === 1 && !carrier.device.sync.status().busy)
    await carrier.turn(10_000)
    await until(async () => (await carrier.db.carried.toArray())[0]?.state === 'handed')
  })

  test('is handed in by another one, once however often, and the device that made it finds it recorded', async () => {
    const { phone, sha256 } = await stranded()
    const { bytes, commands, pictures, name } = await packed(phone)
    expect([commands, pictures]).toEqual([3, 1])
    expect(name).toMatch(/^countersign-D\d\d-20261124-1600\.rescue$/)
    const carrier = await crew.phone('carrier', 'driver')
    for (let i = 0; i < 2; i++) await keep(carrier.db, carrier.device.world, { name, bytes })
    await carrier.sync()
    expect(await carrier.db.carried.toArray()).toMatchObject([{ name, state: 'handed', report: { accepted: 3, pictures: 1, kept: 'no', device: { name: 'phone' } } }])
    expect(await picks()).toEqual([1, 2])
    expect(await crew.floor.log.read((tx) => tx.blob('north', sha256))).toMatchObject({ size: 11 })
    expect(await phone.db.outbox.count()).toBe(3)
    phone.line.up = true
    await phone.sync()
    expect([await phone.db.outbox.count(), await phone.db.attention.count(), await phone.device.pictures.waiting()]).toEqual([0, 0, 0])
    expect(await picks()).toEqual([1, 2])
  })

  test('waits with the carrier until there is a network', async () => {
    const { phone } = await stranded()
    const { bytes, name } = await packed(phone, 'acts')
    const carrier = await crew.phone('carrier', 'driver')
    carrier.line.up = false
    await keep(carrier.db, carrier.device.world, { name, bytes })
    await carrier.sync()
    expect(await carrier.db.carried.toArray()).toMatchObject([{ state: 'waiting', report: null, size: bytes.byteLength }])
    carrier.line.up = true
    await carrier.sync()
    expect(await carrier.db.carried.toArray()).toMatchObject([{ state: 'handed', report: { accepted: 3, pictures: 0 } }])
  })

  test('says why it can’t be packed', async () => {
    const phone = await crew.phone('phone', 'clerk')
    const pack = () => packRescue(phone.db, phone.device.world, phone.device.pictures, 'pictures')
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    expect(await pack()).toBe('no-key')
    await withKey(phone)
    await phone.sync()
    expect(await pack()).toBe('nothing')
    await phone.db.meta.delete('identity')
    expect(await pack()).toBe('not-enrolled')
  })

  test('a file that is none stays with what the server said of it, and holds up no other', async () => {
    const { phone } = await stranded()
    const { bytes, name } = await packed(phone)
    const carrier = await crew.phone('carrier', 'driver')
    await keep(carrier.db, carrier.device.world, { name: 'holiday.jpg', bytes: new TextEncoder().encode('a picture').buffer })
    await keep(carrier.db, carrier.device.world, { name, bytes })
    await carrier.sync()
    const kept = Object.fromEntries((await carrier.db.carried.toArray()).map((each) => [each.name, each.state]))
    expect(kept).toEqual({ 'holiday.jpg': 'unfit', [name]: 'handed' })
    expect(await picks()).toEqual([1, 2])
  })
})

describe('filmed from the screen of another', () => {
  const bytesOf = (size: number) => Uint8Array.from({ length: size }, (_, i) => (i * 7919 + (i >> 8)) % 251)

  test('in any order, with some seen twice and some of another file between', async () => {
    const file = bytesOf(5000)
    const frames = await framesOf(file)
    expect(frames).toHaveLength(9)
    const film = createFilm()
    expect((await film.take((await framesOf(bytesOf(2000)))[1] ?? new Uint8Array())).of).toBe(4)
    await film.take(new TextEncoder().encode('https://example.com/a-code-on-the-wall'))
    for (const no of [4, 0, 4, 8, 7, 1, 2, 3]) expect((await film.take(frames[no] ?? new Uint8Array())).whole).toBeNull()
    expect(await film.take(frames[5] ?? new Uint8Array())).toMatchObject({ seen: 8, of: 9, whole: null })
    const last = await film.take(frames[6] ?? new Uint8Array())
    expect(Buffer.from(last.whole ?? new Uint8Array())).toEqual(Buffer.from(file))
  })

  test('through the reader of the camera', async () => {
    const wasmBinary = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm').buffer as ArrayBuffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
    const file = bytesOf(1500)
    const film = createFilm()
    let whole: Uint8Array | null = null
    for (const frame of await framesOf(file)) {
      const [read] = await readBarcodes(drawn(frame), { formats: ['QRCode'] })
      whole = (await film.take(read?.bytes ?? new Uint8Array())).whole
    }
    expect(createHash('sha256').update(whole ?? new Uint8Array()).digest('hex')).toBe(createHash('sha256').update(file).digest('hex'))
  })
})

/** As the screen shows it, four pixels a module. */
function drawn(frame: Uint8Array): ImageData {
  const { data, size } = encode([...frame], { ecc: 'L', border: 4 })
  const side = size * 4
  const pixels = new Uint8ClampedArray(side * side * 4)
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) pixels.set(data[y >> 2]?.[x >> 2] ? [0, 0, 0, 255] : [255, 255, 255, 255], (y * side + x) * 4)
  return { data: pixels, width: side, height: side, colorSpace: 'srgb' } as ImageData
}
