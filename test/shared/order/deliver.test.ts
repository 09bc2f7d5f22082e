import { describe, expect, test } from 'vitest'
import { stageOf } from '../../../shared/order/order.ts'
import { and, arrived, ask, cancelled, departed, driver, given, kindsOf, orderIn, picked, picker, placed, raisedBy, shipped, signedFor, upTo } from './mill.ts'

describe('on the way', () => {
  test('what left unshipped is raised once, by departure or by arrival', () => {
    expect(raisedBy(upTo('loaded'), departed())).toMatchObject([{ kind: 'left-unshipped', goods: [{ line: 1 }, { line: 2 }] }])
    expect(kindsOf(upTo('loaded'), arrived())).toEqual(['left-unshipped'])
    expect(kindsOf(and(upTo('loaded'), departed()), arrived())).toEqual([])
    expect(kindsOf(upTo('shipped'), departed())).toEqual([])
  })
  test('a problem asks to call the driver', () => {
    expect(raisedBy(upTo('departed'), ask('ReportProblem', { what: 'delay', note: '塞車', photos: [] }, driver))).toEqual([{ kind: 'problem', goods: [], note: 'delay: 塞車' }])
  })
  test('cancelled while the driver was out of reach: all that the driver did is kept, and raised', () => {
    const scene = and(upTo('loaded'), cancelled(), shipped(), departed(), arrived())
    expect(stageOf(orderIn(scene))).toBe('arrived')
    expect(orderIn(scene).exceptions.map(({ kind }) => kind)).toEqual(['picked-after-cancel', 'shipped-after-cancel'])
    expect(kindsOf(scene, signedFor())).toEqual(['receipt-after-cancel'])
    expect(stageOf(orderIn(and(scene, signedFor())))).toBe('delivered')
  })
})

describe('the receipt', () => {
  test('that accepts all that was shipped raises nothing', () => {
    expect(kindsOf(upTo('arrived'), signedFor())).toEqual([])
    expect(orderIn(upTo('signedFor')).receipt).toMatchObject({ receiver: { name: '謝佳蓉' }, ink: { strokes: [[[100, 200, 0, 500], [], []].map(() => expect.anything())] } })
  })
  test('names what was short, damaged or refused', () => {
    expect(raisedBy(upTo('arrived'), signedFor([{ line: 1, accepted: 7, short: 1, damaged: 1, refused: 1, reason: '端面壓痕' }, { line: 2, accepted: 2_500_000 }]))).toEqual([
      { kind: 'receipt-differs', goods: [{ line: 1, quantity: 3, lot: '', from: '' }], note: '端面壓痕' },
    ])
  })
  test('must add up to what was shipped, line by line', () => {
    const sums = (lines: Parameters<typeof signedFor>[0]) => raisedBy(upTo('arrived'), signedFor(lines)).map(({ kind, goods }) => [kind, goods.map(({ line, quantity }) => [line, quantity])])
    expect(sums([{ line: 1, accepted: 9 }, { line: 2, accepted: 2_500_000 }])).toEqual([['receipt-sums-differ', [[1, 1]]]])
    expect(sums([{ line: 1, accepted: 11 }, { line: 2, accepted: 2_499_999 }])).toEqual([['receipt-sums-differ', [[1, 1], [2, 1]]]])
    // a line that is missing, one that is there twice, one that nobody shipped
    expect(sums([{ line: 1, accepted: 10 }])).toEqual([['receipt-sums-differ', [[2, 2_500_000]]]])
    expect(sums([{ line: 1, accepted: 5 }, { line: 1, accepted: 5 }, { line: 2, accepted: 2_500_000 }])).toEqual([])
    expect(sums([{ line: 1, accepted: 10 }, { line: 2, accepted: 2_500_000 }, { line: 3, accepted: 1 }])).toEqual([['receipt-sums-differ', [[3, 1]]]])
  })
  test('of a short order adds up to what was shipped, not to what was ordered', () => {
    const scene = and(upTo('claimed'), picked(1, 6), shipped())
    expect(kindsOf(scene, signedFor([{ line: 1, accepted: 6 }]))).toEqual([])
  })
  test('stays right when goods come back afterwards', () => {
    const scene = and(upTo('claimed'), picked(1, 10, picker, 'p1'), shipped(), ask('PutBack', { pick: 'p1', quantity: 3 }, picker))
    expect(kindsOf(scene, signedFor([{ line: 1, accepted: 10 }]))).toEqual([])
  })
  test('without ink is kept, and the signature is owed', () => {
    expect(kindsOf(upTo('arrived'), signedFor(undefined, { aspect: 2000, strokes: [] }))).toEqual(['receipt-unwritten'])
    expect(kindsOf(upTo('arrived'), signedFor(undefined, { aspect: 2000, strokes: [[[500, 500, 0, 500]]] }))).toEqual(['receipt-unwritten'])
  })
  test('a second one is kept in the log, and the first stands', () => {
    const second = signedFor([{ line: 1, accepted: 9, refused: 1 }, { line: 2, accepted: 2_500_000 }])
    expect(kindsOf(upTo('signedFor'), second)).toEqual(['receipt-twice', 'receipt-differs'])
    expect(orderIn(and(upTo('signedFor'), second)).receipt?.lines[0]).toMatchObject({ accepted: 10 })
  })
  test('of goods that were never shipped is raised', () => {
    expect(kindsOf(given(placed()), signedFor([{ line: 1, accepted: 1 }]))).toEqual(['receipt-unshipped', 'receipt-sums-differ'])
  })
})

test('cash that differs from what was expected is to be collected', () => {
  const cash = (taken: number) => ask('TakeCash', { expected: 18_640, taken, reason: '零錢不足' }, driver)
  expect(kindsOf(upTo('signedFor'), cash(18_640))).toEqual([])
  expect(raisedBy(upTo('signedFor'), cash(18_000))).toEqual([{ kind: 'cash-differs', goods: [], note: '零錢不足' }])
  // Two tabs, two taps: the same money twice would look paid.
  expect(kindsOf(and(upTo('signedFor'), cash(18_640)), cash(18_640))).toEqual(['cash-differs'])
})
