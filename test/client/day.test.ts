import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clausesOf } from '../../shared/order/clauses.ts'
import type { Ink } from '../../shared/receipt/ink.ts'
import { form } from '../server/floor.ts'
import { type Crew, EVERYTHING, openCrew } from './crew.ts'

const ink: Ink = { aspect: 2400, strokes: [[[100, 200, 0, 500], [400, 250, 40, 620], [700, 600, 90, 480]], [[720, 300, 400, 500], [300, 800, 520, 510]]] }

describe('an order', () => {
  let crew: Crew
  beforeEach(async () => {
    crew = await openCrew()
  })
  afterEach(() => crew.end())

  test('is worked on from the first word to the signed receipt without a network, page after page; then everyone has the same strokes', async () => {
    await crew.floor.person('north', 'all', ...EVERYTHING, 'driver')
    const phone = await crew.phone('phone', 'all')
    const other = await crew.phone('other', 'clerk')
    await phone.sync()
    await other.sync()
    phone.line.up = false
    const doc = 'o1'
    const ordered = form('N-1', { customer: { id: 'c1', name: '林記紙行', grade: 'B' } })
    const readBack = { with: '王客服', at: '2026-11-24T08:00:00.000Z', clauses: clausesOf(ordered, () => 100).map(({ id, value }) => ({ id, value, ok: true, note: '' })) }
    const acts: Parameters<typeof phone.issue>[] = [
      [{ type: 'PlaceOrder', doc, payload: ordered }],
      [{ type: 'SignGate', doc, payload: { gate: 'confirmation', note: '' }, signed: true }],
      [{ type: 'SignGate', doc, payload: { gate: 'release', note: '' }, signed: true }],
      [{ type: 'SignGate', doc, payload: { gate: 'notice', note: '' }, signed: true }],
      [{ type: 'ClaimOrder', doc, payload: {} }],
      [{ type: 'PickLine', doc, payload: { line: 1, quantity: 60, lot: 'L1', from: 'A-03', grams: 0 } }],
      [{ type: 'PickLine', doc, payload: { line: 1, quantity: 40, lot: 'L2', from: 'A-04', grams: 0 } }],
      [{ type: 'FinishPicking', doc, payload: {} }],
      [{ type: 'Inspect', doc, payload: { result: 'pass', checks: { quantity: 'pass', appearance: 'pass', labels: 'pass' }, reason: '', photos: [] }, signed: true }],
      [{ type: 'Pack', doc, payload: { packages: [{ no: 1, kind: 'pallet', grams: 0, contents: [{ line: 1, quantity: 100 }] }] } }],
      [{ type: 'Load', doc, payload: { vehicle: 'KLA-1234', packages: 1 } }],
      [
        { type: 'Ship', doc, payload: (numbers) => ({ deliveryOrder: numbers.next('DO'), carrier: '', vehicle: 'KLA-1234', driver: 'all', packages: 1, readBack }), signed: true },
        { type: 'PutOnTrip', doc, payload: { id: 't1', number: 'T-1', driver: 'all', driverName: 'all', vehicle: 'KLA-1234', stop: 1 } },
      ],
      [{ type: 'Depart', doc, payload: {} }],
      [{ type: 'Arrive', doc, payload: { place: null } }],
      [
        {
          type: 'SignReceipt',
          doc,
          payload: {
            lines: [{ line: 1, accepted: 98, short: 0, damaged: 2, refused: 0, reason: 'wet', photos: [] }],
            receiver: { name: '林小姐', role: '' },
            ink,
            place: null,
            photos: [],
          },
        },
      ],
    ]
    for (const act of acts) {
      await phone.issue(...act)
      await phone.reload()
      expect(await phone.sync()).toMatchObject({ contact: 'offline' })
    }
    expect(await phone.order(doc)).toMatchObject({ receipt: { ink }, shipment: { deliveryOrder: 'DO-2611-01-0001' } })
    expect(await phone.db.outbox.count()).toBe(16)

    phone.line.up = true
    await phone.sync()
    expect(await phone.db.outbox.count()).toBe(0)
    expect(await phone.db.attention.count()).toBe(0)
    await other.sync()
    expect(await other.order(doc)).toMatchObject({ receipt: { ink, receiver: { name: '林小姐' }, lines: [{ accepted: 98, damaged: 2 }] } })
    expect((await other.order(doc))?.exceptions.map((each) => each.kind)).toEqual(['receipt-differs'])
    const doc1 = await crew.serverDoc(doc)
    expect((await phone.db.docs.get(doc))?.doc).toEqual(doc1)
    expect((await other.db.docs.get(doc))?.doc).toEqual(doc1)
  })
})
