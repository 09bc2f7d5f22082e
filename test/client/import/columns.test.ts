import { describe, expect, test } from 'vitest'
import { basedOn, joined, keyOf, letterOf, needed, refOf, waysOf } from '../../../client/import/columns.ts'
import type { ImportFile, Mapping } from '../../../shared/import/wire.ts'

const file = (name: string, ...columns: string[]): ImportFile => ({
  name, size: 1, kind: 'csv', status: 'ready', fault: null, encoding: 'utf-8', delimiter: ',', sheets: [], sheet: null, headerRow: 1, rows: 1,
  columns: columns.map((each) => ({ name: each, examples: [] })),
})
const lines = file('lines.csv', 'OrderID', 'ProductID', 'Quantity')
const orders = file('orders.csv', 'OrderID', 'CustomerID')
const customers = file('customers.csv', 'CustomerID', 'CompanyName')
const at = (of: ImportFile, column: number) => ({ file: of.name, column })
const mapping: Mapping = {
  source: 'shop', base: 'lines.csv', constants: {}, dates: 'auto', decimal: 'auto', notGoods: [], wholeOnly: false,
  joins: [{ of: at(orders, 0), by: at(lines, 0) }, { of: at(customers, 0), by: at(orders, 1) }],
  columns: { number: at(lines, 0), sku: at(lines, 1), quantity: at(lines, 2), customerId: at(orders, 1), customerName: at(customers, 1) },
}

describe('the columns of an import', () => {
  test('a file that is left out takes along what hangs on it, and the fields that came from there', () => {
    const without = joined(mapping, 'orders.csv', null)
    expect(without.joins).toEqual([])
    expect(Object.keys(without.columns)).toEqual(['number', 'sku', 'quantity'])
    expect(needed(without)).toEqual(['customerId'])
    expect(joined(without, 'orders.csv', { of: at(orders, 0), by: at(lines, 0) }).joins).toHaveLength(1)
  })

  test('another file with the lines keeps only what can be reached from it', () => {
    const based = basedOn(mapping, 'orders.csv')
    expect(based.joins).toEqual([{ of: at(customers, 0), by: at(orders, 1) }])
    expect(Object.keys(based.columns)).toEqual(['customerId', 'customerName'])
  })

  test('the ways to join a file go by columns of one name, and never by what hangs on the file itself', () => {
    expect(waysOf(customers, mapping, [lines, orders, customers])).toEqual([{ of: at(customers, 0), by: at(orders, 1) }])
    expect(waysOf(orders, mapping, [lines, orders, customers])).toEqual([{ of: at(orders, 0), by: at(lines, 0) }])
  })

  test('a constant is as good as a column, but for the number of an order', () => {
    const { number: _number, customerId: _id, customerName: _name, ...columns } = mapping.columns
    expect(needed({ ...mapping, columns, constants: { customerName: 'Walk-in' } })).toEqual(['number'])
  })

  test('columns are named as spreadsheets name them, whatever their file is called', () => {
    expect([0, 25, 26, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
    const ref = { file: '訂單 "1", [2].csv', column: 3 }
    expect(refOf(keyOf(ref))).toEqual(ref)
    expect(refOf('constant')).toBeNull()
  })
})
