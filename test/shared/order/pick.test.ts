import { describe, expect, test } from 'vitest'
import { lineOf, openOf, pickedOf } from '../../../shared/order/order.ts'
import { stageOf } from '../../../shared/order/stage.ts'
import { and, answerTo, ask, boss, cancelled, claimed, confirmed, eventsOf, finished, given, kindsOf, orderIn, other, picked, picker, placed, raisedBy, refusalOf, shipped, type Scene, typesOf, upTo } from './mill.ts'

const open = (scene: Scene, no: number) => {
  const order = orderIn(scene)
  const line = lineOf(order, no)
  return line ? openOf(order, line) : null
}
const back = (pick: string, quantity: number) => ask('PutBack', { pick, quantity }, picker)
const short = (line: number, quantity: number) => ask('ReportShort', { line, quantity, reason: 'not-found', note: '' }, picker)

describe('claiming', () => {
  test('one picker has the order; claiming it again changes nothing', () => {
    const scene = upTo('claimed')
    expect(orderIn(scene).claim).toMatchObject({ by: 'picker' })
    expect(answerTo(scene, claimed())).toEqual({ accept: [] })
    expect(refusalOf(scene, claimed(other))).toMatchObject({ type: 'claimed', by: 'picker' })
  })
  test('given back by who has it, or by a supervisor, not by another', () => {
    const release = (by = picker) => ask('ReleaseClaim', {}, by)
    expect(orderIn(and(upTo('claimed'), release())).claim).toBeNull()
    expect(orderIn(and(upTo('claimed'), release(boss))).claim).toBeNull()
    expect(refusalOf(upTo('claimed'), release(other))).toMatchObject({ type: 'claimed', by: 'picker' })
    expect(refusalOf(upTo('noticed'), release())).toEqual({ type: 'not-claimed' })
  })
  test('not once picking is finished, and not when it was cancelled', () => {
    expect(refusalOf(and(upTo('finished'), ask('ReleaseClaim', {}, picker)), claimed(other))).toMatchObject({ type: 'wrong-stage', stage: 'picked' })
    expect(refusalOf(and(upTo('noticed'), cancelled()), claimed())).toMatchObject({ type: 'already-cancelled' })
  })
})

describe('picking', () => {
  test('keeps lot, place and quantity, and counts in thousandths where the unit is a weight', () => {
    const scene = and(upTo('claimed'), picked(1, 4), picked(2, 500_000), picked(2, 1_000_000))
    expect(pickedOf(orderIn(scene), 1)).toBe(4)
    expect([open(scene, 1), open(scene, 2)]).toEqual([6, 1_000_000])
    expect(orderIn(scene).picks[0]).toMatchObject({ lot: 'R-1', from: 'A-03-1', by: 'picker' })
  })
  test('what fits raises nothing', () => {
    expect(kindsOf(upTo('claimed'), picked(1, 10))).toEqual([])
  })
  test('more than was ordered raises the surplus, to be put back where it came from', () => {
    expect(raisedBy(and(upTo('claimed'), picked(1, 8)), picked(1, 5))).toEqual([{ kind: 'picked-too-much', goods: [{ line: 1, quantity: 3, lot: 'R-1', from: 'A-03-1' }], note: '' }])
    expect(raisedBy(upTo('picked1'), picked(1, 2))[0]?.goods[0]?.quantity).toBe(2)
  })
  test('two pickers on one order: the goods are kept, and the second is named', () => {
    const scene = and(upTo('claimed'), picked(1, 4))
    expect(raisedBy(scene, picked(1, 6, other))).toMatchObject([{ kind: 'picked-from-other-claim', note: 'picker' }])
    expect(pickedOf(orderIn(and(scene, picked(1, 6, other))), 1)).toBe(10)
  })
  test('before confirmation, after cancellation, of a line the order has not: kept and raised', () => {
    expect(kindsOf(given(placed()), picked())).toEqual(['picked-unconfirmed'])
    expect(kindsOf(and(upTo('claimed'), cancelled()), picked())).toEqual(['picked-after-cancel'])
    expect(raisedBy(upTo('claimed'), picked(99, 1))).toEqual([{ kind: 'picked-unknown-line', goods: [{ line: 99, quantity: 1, lot: 'R-99', from: 'A-03-1' }], note: '' }])
  })
  test('after inspection or shipping somebody has to look', () => {
    expect(raisedBy(and(upTo('picked1'), finished(), ask('Inspect', { result: 'pass', checks: { quantity: 'pass', appearance: 'pass', labels: 'pass' }, reason: '', photos: [] }, picker)), picked(2, 5))).toMatchObject([{ kind: 'picked-late', note: 'inspected' }])
    expect(kindsOf(upTo('shipped'), picked(1, 1))).toEqual(['picked-too-much', 'picked-late'])
  })
})

describe('putting back', () => {
  test('opens the line again', () => {
    const scene = and(upTo('claimed'), picked(1, 10, picker, 'p1'), back('p1', 4))
    expect(open(scene, 1)).toBe(4)
    expect(kindsOf(and(upTo('claimed'), picked(1, 10, picker, 'p1')), back('p1', 4))).toEqual([])
  })
  test('after picking was finished: the order goes back to picking and must be inspected again', () => {
    const before = and(upTo('claimed'), picked(1, 10, picker, 'p1'), picked(2, 2_500_000), finished())
    expect(typesOf(before, back('p1', 1))).toEqual(['PickPutBack', 'PickingReopened'])
    const scene = and(before, back('p1', 1))
    expect(stageOf(orderIn(scene))).toBe('picking')
    expect(orderIn(scene)).toMatchObject({ pickingFinished: null, inspection: null, packed: null, packages: [] })
    expect(stageOf(orderIn(and(scene, picked(1, 1), finished())))).toBe('picked')
  })
  test('of a surplus: nothing is open again, so picking stays finished', () => {
    const scene = and(upTo('claimed'), picked(1, 12, picker, 'p1'), picked(2, 2_500_000), finished())
    expect(typesOf(scene, back('p1', 2))).toEqual(['PickPutBack'])
  })
  test('of what was reported short anyway: picking stays finished', () => {
    const scene = and(upTo('claimed'), picked(1, 8), short(1, 2), picked(1, 1, picker, 'found'), picked(2, 2_500_000), finished())
    expect(typesOf(scene, back('found', 1))).toEqual(['PickPutBack'])
  })
  test('after a short: what was short stays short, what went back is open', () => {
    const scene = and(upTo('claimed'), picked(1, 8, picker, 'p1'), short(1, 2), back('p1', 8))
    expect(open(scene, 1)).toBe(8)
  })
  test('found after all: the rest of a short line is picked and nothing is too much', () => {
    const scene = and(upTo('claimed'), picked(1, 8), short(1, 2))
    expect(open(scene, 1)).toBe(0)
    expect(kindsOf(scene, picked(1, 2))).toEqual([])
  })
  test('more than was taken, or of a pick nobody knows, is raised and nothing falls below zero', () => {
    const scene = and(upTo('claimed'), picked(1, 3, picker, 'p1'))
    expect(raisedBy(scene, back('p1', 5))).toEqual([{ kind: 'put-back-differs', goods: [{ line: 1, quantity: 2, lot: 'R-1', from: 'A-03-1' }], note: '' }])
    expect(pickedOf(orderIn(and(scene, back('p1', 5))), 1)).toBe(0)
    expect(kindsOf(scene, back('nobody', 1))).toEqual(['put-back-differs'])
  })
  test('off the truck is raised; after a cancellation or a delivery it is what was asked for', () => {
    const scene = and(upTo('claimed'), picked(1, 10, picker, 'p1'), picked(2, 2_500_000), finished())
    expect(kindsOf(and(scene, shipped()), back('p1', 1))).toEqual(['put-back-late'])
    expect(typesOf(and(scene, cancelled()), back('p1', 10))).toEqual(['PickPutBack'])
  })
})

describe('a short line', () => {
  test('asks wait, split or substitute, naming what is missing', () => {
    expect(raisedBy(upTo('picked1'), ask('ReportShort', { line: 2, quantity: 700_500, reason: 'damaged', note: '受潮' }, picker))).toEqual([
      { kind: 'short', goods: [{ line: 2, quantity: 700_500, lot: '', from: '' }], note: 'damaged: 受潮' },
    ])
  })
  test('of a cancelled order asks nobody; of an unknown line somebody has to look', () => {
    expect(kindsOf(and(upTo('claimed'), cancelled()), short(1, 2))).toEqual([])
    expect(kindsOf(upTo('claimed'), short(77, 2))).toEqual(['unknown-line'])
  })
  test('picking that is finished with lines open is short by what is open', () => {
    expect(raisedBy(and(upTo('picked1'), short(2, 500_000)), finished())).toEqual([{ kind: 'short', goods: [{ line: 2, quantity: 2_000_000, lot: '', from: '' }], note: '' }])
    expect(kindsOf(upTo('picked2'), finished())).toEqual([])
    expect(eventsOf(and(given(placed(), confirmed()), cancelled()), finished())).toHaveLength(1)
  })
})
