import { hash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MOST_BLOB } from '../../../server/routes/blobs.ts'
import { form, type Phone, Phone as NewPhone, random, staffedFloor } from '../floor.ts'

const picture = random(300_000)
const sha256 = hash('sha256', picture)
const path = `/api/blobs/${sha256}`

describe('photographs', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let phone: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    phone = all.phone
  })
  afterEach(() => all.floor.end())
  const patch = (from: number, to: number, more: Record<string, string> = {}) =>
    phone.call('PATCH', path, { body: picture.slice(from, to), headers: { 'Upload-Offset': String(from), ...more } })
  const head = async () => {
    const { status, headers } = await phone.call('HEAD', path)
    return [status, headers.get('Upload-Offset'), headers.get('Upload-Complete')]
  }
  const inspected = { result: 'pass', checks: { quantity: 'pass', appearance: 'pass', labels: 'pass' }, reason: '', photos: [sha256] }

  test('an upload that broke off goes on where the server says, and counts when its hash is right', async () => {
    expect(await head()).toEqual([404, '0', '?0'])
    expect((await patch(0, 100_000)).status).toBe(204)
    expect(await head()).toEqual([404, '100000', '?0'])
    const ahead = await patch(200_000, 300_000)
    expect([ahead.status, ahead.headers.get('Upload-Offset'), await ahead.json()]).toMatchObject([409, '100000', { type: 'wrong-offset', offset: 100_000 }])
    expect((await patch(0, 100_000)).status).toBe(409)
    expect((await patch(100_000, 300_000, { 'Upload-Complete': '?1' })).status).toBe(201)
    expect(await head()).toEqual([200, '300000', '?1'])
    expect((await phone.call('PUT', path, { body: picture })).status).toBe(200)
  })

  test('a PUT after a broken one takes what is missing', async () => {
    await patch(0, 123_456)
    expect((await phone.call('PUT', path, { body: picture })).status).toBe(201)
    expect(await head()).toEqual([200, '300000', '?1'])
  })

  test('bytes that are not what their hash says are dropped, and the upload begins again', async () => {
    const damaged = picture.slice()
    damaged[1000] = (damaged[1000] ?? 0) ^ 1
    const response = await phone.call('PUT', path, { body: damaged })
    expect([response.status, await response.json()]).toMatchObject([422, { type: 'wrong-hash' }])
    expect(await head()).toEqual([404, '0', '?0'])
    expect(await all.floor.log.read((tx) => tx.blob('north', sha256))).toBeNull()
    expect((await phone.call('PUT', path, { body: picture })).status).toBe(201)
  })

  test('what is too large or no hash at all is refused before it is kept', async () => {
    const large = await phone.call('PUT', path, { body: new Uint8Array(MOST_BLOB + 1) })
    expect([large.status, await large.json()]).toMatchObject([413, { type: 'too-large' }])
    for (const name of ['short', '../../log.sqlite', sha256.toUpperCase()]) expect((await phone.call('PUT', `/api/blobs/${encodeURIComponent(name)}`, { body: 'x' })).status).toBe(404)
  })

  test('is read by whoever may read the order that names it, not by whoever knows the hash', async () => {
    const { desk, floor } = all
    await phone.call('PUT', path, { body: picture })
    await desk.sync(['o1', 'o2'].map((id) => desk.command('PlaceOrder', id, form(id))))
    const reply = await desk.sync([desk.command('Inspect', 'o1', inspected, { blobs: [sha256, '0'.repeat(64)] })])
    expect([reply.verdicts[0]?.verdict, reply.wanted]).toEqual(['accepted', ['0'.repeat(64)]])
    const read = (at: Phone, order: string) => at.call('GET', `${path}?order=${order}`)
    const found = await read(phone, 'o1')
    expect([found.status, Buffer.from(await found.arrayBuffer()).equals(picture), found.headers.get('X-Content-Type-Options')]).toEqual([200, true, 'nosniff'])
    expect((await read(phone, 'o2')).status).toBe(404)
    await floor.site('south')
    const stranger = new NewPhone(floor, await floor.device('south', 'stranger'))
    await stranger.signIn(await floor.person('south', 'spy', 'supervisor'))
    expect((await read(stranger, 'o1')).status).toBe(404)
    expect((await stranger.call('HEAD', path)).status).toBe(404)
    // One that is named and has not come: where it is. One that nobody named tells nothing.
    const late = '2'.repeat(64)
    await desk.sync([desk.command('ReportProblem', 'o1', { what: 'damage', note: '', photos: [late] }, { blobs: [late] })])
    const away = await phone.call('GET', `/api/blobs/${late}?order=o1`)
    expect([away.status, await away.json()]).toMatchObject([404, { type: 'blob-on-its-way', device: 'desk' }])
    expect(await (await phone.call('GET', `/api/blobs/${'1'.repeat(64)}?order=o1`)).json()).toMatchObject({ type: 'no-blob' })
    const driver = new NewPhone(floor, await floor.device('north', 'cab'))
    await driver.signIn(await floor.person('north', 'lee', 'driver'))
    expect((await read(driver, 'o1')).status).toBe(404)
  })
})
