/** What a driver's phone holds: the orders of the own trips, in every table, whatever the desk does meanwhile. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Act } from '../../../client/issue.ts'
import { form, trip } from '../../server/floor.ts'
import type { Phone } from '../../support/open-phone.ts'
import { type Crew, openCrew } from '../crew.ts'

const plan = (driver: string) => ({ number: 'T-1', driver, driverName: driver, vehicle: 'KLA-1', plannedAt: '2026-11-24T09:00:00.000Z', note: '' })
const receipt: Act = {
  type: 'SignReceipt',
  doc: 'o1',
  payload: {
    lines: [{ line: 1, accepted: 5, short: 0, damaged: 0, refused: 0, reason: '', photos: [] }],
    receiver: { name: 'Ms Lin', role: '' },
    ink: { aspect: 2000, strokes: [[[0, 0, 0, 500], [900, 400, 300, 500]]] },
    place: null,
    photos: [],
  },
}

describe('a driver’s phone', () => {
  let crew: Crew
  let desk: Phone
  let cab: Phone
  beforeEach(async () => {
    crew = await openCrew()
    await crew.floor.person('north', 'kuo', 'driver')
    desk = await crew.phone('desk', 'clerk')
    await desk.sync()
    const orders = ['o1', 'o2', 'o3'].map((doc): Act => ({ type: 'PlaceOrder', doc, payload: form(`N-${doc}`) }))
    await desk.issue(...orders, { type: 'PlanTrip', doc: 't1', payload: plan('driver') })
    await desk.issue(...['o1', 'o2'].map((doc): Act => ({ type: 'PutOnTrip', doc, payload: { ...trip('driver', 't1'), number: 'T-1', vehicle: 'KLA-1' } })))
    await desk.sync()
    cab = await crew.phone('cab', 'driver')
    await cab.sync()
  })
  afterEach(() => crew.end())

  /** Everything that lies in its tables, as text. */
  const everything = async (phone: Phone) => JSON.stringify(await Promise.all([phone.db.docs, phone.db.shadow, phone.db.outbox, phone.db.archive, phone.db.attention].map((table) => table.toArray())))
  const ordersOn = async (phone: Phone) => (await phone.db.docs.toArray()).filter(({ doc }) => doc.body.kind === 'order').map(({ id }) => id)

  test('holds the orders of the own trips and no word of the others', async () => {
    expect(await ordersOn(cab)).toEqual(['o1', 'o2'])
    expect(await everything(cab)).not.toContain('N-o3')
  })

  test('that had no network while its trip went to another driver keeps what was done there, and nothing else', async () => {
    cab.line.up = false
    await cab.issue({ type: 'Depart', doc: 'o1', payload: {} }, { type: 'Arrive', doc: 'o1', payload: { place: null } }, receipt)
    await desk.issue({ type: 'ChangeTrip', doc: 't1', payload: plan('kuo') })
    await desk.sync()
    const other = await crew.phone('other-cab', 'kuo')
    await other.sync()
    expect(await ordersOn(other)).toEqual(['o1', 'o2'])
    cab.line.up = true
    await cab.sync()
    await cab.sync()
    expect([await cab.db.outbox.count(), await cab.db.attention.count(), await ordersOn(cab)]).toEqual([0, 0, []])
    expect(await cab.db.shadow.count()).toBe(0)
    expect(await everything(cab)).not.toContain('N-o2')
    expect((await crew.serverOrder('o1')).receipt).toMatchObject({ by: 'driver', receiver: { name: 'Ms Lin' } })
    await other.sync()
    expect((await other.order('o1'))?.receipt?.ink).toEqual(receipt.payload && 'ink' in receipt.payload ? receipt.payload.ink : null)
  })

  test('of somebody who worked in the warehouse until now loses the site with the role, and keeps what waits', async () => {
    const phone = await crew.phone('shared', 'picker')
    await phone.sync()
    expect(await ordersOn(phone)).toEqual(['o1', 'o2', 'o3'])
    phone.line.up = false
    await phone.issue({ type: 'PickLine', doc: 'o3', payload: { line: 1, quantity: 2, lot: '', from: '', grams: 0 } })
    await crew.floor.log.write(async (tx) => {
      const picker = await tx.person('picker')
      if (picker) await tx.savePerson({ ...picker, roles: ['driver'] })
    })
    phone.line.up = true
    await phone.sync()
    await phone.sync()
    expect(await ordersOn(phone)).toEqual([])
    expect((await phone.db.cursors.toArray()).map(({ scope }) => scope)).not.toContain('site:north')
    expect([await phone.db.outbox.count(), await phone.db.attention.count()]).toEqual([0, 0])
    expect((await crew.serverOrder('o3')).picks).toMatchObject([{ by: 'picker', quantity: 2 }])
  })
})
