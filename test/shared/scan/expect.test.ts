import { expect as expects, test } from 'vitest'
import { expect } from '../../../shared/scan/expect.ts'
import { nextStop, walkOf } from '../../../shared/work/walk.ts'
import { after, claimed, LIN, line, roll, shelves } from '../work/picking.ts'

const BX: Parameters<typeof shelves>[number] = ['BX-150-787', 'roll', [roll('R-26-118203', 'C-07-2'), roll('R-26-118204', 'C-07-2', '2026-11-02')], '4710001000017']
const MZ: Parameters<typeof shelves>[number] = ['MZ-070-25', 'ream', [{ location: 'D-01-1', lot: 'L-26-MZ1', quantity: 50, grams: 0, receivedOn: '2026-11-01' }]]
const shelf = shelves(BX, MZ)

function scan(code: string, order = claimed(line(1, 'BX-150-787', 2, 'roll'), line(2, 'MZ-070-25', 4, 'ream')), products = shelf) {
  const walk = walkOf(order, products)
  return expect(code, { order, walk, at: nextStop(walk), products })
}
const pick = (lineNo: number, quantity: number, lot: string, from: string) => ({ type: 'PickLine', payload: { line: lineNo, quantity, lot, from, grams: 0 } }) as const

test('the roll that is wanted is right, however the scanner writes it', () => {
  expects(scan('R-26-118203')).toMatchObject({ is: 'right', line: 1, take: { lot: 'R-26-118203', quantity: 1 } })
  expects(scan(' r-26-118203\r')).toMatchObject({ is: 'right' })
  expects(scan('Ｒ－２６－１１８２０３')).toMatchObject({ is: 'right' })
})

test('the code of the product picks by quantity', () => {
  expects(scan('BX-150-787')).toMatchObject({ is: 'right', take: { lot: 'R-26-118203', quantity: 1 } })
  expects(scan('4710001000017')).toMatchObject({ is: 'right', take: { lot: 'R-26-118203', quantity: 1 } })
})

test('another roll of the same product is a question, which names both', () => {
  expects(scan('R-26-118204')).toMatchObject({ is: 'other-lot', take: { lot: 'R-26-118204' }, wanted: { lot: 'R-26-118203' } })
})

test('goods of another line of the order lead to that line', () => {
  expects(scan('L-26-MZ1')).toMatchObject({ is: 'other-line', line: 2, take: { quantity: 4 } })
})

test('a roll that lies in the pile already is not counted twice', () => {
  const order = after(claimed(line(1, 'BX-150-787', 2, 'roll')), LIN, pick(1, 1, 'R-26-118203', 'C-07-2'))
  expects(scan('R-26-118203', order)).toMatchObject({ is: 'again', line: 1 })
})

test('of a line that is complete nothing more is wanted', () => {
  const order = after(claimed(line(1, 'BX-150-787', 1, 'roll'), line(2, 'MZ-070-25', 4, 'ream')), LIN, pick(1, 1, 'R-26-118203', 'C-07-2'))
  expects(scan('R-26-118204', order)).toEqual({ is: 'enough', line: 1 })
  expects(scan('BX-150-787', order)).toEqual({ is: 'enough', line: 1 })
})

test('what was reported missing and turns up may still be taken', () => {
  const order = after(claimed(line(1, 'BX-150-787', 1, 'roll')), LIN, { type: 'ReportShort', payload: { line: 1, quantity: 1, reason: 'not-found', note: '' } })
  expects(scan('R-26-118203', order)).toMatchObject({ is: 'found', line: 1, take: { quantity: 1 } })
})

test('a code that nobody knows is wrong, and a question only where nobody knows the lots', () => {
  expects(scan('R-26-999999')).toEqual({ is: 'unknown' })
  expects(scan('R-26-999999', claimed(line(1, 'BX-150-787', 2, 'roll')), new Map())).toMatchObject({ is: 'unlisted', line: 1, take: { lot: 'R-26-999999', location: '', quantity: 1 } })
})
