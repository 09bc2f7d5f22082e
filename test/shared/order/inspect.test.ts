import { describe, expect, test } from 'vitest'
import { stageOf, stepOf } from '../../../shared/order/order.ts'
import { and, ask, checker, inspected, kindsOf, loaded, orderIn, packed, raisedBy, upTo } from './mill.ts'

describe('inspection', () => {
  test('passed goods go on to packing', () => {
    expect(kindsOf(upTo('finished'), inspected())).toEqual([])
    expect(stepOf(orderIn(upTo('inspected')))).toBe('pack')
  })
  test('held goods stay, with the reason; passed later they go on, and the hold is still to be settled', () => {
    expect(raisedBy(upTo('finished'), inspected('hold'))).toMatchObject([{ kind: 'inspection-failed', note: '受潮', goods: [{ line: 1, quantity: 10 }, { line: 2, quantity: 2_500_000 }] }])
    const held = and(upTo('finished'), inspected('hold'))
    expect(stageOf(orderIn(held))).toBe('held')
    const passed = and(held, inspected())
    expect(stageOf(orderIn(passed))).toBe('inspected')
    expect(orderIn(passed).exceptions).toMatchObject([{ kind: 'inspection-failed', settled: null }])
  })
  test('packing does not free what is held', () => {
    const scene = and(upTo('finished'), inspected('fail'), packed())
    expect(stageOf(orderIn(scene))).toBe('held')
    expect(stageOf(orderIn(and(scene, inspected())))).toBe('packed')
    expect(stageOf(orderIn(and(scene, loaded())))).toBe('loaded')
  })
  test('passed with a failed check is a contradiction', () => {
    const said = ask('Inspect', { result: 'pass', checks: { quantity: 'fail', appearance: 'pass', labels: 'pass' }, reason: '', photos: [] }, checker)
    expect(kindsOf(upTo('finished'), said)).toEqual(['inspection-failed'])
  })
  test('before picking is finished it is raised', () => {
    expect(kindsOf(upTo('picked1'), inspected())).toEqual(['inspected-before-picked'])
  })
  test('without the PIN it is kept, and the signature is owed', () => {
    const { command, actor } = inspected()
    expect(raisedBy(upTo('finished'), { command: { ...command, signed: false }, actor })).toEqual([{ kind: 'unsigned', goods: [], note: 'Inspect' }])
  })
})
