import { describe, expect, test } from 'vitest'
import type { Order, OrderForm } from '../../../shared/order/order.ts'
import { rankOf, rankReasons, type WorkRule } from '../../../shared/work/rule.ts'
import { and, ask, boss, given, minute, orderIn, placed } from '../order/mill.ts'

const order = (number: string, change: Partial<OrderForm>) => orderIn(given(placed({ number, ...change })))
const urgent = (number: string, change: Partial<OrderForm>) => orderIn(and(given(placed({ number, ...change })), ask('MarkEmergency', { reason: '停機待料' }, boss)))
const sorted = (rule: WorkRule, ...orders: Order[]) => orders.map((each) => ({ number: each.number, rank: rankOf(each, rule) })).sort((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ number }) => number)

describe('which order next', () => {
  test('first received first (rule 1)', () => {
    expect(sorted('received', order('late', { placedAt: minute(20) }), order('early', { placedAt: minute(10) }))).toEqual(['early', 'late'])
  })
  test('earliest promised date first (rule 5), and what was promised for no date last', () => {
    expect(sorted('promised', order('none', { promisedAt: null }), order('later', { promisedAt: minute(900) }), order('soon', { promisedAt: minute(90) }))).toEqual(['soon', 'later', 'none'])
  })
  test('ties by the other rule, then by number', () => {
    const same = { promisedAt: minute(90) }
    expect(sorted('promised', order('b', { ...same, placedAt: minute(2) }), order('a', { ...same, placedAt: minute(3) }))).toEqual(['b', 'a'])
    expect(sorted('received', order('b', { promisedAt: minute(5) }), order('a', { promisedAt: minute(6) }))).toEqual(['b', 'a'])
    expect(sorted('promised', order('SO-2611-0418', same), order('SO-2611-0417', same))).toEqual(['SO-2611-0417', 'SO-2611-0418'])
  })
  test('an emergency overtakes by either rule', () => {
    for (const rule of ['received', 'promised'] as const) expect(sorted(rule, order('first', { placedAt: minute(0), promisedAt: minute(1) }), urgent('urgent', { placedAt: minute(9), promisedAt: null }))).toEqual(['urgent', 'first'])
  })
  test('the reason says what counted, first things first', () => {
    const now = Date.parse(minute(30))
    expect(rankReasons(order('a', { promisedAt: minute(90) }), 'promised', now)).toEqual([{ type: 'promised', at: minute(90), leftMs: 3_600_000 }])
    expect(rankReasons(order('a', { promisedAt: null }), 'promised', now)).toEqual([{ type: 'promised', at: null, leftMs: null }])
    expect(rankReasons(urgent('a', {}), 'received', now)).toEqual([{ type: 'emergency', reason: '停機待料' }, { type: 'received', at: minute(0) }])
  })
})
