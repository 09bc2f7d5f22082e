/** What a 2xx of the table may say: a driver reads what is of the own trips, and sites never see each other. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES } from '../../../shared/people/role.ts'
import { form, Phone, pick } from '../floor.ts'
import { eventsOf } from './events.ts'
import { methodOf, requestOf } from './requests.ts'
import { cells } from './table.ts'
import { authorised, openYard, PICTURE, PICTURE_HASH, RIDDEN, RIDDEN_HASH, statusOf, type Yard } from './yard.ts'

let yard: Yard
beforeAll(async () => {
  yard = await openYard()
})
afterAll(() => yard.end())

const reads = (caller: string) => cells.filter((cell) => cell.caller === caller && cell.status < 300 && !['/api/stream', '/*'].includes(cell.path))
const textOf = async (door: string, method: string, caller: ReturnType<Yard['caller']>) => {
  const { path, call } = await requestOf(door).ask(yard, caller)
  const response = await yard.floor.call(methodOf(method), path, authorised(caller, call))
  expect(response.status).toBeLessThan(300)
  return JSON.stringify([...response.headers]) + (await response.text())
}

describe('a driver', () => {
  test.each(reads('driver').filter(({ path }) => path !== '/api/enrol'))('is told nothing of an order on no trip, or on another driver’s, by $door', async ({ door, method }) => {
    const text = await textOf(door, method, yard.caller('driver'))
    expect(text).not.toMatch(/o-north|N-north/)
    // What comes in the other direction is seen: the own trip's order is there where orders are.
    if (door === 'POST /api/sync') expect(text).toContain('N-ridden')
  })

  test('reads the history and the picture of an order that is on the own trip, and of no other', async () => {
    const { phone } = yard.caller('driver')
    const status = (path: string) => statusOf(phone.call('GET', path))
    expect(await status('/api/orders/o-ridden/history')).toBe(200)
    expect(await status('/api/orders/o-north/history')).toBe(404)
    expect(await (await phone.call('GET', `/api/blobs/${RIDDEN_HASH}?order=o-ridden`)).text()).toBe(RIDDEN.toString())
    // Knowing a hash is no right to it: the order has to name it.
    for (const query of [`${PICTURE_HASH}?order=o-ridden`, `${PICTURE_HASH}?order=o-north`, RIDDEN_HASH, `${RIDDEN_HASH}?order=o-north`]) expect([query, await status(`/api/blobs/${query}`)]).toEqual([query, 404])
  })

  test('gets no copy of another order by asking for it by name, and no scope but the own', async () => {
    const { phone } = yard.caller('driver')
    const reply = await phone.sync([], { need: ['o-north', 'o-ridden'], cursors: { 'site:north': 0, 'driver:north:person-shipper': 0 }, held: { 'o-north': 1 } })
    expect(reply.puts.map(({ body }) => body.id)).toEqual(['o-ridden'])
    expect(Object.keys(reply.scopes).toSorted()).toEqual(['driver:north:person-driver', 'people:north'])
    expect(reply.lost.toSorted()).toEqual(['driver:north:person-shipper', 'site:north'])
    for (const scope of ['site:north', 'driver:north:person-shipper', 'driver:south:person-driver', 'people:south', 'site:south']) expect([scope, await statusOf(phone.call('GET', `/api/snapshot/${scope}`))]).toEqual([scope, 403])
    expect(await (await phone.call('GET', '/api/snapshot/driver:north:person-driver')).text()).toMatch(/^(?!.*N-north).*N-ridden/)
  })

  test('loses an order that leaves the trip: it is heard once, as gone, and read no more', async () => {
    const { phone } = yard.caller('driver')
    const desk = yard.north.phone
    await desk.sync([desk.command('PlaceOrder', 'o-lent', form('N-lent')), desk.command('PutOnTrip', 'o-lent', { id: 't-lent', number: 't-lent', driver: 'person-driver', driverName: 'd', vehicle: '', stop: 1 })])
    expect(await statusOf(phone.call('GET', '/api/orders/o-lent/history'))).toBe(200)
    await phone.sync()
    await desk.sync([desk.command('TakeOffTrip', 'o-lent', {}), desk.command('PickLine', 'o-lent', pick(3))])
    const reply = await phone.sync()
    expect(reply.scopes['driver:north:person-driver']?.ops).toEqual([{ exit: 'o-lent' }])
    expect(await statusOf(phone.call('GET', '/api/orders/o-lent/history'))).toBe(404)
  })
})

describe('another site', () => {
  // Enrolling by a code of the north makes a device of the north: that is what a code is for.
  test.each(reads('elsewhere').filter(({ path }) => path !== '/api/enrol'))('is told nothing of the north by $door', async ({ door, method }) => {
    const text = await textOf(door, method, yard.caller('elsewhere'))
    expect(text).not.toMatch(/north|N-ridden|o-ridden/)
  })

  test('hears nothing of the north on its stream, and the other way round', async () => {
    const { phone: north } = yard.north
    const south = new Phone(yard.floor, await yard.floor.device('south', 'second-south'))
    await south.signIn({ id: yard.caller('elsewhere').person, site: 'south', roles: ROLES })
    // A device is not told of what it did itself: others listen.
    const [hears, other] = await Promise.all(['elsewhere', 'warehouse'].map(async (name) => eventsOf(await yard.caller(name).phone.call('GET', '/api/stream'))))
    if (!hears || !other) throw new Error('two streams')
    for (const events of [hears, other]) for (const scope of ['people', 'site']) expect(await events.next()).toMatchObject({ type: 'poke', scope: expect.stringContaining(scope) })
    await north.sync([north.command('PlaceOrder', 'o-heard-north', form('N-heard'))])
    await south.sync([south.command('PlaceOrder', 'o-heard-south', form('S-heard'))])
    expect(await hears.next()).toMatchObject({ scope: 'site:south', ops: [{ put: { body: { id: 'o-heard-south' } } }] })
    expect(await other.next()).toMatchObject({ scope: 'site:north', ops: [{ put: { body: { id: 'o-heard-north' } } }] })
    for (const events of [hears, other]) await events.close()
  })

  test('changes nothing of the north: an act on its order is kept apart, one of the same id is an order of its own', async () => {
    const { phone } = yard.caller('elsewhere')
    const before = await yard.floor.log.read((tx) => tx.docs('north', ['o-north']))
    const reply = await phone.sync([phone.command('PickLine', 'o-north', pick(1)), phone.command('PlaceOrder', 'o-north', form('S-same'))])
    expect(reply.verdicts).toMatchObject([{ verdict: 'quarantined', reason: { type: 'no-order' } }, { verdict: 'accepted' }])
    expect(await yard.floor.log.read((tx) => tx.docs('north', ['o-north']))).toEqual(before)
    expect(await (await phone.call('GET', '/api/orders/o-north/history')).text()).toMatch(/^(?!.*N-north).*S-same/)
    expect(await statusOf(phone.call('GET', `/api/blobs/${PICTURE_HASH}?order=o-north`))).toBe(404)
  })

  test('the same picture is stored for each site by itself: whoever has it not does not learn that another has', async () => {
    const { phone } = yard.caller('elsewhere')
    expect(await statusOf(phone.call('HEAD', `/api/blobs/${PICTURE_HASH}`))).toBe(404)
    expect(await statusOf(phone.call('PUT', `/api/blobs/${PICTURE_HASH}`, { body: PICTURE }))).toBe(201)
  })

  test('what is set apart in the north waits for nobody else', async () => {
    const apart = async (phone: Phone) => (await phone.call('GET', '/api/quarantine')).text()
    expect(await apart(yard.north.phone)).toContain('o-apart-north')
    expect(await apart(yard.caller('elsewhere').phone)).not.toMatch(/Unheard/)
  })
})
