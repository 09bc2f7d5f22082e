import { expect, test } from 'vitest'
import type { Pick } from '../../../shared/order/order.ts'
import { expectBack, type Returning } from '../../../shared/scan/put-back.ts'
import { scanOf } from '../../../shared/scan/scan.ts'

const pick = (command: string, line: number, lot: string, from: string): Pick => ({ by: 'p', name: '林', at: '2026-11-02T08:00:00.000Z', device: 'd', command, line, quantity: 1, lot, from, grams: 0, way: 'scan', back: 0 })
const [ROLL, OTHER, BARE, SAME, LOST] = [pick('1', 1, 'R-1', 'A-01'), pick('2', 1, 'R-2', 'A-02'), pick('3', 2, '', 'A-02'), pick('4', 3, 'R-1', 'B-01'), pick('5', 4, 'R-9', '')]
const GONE = pick('6', 1, 'R-7', 'A-01')
const PRODUCTS: Record<number, { sku: string; barcode: string }> = { 1: { sku: 'BX-1', barcode: '4710001000010' }, 2: { sku: 'MZ-1', barcode: '' }, 3: { sku: 'KR-1', barcode: '4710001000027' } }

function scan(code: string, said: Partial<Returning> = {}) {
  return expectBack(scanOf(code, { today: '2026-11-27' }), { picks: [ROLL, OTHER, BARE, LOST], gone: [GONE], at: null, here: '', goodsOf: ({ line }) => PRODUCTS[line] ?? { sku: '', barcode: '' }, ...said })
}

test('goods, then the place they came from: they are back', () => {
  expect(scan('R-2')).toEqual({ is: 'goods', pick: OTHER })
  expect(scan('a-02', { at: OTHER })).toEqual({ is: 'put', pick: OTHER })
})
test('the place first, then goods that came from it', () => {
  expect(scan('A-02')).toEqual({ is: 'place', place: 'A-02' })
  expect(scan('R-2', { here: 'A-02' })).toEqual({ is: 'put', pick: OTHER })
  expect(scan('R-1', { here: 'A-02' })).toEqual({ is: 'goods', pick: ROLL })
})
test('where others came from is no place for what is in hand', () => {
  expect(scan('A-01', { at: OTHER })).toEqual({ is: 'other-place', pick: OTHER })
})
test('goods without a lot go by the code of their product, and a lot never does', () => {
  expect(scan('MZ-1')).toEqual({ is: 'goods', pick: BARE })
  expect(scan('(01)04710001000010(10)R-8')).toEqual({ is: 'unknown' })
})
test('a label that says its product means the lot of that product alone', () => {
  const picks = [ROLL, SAME]
  expect(scan('(01)04710001000027(10)R-1', { picks })).toEqual({ is: 'goods', pick: SAME })
  expect(scan('R-1', { picks, at: SAME })).toEqual({ is: 'goods', pick: SAME })
})
test('what came from nobody knows where is never back by a place', () => {
  expect(scan('R-9', { here: '' })).toEqual({ is: 'goods', pick: LOST })
  expect(scan('A-02', { at: LOST })).toEqual({ is: 'other-place', pick: LOST })
})
test('what lies there again, and what was never taken', () => {
  expect(scan('R-7')).toEqual({ is: 'again', pick: GONE })
  expect(scan('R-77')).toEqual({ is: 'unknown' })
})
