import { describe, expect, test } from 'vitest'
import { guess, type Table } from '../../../shared/import/guess.ts'
import { fieldsNamed } from '../../../shared/import/headers.ts'
import { newProfile, profileCell } from '../../../shared/import/profile.ts'

/** A file as it was read: the first row names the columns. */
function table(file: string, [header = [], ...rows]: readonly (readonly string[])[]): Table {
  return {
    file,
    rows: rows.length,
    columns: header.map((name, i) => {
      const profile = newProfile()
      const values = rows.map((row) => row[i] ?? '')
      for (const [row, value] of values.entries()) profileCell(profile, value, row)
      const unique = new Set(values).size === values.length && !values.includes('')
      return { name, profile, unique, values: unique ? new Set(values) : null }
    }),
  }
}
/** field → the name of its column */
const namesOf = (...tables: Table[]) => {
  const guessed = guess(tables)
  return Object.fromEntries(Object.entries(guessed?.columns ?? {}).map(([field, ref]) => [field, tables.find(({ file }) => file === ref.file)?.columns[ref.column]?.name]))
}

describe('headers', () => {
  test('the columns of an order file are known by their names in English and both kinds of Chinese', () => {
    const rows = [
      ['S-1', '林紙行', 'BX-204', '牛皮紙', '1092 mm', '12', '捲', '1,200', '2026/11/24', '2026/11/27', '02-1234'],
      ['S-1', '林紙行', 'BX-205', '白卡紙', '787 mm', '3', '捲', '900', '2026/11/24', '2026/11/27', '02-1234'],
    ]
    const fields = ['number', 'customerName', 'sku', 'name', 'spec', 'quantity', 'unit', 'price', 'placedAt', 'promisedAt', 'phone']
    for (const header of [
      ['訂單編號', '客戶名稱', '品號', '品名', '規格', '數量', '單位', '單價', '訂單日期', '交貨日期', '聯絡電話'],
      ['订单号', '客户名称', '货号', '商品名称', '规格', '数量', '单位', '单价', '下单日期', '交货日期', '联系电话'],
      ['Order No.', 'Customer Name', 'SKU', 'Product Name', 'Spec', 'Qty', 'UOM', 'Unit Price', 'Order Date', 'Due date', 'Phone'],
    ])
      expect(namesOf(table('orders.csv', [header, ...rows]))).toEqual(Object.fromEntries(fields.map((field, i) => [field, header[i]])))
  })

  test('a name that holds a known one is a weaker guess', () => {
    expect(fieldsNamed('客戶訂單編號')[0]?.field).toBe('number')
    expect(fieldsNamed('客戶訂單編號')[0]?.score).toBeLessThan(50)
    expect(fieldsNamed('ORDER_ID')).toEqual([{ field: 'number', score: 100 }])
    expect(fieldsNamed('Favourite colour')).toEqual([])
  })

  test('a name whose values mean something else is not believed', () => {
    const guessed = namesOf(table('a.csv', [['Order', 'Item', 'Quantity', 'Ordered'], ['S-1', 'BX-204', 'many', '12'], ['S-2', 'BX-204', 'few', '13']]))
    expect(guessed.quantity).toBe('Ordered')
  })

  test('without names the values tell what an order can’t do without', () => {
    const guessed = guess([table('a.csv', [['', '', '', '', ''], ['S-100', 'BX-204', '12', '1200.50', '2026-11-24'], ['S-101', 'BX-205', '3', '900.00', '2026-11-25']])])
    expect(guessed?.columns).toMatchObject({ number: { column: 0 }, sku: { column: 1 }, quantity: { column: 2 }, price: { column: 3 }, placedAt: { column: 4 } })
  })

  test('files are joined by a column of the same name that is unique there, however far from the lines', () => {
    const lines = table('lines.csv', [['OrderID', 'ProductID', 'Quantity'], ['1', 'p1', '5'], ['1', 'p2', '6'], ['2', 'p1', '7']])
    const orders = table('orders.csv', [['OrderID', 'CustomerID'], ['1', 'c1'], ['2', 'c1']])
    const customers = table('customers.csv', [['CustomerID', 'CompanyName', 'Phone'], ['c1', 'Lin', '02-1'], ['c2', 'Chen', '02-2']])
    const shippers = table('shippers.csv', [['ShipperID', 'CompanyName', 'Phone'], ['1', 'Speedy', '03-1'], ['2', 'United', '03-2']])
    const guessed = guess([customers, shippers, orders, lines])
    expect(guessed?.base).toBe('lines.csv')
    // The shippers too have names and phones; none of them is a customer's.
    expect(guessed?.joins).toEqual([
      { of: { file: 'orders.csv', column: 0 }, by: { file: 'lines.csv', column: 0 } },
      { of: { file: 'customers.csv', column: 0 }, by: { file: 'orders.csv', column: 1 } },
    ])
  })

  test('product numbers without a digit among many with some stand for no goods', () => {
    const rows = Array.from({ length: 90 }, (_, i) => [`S-${i}`, String(21000 + i), '1'])
    const guessed = guess([table('a.csv', [['InvoiceNo', 'StockCode', 'Quantity'], ...rows, ['S-1', 'POST', '1'], ['S-2', 'BANK CHARGES', '1']])])
    expect(guessed?.notGoods).toEqual(['BANK CHARGES', 'POST'])
    expect(guess([table('a.csv', [['InvoiceNo', 'StockCode', 'Quantity'], ['1', 'CHAI', '1'], ['2', 'CHANG', '1']])])?.notGoods).toEqual([])
  })
})
