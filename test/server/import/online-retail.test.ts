import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ImportDesk, openImportDesk, reasonsOf } from './desk.ts'

const retail = '../shared/data/orders/online-retail/lines.csv'
if (!existsSync(retail)) console.info(`skipped: ${retail} is not there, so Online Retail can't be imported`)

describe.skipIf(!existsSync(retail))('a month of Online Retail', () => {
  let desk: ImportDesk
  beforeEach(async () => {
    desk = await openImportDesk()
  })
  afterEach(() => desk.floor.end())

  /** The same rules, told once more without the importer's code. No field of this file has a comma within quotes but descriptions. */
  function counted(text: string, notGoods: readonly string[]) {
    const rows = text.trim().split(/\r?\n/).slice(1).map((line) => /^([^,]*),([^,]*),("(?:[^"]|"")*"|[^,]*),([^,]*),([^,]*),([^,]*),([^,]*),(.*)$/.exec(line) ?? [])
    const reasons = { missing: 0, cancelled: 0, 'not-goods': 0, 'below-zero': 0 }
    const orders = new Map<string, { good: number; bad: number }>()
    for (const [, invoice = '', sku = '', , quantity = '', , , customer = ''] of rows) {
      const reason = notGoods.includes(sku) ? 'not-goods' : Number(quantity) < 0 ? (invoice.startsWith('C') ? 'cancelled' : 'below-zero') : customer === '' ? 'missing' : null
      const order = orders.get(invoice) ?? { good: 0, bad: 0 }
      orders.set(invoice, order)
      if (reason) {
        reasons[reason] += 1
        order.bad += 1
      } else order.good += 1
    }
    const all = [...orders.values()]
    const taken = all.filter(({ good }) => good > 0)
    return { rows: rows.length, reasons, orders: taken.length, lines: taken.reduce((sum, { good }) => sum + good, 0), partial: taken.filter(({ bad }) => bad > 0).length, none: all.length - taken.length, whole: taken.filter(({ bad }) => bad === 0).length }
  }

  test('its 36,748 rows become 1,312 orders of 27,071 lines; every other row is listed with its reason', { timeout: 60_000 }, async () => {
    const text = readFileSync(retail, 'utf8')
    const { guess } = await desk.files({ 'lines.csv': text })
    const notGoods = guess?.mapping.notGoods ?? []
    expect(notGoods).toEqual(['AMAZONFEE', 'BANK CHARGES', 'D', 'DCGSSBOY', 'DCGSSGIRL', 'DOT', 'M', 'POST', 'S'])
    const report = await desk.preview({ source: 'Online Retail', constants: { currency: 'GBP', unit: 'piece' } })
    const should = counted(text, notGoods)
    expect(should).toMatchObject({ rows: 36_748, orders: 1312, lines: 27_071, reasons: { missing: 8656, cancelled: 642, 'not-goods': 245, 'below-zero': 134 } })
    expect(report).toMatchObject({ rows: should.rows, orders: should.orders, lines: should.lines, partialOrders: should.partial, badOrders: should.none, badRows: 9677 })
    expect(reasonsOf(report)).toEqual(should.reasons)

    const list = (await desk.list()).split('\r\n').slice(0, -1)
    expect(list).toHaveLength(1 + 9677)
    expect(list[0]).toBe('\ufeffRow,File,Order,Column,Value,Why it can’t be taken')
    expect(report.problems).toHaveLength(500)
    expect(list.slice(1, 501)).toEqual(report.problems.map(({ row, order, column, value, says }) => `${row},lines.csv,${order},${column},${value},${/,/.test(says) ? `"${says}"` : says}`))

    expect(await desk.take()).toMatchObject({ orders: 1312, lines: 27_071, refused: [] })
    // Read from the file by eye: the number of the customer loses its point, the same product stands twice.
    const orders = await desk.orders()
    expect(orders.size).toBe(1312)
    expect(orders.get('545220')).toMatchObject({ customer: { id: '14620', name: '14620' }, shipTo: 'United Kingdom', placedAt: '2011-03-01T00:30:00.000Z', currency: 'GBP' })
    expect(orders.get('545220')?.lines[0]).toEqual({ no: 1, sku: '21955', name: 'DOORMAT UNION JACK GUNS AND ROSES', spec: '', unit: 'piece', quantity: 2, price: 795, grams: 0 })

    // The same file again, under another name.
    await desk.files({ 'lines (1).csv': text })
    const again = await desk.preview()
    expect(again).toMatchObject({ source: 'Online Retail', orders: 0, lines: 0, alreadyHere: 1312, badRows: 9677 })
    expect(await desk.take()).toMatchObject({ orders: 0, lines: 0, alreadyHere: 1312, refused: [] })
    expect((await desk.orders()).size).toBe(1312)
  })

  test('whole orders only: an order that would lose a row is not taken at all', { timeout: 60_000 }, async () => {
    const text = readFileSync(retail, 'utf8')
    const { guess } = await desk.files({ 'lines.csv': text })
    const should = counted(text, guess?.mapping.notGoods ?? [])
    const report = await desk.preview({ wholeOnly: true })
    expect(report).toMatchObject({ orders: should.whole, partialOrders: 0 })
    expect(report.badOrders).toBe(should.none + should.partial)
  })
})
