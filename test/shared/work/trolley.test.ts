import { expect, test } from 'vitest'
import { type Carried, rivalsOf, SLOTS, slotOf, stopInHand, walkOfTrolley } from '../../../shared/work/trolley.ts'
import { walkOf } from '../../../shared/work/walk.ts'
import { after, claimed, LIN, line, roll, shelves } from './picking.ts'

const shelf = shelves(
  ['BX', 'roll', [roll('R-1', 'C-07-2'), roll('R-2', 'C-07-2', '2026-11-02'), roll('R-3', 'C-07-2', '2026-11-03')]],
  ['MZ', 'ream', [{ location: 'A-01-1', lot: 'L-1', quantity: 50, grams: 0, receivedOn: '2026-11-01' }]],
  ['HB', 'pack', [{ location: 'D-02-1', lot: 'L-2', quantity: 50, grams: 0, receivedOn: '2026-11-01' }]],
)
const orders = [claimed(line(1, 'HB', 2, 'pack'), line(2, 'BX', 1, 'roll')), claimed(line(1, 'BX', 2, 'roll')), claimed(line(1, 'MZ', 5, 'ream'))].map((order, i) => ({ ...order, id: `o${i + 1}` }))
const trolley = (all = orders): Carried[] => all.map((order, i) => ({ slot: SLOTS[i] ?? 'A', order, walk: walkOf(order, shelf) }))
const said = (carried: Carried[]) => walkOfTrolley(carried).map(({ slot, stop }) => `${slot}${stop.line.no}`)
const pickOf = (no: number, quantity: number, lot: string, from: string) => ({ type: 'PickLine', payload: { line: no, quantity, lot, from, grams: 0 } }) as const

test('three orders are one walk by place, the same goods next to each other', () => {
  expect(said(trolley())).toEqual(['C1', 'A2', 'B1', 'A1'])
})
test('what is in hand stays until it is done, then the next on the way follows, and around the end to the beginning', () => {
  const walk = walkOfTrolley(trolley())
  expect(stopInHand(walk, null)).toMatchObject({ slot: 'C' })
  expect(stopInHand(walk, { order: 'o2', line: 1, place: 'C-07-2' })).toMatchObject({ slot: 'B' })
  const done = trolley([orders[0], { ...after(orders[1] ?? null, LIN, pickOf(1, 2, 'R-1', 'C-07-2')), id: 'o2' }, orders[2]].flatMap((order) => order ?? []))
  expect(stopInHand(walkOfTrolley(done), { order: 'o2', line: 1, place: 'C-07-2' })).toMatchObject({ slot: 'A', stop: { line: { no: 2 } } })
  expect(stopInHand(walkOfTrolley(done), { order: 'o2', line: 1, place: 'Z-01-1' })).toMatchObject({ slot: 'C' })
})
test('the slot is asked where two orders want the same goods, and nowhere else', () => {
  const walk = walkOfTrolley(trolley())
  const [reams, roll] = walk
  if (!reams || !roll) throw new Error('no stops')
  expect(rivalsOf(walk, reams)).toEqual([])
  expect(rivalsOf(walk, roll).map(({ slot }) => slot)).toEqual(['B'])
})
test('a slot is read from its letter, and from nothing longer', () => {
  expect(['a', 'slot-b', 'slotd'].map(slotOf)).toEqual(['A', 'B', 'D'])
  expect(['e', 'ab', 'slot', 'r-26-118203'].map(slotOf)).toEqual([null, null, null, null])
})
