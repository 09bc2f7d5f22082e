import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../../server/log/sqlite/connection.ts'
import { until } from '../../support/open-phone.ts'
import { eventsOf } from '../doors/events.ts'
import { form, type Phone, Phone as NewPhone, pick, staffedFloor, trip } from '../floor.ts'

describe('the stream', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let desk: Phone
  let phone: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    ;({ desk, phone } = all)
  })
  afterEach(() => all.floor.end())

  test('says first where each scope stands, then every change once it is committed, with positions that join', async () => {
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    const response = await phone.call('GET', '/api/stream')
    expect([response.status, response.headers.get('Content-Type'), response.headers.get('Cache-Control')]).toEqual([200, 'text/event-stream', 'no-store'])
    const events = eventsOf(response)
    expect([await events.next(), await events.next()]).toMatchObject([{ type: 'poke', scope: 'people:north', head: 0 }, { type: 'poke', scope: 'site:north', head: 1 }])
    await desk.sync([desk.command('PickLine', 'o1', pick(2))])
    const change = await events.next()
    expect(change).toMatchObject({ type: 'ops', scope: 'site:north', from: 1, to: 2 })
    if (change.type === 'ops') expect(JSON.stringify(change.ops)).toContain('"quantity":2')
    expect(await all.floor.log.read((tx) => tx.scope('site:north'))).toMatchObject({ head: 2 })
    await desk.sync([desk.command('PlaceOrder', 'o2', form('N-2'))])
    expect(await events.next()).toMatchObject({ type: 'ops', from: 2, to: 3, ops: [{ put: { body: { id: 'o2' } } }] })
    await events.close()
  })

  test('people that a supervisor takes on are told at once', async () => {
    const events = eventsOf(await phone.call('GET', '/api/stream'))
    await events.next()
    await events.next()
    await desk.call('POST', '/api/people', { body: { name: '陳司機', roles: ['driver'], pin: null, active: true } })
    expect(await events.next()).toMatchObject({ type: 'ops', scope: 'people:north', ops: [{ put: { body: { kind: 'person', name: '陳司機' } } }] })
    await events.close()
  })

  test('a change of many orders is only announced', async () => {
    const events = eventsOf(await phone.call('GET', '/api/stream'))
    await events.next()
    await events.next()
    await desk.sync(Array.from({ length: 40 }, (_, i) => desk.command('PlaceOrder', `o${i}`, form(`N-${i}`))))
    expect(await events.next()).toMatchObject({ type: 'poke', scope: 'site:north', head: 40 })
    await events.close()
  })

  test('a driver hears of the own trips only', async () => {
    const { floor } = all
    const driver = new NewPhone(floor, await floor.device('north', 'cab'))
    await driver.signIn(await floor.person('north', 'lee', 'driver'))
    const events = eventsOf(await driver.call('GET', '/api/stream'))
    expect([await events.next(), await events.next()]).toMatchObject([{ scope: 'people:north' }, { scope: 'driver:north:lee' }])
    await desk.sync(['o1', 'o2'].map((id) => desk.command('PlaceOrder', id, form(id))))
    await desk.sync([desk.command('PutOnTrip', 'o2', trip('kuo')), desk.command('PutOnTrip', 'o1', trip('lee'))])
    expect(await events.next()).toMatchObject({ scope: 'driver:north:lee', from: 0, to: 1, ops: [{ put: { body: { id: 'o1' } } }] })
    await events.close()
  })

  test('ends at once for a device that is locked out: it hears nothing of what comes next', async () => {
    const events = eventsOf(await phone.call('GET', '/api/stream'))
    await events.next()
    await events.next()
    expect((await desk.call('PATCH', '/api/devices/phone', { body: { name: 'phone', revoked: true } })).status).toBe(200)
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    await expect(events.next()).rejects.toThrow('the stream ended')
  })

  test('ends at once for a person whose roles changed, and begins again with what they may hear now', async () => {
    await all.floor.employ('north', 'boss', '1234', 'supervisor')
    const events = eventsOf(await phone.call('GET', '/api/stream'))
    await events.next()
    await events.next()
    expect((await desk.call('PATCH', '/api/people/picker', { body: { name: 'picker', roles: ['driver'], pin: null, active: true } })).status).toBe(200)
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
    await expect(events.next()).rejects.toThrow('the stream ended')
    await phone.signIn({ ...all.picker, roles: ['warehouse', 'driver'] })
    const again = eventsOf(await phone.call('GET', '/api/stream'))
    expect([await again.next(), await again.next()]).toMatchObject([{ scope: 'people:north' }, { scope: 'driver:north:picker' }])
    await again.close()
  })

  test('that breaks is a fault that is reported, and ends without a word of it to the listener', async () => {
    const db = connect(join(all.floor.folder.path, 'log.sqlite'), 'write')
    db.handle.prepare('alter table scope rename to lost').run()
    const response = await phone.call('GET', '/api/stream')
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(all.floor.faults.splice(0).map(String)).toEqual(['SqliteError: no such table: scope'])
    db.handle.prepare('alter table lost rename to scope').run()
    db.close()
    const events = eventsOf(await phone.call('GET', '/api/stream'))
    expect(await events.next()).toMatchObject({ type: 'poke', scope: 'people:north' })
    await events.close()
  })

  test('asked for its headers alone, nobody listens afterwards', async () => {
    const { status, body } = await phone.call('HEAD', '/api/stream')
    expect([status, body]).toEqual([200, null])
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(all.floor.waits.size).toBe(0)
    const events = eventsOf(await phone.call('GET', '/api/stream'))
    await events.next()
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(all.floor.waits.size).toBe(1)
    await events.close()
    expect(all.floor.waits.size).toBe(0)
  })

  test('nobody reads is cut off, and who comes back hears where the scopes stand', async () => {
    const events = eventsOf(await phone.call('GET', '/api/stream'))
    await until(() => all.floor.waits.size === 1)
    for (let i = 0; i < 80; i++) await desk.sync([desk.command('PlaceOrder', `o${i}`, form(`N-${i}`))])
    expect(all.floor.waits.size).toBe(0)
    let heard = 0
    await expect(
      (async () => {
        for (;;) heard += (await events.next()).type === 'ops' ? 1 : 0
      })(),
    ).rejects.toThrow('the stream ended')
    expect(heard).toBeGreaterThan(50)
    expect(heard).toBeLessThan(65)
    const again = eventsOf(await phone.call('GET', '/api/stream'))
    expect([await again.next(), await again.next()]).toMatchObject([{ scope: 'people:north' }, { type: 'poke', scope: 'site:north', head: 80 }])
    await again.close()
  })

  test('is for people who are signed in', async () => {
    expect((await phone.call('GET', '/api/stream', { grant: '' })).status).toBe(401)
    expect((await all.floor.call('GET', '/api/stream')).status).toBe(401)
  })
})
