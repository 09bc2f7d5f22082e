import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OrderForm } from '../../../shared/order/form.ts'
import type { Order } from '../../../shared/order/order.ts'
import { minutesLeft } from '../../../shared/work/effort.ts'
import { type Ranking, rankOf, rankReasons, WORK_RULES } from '../../../shared/work/rule.ts'
import { and, ask, boss, form, given, minute, orderIn, placed, upTo } from '../order/mill.ts'

const order = (number: string, change: Partial<OrderForm>) => orderIn(given(placed({ number, ...change })))
const urgent = (number: string, change: Partial<OrderForm>) => orderIn(and(given(placed({ number, ...change })), ask('MarkEmergency', { reason: '停機待料' }, boss)))
const numbered = (number: string, sequence: number, change: Partial<OrderForm> = {}) => orderIn(and(given(placed({ number, ...change })), ask('SetSequence', { sequence }, boss)))
const rolls = (...quantities: number[]) => quantities.map((quantity, at) => ({ no: at + 1, sku: `R-${at}`, name: '牛皮紙', spec: '', unit: 'roll' as const, quantity, price: 1, grams: 400_000 }))
const sorted = (ranking: Ranking, ...orders: Order[]) => orders.map((each) => ({ number: each.number, rank: rankOf(each, ranking) })).sort((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ number }) => number)

describe('which order next', () => {
  test('first received first (rule 1)', () => {
    expect(sorted(['received'], order('late', { placedAt: minute(20) }), order('early', { placedAt: minute(10) }))).toEqual(['early', 'late'])
  })
  test('shortest processing time first (rule 2): nine rolls before ten, whatever else', () => {
    expect(sorted(['shortest'], order('ten', { lines: rolls(10), placedAt: minute(0) }), order('nine', { lines: rolls(9), placedAt: minute(9) }))).toEqual(['nine', 'ten'])
  })
  test('a preset sequence number (rule 3), what has none last', () => {
    expect(sorted(['sequence'], order('none', {}), numbered('ten', 10), numbered('nine', 9))).toEqual(['nine', 'ten', 'none'])
    const cleared = orderIn(and(given(placed({ number: 'cleared' })), ask('SetSequence', { sequence: 1 }, boss), ask('SetSequence', { sequence: null }, boss)))
    expect(sorted(['sequence'], cleared, numbered('two', 2))).toEqual(['two', 'cleared'])
  })
  test('smaller and simpler orders first (rule 4): by lines, then by weight', () => {
    expect(sorted(['simplest'], order('ten lines', { lines: rolls(...Array<number>(10).fill(1)) }), order('heavy', { lines: rolls(9) }), order('light', { lines: rolls(2) }))).toEqual(['light', 'heavy', 'ten lines'])
  })
  test('earliest promised date first (rule 5), and what was promised for no date last', () => {
    expect(sorted(['promised'], order('none', { promisedAt: null }), order('later', { promisedAt: minute(900) }), order('soon', { promisedAt: minute(90) }))).toEqual(['soon', 'later', 'none'])
  })
  test('least time left (rule 6): a long job that is promised later may have less to spare', () => {
    const [long, short] = [order('long', { promisedAt: minute(500), lines: rolls(100) }), order('short', { promisedAt: minute(400), lines: rolls(1) })]
    expect(sorted(['promised'], long, short)).toEqual(['short', 'long'])
    expect(sorted(['slack'], long, short)).toEqual(['long', 'short'])
    expect(minutesLeft(long) - minutesLeft(short)).toBeGreaterThan(100)
  })
  test('instants are compared as instants, however they are written', () => {
    expect(sorted(['promised'], order('later', { promisedAt: '2026-11-24T02:00:00.500Z' }), order('sooner', { promisedAt: '2026-11-24T02:00:00Z' }))).toEqual(['sooner', 'later'])
  })
  test('first by one, ties by the next, then by number', () => {
    const same = { promisedAt: minute(90) }
    expect(sorted(['promised', 'received'], order('b', { ...same, placedAt: minute(2) }), order('a', { ...same, placedAt: minute(3) }))).toEqual(['b', 'a'])
    expect(sorted(['promised', 'simplest', 'received'], order('big', { ...same, lines: rolls(5, 5) }), order('small', { ...same, lines: rolls(5) }))).toEqual(['small', 'big'])
    expect(sorted(['sequence', 'shortest'], order('b', { lines: rolls(9) }), order('a', { lines: rolls(99) }), numbered('c', 7, { lines: rolls(999) }))).toEqual(['c', 'b', 'a'])
    expect(sorted(['promised'], order('SO-2611-0418', same), order('SO-2611-0417', same))).toEqual(['SO-2611-0417', 'SO-2611-0418'])
  })
  test('an emergency overtakes by every rule', () => {
    for (const rule of WORK_RULES) expect(sorted([rule], numbered('first', 1, { placedAt: minute(0), promisedAt: minute(1), lines: rolls(1) }), urgent('urgent', { placedAt: minute(9), promisedAt: null, lines: rolls(9, 9) }))).toEqual(['urgent', 'first'])
  })
  test('any combination sorts as comparing rule after rule does', () => {
    const key = (each: Order) => ({ received: Date.parse(each.placedAt), promised: Date.parse(each.promisedAt ?? '9999-01-01'), shortest: minutesLeft(each), sequence: each.sequence ?? Number.POSITIVE_INFINITY, simplest: each.lines.length })
    const rules = fc.uniqueArray(fc.constantFrom('received' as const, 'promised' as const, 'shortest' as const, 'sequence' as const), { minLength: 1 })
    const any = fc.record({ placedAt: fc.nat(3), promisedAt: fc.option(fc.nat(3)), rolls: fc.integer({ min: 1, max: 12 }), sequence: fc.option(fc.constantFrom(2, 10)) })
    fc.assert(
      fc.property(rules, fc.array(any, { minLength: 2, maxLength: 6 }), (ranking, given) => {
        const orders = given.map(({ placedAt, promisedAt, rolls: count, sequence }, at): Order => ({
          ...order(`n${at}`, { ...form(), placedAt: minute(placedAt), promisedAt: promisedAt === null ? null : minute(promisedAt), lines: rolls(count) }),
          number: `n${at}`,
          sequence,
        }))
        const wanted = orders.toSorted((a, b) => {
          for (const rule of ranking) if (key(a)[rule] !== key(b)[rule]) return key(a)[rule] < key(b)[rule] ? -1 : 1
          return a.number < b.number ? -1 : 1
        })
        expect(sorted(ranking, ...orders)).toEqual(wanted.map((each) => each.number))
      }),
    )
  })
  test('the reasons say what counted, first things first', () => {
    const now = Date.parse(minute(30))
    expect(rankReasons(order('a', { promisedAt: minute(90) }), ['promised', 'received'], now)).toEqual([{ type: 'promised', at: minute(90), leftMs: 3_600_000 }, { type: 'received', at: minute(0) }])
    expect(rankReasons(order('a', { promisedAt: null }), ['slack'], now)).toEqual([{ type: 'slack', startBy: null, leftMs: null }])
    expect(rankReasons(urgent('a', {}), ['received'], now)).toEqual([{ type: 'emergency', reason: '停機待料', name: 'boss', at: minute(2) }, { type: 'received', at: minute(0) }])
    expect(rankReasons(order('a', {}), ['received'], now, minute(1))).toEqual([{ type: 'risen', since: minute(1) }, { type: 'received', at: minute(0) }])
  })
})

test('less is left to do with every step, and nothing once it has left', () => {
  const left = (['placed', 'picked1', 'finished', 'inspected', 'packed', 'loaded', 'shipped'] as const).map((step) => minutesLeft(orderIn(upTo(step))))
  expect(left).toEqual(left.toSorted((a, b) => b - a))
  expect(new Set(left).size).toBe(left.length)
  expect(left.at(-1)).toBe(0)
})
