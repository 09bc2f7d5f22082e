import { describe, expect, test } from 'vitest'
import { DECISIONS, decisionsFor, EXCEPTION_KINDS, NEXT_ACT, type Decision } from '../../../shared/order/exception.ts'
import { lineOf, openOf, pickedOf } from '../../../shared/order/order.ts'
import { owedOf } from '../../../shared/order/split.ts'
import { stageOf } from '../../../shared/order/stage.ts'
import { amended, and, answerTo, ask, boss, cancelled, chief, clerk, eventsOf, finished, inspected, orderIn, picked, picker, refusalOf, type Said, shipped, signedFor, typesOf, upTo } from './mill.ts'

const settle = (exception: string, decision: Decision, by = boss) => ask('SettleException', { exception, decision, note: '與客戶談妥' }, by)
const named = (said: Said, id: string): Said => ({ ...said, command: { ...said.command, id } })
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
    expect(refusalOf(short(), settle('s1.short', 'signed'))).toEqual({ type: 'decision-unfit', decision: 'signed', decisions: ['wait', 'split', 'substitute', 'fetched', 'accept', 'corrected'] })
  })
  test('a short order that waits is picked again, where it was short', () => {
    const scene = and(short(), settle('s1.short', 'wait'))
    expect(stageOf(orderIn(scene))).toBe('picking')
    const line = lineOf(orderIn(scene), 2)
    expect(line && openOf(orderIn(scene), line)).toBe(2_500_000)
    expect(stageOf(orderIn(and(scene, picked(2, 2_500_000), finished())))).toBe('picked')
  })
  test('accepted as it is, an order stays as it is', () => {
    expect(typesOf(short(), settle('s1.short', 'accept'))).toEqual(['ExceptionSettled'])
  })
  test('goods that have left, and an order that was cancelled, wait for nothing', () => {
    expect(refusalOf(and(short(), shipped()), settle('s1.short', 'wait'))).toMatchObject({ type: 'decision-unfit', decisions: ['split', 'fetched', 'accept', 'corrected'] })
    expect(refusalOf(and(short(), cancelled()), settle('s1.short', 'wait'))).toMatchObject({ type: 'decision-unfit', decisions: ['corrected'] })
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

describe('a short order that is split', () => {
  const settled = () => and(short(), settle('s1.short', 'split'))
  test('goes on with what it has, and the rest is an order of its own with the number of the first', () => {
    const order = orderIn(settled())
    expect(order.lines.map(({ no, quantity }) => [no, quantity])).toEqual([[1, 10]])
    expect(order.shorts).toEqual([])
    expect(stageOf(order)).toBe('picked')
    expect(eventsOf(short(), { ...settle('s1.short', 'split'), command: { ...settle('s1.short', 'split').command, id: 'split-1' } })[1]).toMatchObject({
      type: 'OrderSplit',
      id: 'split-1',
      rest: [{ line: 2, quantity: 2_500_000 }],
      form: { number: 'SO-2611-0417-B1', source: { name: 'SO-2611-0417', key: 'o1' }, customer: { name: '立德包裝' }, lines: [{ no: 2, quantity: 2_500_000, sku: 'WX-140-KG' }] },
    })
    expect(order.parts).toMatchObject([{ number: 'SO-2611-0417-B1', by: 'boss', rest: [{ line: 2, quantity: 2_500_000 }] }])
  })
  test('keeps open what nobody has looked for yet: only what was short goes', () => {
    const scene = and(upTo('claimed'), picked(1, 4), ask('ReportShort', { line: 1, quantity: 1, reason: 'damaged', note: '' }, picker, { id: 's1' }), settle('s1.short', 'split'))
    const line = lineOf(orderIn(scene), 1)
    expect(line).toMatchObject({ quantity: 9 })
    expect(line && openOf(orderIn(scene), line)).toBe(5)
  })
  test('twice, has two parts with a number each', () => {
    const short = (line: number, quantity: number, id: string) => ask('ReportShort', { line, quantity, reason: 'other', note: '' }, picker, { id })
    const scene = and(upTo('claimed'), picked(1, 8), short(1, 2, 's1'), short(2, 2_500_000, 's2'), settle('s1.short', 'split'))
    expect(orderIn(and(scene, settle('s2.short', 'split'))).parts?.map((each) => each.number)).toEqual(['SO-2611-0417-B1', 'SO-2611-0417-B2'])
  })
  test('is split after it was shipped, too; not where nothing would stay, nor when it was cancelled', () => {
    expect(typesOf(and(short(), shipped()), settle('s1.short', 'split'))).toEqual(['ExceptionSettled', 'OrderSplit'])
    expect(refusalOf(and(upTo('claimed'), ask('FinishPicking', {}, picker, { id: 'f1' })), settle('f1.short', 'split'))).toMatchObject({ type: 'decision-unfit', decisions: ['wait', 'substitute', 'fetched', 'corrected'] })
    expect(refusalOf(and(short(), cancelled()), settle('s1.short', 'split'))).toMatchObject({ type: 'decision-unfit' })
  })
})

describe('a short order that gets other goods', () => {
  const other = { line: 2, sku: 'WX-150-KG', name: '瓦楞芯紙 150 g/m²', spec: '1250 mm', grams: 0 }
  const substituted = (substitutes = [other], agreed = '謝小姐電話同意') => ask('SettleException', { exception: 's1.short', decision: 'substitute', note: '', substitutes, agreed }, boss)
  test('sends the picker to them, on a line of their own, and picking goes on', () => {
    const order = orderIn(and(short(), substituted()))
    expect(order.lines.map(({ no, sku, quantity }) => [no, sku, quantity])).toEqual([[1, 'BK-080-1092', 10], [3, 'WX-150-KG', 2_500_000]])
    expect(order.substitutions).toMatchObject([{ line: 3, instead: { line: 2, quantity: 2_500_000, name: '瓦楞芯紙 140 g/m²' }, agreed: '謝小姐電話同意', by: 'boss' }])
    expect(stageOf(order)).toBe('picking')
    const line = lineOf(order, 3)
    expect(line && openOf(order, line)).toBe(2_500_000)
    expect(stageOf(orderIn(and(short(), substituted(), picked(3, 2_500_000), finished())))).toBe('picked')
  })
  test('keeps what was picked of the old ones', () => {
    const scene = and(upTo('claimed'), picked(1, 4), picked(2, 1_500_000), ask('ReportShort', { line: 2, quantity: 1_000_000, reason: 'miscounted', note: '' }, picker, { id: 's1' }), substituted())
    expect(orderIn(scene).lines.map(({ no, quantity }) => [no, quantity])).toEqual([[1, 10], [2, 1_500_000], [3, 1_000_000]])
    expect(pickedOf(orderIn(scene), 2)).toBe(1_500_000)
  })
  test('needs the goods for every line and the word of the customer', () => {
    expect(refusalOf(short(), substituted([]))).toEqual({ type: 'decision-empty', decision: 'substitute' })
    expect(refusalOf(short(), substituted([other], ' '))).toEqual({ type: 'decision-empty', decision: 'substitute' })
  })
})

describe('what a receipt does not say was taken', () => {
  const short = signedFor([{ line: 1, accepted: 6, short: 1, damaged: 1, refused: 2, reason: '規格不符' }, { line: 2, accepted: 2_500_000 }])
  const differs = () => and(upTo('arrived'), named(short, 'r1'))
  const again = (lines?: { line: number; quantity: number }[], by = boss, exception = 'r1.receipt-differs') => ask('SettleException', { exception, decision: 'again', note: '', ...(lines && { again: lines }) }, by, { id: 'again-1' })
  test('is delivered again as an order of its own, and the receipt stays as it was signed', () => {
    const scene = and(differs(), again())
    const order = orderIn(scene)
    const before = orderIn(differs())
    expect([order.receipt, order.lines, stageOf(order)]).toEqual([before.receipt, before.lines, 'delivered'])
    expect(order.parts).toMatchObject([{ id: 'again-1', number: 'SO-2611-0417-B1', again: true, rest: [{ line: 1, quantity: 4 }] }])
    expect(eventsOf(differs(), again())[1]).toMatchObject({ type: 'RestOrdered', form: { number: 'SO-2611-0417-B1', source: { name: 'SO-2611-0417', key: 'o1' }, lines: [{ no: 1, quantity: 4, price: 18640 }] } })
    expect(owedOf(order)).toEqual([])
  })
  test('may be less than all of it, never more, and what is not taken again is not', () => {
    const some = again([{ line: 1, quantity: 3 }], chief)
    expect(orderIn(and(differs(), some)).parts?.[0]?.rest).toEqual([{ line: 1, quantity: 3 }])
    for (const lines of [[], [{ line: 1, quantity: 5 }], [{ line: 1, quantity: 3 }, { line: 1, quantity: 2 }], [{ line: 2, quantity: 1 }], [{ line: 9, quantity: 1 }]])
      expect(refusalOf(differs(), again(lines))).toEqual({ type: 'decision-empty', decision: 'again' })
    expect(refusalOf(differs(), again(undefined, clerk))).toMatchObject({ type: 'wrong-role' })
  })
  test('is what the last amendment says, and is not ordered twice', () => {
    const seen = named(amended([{ line: 1, accepted: 5, damaged: 3, refused: 2 }]), 'a1')
    const scene = and(differs(), again(), seen)
    expect(owedOf(orderIn(scene))).toEqual([{ line: 1, quantity: 1 }])
    const twice = and(scene, named(again(undefined, boss, 'a1.receipt-amended'), 'again-2'))
    expect(orderIn(twice).parts?.map(({ number, rest }) => [number, rest])).toEqual([['SO-2611-0417-B1', [{ line: 1, quantity: 4 }]], ['SO-2611-0417-B2', [{ line: 1, quantity: 1 }]]])
    expect(refusalOf(and(differs(), again(), amended()), again(undefined, boss, `c${differs().count + 2}.receipt-amended`))).toMatchObject({ type: 'decision-unfit' })
  })
  test('is credited, or left as it is: nothing follows', () => {
    for (const decision of ['credit', 'accept'] as const) expect(typesOf(differs(), settle('r1.receipt-differs', decision))).toEqual(['ExceptionSettled'])
  })
})

describe('shipped as it is', () => {
  test('needs something to ship, or something still to pick', () => {
    const nothing = and(upTo('claimed'), ask('FinishPicking', {}, picker, { id: 'f1' }))
    expect(refusalOf(nothing, settle('f1.short', 'accept'))).toMatchObject({ type: 'decision-unfit' })
    expect(answerTo(and(upTo('claimed'), ask('ReportShort', { line: 2, quantity: 1, reason: 'other', note: '' }, picker, { id: 's1' })), settle('s1.short', 'accept'))).toHaveProperty('accept')
  })
  test('is nothing that was cancelled', () => {
    const scene = and(upTo('picked1'), { ...cancelled(), command: { ...cancelled().command, id: 'x' } })
    expect(refusalOf(scene, settle('x.picked-after-cancel', 'accept'))).toMatchObject({ type: 'decision-unfit', decisions: ['put-back', 'corrected'] })
  })
})

describe('the last step', () => {
  test('a short report is taken back until somebody has decided about it', () => {
    const back = ask('TakeBackShort', { short: 's1' }, picker)
    const before = and(upTo('picked1'), ask('ReportShort', { line: 2, quantity: 500_000, reason: 'not-found', note: '' }, picker, { id: 's1' }))
    const order = orderIn(and(before, back))
    expect(order.shorts).toEqual([])
    expect(order.exceptions[0]?.settled).toMatchObject({ decision: 'corrected' })
    expect(refusalOf(and(before, settle('s1.short', 'fetched')), back)).toMatchObject({ type: 'already-settled', by: 'boss' })
    expect(refusalOf(and(before, finished()), back)).toMatchObject({ type: 'wrong-stage', allowed: ['picking'] })
  })
  test('picking is opened again until somebody has inspected it, and what was short by it asks nobody', () => {
    const reopen = ask('ReopenPicking', {}, picker)
    const order = orderIn(and(upTo('picked1'), ask('FinishPicking', {}, picker, { id: 'f1' }), reopen))
    expect(stageOf(order)).toBe('picking')
    expect(order.exceptions.filter((each) => !each.settled)).toEqual([])
    expect(refusalOf(and(upTo('finished'), inspected('hold')), reopen)).toMatchObject({ type: 'wrong-stage', stage: 'held' })
    expect(refusalOf(upTo('claimed'), reopen)).toMatchObject({ type: 'wrong-stage', stage: 'picking' })
  })
})
