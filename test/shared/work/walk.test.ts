import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparePlaces, nextStop, takeOf, walkOf } from '../../../shared/work/walk.ts'
import { after, claimed, LIN, line, roll, shelves } from './picking.ts'

const reams = (lot: string, location: string, quantity: number, receivedOn = '2026-11-01') => ({ location, lot, quantity, grams: quantity * 20_000, receivedOn })
const places = (walk: ReturnType<typeof walkOf>) => walk.map((stop) => stop.place)

test('the picker walks the aisles in their order, not in the order of the form, and what nobody can find comes last', () => {
  const order = claimed(line(1, 'NEW', 1, 'ream'), line(2, 'C', 1, 'ream'), line(3, 'A10', 1, 'ream'), line(4, 'A9', 1, 'ream'))
  const walk = walkOf(order, shelves(['C', 'ream', [reams('L1', 'C-07-2', 5)]], ['A10', 'ream', [reams('L2', 'A-10-1', 5)]], ['A9', 'ream', [reams('L3', 'A-9-3', 5)]]))
  expect(places(walk)).toEqual(['A-9-3', 'A-10-1', 'C-07-2', ''])
  expect(walk.map((stop) => stop.line.no)).toEqual([4, 3, 2, 1])
})

test('what came in first goes out first, and of one day what lies nearest', () => {
  const order = claimed(line(1, 'BX', 3, 'roll'))
  const shelf = shelves(['BX', 'roll', [roll('R-3', 'A-01-1', '2026-11-09'), roll('R-2', 'C-02-1'), roll('R-1', 'B-02-1')]])
  expect(walkOf(order, shelf)[0]?.sources.map((source) => source.lot)).toEqual(['R-1', 'R-2', 'R-3'])
})

test('lines of one product share its lots: each is sent to its own, and may still be picked of any', () => {
  const order = claimed(line(1, 'BX', 2, 'roll'), line(2, 'BX', 1, 'roll'), line(3, 'MZ', 15, 'ream'), line(4, 'MZ', 10, 'ream'))
  const shelf = shelves(['BX', 'roll', [roll('R-1', 'B-02-1'), roll('R-2', 'C-02-1'), roll('R-3', 'D-02-1')]], ['MZ', 'ream', [reams('L-1', 'A-01-1', 20), reams('L-2', 'A-02-1', 20, '2026-11-05')]])
  const lots = new Map(walkOf(order, shelf).map(({ line: { no }, sources }) => [no, sources.map(({ lot }) => lot)]))
  expect(lots.get(1)).toEqual(['R-1', 'R-2', 'R-3'])
  expect(lots.get(2)).toEqual(['R-3', 'R-1', 'R-2'])
  // Of a lot that has some left, the rest is the next line's.
  expect([lots.get(3), lots.get(4)]).toEqual([['L-1', 'L-2'], ['L-1', 'L-2']])
  expect(places(walkOf(order, shelf))).toEqual(['A-01-1', 'A-01-1', 'B-02-1', 'D-02-1'])
  const picked = after(order, LIN, { type: 'PickLine', payload: { line: 1, quantity: 1, lot: 'R-1', from: 'B-02-1', grams: 412_000 } })
  expect(places(walkOf(picked, shelf, order))).toEqual(['A-01-1', 'A-01-1', 'B-02-1', 'D-02-1'])
})

test('a roll is one pick with its own number and weight; the next one is the next roll', () => {
  const order = claimed(line(1, 'BX', 2, 'roll'))
  const shelf = shelves(['BX', 'roll', [roll('R-1', 'B-02-1'), roll('R-2', 'C-02-1')]])
  const [stop] = walkOf(order, shelf)
  expect(stop && takeOf(stop)).toEqual({ location: 'B-02-1', lot: 'R-1', quantity: 1, grams: 412_000 })
  const picked = after(order, LIN, { type: 'PickLine', payload: { line: 1, quantity: 1, lot: 'R-1', from: 'B-02-1', grams: 412_000 } })
  const [then] = walkOf(picked, shelf, order)
  expect(then && takeOf(then).lot).toBe('R-2')
  expect(then).toMatchObject({ open: 1, picked: 1, place: 'B-02-1' })
})

test('reams are taken as many as are wanted and lie there, and the rest from the next lot', () => {
  const order = claimed(line(1, 'MZ', 30, 'ream'))
  const shelf = shelves(['MZ', 'ream', [reams('L-1', 'D-01-1', 20, '2026-11-01'), reams('L-2', 'D-02-1', 50, '2026-11-05')]])
  const [stop] = walkOf(order, shelf)
  expect(stop && takeOf(stop)).toEqual({ location: 'D-01-1', lot: 'L-1', quantity: 20, grams: 400_000 })
  const [then] = walkOf(after(order, LIN, { type: 'PickLine', payload: { line: 1, quantity: 20, lot: 'L-1', from: 'D-01-1', grams: 400_000 } }), shelf, order)
  expect(then && takeOf(then)).toEqual({ location: 'D-02-1', lot: 'L-2', quantity: 10, grams: 200_000 })
})

test('paper by weight is picked in thousandths of a kilogram and weighs what it says', () => {
  const order = claimed(line(1, 'WX', 1_250_500, 'kg'))
  const [stop] = walkOf(order, shelves(['WX', 'kg', [{ location: 'B-01-1', lot: 'L-9', quantity: 4_000_000, grams: 4_000_000, receivedOn: '2026-11-01' }]]))
  expect(stop && takeOf(stop)).toMatchObject({ quantity: 1_250_500, grams: 1_250_500 })
})

test('what expires first goes out first, and what quality holds does not', () => {
  const order = claimed(line(1, 'BX', 3, 'roll'))
  const shelf = shelves(['BX', 'roll', [roll('R-1', 'B-01-1'), { ...roll('R-2', 'B-02-1', '2026-11-09'), expires: '2027-01-31' }, { ...roll('R-3', 'B-03-1'), held: true }, { ...roll('R-4', 'B-04-1'), quantity: -1 }]])
  expect(walkOf(order, shelf)[0]?.sources.map((source) => source.lot)).toEqual(['R-2', 'R-1'])
})

test('what was put back lies on its shelf again', () => {
  const order = claimed(line(1, 'BX', 1, 'roll'))
  const shelf = shelves(['BX', 'roll', [roll('R-1', 'B-02-1')]])
  const picked = after(order, LIN, { type: 'PickLine', payload: { line: 1, quantity: 1, lot: 'R-1', from: 'B-02-1', grams: 0 } })
  expect(walkOf(picked, shelf, order)[0]?.sources).toEqual([])
  const back = after(picked, LIN, { type: 'PutBack', payload: { pick: picked.picks[0]?.command ?? '', quantity: 1 } })
  expect(walkOf(back, shelf, order)[0]?.sources.map((source) => source.lot)).toEqual(['R-1'])
})

test('a product counted in another unit says where to look, and the order how much', () => {
  const [stop] = walkOf(claimed(line(1, 'MZ', 30, 'ream')), shelves(['MZ', 'sheet', [reams('L-1', 'D-01-1', 5)]]))
  expect(stop && takeOf(stop)).toMatchObject({ location: 'D-01-1', quantity: 30 })
})

test('after a line comes the next open one on the way, and round to those that were passed over', () => {
  const order = claimed(line(1, 'A', 1, 'ream'), line(2, 'B', 1, 'ream'), line(3, 'C', 1, 'ream'))
  const shelf = shelves(['A', 'ream', [reams('1', 'A-1', 9)]], ['B', 'ream', [reams('2', 'B-1', 9)]], ['C', 'ream', [reams('3', 'C-1', 9)]])
  const done = after(order, LIN, { type: 'PickLine', payload: { line: 2, quantity: 1, lot: '2', from: 'B-1', grams: 0 } })
  const walk = walkOf(done, shelf)
  expect(nextStop(walk)?.line.no).toBe(1)
  expect(nextStop(walk, 1)?.line.no).toBe(3)
  expect(nextStop(walk, 3)?.line.no).toBe(1)
})

test('places compare as people read them, whatever they are called', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
      expect(Math.sign(comparePlaces(a, b)) + Math.sign(comparePlaces(b, a))).toBe(0)
      if (comparePlaces(a, b) <= 0 && comparePlaces(b, c) <= 0) expect(comparePlaces(a, c)).toBeLessThanOrEqual(0)
    }),
  )
})
