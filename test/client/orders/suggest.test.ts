import { afterEach, describe, expect, test } from 'vitest'
import type { DeviceDb } from '../../../client/db.ts'
import { customersLike, lastPriceOf, productsLike } from '../../../client/live/orders.ts'
import type { OrderForm } from '../../../shared/order/form.ts'
import type { Order } from '../../../shared/order/order.ts'
import type { Product } from '../../../shared/product/product.ts'
import { form, given, minute, orderIn, placed } from '../../shared/order/mill.ts'
import { drawer } from './drawer.ts'

let db: DeviceDb
afterEach(() => db.close())

const order = (number: string, name: string, at: number, change: Partial<OrderForm> = {}): Order => ({
  ...orderIn(given(placed({ number, placedAt: minute(at), customer: { id: '', name, grade: 'B' }, ...change }))),
  id: number,
})
const sold = (sku: string, price: number) => ({ lines: form().lines.slice(0, 1).map((line) => ({ ...line, sku, price })) })
const product = (sku: string, name: string): Product => ({ kind: 'product', id: `p-${sku}`, site: 'north', version: 1, sku, name, spec: '', unit: 'roll', grams: 0, barcode: '', stock: [] })

describe('what the order form suggests', () => {
  test('a customer is found by any part of a Chinese name or the beginning of a word, with the newest order first', async () => {
    db = await drawer(order('1', '大安印刷', 1, { contact: '舊' }), order('2', '大安印刷', 5, { contact: '新' }), order('3', '安平紙行', 3), order('4', 'Ernst Handel', 4))
    const found = async (typed: string) => (await customersLike(db, typed)).map((each) => [each.customer.name, each.contact])
    expect(await found('安')).toEqual([
      ['大安印刷', '新'],
      ['安平紙行', '謝佳蓉'],
    ])
    expect((await found('ernst h'))[0]?.[0]).toBe('Ernst Handel')
    expect(await found('handel')).toEqual([['Ernst Handel', '謝佳蓉']])
    expect(await found('  ')).toEqual([])
    expect(await found('沒有')).toEqual([])
  })

  test('a product is found by number in either case and by a word of its name, among any number of orders for it', async () => {
    const orders = Array.from({ length: 300 }, (_, i) => order(`N-${i}`, '立德包裝', i, sold('BK-080', 100)))
    db = await drawer(...orders, product('BK-080', '牛皮紙 80 g'), product('BK-100', '牛皮紙 100 g'), product('WX-140', '瓦楞芯紙'))
    const found = async (typed: string) => (await productsLike(db, typed)).map((each) => each.sku)
    expect(await found('bk-')).toEqual(['BK-080', 'BK-100'])
    expect(await found('楞芯')).toEqual(['WX-140'])
    expect(await found('')).toEqual([])
  })

  test('the last price is this customer’s, otherwise anyone’s, and of no other money', async () => {
    db = await drawer(
      order('1', '大安印刷', 1, sold('BK-080', 100)),
      order('2', '立德包裝', 2, sold('BK-080', 120)),
      order('3', '立德包裝', 3, { ...sold('BK-080', 999), currency: 'USD' }),
    )
    const price = async (customer: string, currency = 'TWD') => (await lastPriceOf(db, 'BK-080', { customer, currency }))?.price
    expect(await price('大安印刷')).toBe(100)
    expect(await price('新客戶')).toBe(120)
    expect(await price('立德包裝', 'USD')).toBe(999)
    expect(await price('立德包裝', 'EUR')).toBeUndefined()
  })
})
