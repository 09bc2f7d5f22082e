import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { type Entry, entryOf, filledFrom, newEntry, newLine, readEntry, scaled } from '../../../client/orders/form.ts'
import { instantOf, wallOf } from '../../../client/orders/wall.ts'
import { lacking, OrderForm } from '../../../shared/order/form.ts'
import { form, given, orderIn, placed } from '../../shared/order/mill.ts'

const MONEY = { currency: 'TWD', zone: 'Asia/Taipei' }
const line = (change: Partial<Entry['lines'][number]>) => ({ ...newLine(1), sku: 'BK-080', name: '牛皮紙', quantity: '1', ...change })
const entry = (change: Partial<Entry> = {}): Entry => ({ ...newEntry(), customer: { id: '', name: '立德包裝', grade: 'B' }, lines: [line({})], ...change })
const wrongIn = (each: Entry) => readEntry(each, MONEY).wrong.map(({ field, wanted, came }) => [field, wanted, came])

describe('the order form', () => {
  test('rolls are whole numbers, kilograms go down to the gram, and what does not fit says what was wanted and what came', () => {
    expect(readEntry(entry({ lines: [line({ unit: 'kg', quantity: '12.5' })] }), MONEY).form.lines[0]).toMatchObject({ unit: 'kg', quantity: 12_500 })
    expect(readEntry(entry({ lines: [line({ unit: 'roll', quantity: '12' })] }), MONEY).form.lines[0]).toMatchObject({ quantity: 12 })
    expect(wrongIn(entry({ lines: [line({ unit: 'roll', quantity: '12.5' })] }))).toEqual([['lines.0.quantity', 'whole', '12.5']])
    expect(wrongIn(entry({ lines: [line({ unit: 'kg', quantity: '0.0005' })] }))).toEqual([['lines.0.quantity', 'thousandths', '0.0005']])
    expect(wrongIn(entry({ lines: [line({ quantity: '0' })] }))).toEqual([['lines.0.quantity', 'whole', '0']])
    expect(wrongIn(entry({ lines: [line({ quantity: '三卷' })] }))).toEqual([['lines.0.quantity', 'whole', '三卷']])
  })

  test('money has the digits of its currency: none for Taiwan dollars, cents for US dollars', () => {
    const priced = entry({ lines: [line({ price: '1,864.5' })] })
    expect(readEntry(priced, MONEY).wrong).toEqual([{ field: 'lines.0.price', wanted: 'price', came: '1,864.5' }])
    expect(readEntry(priced, { ...MONEY, currency: 'USD' }).form.lines[0]?.price).toBe(186_450)
    expect(readEntry(entry({ lines: [line({ price: '' })] }), MONEY).form.lines[0]?.price).toBe(0)
  })

  test('decimals are read digit by digit, so that nothing is lost in between', () => {
    expect(scaled('0.1', 1000)).toBe(100)
    expect(scaled('1.005', 1000)).toBe(1005)
    expect(scaled('4.35', 100)).toBe(435)
    expect(scaled('１２．５', 1000)).toBe(12_500)
    expect(scaled('1.500000', 1000)).toBe(1500)
    expect(scaled('12,500', 1)).toBe(12_500)
    expect(['', '.', '-1', '1e3', '1.2.3', '1,5', '12,50', 'x'].map((text) => scaled(text, 1000))).toEqual(Array(8).fill(null))
  })

  test('only what nobody can do without stops it: a customer and one line of goods', () => {
    expect(wrongIn(newEntry())).toEqual([
      ['customer.name', 'something', ''],
      ['lines', 'line', ''],
    ])
    const { form: filled, wrong } = readEntry(entry(), MONEY)
    expect(wrong).toEqual([])
    expect(lacking({ ...filled, source: { name: '', key: '' }, placedAt: '' })).toEqual(
      ['contact', 'phone', 'shipTo', 'promisedAt', 'tolerance', 'quality', 'packaging', 'delivery', 'spec', 'price'],
    )
  })

  test('a line that nobody began is no line; a begun one is asked for the rest at its own place', () => {
    const { form: filled } = readEntry(entry({ lines: [line({}), newLine(2), line({ no: 3 })] }), MONEY)
    expect(filled.lines.map((each) => each.no)).toEqual([1, 3])
    expect(wrongIn(entry({ lines: [newLine(1), { ...newLine(2), quantity: '3' }] }))).toEqual([
      ['lines.1.sku', 'something', ''],
      ['lines.1.name', 'something', ''],
    ])
  })

  test('what it makes is what the rules take, and an order comes back from it as it was', () => {
    const order = orderIn(given(placed({ promisedAt: '2026-11-27T06:30:00.000Z' })))
    const { form: filled, wrong } = readEntry(entryOf(order, MONEY), MONEY)
    expect(wrong).toEqual([])
    const whole = { ...filled, source: order.source, placedAt: order.placedAt }
    expect(whole).toEqual(form({ promisedAt: '2026-11-27T06:30:00.000Z' }))
    expect(z.safeParse(OrderForm, whole).success).toBe(true)
  })

  test('whatever it lets through, the rules take: the largest and the longest too', () => {
    const large = entry({ lines: [line({ quantity: '1000000000', price: '1000', kilograms: '' })], memo: '長'.repeat(2000) })
    const read = readEntry(large, MONEY)
    expect(read.wrong).toEqual([])
    expect(z.safeParse(OrderForm, { ...read.form, number: 'SO-1', source: { name: '', key: '' }, placedAt: '2026-11-24T00:00:00.000Z' }).success).toBe(true)
    expect(wrongIn(entry({ lines: [line({ quantity: '1000000000', price: '1001' })] }))).toEqual([['lines.0.quantity', 'worth', '1000000000']])
    expect(wrongIn(entry({ memo: '長'.repeat(2001) }))).toEqual([['memo', 'shorter', '2001']])
  })

  test('the last order of a customer fills in what is still empty, and keeps what was typed', () => {
    const last = orderIn(given(placed({ contact: '謝佳蓉', shipTo: '台中市烏日區', terms: 'monthly' })))
    const filled = filledFrom(entry({ contact: '林先生', shipTo: '', terms: 'prepaid' }), last)
    expect(filled).toMatchObject({ contact: '林先生', shipTo: '台中市烏日區', terms: 'monthly', customer: last.customer })
    expect(filled.lines).toEqual(entry().lines)
  })

  test('a promised time is one of the mill’s own clock, wherever the browser stands', () => {
    expect(instantOf('2026-11-27T14:30', 'Asia/Taipei')).toBe('2026-11-27T06:30:00.000Z')
    expect(instantOf('2026-07-01T14:30', 'Europe/Berlin')).toBe('2026-07-01T12:30:00.000Z')
    expect(wallOf('2026-11-27T06:30:00.000Z', 'Asia/Taipei')).toBe('2026-11-27T14:30')
    expect(wallOf('2026-11-26T16:00:00.000Z', 'Asia/Taipei')).toBe('2026-11-27T00:00')
    expect(instantOf('', 'Asia/Taipei')).toBeNull()
    expect(wrongIn(entry({ promised: '2026-02-30T10:00' }))).toEqual([['promised', 'instant', '2026-02-30T10:00']])
  })
})
