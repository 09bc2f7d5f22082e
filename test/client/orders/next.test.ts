import { describe, expect, test } from 'vitest'
import { nextFor, othersFor } from '../../../client/orders/next.ts'
import { chipOf, goodsShort, stationsOf } from '../../../client/orders/row.ts'
import type { Order } from '../../../shared/order/order.ts'
import { phaseOf } from '../../../shared/order/stage.ts'
import type { Actor } from '../../../shared/people/role.ts'
import { ask, boss, chief, clerk, confirmed, form, given, minute, money, orderIn, picker, placed, sales } from '../../shared/order/mill.ts'

const NOW = minute(30)
const order = (...said: Parameters<typeof given>): Order => orderIn(given(...said))
const others = (each: Order, actor: Actor) =>
  othersFor(each, actor, NOW).map(({ offered, refusal }) => [offered.type === 'SignGate' || offered.type === 'WithdrawGate' ? `${offered.type} ${offered.gate}` : offered.type, refusal?.type ?? null])

describe('the one next act', () => {
  test('is the signature that the order waits for, offered to who may give it and to nobody else', () => {
    expect(nextFor(order(placed()), clerk, NOW)).toEqual({ kind: 'sign', gate: 'confirmation' })
    expect(nextFor(order(placed()), money, NOW)).toBeNull()
    expect(nextFor(order(placed(), confirmed()), money, NOW)).toEqual({ kind: 'sign', gate: 'release' })
    expect(nextFor(order(placed(), confirmed()), clerk, NOW)).toBeNull()
  })

  test('is to fill in what nobody can work without, before anybody is asked to sign it', () => {
    const blank = order(placed({ shipTo: '' }))
    expect(nextFor(blank, clerk, NOW)).toEqual({ kind: 'change' })
    expect(nextFor(blank, sales, NOW)).toEqual({ kind: 'change' })
  })

  test('is the work itself for those on the floor', () => {
    expect(nextFor(order(placed(), confirmed()), picker, NOW)).toEqual({ kind: 'work', step: 'pick' })
  })

  test('is to decide about an exception, for a supervisor who has nothing nearer to do', () => {
    const short = order(placed(), confirmed(), ask('ReportShort', { line: 1, quantity: 2, reason: 'not-found', note: '' }, picker))
    expect(nextFor(short, boss, NOW)).toEqual({ kind: 'settle', exception: 'c3.short' })
  })
})

describe('what else may be asked', () => {
  test('is what the role has a say in, and a refusal says why', () => {
    expect(others(order(placed()), clerk)).toEqual([
      ['SignGate notice', 'gate-shut'],
      ['ChangeOrder', null],
      ['CancelOrder', null],
    ])
    expect(others(order(placed(), confirmed()), clerk)).toEqual([
      ['SignGate notice', 'gate-shut'],
      ['ChangeOrder', 'already-confirmed'],
      ['WithdrawGate confirmation', null],
    ])
    expect(others(order(placed(), confirmed()), chief).map(([what]) => what)).toEqual([
      'SignGate notice',
      'ChangeOrder',
      'MarkEmergency',
      'OverrideNotice',
      'WithdrawGate confirmation',
      'CancelOrder',
    ])
  })

  test('is nothing once the order was cancelled', () => {
    expect(others(order(placed(), ask('CancelOrder', { reason: '重複' }, clerk)), chief)).toEqual([])
  })
})

describe('a row of the table', () => {
  test('has a sign only where something is wrong or all is done', () => {
    expect(chipOf(order(placed()), NOW)).toEqual({ sign: null, stage: 'placed' })
    expect(chipOf(order(placed({ shipTo: '' })), NOW)).toEqual({ sign: 'blocked' })
    expect(chipOf(order(placed({ promisedAt: minute(10) })), NOW)).toEqual({ sign: 'exception', why: 'late' })
    expect(chipOf(order(placed({ promisedAt: minute(60) })), NOW)).toEqual({ sign: 'exception', why: 'at-risk' })
    expect(chipOf(order(placed(), confirmed(), ask('OverrideNotice', { reason: '停機' }, chief)), minute(5 * 60))).toEqual({ sign: 'exception', why: 'owed' })
  })

  test('names the gravest of its exceptions, not the first', () => {
    const short = order(placed(), confirmed(), ask('ReportShort', { line: 1, quantity: 2, reason: 'not-found', note: '' }, picker))
    const [first] = short.exceptions
    if (!first) throw new Error('nothing is short')
    const both = { ...short, exceptions: [first, { ...first, id: 'later', kind: 'cash-differs' as const, at: minute(9) }] }
    expect(chipOf(short, NOW)).toEqual({ sign: 'exception', why: 'short' })
    expect(chipOf(both, NOW)).toEqual({ sign: 'exception', why: 'cash-differs' })
  })

  test('shows how far it is, with a barrier where nobody can go on', () => {
    const stations = (each: Order) => stationsOf(each, phaseOf(each))
    expect(stations(order(placed(), confirmed()))).toEqual(['done', 'done', 'here', 'next', 'next'])
    expect(stations(order(placed({ shipTo: '' })))).toEqual(['done', 'shut', 'next', 'next', 'next'])
    expect(stations(order(placed(), ask('CancelOrder', { reason: '重複' }, clerk)))).toEqual(['done', 'next', 'next', 'next', 'next'])
  })

  test('adds quantities up only where all lines count in one unit', () => {
    expect(goodsShort(order(placed()))).toMatchObject({ more: 1, sum: null, grams: 6_970_000 })
    expect(goodsShort(order(placed({ lines: form().lines.slice(0, 1) })))).toMatchObject({ more: 0, sum: { quantity: 10, unit: 'roll' } })
  })
})
