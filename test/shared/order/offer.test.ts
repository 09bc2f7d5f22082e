import { describe, expect, test } from 'vitest'
import { offers, whyNot, wouldRaise } from '../../../shared/order/offer.ts'
import type { Fact } from '../../../shared/order/commands.ts'
import { and, boss, chief, clerk, driver, given, inspected, minute, money, orderIn, picker, placed, sales, shipped, shipper, upTo, without } from './mill.ts'

const at = minute(60)

describe('what a screen may offer', () => {
  test('the same answer as the tap would get', () => {
    const order = orderIn(upTo('confirmed'))
    expect(whyNot(order, { type: 'SignGate', gate: 'release' }, money, at)).toBeNull()
    expect(whyNot(order, { type: 'SignGate', gate: 'notice' }, clerk, at)).toEqual({ type: 'gate-shut', gate: 'notice', waitsFor: ['release'] })
    expect(whyNot(order, { type: 'CancelOrder' }, clerk, at)).toEqual({ type: 'wrong-role', roles: ['service-supervisor'] })
    expect(whyNot(order, { type: 'CancelOrder' }, chief, at)).toBeNull()
    expect(whyNot(order, { type: 'ChangeOrder' }, sales, at)).toMatchObject({ type: 'already-confirmed' })
  })
  test('a fact is offered to whose work it may be, at any stage', () => {
    expect(whyNot(orderIn(given(placed())), { type: 'Ship' }, shipper, at)).toBeNull()
    expect(whyNot(orderIn(upTo('loaded')), { type: 'Ship' }, driver, at)).toMatchObject({ type: 'wrong-role' })
    expect(whyNot(null, { type: 'PickLine' }, picker, at)).toEqual({ type: 'no-order' })
  })
  test('a new order is offered where there is none', () => {
    expect(whyNot(null, { type: 'PlaceOrder' }, sales, at)).toBeNull()
    expect(whyNot(orderIn(given(placed())), { type: 'PlaceOrder' }, sales, at)).toMatchObject({ type: 'order-exists' })
  })
  test('each gate and each open exception has an offer of its own', () => {
    const order = orderIn(and(upTo('finished'), inspected('hold')))
    const all = offers(order, boss, at)
    expect(all.filter(({ offered }) => offered.type === 'SignGate')).toHaveLength(3)
    expect(all.filter(({ offered, refusal }) => offered.type === 'SettleException' && refusal === null)).toHaveLength(1)
    expect(all.find(({ offered }) => offered.type === 'ClaimOrder')?.refusal).toMatchObject({ type: 'wrong-stage' })
  })
  test('before a fact is recorded the screen can say what it would raise', () => {
    const { command, actor } = shipped()
    expect(wouldRaise(orderIn(without(['released', 'noticed'], 'loaded')), command as Fact, actor)).toEqual(['shipped-unreleased', 'shipped-without-notice'])
  })
})
