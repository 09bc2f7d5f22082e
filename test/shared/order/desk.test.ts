import { describe, expect, test } from 'vitest'
import { lacking } from '../../../shared/order/form.ts'
import { phaseOf, stageOf } from '../../../shared/order/stage.ts'
import { and, ask, boss, cancelled, chief, claimed, clerk, confirmed, departed, form, given, minute, orderIn, picked, picker, placed, raisedBy, refusalOf, sales, typesOf, upTo } from './mill.ts'

describe('placing', () => {
  test('an order that was placed waits for its confirmation', () => {
    const order = orderIn(given(placed()))
    expect(order).toMatchObject({ number: 'SO-2611-0417', site: 'north', version: 1, placed: { by: 'sales', at: minute(1) } })
    expect(stageOf(order)).toBe('placed')
  })
  test('the same order is not placed twice', () => {
    expect(refusalOf(given(placed()), placed())).toEqual({ type: 'order-exists', number: 'SO-2611-0417' })
  })
  test('a picker takes no orders', () => {
    expect(refusalOf(given(), ask('PlaceOrder', form(), picker))).toMatchObject({ type: 'wrong-role' })
  })
  test('what is missing of the form is listed', () => {
    expect(lacking(form({ phone: '', promisedAt: null }))).toEqual(['phone', 'promisedAt'])
    expect(lacking(form())).toEqual([])
  })
})

describe('changing', () => {
  const change = () => ask('ChangeOrder', form({ number: 'OTHER', shipTo: '新址', placedAt: minute(-9999), source: { name: 'x', key: 'y' } }), clerk)
  test('before confirmation everything changes but its number, its source and when it was received', () => {
    expect(orderIn(and(given(placed()), change()))).toMatchObject({ shipTo: '新址', number: 'SO-2611-0417', placedAt: minute(0), source: { name: '', key: '' }, version: 2 })
  })
  test('after confirmation it is refused, and says who confirmed', () => {
    expect(refusalOf(given(placed(), confirmed()), change())).toEqual({ type: 'already-confirmed', by: 'clerk', at: minute(2) })
  })
  test('not once somebody has begun to pick it', () => {
    expect(refusalOf(given(placed(), picked(1, 1)), change())).toEqual({ type: 'not-placed', stage: 'picking' })
  })
  test('a cancelled order is not changed', () => {
    expect(refusalOf(given(placed(), cancelled(clerk)), change())).toMatchObject({ type: 'already-cancelled', by: 'clerk' })
  })
})

describe('cancelling', () => {
  test('before confirmation anyone at the desk may, without a PIN', () => {
    const order = orderIn(and(given(placed()), { ...cancelled(sales), command: { ...cancelled(sales).command, signed: false } }))
    expect(stageOf(order)).toBe('cancelled')
    expect(order.exceptions).toEqual([])
  })
  test('after confirmation only the service supervisor, with the PIN', () => {
    const scene = given(placed(), confirmed())
    expect(refusalOf(scene, cancelled(clerk))).toEqual({ type: 'wrong-role', roles: ['service-supervisor'] })
    expect(refusalOf(scene, { ...cancelled(), command: { ...cancelled().command, signed: false } })).toEqual({ type: 'unsigned' })
    expect(typesOf(scene, cancelled())).toEqual(['OrderCancelled'])
  })
  test('after picking, the goods that lie in the pile are named, place by place', () => {
    const scene = given(placed(), confirmed(), claimed(), picked(1, 3), picked(2, 500_000))
    expect(raisedBy(scene, cancelled())).toEqual([
      {
        kind: 'picked-after-cancel',
        goods: [
          { line: 1, quantity: 3, lot: 'R-1', from: 'A-03-1' },
          { line: 2, quantity: 500_000, lot: 'R-2', from: 'A-03-1' },
        ],
        note: '客戶改期',
      },
    ])
    expect(phaseOf(orderIn(and(scene, cancelled())))).toBe(3)
  })
  test('not twice, and not once the goods have left, even if only the driver said so', () => {
    expect(refusalOf(given(placed(), cancelled()), cancelled())).toMatchObject({ type: 'already-cancelled' })
    expect(refusalOf(upTo('shipped'), cancelled())).toMatchObject({ type: 'already-shipped', by: 'shipper' })
    expect(refusalOf(and(upTo('loaded'), departed()), cancelled())).toMatchObject({ type: 'already-shipped', by: 'driver' })
  })
})

describe('an emergency', () => {
  const emergency = () => ask('MarkEmergency', { reason: '停機待料' }, chief)
  test('is marked once', () => {
    const scene = and(given(placed()), emergency())
    expect(orderIn(scene).emergency).toMatchObject({ reason: '停機待料', by: 'chief' })
    expect(typesOf(scene, ask('MarkEmergency', { reason: '' }, boss))).toEqual([])
  })
  test('not of an order that is done', () => {
    expect(refusalOf(upTo('signedFor'), emergency())).toMatchObject({ type: 'wrong-stage', stage: 'delivered' })
  })
})
