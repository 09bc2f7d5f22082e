import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cashOf, handedLikely, packagesOf, readyToSign, uncounted, type Delivery } from '../../../client/deliver/delivery.ts'
import { accepted, cashExpected, countsOf, type Differing, differs, type LineCount, reasonOf, receiptLines, refusedWhole, UNCOUNTED, withOutcome, withPackages } from '../../../client/deliver/outcome.ts'
import { thinned } from '../../../client/deliver/thin.ts'
import { COMMANDS } from '../../../shared/order/commands.ts'
import type { Order } from '../../../shared/order/order.ts'
import { isWritten, type Ink } from '../../../shared/receipt/ink.ts'
import { and, arrived, ask, driver, kindsOf, orderIn, packed, placed, given, picked, shipped, upTo } from '../../shared/order/mill.ts'

const line = (change: Partial<LineCount> = {}): LineCount => ({ ...UNCOUNTED, counted: true, ...change })
const delivery = (lines: Delivery['lines'], cash: Partial<Delivery['cash']> = {}): Delivery => ({ lines, cash: { counted: false, taken: null, reason: '', ...cash } })
const order = orderIn(upTo('arrived'))
const cashOrder: Order = orderIn(given(placed({ terms: 'cash-on-delivery' }), picked(1, 10), picked(2, 2_500_000), shipped()))
const sign = (lines: Delivery['lines'], of = order) => ask('SignReceipt', { lines: receiptLines(of, lines), receiver: { name: '林玉明', role: '' }, ink: { aspect: 2000, strokes: [[[0, 0, 0, 500], [900, 0, 90, 500]]] }, place: null, photos: [] }, driver)

describe('counting at the door', () => {
  it('a line always adds up to what was shipped, whatever is tapped in whatever order', () => {
    const taps = fc.array(fc.tuple(fc.constantFrom<Differing>('short', 'damaged', 'refused'), fc.integer({ min: -5, max: 2_000_000 })), { maxLength: 12 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), taps, (sent, each) => {
        const after = each.reduce((count, [outcome, n]) => withOutcome(sent, count, outcome, n), line())
        const counts = countsOf(sent, after)
        expect(counts.accepted + counts.short + counts.damaged + counts.refused).toBe(sent)
        expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('seven received, one damaged: the rules find nothing that does not add up', () => {
    const counts = { 1: withOutcome(10, line(), 'damaged', 1), 2: line() }
    expect(receiptLines(order, counts)).toEqual([
      { line: 1, accepted: 9, short: 0, damaged: 1, refused: 0, reason: '', photos: [] },
      { line: 2, accepted: 2_500_000, short: 0, damaged: 0, refused: 0, reason: '', photos: [] },
    ])
    expect(kindsOf(upTo('arrived'), sign(counts))).toEqual(['receipt-differs'])
    expect(kindsOf(upTo('arrived'), sign({ 1: line(), 2: line() }))).toEqual([])
  })

  it('still adds up when less was shipped than was counted', () => {
    expect(countsOf(3, line({ damaged: 2, refused: 5 }))).toEqual({ accepted: 0, short: 0, damaged: 2, refused: 1 })
  })

  it('a line that is whole again keeps no reason and no photograph of what was not', () => {
    const damaged = { ...withOutcome(10, line(), 'damaged', 1), lots: ['R-1'], reason: '端面壓痕', photos: ['a'] }
    expect(reasonOf(damaged)).toBe('R-1 端面壓痕')
    expect(withOutcome(10, damaged, 'damaged', 0)).toEqual(line())
    expect(accepted(damaged)).toEqual(line())
  })

  it('a whole stop refused refuses every line with the reason', () => {
    const counts = { 1: refusedWhole(10, '沒有訂'), 2: refusedWhole(2_500_000, '沒有訂') }
    expect(receiptLines(order, counts).map(({ accepted: got, refused, reason }) => [got, refused, reason])).toEqual([[0, 10, '沒有訂'], [0, 2_500_000, '沒有訂']])
    expect(Object.values(counts).every(differs)).toBe(true)
  })

  it('nobody is asked to sign before every line was counted', () => {
    expect(uncounted(order, delivery({ 1: line() }))).toEqual([2])
    expect(readyToSign(order, delivery({ 1: line() }))).toBe(false)
    expect(readyToSign(order, delivery({ 1: line(), 2: line() }))).toBe(true)
    expect(readyToSign(orderIn(given(placed())), delivery({}))).toBe(false)
  })

  it('nor while a line that differs lacks its reason, also when it was counted before', () => {
    const damaged = withOutcome(10, line(), 'damaged', 1)
    expect(uncounted(order, delivery({ 1: { ...damaged, lots: ['R-1'], reason: ' ' }, 2: line() }))).toEqual([1])
    expect(readyToSign(order, delivery({ 1: damaged, 2: line() }))).toBe(false)
    expect(readyToSign(order, delivery({ 1: { ...damaged, reason: '端面壓痕' }, 2: line() }))).toBe(true)
  })
})

describe('cash on delivery', () => {
  it('is asked for the accepted goods only: 9 rolls at 18,640 and 2,500 kg at 21', () => {
    const counts = { 1: withOutcome(10, line(), 'refused', 1), 2: line() }
    expect(cashExpected(cashOrder, receiptLines(cashOrder, counts))).toBe(9 * 18_640 + 2500 * 21)
  })
  it('is not asked for under other terms, nor when everything was refused', () => {
    expect(cashExpected(order, receiptLines(order, { 1: line(), 2: line() }))).toBe(0)
    expect(cashExpected(cashOrder, receiptLines(cashOrder, { 1: refusedWhole(10, 'x'), 2: refusedWhole(2_500_000, 'x') }))).toBe(0)
  })
  it('is less what was taken before', () => {
    const paid = orderIn(and(given(placed({ terms: 'cash-on-delivery' }), picked(1, 10), shipped()), ask('TakeCash', { expected: 100_000, taken: 100_000, reason: '' }, driver)))
    expect(cashExpected(paid, receiptLines(paid, { 1: line() }))).toBe(186_400 - 100_000)
  })
  it('keeps a reason only when the amount differs, and has to be counted before the signature', () => {
    const counts = { 1: line(), 2: line() }
    expect(cashOf(cashOrder, delivery(counts, { reason: '少一張' }))).toEqual({ expected: 238_900, taken: 238_900, reason: '' })
    expect(cashOf(cashOrder, delivery(counts, { taken: 238_000, reason: ' 沒帶夠 ' }))).toEqual({ expected: 238_900, taken: 238_000, reason: '沒帶夠' })
    expect(readyToSign(cashOrder, delivery(counts))).toBe(false)
    expect(readyToSign(cashOrder, delivery(counts, { counted: true }))).toBe(true)
  })
  it('gives change for what was handed over, and follows when less is accepted afterwards', () => {
    const counts = { 1: line(), 2: line() }
    expect(cashOf(cashOrder, delivery(counts, { handed: 240_000 }))).toEqual({ expected: 238_900, taken: 238_900, reason: '', handed: 240_000, change: 1_100 })
    expect(cashOf(cashOrder, delivery({ 1: withOutcome(10, line(), 'refused', 1), 2: line() }, { handed: 240_000 }))).toMatchObject({ taken: 220_260, change: 19_740 })
    expect(kindsOf(upTo('signedFor'), ask('TakeCash', cashOf(cashOrder, delivery(counts, { handed: 240_000 })), driver))).toEqual([])
  })
  it('wants to know why when too little was handed over or other change was given', () => {
    const counts = { 1: line(), 2: line() }
    const short = delivery(counts, { counted: true, handed: 238_000 })
    expect(cashOf(cashOrder, short)).toMatchObject({ taken: 238_000, change: 0 })
    expect(readyToSign(cashOrder, short)).toBe(false)
    expect(readyToSign(cashOrder, delivery(counts, { counted: true, handed: 238_000, reason: '沒帶夠' }))).toBe(true)
    expect(readyToSign(cashOrder, delivery(counts, { counted: true, handed: 240_000, taken: 239_000 }))).toBe(false)
  })
  it('offers the next sums in whole notes', () => {
    expect(handedLikely(18_640, 0)).toEqual([18_700, 19_000, 20_000])
    expect(handedLikely(20_000, 0)).toEqual([])
    expect(handedLikely(1_864, 2)).toEqual([2_000, 5_000, 10_000])
  })
})

describe('packages', () => {
  const boxes = orderIn(and(given(placed(), picked(1, 10), picked(2, 2_500_000), packed([[1, 4], [1, 6], [2, 2_500_000]]), shipped()), arrived()))
  const damaged = withPackages(boxes, {}, { 2: 'damaged' }, { spoken: [2], reason: '受潮' })
  it('that are damaged fill their lines, which still add up to what was shipped', () => {
    expect(receiptLines(boxes, damaged)).toMatchObject([{ line: 1, accepted: 4, damaged: 6, reason: '受潮' }, { line: 2, accepted: 2_500_000, damaged: 0 }])
    expect(withPackages(boxes, {}, { 1: 'refused', 2: 'short' }, { spoken: [1, 2], reason: 'x' })[1]).toMatchObject({ refused: 4, short: 6 })
  })
  it('that are right after all leave their lines whole, and those of nobody spoke alone', () => {
    expect(receiptLines(boxes, withPackages(boxes, damaged, {}, { spoken: [2], reason: '' }))[0]).toMatchObject({ accepted: 10, damaged: 0, reason: '' })
    const counts = { 2: { ...line(), refused: 5, reason: '規格不符' } }
    expect(withPackages(boxes, counts, { 2: 'damaged' }, { spoken: [2], reason: '受潮' })[2]).toEqual(counts[2])
  })
  it('named on a receipt are what the command says', () => {
    expect(packagesOf(boxes, { ...delivery(damaged), packages: { 2: 'damaged' } })).toEqual([{ no: 2, outcome: 'damaged' }])
    expect(packagesOf(boxes, delivery({}))).toEqual([])
  })
})

describe('ink', () => {
  const scribble = (size: number): Ink => ({ aspect: 2000, strokes: [Array.from({ length: 60 }, (_, i): [number, number, number, number] => [500 + (i % 2) * size, 500, i * 16, 700])] })
  it('of a dot is no signature, however long the finger rubs', () => {
    expect(isWritten({ aspect: 2000, strokes: [] })).toBe(false)
    expect(isWritten(scribble(0))).toBe(false)
    expect(isWritten(scribble(20))).toBe(false)
    expect(isWritten({ aspect: 2000, strokes: [[[500, 500, 0, 500]], [[520, 510, 90, 500]], [[510, 500, 190, 500]]] })).toBe(false)
  })
  it('of a short name is one', () => expect(isWritten(scribble(90))).toBe(true))
})

describe('a signature written for minutes', () => {
  const long: Ink = { aspect: 2000, strokes: Array.from({ length: 300 }, (_, s) => Array.from({ length: 300 }, (_, i): [number, number, number, number] => [i % 1000, s, s * 300 + i, 500])) }
  it('still fits its command, with every stroke and both its ends', () => {
    const kept = thinned(long)
    expect(COMMANDS.SignReceipt.payload.shape.ink.safeParse(long).success).toBe(false)
    expect(COMMANDS.SignReceipt.payload.shape.ink.safeParse(kept).success).toBe(true)
    expect(kept.strokes).toHaveLength(300)
    expect(kept.strokes.map((stroke) => [stroke[0]?.[0], stroke.at(-1)?.[0]])).toEqual(long.strokes.map(() => [0, 299]))
    expect(isWritten(kept)).toBe(true)
  })
  it('and one of the usual length is kept point by point', () => {
    const short: Ink = { aspect: 2000, strokes: long.strokes.slice(0, 20) }
    expect(thinned(short)).toEqual(short)
  })
})
