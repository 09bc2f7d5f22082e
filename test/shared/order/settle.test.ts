import { describe, expect, test } from 'vitest'
import { DECISIONS, decisionsFor, EXCEPTION_KINDS, NEXT_ACT, type Decision } from '../../../shared/order/exception.ts'
import { lineOf, openOf, stageOf } from '../../../shared/order/order.ts'
import { and, ask, boss, cancelled, clerk, finished, orderIn, picked, picker, refusalOf, shipped, typesOf, upTo } from './mill.ts'

const settle = (exception: string, decision: Decision, by = boss) => ask('SettleException', { exception, decision, note: '與客戶談妥' }, by)
const short = () => and(upTo('picked1'), ask('ReportShort', { line: 2, quantity: 2_500_000, reason: 'not-found', note: '' }, picker, { id: 's1' }), finished())

describe('an exception', () => {
  test('is closed once, by a supervisor, with the PIN', () => {
    const scene = short()
    expect(refusalOf(scene, settle('s1.short', 'accept', clerk))).toMatchObject({ type: 'wrong-role' })
    expect(refusalOf(scene, ask('SettleException', { exception: 's1.short', decision: 'accept', note: '' }, boss, { signed: false }))).toEqual({ type: 'unsigned' })
    expect(refusalOf(scene, settle('s2.short', 'accept'))).toEqual({ type: 'no-exception', exception: 's2.short' })
    const settled = and(scene, settle('s1.short', 'accept'))
    expect(orderIn(settled).exceptions[0]?.settled).toMatchObject({ by: 'boss', decision: 'accept' })
    expect(refusalOf(settled, settle('s1.short', 'accept'))).toMatchObject({ type: 'already-settled', by: 'boss' })
  })
  test('is closed by a decision that fits it', () => {
    expect(refusalOf(short(), settle('s1.short', 'signed'))).toEqual({ type: 'decision-unfit', decision: 'signed', decisions: ['wait', 'split', 'substitute', 'fetched', 'accept'] })
  })
  test('a short order that waits is picked again, where it was short', () => {
    const scene = and(short(), settle('s1.short', 'wait'))
    expect(stageOf(orderIn(scene))).toBe('picking')
    const line = lineOf(orderIn(scene), 2)
    expect(line && openOf(orderIn(scene), line)).toBe(2_500_000)
    expect(stageOf(orderIn(and(scene, picked(2, 2_500_000), finished())))).toBe('picked')
  })
  test('split and substitute leave the order as it is', () => {
    for (const decision of ['split', 'substitute', 'accept'] as const) expect(typesOf(short(), settle('s1.short', decision))).toEqual(['ExceptionSettled'])
  })
  test('goods that have left, and an order that was cancelled, wait for nothing', () => {
    expect(refusalOf(and(short(), shipped()), settle('s1.short', 'wait'))).toMatchObject({ type: 'decision-unfit', decisions: ['split', 'substitute', 'fetched', 'accept'] })
    expect(refusalOf(and(short(), cancelled()), settle('s1.short', 'wait'))).toMatchObject({ type: 'decision-unfit' })
  })
  test('every kind has a next act and decisions, and can be accepted as it is', () => {
    for (const kind of EXCEPTION_KINDS) {
      expect(NEXT_ACT[kind]).toBeDefined()
      expect(decisionsFor(kind)).toContain('accept')
      expect(DECISIONS).toEqual(expect.arrayContaining([...decisionsFor(kind)]))
    }
    expect(DECISIONS.filter((decision) => !EXCEPTION_KINDS.some((kind) => decisionsFor(kind).includes(decision)))).toEqual([])
  })
})
