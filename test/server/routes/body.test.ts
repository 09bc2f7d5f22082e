import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PROTOCOL } from '../../../shared/sync/wire.ts'
import { form, type Phone, staffedFloor } from '../floor.ts'

describe('what arrives at the door of sync', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let desk: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    desk = all.desk
    await desk.sync()
  })
  afterEach(() => all.floor.end())
  const send = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await desk.call('POST', '/api/sync', { body, headers: { 'Accept-Language': 'en', ...headers } })
    return { status: response.status, ...((await response.json()) as { type?: string; detail?: string; verdicts?: unknown[] }) }
  }
  const batch = () => JSON.stringify(desk.request([desk.command('PlaceOrder', 'o1', form('N-1'))]))

  test('a packed batch is unpacked and done', async () => {
    expect(await send(gzipSync(batch()), { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 200, lastSeq: 1, verdicts: [{ seq: 1 }] })
    expect((await all.floor.log.read((tx) => tx.docs('north', ['o1']))).get('o1')?.body).toMatchObject({ number: 'N-1' })
  })

  test('a packed batch whose header was dropped on the way is done too, and is no way around the bound', async () => {
    expect(await send(gzipSync(batch()))).toMatchObject({ status: 200, lastSeq: 1, verdicts: [{ seq: 1 }] })
    expect(await send(gzipSync(Buffer.alloc(8 * 1024 * 1024)))).toMatchObject({ status: 413, type: 'too-large' })
    expect(await send(gzipSync(batch()).subarray(0, 40))).toMatchObject({ status: 400, type: 'bad-encoding' })
  })

  test('packed in a way we don’t speak, or not packed as it says', async () => {
    expect(await send(brotliCompressSync(batch()), { 'Content-Encoding': 'br' })).toMatchObject({ status: 415, type: 'bad-encoding' })
    expect(await send(batch(), { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 400, type: 'bad-encoding' })
    expect(await send(gzipSync(batch()).subarray(0, 40), { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 400, type: 'bad-encoding' })
  })

  test('a small body that unpacks to a gigabyte is stopped on the way', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(100_000)
    const before = process.memoryUsage().arrayBuffers
    expect(await send(bomb, { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 413, type: 'too-large', limit: 4 * 1024 * 1024 })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024)
  })

  test('10 MB is too much, and what doesn’t say how long it is is stopped too', async () => {
    expect(await send('x'.repeat(10_000_000))).toMatchObject({ status: 413, type: 'too-large' })
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)) })
    const response = await all.floor.app.request(
      new Request('http://localhost/api/sync', { method: 'POST', body: endless, headers: { Authorization: `Bearer ${desk.token}` }, duplex: 'half' } as RequestInit),
    )
    expect(response.status).toBe(413)
  })

  test('no JSON, no request, more than a hundred commands, another device’s name: each said clearly, nothing done', async () => {
    expect(await send('{"commands": [')).toMatchObject({ status: 400, type: 'invalid-json', detail: 'The request is not valid JSON.' })
    expect(await send([])).toMatchObject({ status: 400, type: 'malformed' })
    expect(await send({ ...desk.request(), cursors: { 'site:north': -1 } })).toMatchObject({ status: 400, type: 'malformed', path: 'cursors.site:north' })
    expect(await send(desk.request(Array.from({ length: 101 }, (_, i) => desk.command('PlaceOrder', `o${i}`, form(`N-${i}`), { seq: i + 1 }))))).toMatchObject({ status: 400, type: 'malformed', path: 'commands' })
    expect(await send(desk.request([], { device: 'phone' }))).toMatchObject({ status: 400, type: 'malformed', path: 'device' })
    expect(await send(desk.request([{ no: 'id' }]))).toMatchObject({ status: 400, type: 'malformed', path: 'commands.0.id' })
    expect((await all.floor.log.read((tx) => tx.device('desk')))?.lastSeq).toBe(0)
    expect(all.floor.faults).toEqual([])
  })

  test('a name with half a sign in it is one name, and what is done under it goes on', async () => {
    for (const half of ['\ud800', 'x\udfff', '\udc00\ud800']) {
      const [first, second] = [`a${half}`, `b${half}`]
      expect(await send(desk.request([desk.command('PlaceOrder', half, form('N-1'), { id: first })]))).toMatchObject({ status: 200, verdicts: [{ id: first.toWellFormed() }] })
      const pick = desk.command('FinishPicking', half, {}, { id: second })
      expect(await send(desk.request([pick]))).toMatchObject({ status: 200, verdicts: [{ id: second.toWellFormed() }] })
      expect(await send(desk.request([pick]))).toMatchObject({ status: 200, verdicts: [{ id: second.toWellFormed() }] })
    }
    expect(await send(desk.request([desk.command('PlaceOrder', '\\ud800 🙂', form('N-2'))]))).toMatchObject({ status: 200, verdicts: [{ seq: 7 }] })
    expect((await all.floor.log.read((tx) => tx.docs('north', ['\\ud800 🙂']))).size).toBe(1)
    expect(all.floor.faults).toEqual([])
  })

  test('brackets within brackets without end are no JSON that anybody sends; brackets in a text are', async () => {
    const nested = (payload: string) => JSON.stringify(desk.request([desk.command('ReportProblem', 'o1', '@', { seq: desk.seq + 1 })])).replace('"@"', payload)
    for (const depth of [100, 20_000, 1_900_000]) expect(await send(nested('['.repeat(depth) + ']'.repeat(depth)))).toMatchObject({ status: 400, type: 'invalid-json' })
    expect((await all.floor.log.read((tx) => tx.device('desk')))?.lastSeq).toBe(0)
    desk.seq = 0
    expect(await send(desk.request([desk.command('PlaceOrder', 'o1', form('N-1', { memo: `\\"${'[{'.repeat(500)}\\` }))]))).toMatchObject({ status: 200, verdicts: [{ id: expect.any(String) }] })
    expect(all.floor.faults).toEqual([])
  })

  test('an app that is newer than the server gets no news before the update, and what it sends is taken', async () => {
    const newer = { protocol: PROTOCOL + 1 }
    expect(await send(desk.request([], newer))).toMatchObject({ status: 426, type: 'update-needed', came: PROTOCOL + 1, wanted: PROTOCOL })
    const place = desk.command('PlaceOrder', 'o1', form('N-1'))
    expect(await send(desk.request([place], newer))).toMatchObject({ status: 426 })
    expect(await send(desk.request([place], { ...newer, current: '' }))).toMatchObject({ status: 200, verdicts: [{ id: place.id }] })
    expect(await all.floor.log.read(async (tx) => (await tx.docs('north', ['o1'])).get('o1')?.body)).toMatchObject({ number: 'N-1' })
  })

  test('a request without a token is told who it is not', async () => {
    for (const headers of [{ Authorization: '' }, { Authorization: 'Bearer made-up' }, { Authorization: 'Basic dTpw' }]) expect(await send(batch(), headers)).toMatchObject({ status: 401 })
  })

  test('a door that is not there says so as a problem', async () => {
    const response = await all.floor.call('GET', '/api/gold', { headers: { Language: 'zh-CN', 'Accept-Language': 'en' } })
    expect([response.status, response.headers.get('Content-Type'), await response.json()]).toMatchObject([404, 'application/problem+json', { type: 'not-found', title: '找不到' }])
  })
})
