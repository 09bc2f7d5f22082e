import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Body } from '../../../shared/sync/doc.ts'
import { form, pick, Phone, staffedFloor, trip } from '../floor.ts'

let all: Awaited<ReturnType<typeof staffedFloor>>
let desk: Phone
let phone: Phone
beforeEach(async () => {
  all = await staffedFloor()
  ;({ desk, phone } = all)
})
afterEach(() => all.floor.end())
const stored = async (id: string): Promise<Body | undefined> => (await all.floor.log.read((tx) => tx.docs('north', [id]))).get(id)?.body
const history = async (id: string) => (await all.floor.log.read((tx) => tx.history('north', id))).map(({ event }) => event.type)
const cancelled = { reason: 'customer called' }

describe('verdicts', () => {
  test('an order that was placed comes back accepted and reaches the other phone', async () => {
    const reply = await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1')), desk.command('PickLine', 'o1', pick(3))])
    expect(reply.verdicts.map((each) => each.verdict)).toEqual(['accepted', 'accepted'])
    expect(reply.lastSeq).toBe(2)
    const other = await phone.sync()
    expect(other.scopes['site:north']?.ops).toMatchObject([{ put: { body: { id: 'o1', picks: [{ quantity: 3 }] }, applied: { desk: 2 } } }])
  })

  test('a clock that is off by more than all of time is not believed, and its work is taken', async () => {
    for (const [i, offset] of [1e300, -1e300, 8.64e15, -8.64e15].entries()) {
      const reply = await desk.sync([desk.command('PlaceOrder', `o${i}`, form(`N-${i}`))], { clock: { ...desk.request().clock, offset } })
      expect([offset, reply.verdicts]).toMatchObject([offset, [{ verdict: 'accepted' }]])
    }
    await desk.sync([desk.command('PickLine', 'o0', pick(3))], { clock: { ...desk.request().clock, offset: 1e300 } })
    expect(await stored('o0')).toMatchObject({ picks: [{ quantity: 3 }] })
    expect(all.floor.faults).toEqual([])
  })

  test('work that is sent again is answered again word for word, hours later and by a server that was started anew, and done once', async () => {
    await desk.sync()
    const commands = [desk.command('PlaceOrder', 'o1', form('N-1')), desk.command('PickLine', 'o1', pick(3)), desk.command('PlaceOrder', 'o1', form('N-1')), desk.command('Unheard', 'o1', {})]
    const first = await desk.reply(await desk.send(commands))
    expect(first.verdicts.map((each) => each.verdict)).toEqual(['accepted', 'accepted', 'refused', 'quarantined'])
    all.floor.clock.now += 5 * 3_600_000
    expect((await desk.reply(await desk.send(commands))).verdicts).toEqual(first.verdicts)
    expect((await desk.reply(await desk.send(commands.slice(1, 2)))).verdicts).toEqual(first.verdicts.slice(1, 2))
    expect(await stored('o1')).toMatchObject({ picks: [{ quantity: 3 }] })
    expect(await history('o1')).toHaveLength(((await stored('o1'))?.version ?? 0) as number)
  })

  test('a refusal is an answer: it takes its number, changes nothing, and the work behind it goes on', async () => {
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    const reply = await desk.sync([desk.command('PlaceOrder', 'o1', form('N-9')), desk.command('CancelOrder', 'o1', cancelled), desk.command('CancelOrder', 'o1', cancelled)])
    expect(reply.verdicts).toMatchObject([
      { seq: 2, verdict: 'refused', reason: { type: 'order-exists', number: 'N-1' } },
      { seq: 3, verdict: 'accepted' },
      { seq: 4, verdict: 'refused', reason: { type: 'already-cancelled', by: 'clerk' } },
    ])
    expect(reply.lastSeq).toBe(4)
    expect(await history('o1')).toEqual(['OrderPlaced', 'OrderCancelled'])
  })

  test('a gap in the numbers stops the rest until it is filled, and nothing is lost', async () => {
    const [one, two, three] = [desk.command('PlaceOrder', 'o1', form('N-1')), desk.command('PickLine', 'o1', pick(1)), desk.command('PickLine', 'o1', pick(2))]
    const stopped = await desk.sync([one, three])
    expect(stopped).toMatchObject({ stopped: { seq: 3, why: 'gap' }, lastSeq: 1, verdicts: [{ seq: 1, verdict: 'accepted' }] })
    const whole = await desk.sync([two, three])
    expect(whole).toMatchObject({ stopped: null, lastSeq: 3 })
    expect(await stored('o1')).toMatchObject({ picks: [{ quantity: 1 }, { quantity: 2 }] })
  })

  test('two phones under one name: the second is told to take another, and nothing of its batch stands', async () => {
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    const twin = new Phone(all.floor, { id: 'desk', site: 'north', token: desk.token })
    Object.assign(twin, { epoch: desk.epoch, grants: desk.grants, current: desk.current })
    const response = await twin.send([twin.command('PlaceOrder', 'o2', form('N-2')), twin.command('PlaceOrder', 'o3', form('N-3'))])
    expect([response.status, await response.json()]).toMatchObject([409, { type: 'device-fork' }])
    expect([await stored('o2'), await stored('o3')]).toEqual([undefined, undefined])
    expect((await desk.sync()).lastSeq).toBe(1)
  })

  test('a twin with a new identity sends again what the first had sent: answered as before, done once', async () => {
    const place = desk.command('PlaceOrder', 'o1', form('N-1'))
    const first = await desk.sync([place])
    const twin = new Phone(all.floor, await all.floor.device('north', 'desk-2', 'desk'))
    Object.assign(twin, { grants: desk.grants, current: desk.current })
    const reply = await twin.sync([{ ...place, seq: 1 }, twin.command('PickLine', 'o1', pick(2), { seq: 2 })])
    expect(reply.verdicts).toMatchObject([{ ...first.verdicts[0], seq: 1 }, { seq: 2, verdict: 'accepted' }])
    expect(await history('o1')).toHaveLength((await stored('o1'))?.version ?? -1)
  })
})

describe('facts', () => {
  test('goods picked from an order that was cancelled meanwhile are recorded, with what has to go back where', async () => {
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    await phone.sync()
    await desk.sync([desk.command('CancelOrder', 'o1', cancelled)])
    const reply = await phone.sync([phone.command('PickLine', 'o1', pick(7))])
    expect(reply.verdicts).toMatchObject([{ verdict: 'accepted', reason: null }])
    expect(await stored('o1')).toMatchObject({
      picks: [{ quantity: 7, by: 'picker' }],
      exceptions: [{ kind: 'picked-after-cancel', settled: null, by: 'picker', goods: [{ sku: 'BX-204', name: 'Kraft 200 g', quantity: 7, unit: 'roll', lot: 'L1', from: 'A-03' }] }],
    })
    const news = await desk.sync()
    expect(JSON.stringify(news.scopes['site:north']?.ops)).toContain('picked-after-cancel')
  })
})

describe('quarantine', () => {
  const reasons = async (at: Phone, ...commands: unknown[]) => (await at.sync(commands)).verdicts.map(({ verdict, reason }) => [verdict, reason?.type])

  test('what can’t be placed is kept whole, says why, and holds nothing up', async () => {
    phone.grants['never-given'] = ''
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    await desk.sync([desk.command('PlanTrip', 't1', { number: 'T', driver: 'd', driverName: 'd', vehicle: '', plannedAt: '2026-11-24T00:00:00.000Z', note: '' })])
    const verdicts = await reasons(
      phone,
      phone.command('Unheard', 'o1', { any: 'thing' }),
      phone.command('PickLine', 'o1', pick(1), { v: 99 }),
      phone.command('PickLine', 'o1', { ...pick(1), quantity: 'many' }),
      { ...phone.command('PickLine', 'o1', pick(1)), at: 'yesterday' },
      phone.command('CancelOrder', 'o1', cancelled),
      phone.command('PickLine', 'nowhere', pick(1)),
      phone.command('PickLine', 't1', pick(1)),
      phone.command('PickLine', 'o1', pick(1), { grant: 'never-given' }),
      phone.command('PickLine', 'o1', pick(1)),
    )
    expect(verdicts).toEqual([
      ['quarantined', 'unknown-type'],
      ['quarantined', 'unknown-type'],
      ['quarantined', 'malformed'],
      ['quarantined', 'malformed'],
      ['quarantined', 'forbidden'],
      ['quarantined', 'no-order'],
      ['quarantined', 'malformed'],
      ['quarantined', 'bad-grant'],
      ['accepted', undefined],
    ])
    const kept = await all.floor.log.read((tx) => tx.quarantined('north', 50))
    expect(kept).toHaveLength(8)
    expect(JSON.parse(kept.at(-1)?.body ?? '')).toMatchObject({ type: 'Unheard', payload: { any: 'thing' } })
    expect(await stored('o1')).toMatchObject({ picks: [{ quantity: 1 }] })
  })

  test('a grant of another device, another site or another key is worth nothing', async () => {
    const { picker, floor } = all
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    await phone.sync()
    const own = phone.current
    await phone.signIn(picker, floor.grants, { id: 'elsewhere', device: 'desk' })
    await phone.signIn(picker, floor.grants, { id: 'abroad', site: 'south' })
    phone.grants.forged = `${phone.grants[own]?.split('.')[0]}.AAAA`
    phone.current = own
    const verdicts = await reasons(phone, ...['elsewhere', 'abroad', 'forged'].map((grant) => phone.command('PickLine', 'o1', pick(1), { grant })))
    expect(verdicts).toEqual([['quarantined', 'outside-grant'], ['quarantined', 'outside-grant'], ['quarantined', 'bad-grant']])
    expect(await stored('o1')).toMatchObject({ picks: [] })
  })

  test('work made within a shift is good after the shift, whenever it arrives', async () => {
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    await phone.sync()
    const command = phone.command('PickLine', 'o1', pick(4))
    all.floor.clock.now += 3 * 24 * 3_600_000
    const reply = await phone.sync([command])
    expect(reply.verdicts).toMatchObject([{ verdict: 'accepted' }])
    expect(reply.scopes).toEqual({})
  })
})

describe('epochs', () => {
  test('a request that speaks of another history executes nothing and learns the new one', async () => {
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    await all.floor.log.write((tx) => tx.beginEpoch('after-the-restore'))
    const command = desk.command('PickLine', 'o1', pick(2))
    const reply = await desk.reply(await desk.send([command]))
    expect(reply).toMatchObject({ asked: desk.epoch, epoch: 'after-the-restore', verdicts: [], lastSeq: 1, reset: ['people:north', 'site:north'] })
    expect(reply.scopes['site:north']).toMatchObject({ from: 0, ops: [{ put: { body: { id: 'o1' } } }] })
    expect(await stored('o1')).toMatchObject({ picks: [] })
    desk.take(reply)
    expect((await desk.sync([command])).verdicts).toMatchObject([{ verdict: 'accepted' }])
  })

  test('what the restored server remembers it answers as before, what it forgot it decides', async () => {
    const [place, picked] = [desk.command('PlaceOrder', 'o1', form('N-1')), desk.command('PickLine', 'o1', pick(2))]
    const before = await desk.sync([place])
    await all.floor.log.write((tx) => tx.beginEpoch('after-the-restore'))
    await desk.sync()
    const reply = await desk.sync([place, picked])
    expect(reply.verdicts).toMatchObject([before.verdicts[0], { seq: 2, verdict: 'accepted' }])
    expect(await stored('o1')).toMatchObject({ picks: [{ quantity: 2 }] })
  })
})

describe('scopes', () => {
  test('a driver’s phone gets the own trips, loses what is taken off them, and never another’s', async () => {
    const { floor } = all
    const driver = new Phone(floor, await floor.device('north', 'cab'))
    await driver.signIn(await floor.person('north', 'lee', 'driver'))
    await desk.sync(['o1', 'o2', 'o3'].map((id, i) => desk.command('PlaceOrder', id, form(`N-${i}`))))
    await desk.sync([desk.command('PutOnTrip', 'o1', trip('lee')), desk.command('PutOnTrip', 'o2', trip('kuo'))])
    const first = await driver.sync()
    expect(Object.keys(first.scopes)).toEqual(['people:north', 'driver:north:lee'])
    expect(first.scopes['driver:north:lee']?.ops).toMatchObject([{ put: { body: { id: 'o1' } } }])
    await desk.sync([desk.command('TakeOffTrip', 'o1', {})])
    expect((await driver.sync()).scopes['driver:north:lee']?.ops).toEqual([{ exit: 'o1' }])
    const asked = await driver.sync([], { need: ['o1', 'o2', 'o3'], cursors: { 'driver:north:kuo': 0, 'site:north': 0 } })
    expect(asked.puts).toEqual([])
    expect(asked.lost).toEqual(['driver:north:kuo', 'site:north'])
    for (const path of ['/api/orders/o2/history', '/api/orders/nowhere/history']) expect((await driver.call('GET', path)).status).toBe(404)
    for (const scope of ['site:north', 'driver:north:kuo', 'people:south']) expect((await driver.call('GET', `/api/snapshot/${scope}`)).status).toBe(403)
  })

  test('another site’s order is not there: not to read, not to change', async () => {
    const { floor } = all
    await floor.site('south')
    const stranger = new Phone(floor, await floor.device('south', 'their-desk'))
    await stranger.signIn(await floor.person('south', 'their-clerk', 'service', 'supervisor', 'warehouse'))
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    const reply = await stranger.sync([stranger.command('CancelOrder', 'o1', cancelled), stranger.command('PickLine', 'o1', pick(1))], { need: ['o1'] })
    // As of an order that nobody has: not even that it is there is said.
    expect(reply.verdicts).toMatchObject([{ verdict: 'refused', reason: { type: 'no-order' } }, { verdict: 'quarantined', reason: { type: 'no-order' } }])
    expect(reply.puts).toEqual([])
    expect(JSON.stringify(reply)).not.toContain('N-1')
    expect((await stranger.call('GET', '/api/orders/o1/history')).status).toBe(404)
    expect(await stored('o1')).toMatchObject({ cancelled: null, picks: [] })
  })

  test('a cursor from before the forgotten exits is sent back to the beginning of that scope', async () => {
    await desk.sync(['o1', 'o2'].map((id) => desk.command('PlaceOrder', id, form(id))))
    const { floor } = all
    const driver = new Phone(floor, await floor.device('north', 'cab'))
    await driver.signIn(await floor.person('north', 'lee', 'driver'))
    await desk.sync(['o1', 'o2'].map((id) => desk.command('PutOnTrip', id, trip('lee'))))
    await driver.sync()
    await desk.sync([desk.command('TakeOffTrip', 'o1', {})])
    expect(await floor.log.write((tx) => tx.forgetExits('2027-01-01T00:00:00.000Z'))).toBe(1)
    const reply = await driver.sync()
    expect(reply.reset).toEqual(['driver:north:lee'])
    expect(reply.scopes['driver:north:lee']).toMatchObject({ from: 0, more: false, ops: [{ put: { body: { id: 'o2' } } }] })
    expect((await driver.sync()).reset).toEqual([])
  })
})
