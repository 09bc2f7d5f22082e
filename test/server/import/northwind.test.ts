import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ImportDesk, openImportDesk } from './desk.ts'

const folder = '../shared/data/orders/northwind'
const here = existsSync(folder)
if (!here) console.info(`skipped: ${folder} is not there, so Northwind can't be imported`)
const northwind = (...names: string[]) => Object.fromEntries(names.map((name) => [`${name}.csv`, new Uint8Array(readFileSync(`${folder}/${name}.csv`))]))
const ALL = ['customers', 'orders', 'order_lines', 'products', 'shippers']

describe.skipIf(!here)('Northwind', () => {
  let desk: ImportDesk
  beforeEach(async () => {
    desk = await openImportDesk()
  })
  afterEach(() => desk.floor.end())

  test('its five files dropped at once are joined, and all 615 orders with their 1,616 lines are taken', async () => {
    const { guess } = await desk.files(northwind(...ALL))
    expect(guess?.mapping).toMatchObject({
      base: 'order_lines.csv',
      joins: [
        { of: { file: 'orders.csv', column: 0 }, by: { file: 'order_lines.csv', column: 0 } },
        { of: { file: 'products.csv', column: 0 }, by: { file: 'order_lines.csv', column: 1 } },
        { of: { file: 'customers.csv', column: 0 }, by: { file: 'orders.csv', column: 1 } },
      ],
    })
    const report = await desk.preview({ source: 'Northwind', constants: { currency: 'USD', unit: 'box', grade: 'B', terms: 'monthly' } })
    expect(report).toMatchObject({ orders: 615, lines: 1616, rows: 1616, badRows: 0, alreadyHere: 0, reasons: [], notes: [] })
    expect(await desk.take()).toMatchObject({ orders: 615, lines: 1616, alreadyHere: 0, refused: [] })

    // 10250: 35 × 42.40 at 15 % off is 36.04 a piece; read from the files by eye.
    const order = (await desk.orders()).get('10250')
    expect(order).toMatchObject({
      source: { name: 'Northwind', key: '10250' },
      customer: { id: 'HANAR', name: 'Hanari Carnes', grade: 'B' },
      contact: 'Mario Pontes',
      phone: '(21) 555-0091',
      shipTo: 'Hanari Carnes, Rua do Paço, 67, Rio de Janeiro, RJ, 05454-876, Brazil',
      terms: 'monthly',
      currency: 'USD',
      placedAt: '1996-07-07T16:00:00.000Z',
      promisedAt: '1996-08-05T15:59:59.000Z',
      placed: { by: 'clerk-north-service' },
      lines: [
        { no: 1, sku: '41', name: "Jack's New England Clam Chowder", spec: '12 - 12 oz cans', unit: 'box', quantity: 10, price: 770 },
        { no: 2, sku: '51', name: 'Manjimup Dried Apples', quantity: 35, price: 3604 },
        { no: 3, sku: '65', name: 'Louisiana Fiery Hot Pepper Sauce', quantity: 15, price: 1428 },
      ],
    })
    expect(desk.floor.faults).toEqual([])
  })

  test('in the money of the site its prices are rounded, and the preview says so', async () => {
    await desk.files(northwind(...ALL))
    const report = await desk.preview()
    expect(report.notes).toMatchObject([{ type: 'prices-rounded', rows: 977, currency: 'TWD' }])
  })

  test('a file that is left out is missed where it is needed, and nowhere else', async () => {
    await desk.files(northwind('order_lines', 'orders', 'products'))
    const report = await desk.preview()
    expect(report).toMatchObject({ orders: 615, badRows: 0 })
    expect(report.sample[0]?.customer).toEqual({ id: 'VINET', name: 'VINET', grade: 'C' })
  })

  test('a line whose order is in no file is listed with the value that found nothing', async () => {
    const files = northwind(...ALL)
    const orders = new TextDecoder().decode(files['orders.csv']).split('\n').filter((line) => !line.startsWith('10248,')).join('\n')
    await desk.files({ ...files, 'orders.csv': orders })
    const report = await desk.preview()
    expect(report).toMatchObject({ orders: 614, lines: 1613, badOrders: 1, reasons: [{ type: 'not-in-lookup', rows: 3 }] })
    expect(report.problems[0]).toMatchObject({ row: 2, file: 'order_lines.csv', order: '10248', column: 'OrderID', value: '10248', reason: { type: 'not-in-lookup', file: 'orders.csv' }, says: 'Not found in orders.csv.' })
  })

  test('the person can join by other columns than those that were guessed', async () => {
    await desk.files(northwind(...ALL))
    const mapping = await desk.guessed()
    const shippers = { of: { file: 'shippers.csv', column: 0 }, by: { file: 'orders.csv', column: 5 } }
    const report = await desk.preview({ joins: [...mapping.joins, shippers], columns: { ...mapping.columns, delivery: { file: 'shippers.csv', column: 1 } } })
    expect(report.sample[0]).toMatchObject({ number: '10248', delivery: 'Federal Shipping' })
  })

  test('files can’t be joined by a column where a value stands twice', async () => {
    await desk.files(northwind(...ALL))
    const mapping = await desk.guessed()
    const joins = mapping.joins.map((join) => (join.of.file === 'products.csv' ? { ...join, of: { file: 'products.csv', column: 3 } } : join))
    await desk.ask('POST', `/${desk.id}/preview`, JSON.stringify({ ...mapping, joins }))
    expect((await desk.settled()).fault).toMatchObject({ type: 'not-unique', file: 'products.csv', column: 'CategoryID' })
  })
})
