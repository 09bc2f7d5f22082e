/** Bytes that are no request at all, at every door of server/README.md that takes a body: each is answered, and nothing changes. */
import { gzipSync } from 'node:zlib'
import fc, { type Arbitrary } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MOST_BLOB } from '../../server/routes/blobs.ts'
import { MOST_UNPACKED } from '../../server/routes/body.ts'
import { DEADLINE_MS, expectAnswer, SEED, watchDocs } from './doors/answers.ts'
import { type Asked, methodOf, requestOf } from './doors/requests.ts'
import { doors } from './doors/table.ts'
import { openYard, type Yard } from './doors/yard.ts'

let yard: Yard
let docs: ReturnType<typeof watchDocs>
beforeAll(async () => {
  yard = await openYard()
  docs = watchDocs(yard)
})
afterAll(async () => {
  docs.end()
  await yard.end()
})

/** What the door takes. To have something to ask of may take a yes at another. */
async function ask(door: string): Promise<Asked> {
  const asked = await requestOf(door).ask(yard, yard.north)
  docs.expectVerdicts(200)
  return asked
}

type Sent = { body: Uint8Array | ReadableStream<Uint8Array>; headers?: Record<string, string> }
const HOUR_MS = 3_600_000
async function answered(door: string, path: string, { body, headers = {} }: Sent): Promise<number> {
  // No door stays shut for longer than that.
  yard.floor.clock.now += HOUR_MS
  const method = methodOf(door.split(' ')[0] ?? '')
  const { token, grant, from } = yard.north
  const init = { method, body, duplex: 'half', headers: { Authorization: `Bearer ${token}`, Grant: grant, ...headers } }
  const response = await yard.floor.app.request(path, init as RequestInit, { incoming: { socket: { remoteAddress: from } } })
  await expectAnswer(yard, method, response)
  docs.expectVerdicts(response.status)
  return response.status
}
const holds = <T>(arbitrary: Arbitrary<T>, numRuns: number, check: (drawn: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, check), { seed: SEED, numRuns, timeout: DEADLINE_MS, interruptAfterTimeLimit: 25_000 })

/** In pieces, without a word about how many. */
function inPieces(bytes: number, end: (controller: ReadableStreamDefaultController<Uint8Array>) => void): ReadableStream<Uint8Array> {
  let left = bytes
  return new ReadableStream({
    pull(controller) {
      const piece = Math.min(left, 64 * 1024)
      left -= piece
      if (piece > 0) controller.enqueue(new Uint8Array(piece).fill(0x20))
      else end(controller)
    },
  })
}

const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024, '['))
const packed = { 'Content-Encoding': 'gzip' }
const taking = doors.filter((door) => !/^(GET|HEAD) /.test(door))
/** Whose body is a file: other bounds, and whatever its bytes are. */
const isFile = (door: string) => /^(PUT|PATCH) \/api\/blobs|^PUT \/api\/imports/.test(door)
/** Without anything to read at the door, nothing can be wrong with it. */
const reads = (door: string) => requestOf(door).shape !== undefined

describe(`bytes from seed ${SEED}`, () => {
  test.each(taking)('%s', async (door) => {
    const asked = await ask(door)
    const { body = '', headers } = asked.call ?? {}
    const good = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
    const cut = fc.nat(good.length).map((end) => good.subarray(0, end))
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      cut,
      cut.map((bytes) => gzipSync(bytes)),
      fc.tuple(cut, fc.nat(60)).map(([bytes, end]) => gzipSync(bytes).subarray(0, end)),
      fc.tuple(fc.constant(good), fc.nat(good.length), fc.integer({ min: 0, max: 255 })).map(([bytes, at, byte]) => Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at + 1)])),
      fc.constantFrom('null', '0', '""', '[]', '{}', ' ', '\ufeff{}', '{}{}', '{"a":1,"a":2}', 'NaN').map((text) => Buffer.from(text)),
    )
    const encoding = fc.constantFrom({}, {}, packed, { 'Content-Encoding': 'br' }, { 'Content-Encoding': 'gzip, gzip' }, { 'Content-Encoding': 'GZIP' }, { 'Content-Encoding': 'zstd' })
    const type = fc.constantFrom({}, { 'Content-Type': 'text/html' }, { 'Content-Type': 'multipart/form-data; boundary=' }, { 'Content-Type': 'application/json; charset=utf-16' }, { 'Content-Type': '\u00ff' })
    await holds(fc.tuple(bodies, encoding, type), reads(door) || isFile(door) || door === 'POST /api/rescue' ? 25 : 4, async ([bytes, encoding, type]) => {
      await answered(door, asked.path, { body: new Uint8Array(bytes), headers: { ...headers, ...encoding, ...type } })
    })
  })

  test.each(taking.filter(reads))('%s stops what unpacks to far more than it is', async (door) => {
    const { path } = await ask(door)
    expect(await answered(door, path, { body: new Uint8Array(BOMB), headers: packed })).toBe(413)
    expect(await answered(door, path, { body: new Uint8Array(gzipSync(BOMB)), headers: packed })).toBe(400)
  })

  test.each(taking.filter((door) => reads(door) || isFile(door)))('%s stops what is too much, whether it says so or not', async (door) => {
    const most = isFile(door) ? MOST_BLOB : MOST_UNPACKED
    const { path, call } = await ask(door)
    const headers = call?.headers ?? {}
    expect(await answered(door, path, { body: new Uint8Array(10), headers: { ...headers, 'Content-Length': '99999999999' } })).toBe(413)
    // Files to import may be longer: test/server/import/ sends such ones.
    if (!door.includes('/imports/:id/files')) expect(await answered(door, path, { body: inPieces(most + 1, (controller) => controller.close()), headers })).toBe(413)
  })

  test.each(taking)('%s has nothing to report when the line drops within a body', async (door) => {
    const { path, call } = await ask(door)
    const dropped = inPieces(100_000, (controller) => controller.error(new Error('aborted')))
    const status = await answered(door, path, { body: dropped, headers: call?.headers ?? {} })
    if (reads(door) || isFile(door)) expect(status).toBe(400)
  })
})
