import { hash, webcrypto } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SiteCard } from '../../../shared/people/wire.ts'
import { toBase64 } from '../../../shared/sync/base64.ts'
import type { RescueReport, RescueWork } from '../../../shared/sync/rescue.ts'
import { sealFor, sealKeys } from '../../../shared/sync/seal.ts'
import type { WireCommand } from '../../../shared/sync/wire.ts'
import { form, pick, type Phone, staffedFloor } from '../floor.ts'

let all: Awaited<ReturnType<typeof staffedFloor>>
let desk: Phone
let phone: Phone
let pair: webcrypto.CryptoKeyPair
const NOBODY = { accepted: 0, refused: 0, quarantined: 0, known: 0, pictures: 0 }
const sha256 = (bytes: Uint8Array) => hash('sha256', bytes)
beforeEach(async () => {
  all = await staffedFloor()
  ;({ desk, phone } = all)
  pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const publicKey = Buffer.from(await webcrypto.subtle.exportKey('spki', pair.publicKey)).toString('base64')
  await all.floor.log.write((tx) => tx.saveDevice('phone', { publicKey }))
  await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
  await phone.sync()
})
afterEach(() => all.floor.end())

const workOf = (commands: readonly WireCommand[], change: Partial<RescueWork> = {}): RescueWork => {
  const { app, clock, grants } = phone.request()
  return { format: 1, app, device: 'phone', site: 'north', at: clock.wall, clock, grants, commands: [...commands], pictures: [], ...change }
}
type File = { work: RescueWork; pictures?: Uint8Array[]; sign?: (bytes: Uint8Array) => Promise<string>; sealKey?: string }
const signed = async (bytes: Uint8Array) => toBase64(new Uint8Array(await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes as BufferSource)))
async function fileOf({ work, pictures = [], sign = signed, sealKey }: File): Promise<Uint8Array> {
  const card = (await (await phone.call('GET', '/api/site')).json()) as SiteCard
  const { head, seal } = await sealFor(sealKey ?? card.sealKey)
  const text = JSON.stringify(work)
  const records = [gzipSync(JSON.stringify({ work: text, signature: await sign(Buffer.from(text)) })), ...pictures]
  const parts = [head]
  for (const record of records) parts.push(await seal(record))
  return Buffer.concat(parts)
}
const carry = (body: Uint8Array, from = '10.0.0.7') => all.floor.call('POST', '/api/rescue', { body, from })
async function reported(response: Response): Promise<RescueReport> {
  expect(response.status).toBe(201)
  return (await response.json()) as RescueReport
}
const picks = async () => {
  const body = (await all.floor.log.read((tx) => tx.docs('north', ['o1']))).get('o1')?.body
  return body?.kind === 'order' ? body.picks.map(({ quantity }) => quantity) : null
}
const apart = () => all.floor.log.read((tx) => tx.quarantined('north', 50))

describe('unsent work that left a device as a file', () => {
  test('counts as if the device had sent it, once, however often and by whomever it is brought', async () => {
    const work = workOf([phone.command('PickLine', 'o1', pick(1)), phone.command('PickLine', 'o1', pick(2)), phone.command('CancelOrder', 'o1', { reason: 'no' }, { id: 'x1' })])
    const file = await fileOf({ work })
    expect(await reported(await carry(file))).toEqual({ ...NOBODY, device: { number: expect.any(Number), name: 'phone' }, commands: 3, accepted: 2, quarantined: 1, kept: 'no' })
    for (let i = 0; i < 4; i++) expect(await reported(await carry(file))).toMatchObject({ ...NOBODY, known: 3, kept: 'no' })
    expect(await picks()).toEqual([1, 2])
    expect(await apart()).toHaveLength(1)
  })

  test('that comes to life again hears the same answers, and goes on with its next number', async () => {
    const command = phone.command('PickLine', 'o1', pick(1))
    await reported(await carry(await fileOf({ work: workOf([command]) })))
    const reply = await phone.sync([command, phone.command('PickLine', 'o1', pick(2))])
    expect(reply.verdicts).toMatchObject([{ id: command.id, verdict: 'accepted' }, { seq: 2, verdict: 'accepted' }])
    expect(await picks()).toEqual([1, 2])
  })

  test('begins with what has arrived already', async () => {
    const [first, second] = [phone.command('PickLine', 'o1', pick(1)), phone.command('PickLine', 'o1', pick(2))]
    await phone.sync([first])
    expect(await reported(await carry(await fileOf({ work: workOf([second, first]) })))).toMatchObject({ known: 1, accepted: 1, kept: 'no' })
  })

  test('of a revoked device: what was made before counts, what came after is the supervisor’s', async () => {
    const before = phone.command('PickLine', 'o1', pick(1))
    all.floor.clock.now += 60_000
    await all.floor.log.write((tx) => tx.saveDevice('phone', { revokedAt: new Date(all.floor.clock.now).toISOString() }))
    all.floor.clock.now += 60_000
    const work = workOf([before, phone.command('PickLine', 'o1', pick(2))])
    expect(await reported(await carry(await fileOf({ work, sealKey: await sealKey() })))).toMatchObject({ accepted: 1, quarantined: 1, kept: 'no' })
    expect(await picks()).toEqual([1])
  })

  test('brings its photographs, those that its acts name and no others', async () => {
    const [named, other] = [Buffer.from('photograph of a torn roll'), Buffer.from('photograph of nothing')]
    const work = workOf([phone.command('PickLine', 'o1', pick(1), { blobs: [sha256(named)] })], { pictures: [sha256(other), sha256(named)] })
    expect(await reported(await carry(await fileOf({ work, pictures: [other, named] })))).toMatchObject({ accepted: 1, pictures: 1 })
    expect(await all.floor.log.read((tx) => tx.blob('north', sha256(named)))).toMatchObject({ size: named.length })
    expect(await all.floor.log.read((tx) => tx.blob('north', sha256(other)))).toBeNull()
  })

  test('and lost its end on the way has brought its acts all the same', async () => {
    const named = Buffer.from('photograph of a torn roll')
    const work = workOf([phone.command('PickLine', 'o1', pick(1), { blobs: [sha256(named)] })], { pictures: [sha256(named)] })
    const file = await fileOf({ work, pictures: [named] })
    expect(await reported(await carry(file.subarray(0, -5)))).toMatchObject({ accepted: 1, pictures: 0 })
    expect(await reported(await carry(file))).toMatchObject({ known: 1, pictures: 1 })
  })
})

const sealKey = async () => ((await (await desk.call('GET', '/api/site')).json()) as SiteCard).sealKey

describe('what cannot be shown to be a device’s', () => {
  test.each<[string, Partial<File>]>([
    ['is not signed', { sign: async () => '' }],
    ['is signed by another key', { sign: async () => toBase64(new Uint8Array(64)) }],
  ])('when it %s waits whole in quarantine, once, and changes nothing', async (_, change) => {
    const file = await fileOf({ work: workOf([phone.command('PickLine', 'o1', pick(1))]), ...change })
    for (let i = 0; i < 3; i++) expect(await reported(await carry(file))).toMatchObject({ ...NOBODY, kept: 'unsigned' })
    expect(await picks()).toEqual([])
    expect(await apart()).toMatchObject([{ site: 'north', device: 'phone', reason: '{"type":"rescue","why":"unsigned"}' }])
  })

  test('is not kept at all when it is larger than any phone’s work of a day', async () => {
    const huge = phone.command('PickLine', 'o1', { ...pick(1), lot: 'x'.repeat(2_100_000) })
    expect((await carry(await fileOf({ work: workOf([huge]), sign: async () => '' }))).status).toBe(422)
    expect(await apart()).toEqual([])
  })

  test('of a device that the server does not know, or with a hole in its numbers, likewise', async () => {
    const command = phone.command('PickLine', 'o1', pick(1))
    expect(await reported(await carry(await fileOf({ work: workOf([command], { device: 'nobody' }) })))).toMatchObject({ device: null, kept: 'unknown-device' })
    const ahead = phone.command('PickLine', 'o1', pick(1), { seq: 9 })
    expect(await reported(await carry(await fileOf({ work: workOf([ahead]) })))).toMatchObject({ accepted: 0, kept: 'gap' })
    await phone.sync([phone.command('PickLine', 'o1', pick(5), { seq: 1 })])
    expect(await reported(await carry(await fileOf({ work: workOf([command]) })))).toMatchObject({ accepted: 0, kept: 'gap' })
    expect(await picks()).toEqual([5])
    expect(await apart()).toHaveLength(3)
  })

  test('is told so when it is no such file, one for another server, or changed on the way', async () => {
    const file = await fileOf({ work: workOf([phone.command('PickLine', 'o1', pick(1))]) })
    const bent = Uint8Array.from(file)
    bent[120] = (bent[120] ?? 0) ^ 1
    const { publicKey } = await sealKeys(new Uint8Array(32).fill(7))
    const foreign = await fileOf({ work: workOf([]), sealKey: publicKey })
    for (const wrong of [Buffer.from('[]'), new Uint8Array(), file.subarray(0, 40), bent, foreign]) {
      const response = await carry(wrong, `10.1.0.${wrong.length % 200}`)
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ type: 'not-rescue', status: 422 })
    }
    expect(await picks()).toEqual([])
    expect(all.floor.faults).toEqual([])
  })
})

test('whose brackets stand within brackets without end is no rescue file: the board of the supervisor goes on', async () => {
  const deep = '['.repeat(20_000) + ']'.repeat(20_000)
  const command = JSON.stringify(phone.command('PickLine', 'o1', '@'))
  for (const sign of [signed, async () => '']) {
    const text = JSON.stringify({ ...workOf([]), commands: ['@@'] }).replace('"@@"', command.replace('"@"', deep))
    const card = (await (await phone.call('GET', '/api/site')).json()) as SiteCard
    const { head, seal } = await sealFor(card.sealKey)
    const file = Buffer.concat([head, await seal(gzipSync(JSON.stringify({ work: text, signature: await sign(Buffer.from(text)) })))])
    expect((await carry(file)).status).toBe(422)
    expect((await desk.call('GET', '/api/quarantine')).status).toBe(200)
  }
  expect(all.floor.faults).toEqual([])
})

test('with half a sign in a name counts once, however often it is brought', async () => {
  const half = 'o\ud800'
  const work = workOf([phone.command('PlanTrip', half, {}), phone.command('PickLine', half, pick(1), { id: `c${half}` })])
  expect(await reported(await carry(await fileOf({ work })))).toMatchObject({ quarantined: 2, kept: 'no' })
  expect(await reported(await carry(await fileOf({ work })))).toMatchObject({ ...NOBODY, known: 2, kept: 'no' })
  expect(all.floor.faults).toEqual([])
})

test('a stranger may knock sixty times an hour, a device more often', async () => {
  for (let i = 0; i < 60; i++) expect((await carry(Buffer.from('[]'))).status).toBe(422)
  expect((await carry(Buffer.from('[]'))).status).toBe(429)
  expect((await all.floor.call('POST', '/api/rescue', { token: phone.token, body: '[]', from: '10.0.0.7' })).status).toBe(422)
})
