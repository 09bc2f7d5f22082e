/** A place that is counted whole. */
import { expect, test } from 'vitest'
import { actsOf, countOf, type Found, keyOf } from '../../../client/stock/counting.ts'
import type { Product, Stock } from '../../../shared/product/product.ts'

const entry = (lot: string, quantity: number): Stock => ({ location: 'A-01-1', lot, quantity, grams: quantity * 1000, receivedOn: '2026-11-01' })
const product: Product = { kind: 'product', id: 'p', site: 'mill', version: 1, sku: 'MZ', name: '模造紙', spec: '', unit: 'ream', grams: 1000, barcode: '', stock: [entry('L-1', 20), entry('L-2', 500), { ...entry('L-9', 4), location: 'B-01-1', receivedOn: '2026-10-01' }] }
const lying = product.stock.slice(0, 2).map((each) => ({ product, entry: each }))
const found = (...list: [lot: string, counted: number][]) => new Map(list.map(([lot, counted]): [string, Found] => [keyOf({ product, lot }), { product, lot, counted }]))

test('what nobody found is nothing, and each lot is a fact of its own', () => {
  const counts = countOf('A-01-1', lying, found(['L-1', 20]), '2026-11-24')
  expect(counts).toMatchObject([{ counted: 20, difference: 0, asks: false }, { counted: 0, difference: -500, asks: true }])
  expect(actsOf(counts)).toMatchObject([
    { type: 'CountStock', doc: 'p', payload: { location: 'A-01-1', lot: 'L-1', expected: 20, counted: 20, grams: 0, receivedOn: '2026-11-01' } },
    { type: 'CountStock', doc: 'p', payload: { lot: 'L-2', expected: 500, counted: 0, grams: -500_000 } },
  ])
})
test('a sheet of a pallet asks nobody', () => expect(countOf('A-01-1', lying, found(['L-1', 20], ['L-2', 498]), '')[1]).toMatchObject({ difference: -2, asks: false }))
test('a lot that nobody knew of here came in when the rest of it did; one that is known nowhere, today', () => {
  const counts = countOf('A-01-1', lying, found(['L-1', 20], ['L-2', 500], ['L-9', 2], ['L-new', 1]), '2026-11-24')
  expect(counts.slice(2)).toMatchObject([{ entry: { lot: 'L-9', quantity: 0, receivedOn: '2026-10-01' }, difference: 2 }, { entry: { lot: 'L-new', receivedOn: '2026-11-24' } }])
  expect(actsOf(counts)[2]).toMatchObject({ payload: { expected: 0, counted: 2, grams: 2000 } })
})
test('nothing lies here: every lot of it', () => expect(countOf('A-01-1', lying, found(), '').map(({ counted }) => counted)).toEqual([0, 0]))
