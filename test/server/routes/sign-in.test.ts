import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readGrant } from '../../../shared/people/grant.ts'
import type { SignedIn } from '../../../shared/people/wire.ts'
import { signGrant } from '../../../server/people/grant.ts'
import { type Floor, form, openFloor, Phone } from '../floor.ts'

const MINUTE = 60_000

describe('signing in', () => {
  let floor: Floor
  let phone: Phone
  beforeEach(async () => {
    floor = await openFloor()
    await floor.foundSite('north')
    await floor.employ('north', 'wang', '4711', 'warehouse', 'service')
    phone = new Phone(floor, await floor.device('north', 'phone'))
  })
  afterEach(() => floor.end())
  const signIn = (pin: string, person = 'wang', at = phone) => floor.call('POST', '/api/sign-in', { token: at.token, body: { person, pin } })
  const answer = async (pin: string, person = 'wang') => (await signIn(pin, person)).json()

  test('the right PIN gives a grant for this person, on this device, for twelve hours', async () => {
    const { grant } = (await answer('4711')) as SignedIn
    expect(readGrant(grant)).toMatchObject({ site: 'north', device: 'phone', person: 'wang', roles: ['warehouse', 'service'], from: '2026-11-24T08:00:00.000Z', until: '2026-11-24T20:00:00.000Z' })
    expect((await floor.call('GET', '/api/snapshot/site:north', { token: phone.token, grant })).status).toBe(200)
    floor.clock.now += 12 * 60 * MINUTE
    expect((await floor.call('GET', '/api/snapshot/site:north', { token: phone.token, grant })).status).toBe(401)
  })

  test('five wrong PINs lock, each further one for longer, and the right one makes it all as new', async () => {
    for (const left of [4, 3, 2, 1]) expect(await answer('0000')).toMatchObject({ status: 403, type: 'wrong-pin', left })
    const waits = [1, 5, 15, 60, 60]
    for (const minutes of waits) {
      const until = new Date(floor.clock.now + minutes * MINUTE).toISOString()
      expect(await answer('0000')).toMatchObject({ status: 429, type: 'pin-locked', until, seconds: minutes * 60, left: 0 })
      expect(await answer('4711')).toMatchObject({ status: 429, type: 'pin-locked', until })
      floor.clock.now += minutes * MINUTE - 1
      expect((await signIn('4711')).headers.get('Retry-After')).toBe('1')
      floor.clock.now += 1
    }
    expect(await answer('4711')).toHaveProperty('grant')
    expect(await answer('0000')).toMatchObject({ type: 'wrong-pin', left: 4 })
  })

  test('guesses sent at the same moment are counted one by one', async () => {
    const guesses = await Promise.all(['0000', '0001', '0002', '0003', '0004', '0005', '0006', '4711'].map((pin) => signIn(pin)))
    expect(guesses.map(({ status }) => status)).toEqual([403, 403, 403, 403, 429, 429, 429, 429])
    expect(await floor.log.read((tx) => tx.person('wang'))).toMatchObject({ wrongPins: 5 })
  })

  test('the tries are counted per person, whatever phone they come from', async () => {
    const other = new Phone(floor, await floor.device('north', 'other'))
    for (let i = 0; i < 3; i++) await signIn('0000')
    for (const left of [1]) expect(await (await signIn('0000', 'wang', other)).json()).toMatchObject({ left })
    expect((await signIn('0000', 'wang', other)).status).toBe(429)
    expect((await signIn('4711')).status).toBe(429)
  })

  test('a hundred wrong tries from one address stop it, whatever device they name', async () => {
    const from = async (address: string, device: Phone, person = 'nobody') => (await floor.call('POST', '/api/sign-in', { token: device.token, from: address, body: { person, pin: '0000' } })).status
    for (let i = 0; i < 100; i++) {
      const device = new Phone(floor, i % 20 === 0 ? await floor.device('north', `d${i / 20}`) : { id: '', site: 'north', token: `token-of-d${Math.floor(i / 20)}` })
      expect([i, await from('10.0.0.1', device)]).toEqual([i, 404])
    }
    const fresh = new Phone(floor, await floor.device('north', 'fresh'))
    expect(await from('10.0.0.1', fresh)).toBe(429)
    expect(await from('10.0.0.2', fresh)).toBe(404)
  })

  test('a device that tries person after person is stopped, and another device is not', async () => {
    for (let i = 0; i < 20; i++) expect((await signIn('0000', `nobody-${i}`)).status).toBe(404)
    expect(await answer('4711')).toMatchObject({ status: 429, type: 'too-many' })
    const other = new Phone(floor, await floor.device('north', 'other'))
    expect((await signIn('4711', 'wang', other)).status).toBe(200)
    floor.clock.now += 10 * MINUTE
    expect((await signIn('4711')).status).toBe(200)
  })

  test('another site’s people are not there, even with their right PIN', async () => {
    await floor.foundSite('south')
    await floor.employ('south', 'chen', '9999', 'supervisor')
    expect(await answer('9999', 'chen')).toMatchObject({ status: 404, type: 'no-person' })
    expect(await answer('9999', 'no-such-person')).toMatchObject({ status: 404, type: 'no-person' })
  })

  test('who has no PIN yet, or has left, is told so', async () => {
    await floor.person('north', 'newcomer', 'warehouse')
    expect(await answer('1234', 'newcomer')).toMatchObject({ status: 403, type: 'no-pin' })
    await floor.log.write(async (tx) => {
      const wang = await tx.person('wang')
      if (wang) await tx.savePerson({ ...wang, revokedAt: '2026-11-24T07:00:00.000Z' })
    })
    expect(await answer('4711')).toMatchObject({ status: 403, type: 'person-revoked' })
  })

  test('a device that was locked out signs nobody in, and so does none that is unknown', async () => {
    await floor.log.write((tx) => tx.saveDevice('phone', { revokedAt: '2026-11-24T07:59:00.000Z' }))
    expect(await answer('4711')).toMatchObject({ status: 401, type: 'device-revoked' })
    expect((await floor.call('POST', '/api/sign-in', { token: 'made-up', body: { person: 'wang', pin: '4711' } })).status).toBe(401)
  })

  test('a grant that somebody wrote themselves opens nothing and its work goes to quarantine', async () => {
    const { grant } = (await answer('4711')) as SignedIn
    const honest = readGrant(grant)
    if (!honest) throw new Error('no grant')
    const [body = '', signature = ''] = grant.split('.')
    const raised = Buffer.from(JSON.stringify({ ...honest, roles: ['supervisor'] })).toString('base64url')
    const forged = [`${raised}.${signature}`, body, `${body}.`, `${body}.${signature}.more`, signGrant(new Uint8Array(32), { ...honest, roles: ['supervisor'] })]
    for (const token of forged) expect((await floor.call('GET', '/api/people', { token: phone.token, grant: token })).status).toBe(401)
    phone.grants[honest.id] = forged[0] ?? ''
    phone.current = honest.id
    const reply = await phone.sync([phone.command('PlaceOrder', 'o1', form('N-1'))])
    expect(reply.verdicts).toMatchObject([{ verdict: 'quarantined', reason: { type: 'bad-grant' } }])
    expect(reply.scopes).toEqual({})
  })

  test('a grant of one device is worth nothing on another', async () => {
    const { grant } = (await answer('4711')) as SignedIn
    const other = new Phone(floor, await floor.device('north', 'other'))
    expect((await floor.call('GET', '/api/snapshot/site:north', { token: other.token, grant })).status).toBe(401)
  })
})
