import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeviceCard, Forked, PersonRecord } from '../../../shared/people/wire.ts'
import { type Floor, form, openFloor, Phone } from '../floor.ts'

/** Two sites with a supervisor at a desk each; a picker's phone in the north. */
async function twoSites() {
  const floor = await openFloor()
  const desks: Phone[] = []
  for (const site of ['north', 'south']) {
    await floor.foundSite(site)
    const desk = new Phone(floor, await floor.device(site, `desk-${site}`))
    await desk.signIn(await floor.employ(site, `boss-${site}`, '1234', 'supervisor'))
    desks.push(desk)
  }
  const [north, south] = desks
  if (!north || !south) throw new Error('two desks')
  const phone = new Phone(floor, await floor.device('north', 'phone'))
  await phone.signIn(await floor.employ('north', 'wang', '4711', 'warehouse'))
  return { floor, north, south, phone }
}

let floor: Floor
let north: Phone
let south: Phone
let phone: Phone
beforeEach(async () => {
  ;({ floor, north, south, phone } = await twoSites())
})
afterEach(() => floor.end())

const chen = { name: '陳司機', roles: ['driver'], pin: '2222', active: true }
const signIn = (person: string, pin: string) => floor.call('POST', '/api/sign-in', { token: phone.token, body: { person, pin } })
const bodies = (reply: Awaited<ReturnType<Phone['sync']>>) =>
  reply.scopes['people:north']?.ops.map((op) => ('put' in op ? op.put.body : op)) ?? []

describe('people', () => {
  test('whom the supervisor takes on reaches every device of the site, without the PIN, and can sign in', async () => {
    await phone.sync()
    const response = await north.call('POST', '/api/people', { body: chen })
    expect(response.status).toBe(201)
    const made = (await response.json()) as PersonRecord
    expect(made).toMatchObject({ name: '陳司機', roles: ['driver'], active: true, hasPin: true, lockedUntil: null })
    const news = await phone.sync()
    expect(bodies(news)).toMatchObject([{ kind: 'person', id: made.id, site: 'north', name: '陳司機', active: true, version: 1 }])
    expect(JSON.stringify(news)).not.toMatch(/argon2id|2222/)
    expect((await signIn(made.id, '2222')).status).toBe(200)
  })

  test('a change arrives as the next version, and says who made it', async () => {
    const made = (await (await north.call('POST', '/api/people', { body: chen })).json()) as PersonRecord
    await phone.sync()
    const patched = await north.call('PATCH', `/api/people/${made.id}`, { body: { ...chen, name: '陳志明', pin: null } })
    expect(await patched.json()).toMatchObject({ name: '陳志明', hasPin: true })
    expect(bodies(await phone.sync())).toMatchObject([{ name: '陳志明', version: 2 }])
    const history = await floor.log.read((tx) => tx.history('north', made.id))
    expect(history.map(({ event }) => event)).toMatchObject([1, 2].map((version) => ({ type: 'BodyPut', act: { by: 'boss-north', device: 'desk-north' }, body: { version } })))
    expect((await signIn(made.id, '2222')).status).toBe(200)
  })

  test('who is let go signs in no more, reads no more, and what they still send is kept apart', async () => {
    await phone.sync()
    await north.call('PATCH', '/api/people/wang', { body: { name: 'wang', roles: ['warehouse'], pin: null, active: false } })
    expect((await signIn('wang', '4711')).status).toBe(403)
    expect((await phone.call('GET', '/api/snapshot/site:north')).status).toBe(401)
    const reply = await phone.sync([phone.command('PlaceOrder', 'o1', form('N-1'))])
    expect(reply.verdicts).toMatchObject([{ verdict: 'quarantined', reason: { type: 'revoked-person' } }])
    expect(await (await north.call('GET', '/api/quarantine')).json()).toMatchObject([{ device: 'phone', reason: { type: 'revoked-person' } }])
    expect(await (await south.call('GET', '/api/quarantine')).json()).toEqual([])
  })

  test('a new PIN ends the lock and the old PIN', async () => {
    for (let i = 0; i < 5; i++) await signIn('wang', '0000')
    expect((await signIn('wang', '4711')).status).toBe(429)
    expect(await (await north.call('GET', '/api/people')).json()).toMatchObject([{ id: 'boss-north' }, { id: 'wang', lockedUntil: '2026-11-24T08:01:00.000Z' }])
    await north.call('PATCH', '/api/people/wang', { body: { name: 'wang', roles: ['warehouse'], pin: '8888', active: true } })
    expect((await signIn('wang', '4711')).status).toBe(403)
    expect((await signIn('wang', '8888')).status).toBe(200)
  })

  test('roles that are taken away are gone at once, though the shift goes on', async () => {
    await phone.signIn(await floor.employ('north', 'lin', '3333', 'supervisor', 'warehouse'))
    expect((await phone.call('GET', '/api/devices')).status).toBe(200)
    await north.call('PATCH', '/api/people/lin', { body: { name: 'lin', roles: ['warehouse'], pin: null, active: true } })
    expect((await phone.call('GET', '/api/devices')).status).toBe(403)
  })

  test('the last supervisor who can sign in can’t be let go or turned into something else', async () => {
    for (const change of [{ active: false }, { roles: ['warehouse'] }])
      expect(await (await north.call('PATCH', '/api/people/boss-north', { body: { name: 'boss', roles: ['supervisor'], pin: null, active: true, ...change } })).json()).toMatchObject({
        status: 409,
        type: 'last-supervisor',
      })
    await north.call('POST', '/api/people', { body: { ...chen, roles: ['supervisor'] } })
    expect((await north.call('PATCH', '/api/people/boss-north', { body: { name: 'boss', roles: ['supervisor'], pin: null, active: false } })).status).toBe(200)
  })

  test('a supervisor of one site neither sees nor changes the people of another', async () => {
    expect(await (await south.call('GET', '/api/people')).json()).toMatchObject([{ id: 'boss-south' }])
    for (const id of ['wang', 'no-such-person']) {
      const response = await south.call('PATCH', `/api/people/${id}`, { body: { ...chen, pin: '6666' } })
      expect([response.status, await response.json()]).toMatchObject([404, { type: 'no-person' }])
    }
    expect((await signIn('wang', '4711')).status).toBe(200)
  })

  test('only supervisors come through these doors', async () => {
    for (const [method, path] of [['GET', '/api/people'], ['POST', '/api/people'], ['PATCH', '/api/people/wang'], ['GET', '/api/devices'], ['PATCH', '/api/devices/phone'], ['GET', '/api/quarantine'], ['PATCH', '/api/site'], ['POST', '/api/codes']] as const) {
      const response = await phone.call(method, path, method === 'GET' ? {} : { body: {} })
      expect([path, response.status, await response.json()]).toMatchObject([path, 403, { type: 'forbidden', roles: ['supervisor'] }])
      expect((await floor.call(method, path, { token: phone.token, ...(method !== 'GET' && { body: {} }) })).status).toBe(401)
    }
  })

  test('a form with a wrong role, no role or a PIN of three digits changes nothing', async () => {
    for (const wrong of [{ roles: ['king'] }, { roles: [] }, { pin: '123' }, { name: '' }, { active: 'yes' }]) {
      const response = await north.call('POST', '/api/people', { body: { ...chen, ...wrong } })
      expect([response.status, await response.json()]).toMatchObject([400, { type: 'malformed', path: expect.stringMatching(new RegExp(`^${Object.keys(wrong)[0]}`)) }])
    }
    expect(await (await north.call('GET', '/api/people')).json()).toHaveLength(2)
  })
})

describe('devices', () => {
  test('the board lists the site’s devices, what waits on them and who is there', async () => {
    await phone.sync([], { waiting: { commands: 3, blobs: 1, oldest: '2026-11-24T07:00:00.000Z' } })
    expect(await (await north.call('GET', '/api/devices')).json()).toMatchObject([
      { id: 'desk-north', number: 1, seen: null },
      { id: 'phone', number: 2, revokedAt: null, seen: { at: '2026-11-24T08:00:00.000Z', personName: 'wang', commands: 0 } },
    ])
    floor.clock.now += 60_000
    await phone.sync([], { waiting: { commands: 3, blobs: 1, oldest: '2026-11-24T07:00:00.000Z' } })
    expect(((await (await north.call('GET', '/api/devices')).json()) as DeviceCard[])[1]?.seen).toMatchObject({ commands: 3, blobs: 1, oldest: '2026-11-24T07:00:00.000Z' })
  })

  test('a device that is locked out reads nothing, its work is kept apart, and it may be let in again', async () => {
    await phone.sync()
    const locked = await north.call('PATCH', '/api/devices/phone', { body: { name: '掉在月台的手機', revoked: true } })
    expect(await locked.json()).toMatchObject({ name: '掉在月台的手機', revokedAt: '2026-11-24T08:00:00.000Z' })
    expect((await phone.sync([phone.command('PlaceOrder', 'o1', form('N-1'))])).scopes).toEqual({})
    expect(await (await phone.send([])).json()).toMatchObject({ status: 401, type: 'device-revoked' })
    expect((await phone.call('GET', '/api/snapshot/people:north')).status).toBe(401)
    expect(await (await north.call('GET', '/api/quarantine')).json()).toMatchObject([{ reason: { type: 'revoked-device' } }])
    expect(await floor.log.read((tx) => tx.docs('north', ['o1']))).toEqual(new Map())
    await north.call('PATCH', '/api/devices/phone', { body: { name: 'phone', revoked: false } })
    expect((await phone.call('GET', '/api/snapshot/people:north')).status).toBe(200)
  })

  test('a supervisor of one site neither sees nor locks the devices of another', async () => {
    expect(await (await south.call('GET', '/api/devices')).json()).toMatchObject([{ id: 'desk-south' }])
    for (const id of ['phone', 'no-such-device'])
      expect(await (await south.call('PATCH', `/api/devices/${id}`, { body: { name: 'mine', revoked: true } })).json()).toMatchObject({ status: 404, type: 'no-device' })
    expect((await phone.call('GET', '/api/site')).status).toBe(200)
  })

  test('a cloned phone gets an identity of its own and works on under the shift it has', async () => {
    await phone.sync()
    const response = await phone.call('POST', '/api/devices/fork')
    expect(response.status).toBe(201)
    const { device, token } = (await response.json()) as Forked
    expect(device).toMatchObject({ number: 3, name: 'phone' })
    const twin = new Phone(floor, { id: device.id, site: 'north', token })
    Object.assign(twin, { grants: phone.grants, current: phone.current })
    const reply = await twin.sync([twin.command('PickLine', 'nowhere', {})])
    expect([reply.lastSeq, reply.scopes['site:north'] !== undefined]).toEqual([1, true])
    for (let i = 0; i < 4; i++) expect((await phone.call('POST', '/api/devices/fork')).status).toBe(201)
    expect((await phone.call('POST', '/api/devices/fork')).status).toBe(429)
  })
})

describe('the site', () => {
  test('its name and the rules of the next work are a supervisor’s to change, and every device gets them', async () => {
    await phone.sync()
    const changed = await north.call('PATCH', '/api/site', { body: { name: '北一廠', workRules: ['received'] } })
    expect(await changed.json()).toMatchObject({ id: 'site-north', name: '北一廠', version: 2, zone: 'Asia/Taipei' })
    expect(bodies(await phone.sync())).toMatchObject([{ kind: 'site', name: '北一廠', workRules: ['received'] }])
    expect(await (await floor.call('GET', '/api/site', { token: phone.token })).json()).toMatchObject({ site: { name: '北一廠' } })
    expect(await (await south.call('GET', '/api/site')).json()).toMatchObject({ site: { name: 'south' } })
    expect((await north.call('PATCH', '/api/site', { body: { name: 'x', workRules: ['loudest'] } })).status).toBe(400)
  })
})
