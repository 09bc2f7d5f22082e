import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TripForm } from '../../../shared/trip/commands.ts'
import { form, Phone, pick, staffedFloor, trip } from '../floor.ts'

const plan = (driver: string, change: Partial<TripForm> = {}): TripForm => ({ number: 'T-1', driver, driverName: driver, vehicle: 'KLA-1234', plannedAt: '2026-11-24T09:00:00.000Z', note: '', ...change })
const receipt = {
  lines: [{ line: 1, accepted: 5, short: 0, damaged: 0, refused: 0, reason: '', photos: [] }],
  receiver: { name: 'Ms Lin', role: '' },
  ink: { aspect: 2000, strokes: [[[0, 0, 0, 500], [900, 400, 300, 500]]] },
  place: null,
  photos: [],
}

describe('the orders of a trip', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let desk: Phone
  let lee: Phone
  let kuo: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    ;({ desk } = all)
    const { floor } = all
    lee = new Phone(floor, await floor.device('north', 'cab-lee'))
    await lee.signIn(await floor.person('north', 'lee', 'driver'))
    kuo = new Phone(floor, await floor.device('north', 'cab-kuo'))
    await kuo.signIn(await floor.person('north', 'kuo', 'driver'))
    await desk.sync(['o1', 'o2', 'o3'].map((id) => desk.command('PlaceOrder', id, form(id))))
    await desk.sync([desk.command('PlanTrip', 't1', plan('lee'))])
    await desk.sync(['o1', 'o2', 'o3'].map((id, i) => desk.command('PutOnTrip', id, { ...trip('lee', 't1'), number: 'T-1', stop: i + 1 })))
  })
  afterEach(() => all.floor.end())
  const doc = (id: string) => all.floor.log.read(async (tx) => (await tx.docs('north', [id])).get(id)?.body)
  const ops = async (phone: Phone, person: string) => (await phone.sync()).scopes[`driver:north:${person}`]?.ops.map((op) => ('put' in op ? op.put.body.id : 'exit' in op ? `-${op.exit}` : op)).sort()

  test('go over to the new driver’s phone and off the old one’s, though the desk that changed the trip named none of them', async () => {
    expect(await ops(lee, 'lee')).toEqual(['o1', 'o2', 'o3', 't1'])
    await desk.sync([desk.command('ChangeTrip', 't1', plan('kuo', { vehicle: 'KLB-9' }))])
    expect(await ops(lee, 'lee')).toEqual(['-o1', '-o2', '-o3', '-t1'])
    expect(await ops(kuo, 'kuo')).toEqual(['o1', 'o2', 'o3', 't1'])
    expect(await doc('o2')).toMatchObject({ trip: { id: 't1', number: 'T-1', driver: 'kuo', driverName: 'kuo', vehicle: 'KLB-9', stop: 2 } })
    for (const id of ['o1', 'o2', 'o3']) expect((await lee.call('GET', `/api/orders/${id}/history`)).status).toBe(404)
  })

  test('that are on the way go over too: the new driver can deliver them; what was signed for stays with who delivered it', async () => {
    await lee.sync()
    await lee.sync(['o1', 'o2'].map((id) => lee.command('Depart', id, {})))
    await lee.sync([lee.command('SignReceipt', 'o1', receipt)])
    await desk.sync([desk.command('ChangeTrip', 't1', plan('kuo'))])
    expect(await ops(kuo, 'kuo')).toEqual(['o2', 'o3', 't1'])
    expect(await doc('o1')).toMatchObject({ trip: { driver: 'lee' }, receipt: { receiver: { name: 'Ms Lin' } } })
    expect(await doc('o2')).toMatchObject({ trip: { driver: 'kuo' }, departed: { by: 'lee' } })
  })

  test('carry the newest driver, also when a desk that did not know it puts one more on', async () => {
    await desk.sync([desk.command('ChangeTrip', 't1', plan('kuo')), desk.command('PlaceOrder', 'o4', form('o4'))])
    const reply = await desk.sync([desk.command('PutOnTrip', 'o4', { ...trip('lee', 't1'), stop: 4 })])
    expect(reply.verdicts).toMatchObject([{ verdict: 'accepted' }])
    expect(await ops(kuo, 'kuo')).toEqual(['o1', 'o2', 'o3', 'o4', 't1'])
    expect(await ops(lee, 'lee')).not.toContain('o4')
  })

  test('change in one batch with what else it says of them, and each version is in the log once', async () => {
    const reply = await desk.sync([
      desk.command('TakeOffTrip', 'o3', {}),
      desk.command('ChangeTrip', 't1', plan('kuo')),
      desk.command('PickLine', 'o1', pick(2)),
      desk.command('PutOnTrip', 'o2', { ...trip('kuo', 't1'), number: 'T-1', stop: 9 }),
    ])
    expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
    expect(await ops(kuo, 'kuo')).toEqual(['o1', 'o2', 't1'])
    expect(await doc('o1')).toMatchObject({ version: 5, picks: [{ quantity: 2 }], trip: { driver: 'kuo' } })
    expect(await doc('o2')).toMatchObject({ version: 4, trip: { driver: 'kuo', stop: 9 } })
    expect(await doc('o3')).toMatchObject({ trip: null })
    for (const id of ['o1', 'o2', 'o3']) {
      const events = await all.floor.log.read(async (tx) => (await tx.eventsSince('north', new Map([[id, 0]]))).get(id))
      expect(events?.map(({ version }) => version)).toEqual(Array.from({ length: ((await doc(id))?.version ?? 0) }, (_, i) => i + 1))
    }
  })

  test('of another trip, or of another site, are not touched', async () => {
    const { floor } = all
    await floor.site('south')
    const south = new Phone(floor, await floor.device('south', 'their-desk'))
    await south.signIn(await floor.person('south', 'their-clerk', 'service', 'shipper'))
    await south.sync([south.command('PlaceOrder', 's1', form('s1'))])
    await south.sync([south.command('PutOnTrip', 's1', trip('lee', 't1'))])
    await desk.sync([desk.command('PutOnTrip', 'o3', trip('lee', 't2'))])
    await desk.sync([desk.command('ChangeTrip', 't1', plan('kuo'))])
    expect(await doc('o3')).toMatchObject({ trip: { id: 't2', driver: 'lee' } })
    expect(await floor.log.read(async (tx) => (await tx.docs('south', ['s1'])).get('s1')?.body)).toMatchObject({ trip: { driver: 'lee' } })
  })
})
