import { describe, expect as expects, test } from 'vitest'
import { expect } from '../../../shared/scan/expect.ts'
import { scanOf } from '../../../shared/scan/scan.ts'
import { nextStop, walkOf } from '../../../shared/work/walk.ts'
import { after, claimed, LIN, line, roll, shelves } from '../work/picking.ts'

const BX: Parameters<typeof shelves>[number] = ['BX-150-787', 'roll', [roll('R-26-118203', 'C-07-2'), roll('R-26-118204', 'C-07-2', '2026-11-02')], '4710001000017']
const MZ: Parameters<typeof shelves>[number] = ['MZ-070-25', 'ream', [{ location: 'D-01-1', lot: 'L-26-MZ1', quantity: 50, grams: 0, receivedOn: '2026-11-01' }]]
const shelf = shelves(BX, MZ)

function scan(code: string, order = claimed(line(1, 'BX-150-787', 2, 'roll'), line(2, 'MZ-070-25', 4, 'ream')), products = shelf) {
  // What is in the pile has left the shelf.
  const walk = walkOf(order, products, { ...order, picks: [] })
  return expect(scanOf(code, { today: '2026-11-27' }), { order, walk, at: nextStop(walk), products })
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

test('a place of the walk is no goods: the one that is wanted is right, another one names it', () => {
  expects(scan('C-07-2')).toEqual({ is: 'place', right: true, line: 1, wanted: 'C-07-2' })
  expects(scan('D-01-1')).toEqual({ is: 'place', right: false, line: 1, wanted: 'C-07-2' })
  expects(scan('Z-99-9')).toEqual({ is: 'unknown' })
})

describe('a label', () => {
  const GTIN = '04710001000010'
  const BY: Parameters<typeof shelves>[number] = ['BX-150-787', 'roll', [roll('R-26-118203', 'C-07-2'), roll('R-26-118204', 'C-07-2', '2026-11-02')], '4710001000010']
  const label = (text: string) => scan(text, undefined, shelves(BY, MZ))

  test('of the product and the roll that are wanted is right, with the weight that it has', () => {
    expects(label(`]C101${GTIN}310000046121R-26-118203`)).toMatchObject({ is: 'right', line: 1, take: { lot: 'R-26-118203', quantity: 1, grams: 461_000 } })
    expects(label(`https://mill.example/01/${GTIN}/10/R-26-118203`)).toMatchObject({ is: 'right', take: { lot: 'R-26-118203' } })
    expects(label(`(01)${GTIN}(10)R-26-118203`)).toMatchObject({ is: 'right' })
  })
  test('of the product alone picks by quantity, however its barcode is written', () => {
    for (const text of ['4710001000010', ']E04710001000010', `]C101${GTIN}`]) expects(label(text)).toMatchObject({ is: 'right', take: { lot: 'R-26-118203' } })
  })
  test('of a roll that nobody has registered is a question, never another roll', () => {
    expects(label(`]C101${GTIN}21R-26-777777`)).toMatchObject({ is: 'unlisted', line: 1, take: { lot: 'R-26-777777', location: 'C-07-2' } })
  })
  test('of another product is not taken for its lot', () => {
    expects(label('(01)04006381333931(10)R-26-118203')).toEqual({ is: 'unknown' })
  })
  test('of kilograms is what it weighs', () => {
    const WX: Parameters<typeof shelves>[number] = ['WX-140-KG', 'kg', [{ location: 'E-01-1', lot: 'L-9', quantity: 5_000_000, grams: 0, receivedOn: '2026-11-01' }], '4710001000010']
    const answer = scan(`]C101${GTIN}310300198610L-9`, claimed(line(1, 'WX-140-KG', 2_000_000, 'kg')), shelves(WX))
    expects(answer).toMatchObject({ is: 'right', take: { lot: 'L-9', quantity: 1986, grams: 1986 } })
  })
})

test('the same lot number on two products asks, unless the label says of which', () => {
  const GTIN = '4710001000010'
  const products = shelves(
    ['BX-150-787', 'box', [{ location: 'C-07-2', lot: 'L-1', quantity: 9, grams: 0, receivedOn: '2026-11-01' }], GTIN],
    ['MZ-070-25', 'ream', [{ location: 'D-01-1', lot: 'L-1', quantity: 9, grams: 0, receivedOn: '2026-11-01' }]],
  )
  const order = claimed(line(1, 'BX-150-787', 2, 'box'), line(2, 'MZ-070-25', 4, 'ream'))
  expects(scan('L-1', order, products)).toMatchObject({ is: 'same-lot', line: 1, take: { lot: 'L-1' }, others: [2] })
  expects(scan(`]C1010${GTIN}10L-1`, order, products)).toMatchObject({ is: 'right', line: 1 })
})
