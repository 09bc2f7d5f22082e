/** What nobody took comes home. Put away it lies on the shelf: to be delivered again it is picked, inspected and shipped again (M19, M23). */
import { describe, expect, test } from 'vitest'
import { returnable, toPutAway } from '../../../shared/order/back.ts'
import { owing } from '../../../shared/order/handover.ts'
import { lineOf, openOf, pickedOf } from '../../../shared/order/order.ts'
import { pile } from '../../../shared/order/raise.ts'
import { stageOf, stepOf } from '../../../shared/order/stage.ts'
import { waitsOf } from '../../../shared/order/waits.ts'
import { bookingsOf } from '../../../shared/stock/follow.ts'
import { codesOf, listsOf, textOf } from '../../../shared/work/lists.ts'
import { advised, and, arrived, ask, cancelled, chief, claimed, departed, driver, heard, inspected, kindsOf, loaded, minute, onTrip, orderIn, other, packed, picked, picker, raisedBy, refusalOf, type Scene, shipped, signedFor, typesOf, upTo } from './mill.ts'

const ROLLS = 10
const GRAMS = 2_500_000
const back = (goods: { line: number; quantity: number; lot?: string }[], id = 'b') =>
  ask('ReturnGoods', { goods: goods.map((each) => ({ lot: `R-${each.line}`, damaged: false, ...each })), note: '', photos: [] }, driver, { id })
const away = (goods: string, quantity: number, to = 'A-03-1') => ask('PutAway', { goods, quantity, to }, picker)
const again = () => ask('FinishPicking', {}, other)
const open = (scene: Scene) => orderIn(scene).lines.map((line) => openOf(orderIn(scene), line))
/** Both lines came home undelivered. */
const home = () => and(upTo('departed'), back([{ line: 1, quantity: ROLLS }, { line: 2, quantity: GRAMS }]))
const shelved = () => and(home(), away('b.0', ROLLS), away('b.1', GRAMS))

describe('goods that came home and were put away', () => {
  test('are to be picked again, by anybody, and nothing is prepared any more but what was signed for', () => {
    const order = orderIn(shelved())
    expect([stageOf(order), stepOf(order), open(shelved())]).toEqual(['picking', 'pick', [ROLLS, GRAMS]])
    expect(order).toMatchObject({ claim: null, pickingFinished: null, inspection: null, packages: [], loading: null, shipment: null, trip: null, signed: { notice: {}, release: {} } })
    expect(order.inspectedBefore).toHaveLength(1)
    expect(listsOf(order).map((entry) => entry.split('|')[0])).toContain('pick.promised')
    expect(waitsOf(order, minute(60))[0]).toMatchObject({ type: 'step', step: 'pick', since: order.returns?.[0] && minute(16) })
    expect([toPutAway(order), returnable(order), pile(order)]).toEqual([[], [], []])
  })
  test('are inspected, packed and shipped again, on a delivery order of their own, and delivered as if nothing had been', () => {
    const ready = and(shelved(), claimed(other), picked(1, ROLLS, other), picked(2, GRAMS, other), again())
    expect(stepOf(orderIn(ready))).toBe('inspect')
    const done = and(ready, inspected(), packed(), loaded(), onTrip(), shipped({ deliveryOrder: 'DO-2611-03-0009' }), departed(), arrived(), signedFor())
    expect([stageOf(orderIn(done)), orderIn(done).exceptions]).toEqual(['delivered', []])
    expect(orderIn(done)).toMatchObject({ shipment: { deliveryOrder: 'DO-2611-03-0009' }, undone: [{ by: 'picker', shipment: { deliveryOrder: 'DO-2611-03-0007' } }] })
    // The number that came to nothing is found all the same (M21).
    expect(textOf(orderIn(done))).toMatch(/do-2611-03-0007 .*do-2611-03-0009/)
    expect(codesOf(orderIn(done))).toContain('do-2611-03-0007')
  })
  test('without an inspection are raised when they are packed or shipped', () => {
    const ready = and(shelved(), claimed(other), picked(1, ROLLS, other), picked(2, GRAMS, other), again())
    expect(kindsOf(ready, packed())).toEqual(['packed-uninspected'])
    expect(kindsOf(ready, shipped())).toEqual(['shipped-uninspected'])
  })
  test('lie on the shelf once, and leave it once more', () => {
    const scene = and(shelved(), claimed(other), picked(1, 4, other))
    const first = upTo('released')
    const moved = bookingsOf(first.order, scene.events.slice(first.events.length), 'o1').filter((each) => each.sku === 'BK-080-1092')
    expect(moved.map(({ lot, quantity }) => [lot, quantity])).toEqual([['R-1', -ROLLS], ['R-1', ROLLS], ['R-1', -4]])
    expect(pickedOf(orderIn(scene), 1)).toBe(4)
  })
  test('are what the customer may do without now: the order can be cancelled, and nothing is to be put back', () => {
    const cancel = ask('CancelOrder', { reason: '不要了' }, chief)
    expect(refusalOf(home(), cancel)).toMatchObject({ type: 'already-shipped' })
    expect(typesOf(shelved(), cancel)).toEqual(['OrderCancelled'])
  })
  test('of an order that was cancelled meanwhile are asked of nobody', () => {
    const order = orderIn(and(upTo('loaded'), cancelled(), shipped(), departed(), back([{ line: 1, quantity: ROLLS }, { line: 2, quantity: GRAMS }]), away('b.0', ROLLS), away('b.1', GRAMS)))
    expect([stageOf(order), pile(order)]).toEqual(['cancelled', []])
  })
  test('have another advice to give, and other checks on their way', () => {
    const advice = { phone: '', grams: 0, departsAt: null, arrivesAt: null, checks: [{ dueAt: minute(90), place: '彰化' }] }
    const said = ask('ReportCheck', { check: 0, place: '彰化', arrivesAt: minute(95), note: '' }, driver)
    const told = and(upTo('onTrip'), shipped({ advice }), advised(), departed(), said, back([{ line: 1, quantity: ROLLS }, { line: 2, quantity: GRAMS }]), away('b.0', ROLLS), away('b.1', GRAMS))
    expect(orderIn(told).undone).toMatchObject([{ advised: { to: '謝佳蓉' }, checks: [{ place: '彰化' }] }])
    const once = and(told, shipped({ advice, deliveryOrder: 'DO-2' }))
    expect(waitsOf(orderIn(once), minute(60)).map(({ type }) => type)).toEqual(expect.arrayContaining(['advice', 'check']))
  })
})

describe('goods of which only some were put away', () => {
  test('are picked again as far as they lie on the shelf; the rest lies ready, and nobody owes it', () => {
    const some = and(home(), away('b.0', 4))
    expect([open(some), toPutAway(orderIn(some)).map(({ quantity, away: there }) => quantity - there)]).toEqual([[4, 0], [6, GRAMS]])
    const taken = and(some, claimed(other), picked(1, 4, other))
    expect(owing(orderIn(taken))).toEqual([])
    expect(kindsOf(taken, again())).toEqual([])
    // It leaves with what was picked again, and comes home with it.
    const ready = and(taken, again(), inspected(), packed(), loaded(), onTrip(), shipped())
    expect(returnable(orderIn(ready)).map(({ line, quantity }) => [line, quantity])).toEqual([[1, 4]])
    const gone = and(ready, departed())
    expect([toPutAway(orderIn(gone)), returnable(orderIn(gone)).map(({ line, quantity }) => [line, quantity])]).toEqual([[], [[1, 6], [2, GRAMS], [1, 4]]])
  })
  test('open the order once more when the rest is put away after all', () => {
    const prepared = and(home(), away('b.0', 4), claimed(other), picked(1, 4, other), again(), inspected())
    expect(typesOf(prepared, away('b.1', GRAMS))).toEqual(['GoodsPutAway', 'ShipmentUndone'])
    expect(open(and(prepared, away('b.1', GRAMS)))).toEqual([0, GRAMS])
    expect(typesOf(and(home(), away('b.0', 4)), away('b.0', 6))).toEqual(['GoodsPutAway'])
  })
  test('leave unshipped without a delivery order of their own', () => {
    expect(kindsOf(and(home(), away('b.0', 4), onTrip()), departed())).toEqual(['left-unshipped'])
  })
})

describe('goods that are put away', () => {
  test('under another lot than was picked are in the pile no more either', () => {
    const scene = and(upTo('departed'), back([{ line: 1, quantity: 3, lot: 'R-9' }]), away('b.0', 3))
    expect(open(scene)).toEqual([3, 0])
    expect(lineOf(orderIn(scene), 1)?.quantity).toBe(ROLLS)
  })
  test('while they are on their way again by what the log says are looked at, and what is under way stays so', () => {
    const gone = and(home(), onTrip(), departed())
    expect(raisedBy(gone, away('b.0', ROLLS))).toMatchObject([{ kind: 'put-away-differs', goods: [{ line: 1, quantity: ROLLS }] }])
    expect(stageOf(orderIn(and(gone, away('b.0', ROLLS))))).toBe('underway')
  })
  test('of a delivery that was signed for change nothing of it', () => {
    const scene = and(upTo('arrived'), signedFor([{ line: 1, accepted: 8, refused: 2, reason: '規格不符' }, { line: 2, accepted: GRAMS }]), back([{ line: 1, quantity: 2 }]), away('b.0', 2))
    expect([stageOf(orderIn(scene)), pickedOf(orderIn(scene), 1), orderIn(scene).undone]).toEqual(['delivered', ROLLS, undefined])
  })
  test('that nobody knows open nothing', () => {
    expect(typesOf(upTo('shipped'), away('nobody.0', 1))).toEqual(['GoodsPutAway', 'ExceptionRaised'])
    const ready = and(shelved(), claimed(other), picked(2, GRAMS, other), again(), inspected())
    expect(typesOf(ready, away('b.0', 1))).toEqual(['GoodsPutAway', 'ExceptionRaised'])
  })
})

test('what was heard of the pile before is not what is read of it now', () => {
  const order = orderIn(and(shelved(), claimed(other), picked(1, ROLLS, other), again(), inspected()))
  expect(kindsOf({ order, events: [], count: 90 }, shipped({ readBack: heard() }))).toEqual(['shipped-unread'])
  expect(kindsOf({ order, events: [], count: 90 }, shipped({ readBack: heard({ 2: 0 }) }))).toEqual([])
})
