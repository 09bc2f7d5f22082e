/** Docs by what somebody types: what was typed of a number means the doc that is called so; what is written is found at once. */
import { Dexie, liveQuery } from 'dexie'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, expect, test } from 'vitest'
import type { DeviceDb } from '../../../client/db.ts'
import { writeDocs } from '../../../client/docs.ts'
import { ordersWith, search } from '../../../client/live/docs.ts'
import type { Order } from '../../../shared/order/order.ts'
import type { Trip } from '../../../shared/trip/trip.ts'
import { confirmed, form, given, minute, orderIn, placed } from '../../shared/order/mill.ts'
import { drawer, put } from '../orders/drawer.ts'

const opened: DeviceDb[] = []
afterEach(() => opened.splice(0).forEach((each) => void each.close()))
async function holding(...orders: Order[]): Promise<DeviceDb> {
  const db = await drawer()
  opened.push(db)
  await put(db, ...orders)
  return db
}
const order = (id: string, number: string, customer: Partial<Order['customer']> = {}): Order => ({ ...orderIn(given(placed(), confirmed())), id, number, customer: { ...form().customer, ...customer } })
const write = (db: DeviceDb, id: string, body: Order | null) =>
  db.transaction('rw', [...db.copies(), db.meta], async () => writeDocs(db, new Map([[id, body && { doc: { body, applied: {} }, scope: 'site:north' }]])))
const found = async (db: DeviceDb, typed: string, limit?: number) => (await search(db, typed, limit)).map(({ id }) => id)

test('the order of this number stands before those of a customer who is called so, even where only a few are asked for', async () => {
  const others = Array.from({ length: 8 }, (_, i) => order(`o${i + 2}`, `SO-2611-07${i}0`, { id: 'C-0301' }))
  const db = await holding(order('o1', 'SO-2611-0301'), ...others)
  expect((await found(db, '0301'))[0]).toBe('o1')
  expect(await found(db, '0301', 3)).toEqual(['o1', 'o9', 'o8'])
  expect(await found(db, 'c-0301', 3)).toEqual(['o9', 'o8', 'o7'])
})

test('of the orders found it is said whether these are all, whatever else is found with them', async () => {
  const goes = { number: '11-27-09', driver: 'p', driverName: '林送貨', vehicle: 'KEH-6218' }
  const orders = Array.from({ length: 6 }, (_, i): Order => ({ ...order(`o${i}`, `SO-${i}`), trip: { ...goes, id: 't0', stop: i + 1 } }))
  const trips = Array.from({ length: 9 }, (_, i): Trip => ({ ...goes, kind: 'trip', id: `t${i}`, site: 'north', version: 1, number: `11-27-09${i}`, plannedAt: minute(i), note: '' }))
  const db = await holding(...orders)
  await put(db, ...trips)
  const said = async (most: number) => {
    const { orders, cut } = await ordersWith(db, '11-27', most)
    return [orders.length, cut]
  }
  // What is called so comes before the orders that go with it.
  expect((await found(db, '11-27', 9)).every((id) => id.startsWith('t'))).toBe(true)
  expect([await said(5), await said(6), await said(50)]).toEqual([[5, true], [6, false], [6, false]])
})

test('what is written, changed or gone after the first search is found as it is now', async () => {
  const db = await holding(order('o1', 'SO-1', { name: '大安印刷' }))
  expect(await found(db, '大安')).toEqual(['o1'])
  await write(db, 'o2', order('o2', 'SO-2', { name: '大安印刷' }))
  expect(await found(db, '大安')).toEqual(['o2', 'o1'])
  await write(db, 'o1', order('o1', 'SO-1', { name: '立德包裝' }))
  expect([await found(db, '大安'), await found(db, '立德')]).toEqual([['o2'], ['o1']])
  await write(db, 'o2', null)
  expect(await found(db, '大安')).toEqual([])
  await write(db, 'o2', order('o2', 'SO-2', { name: '大安印刷' }))
  expect(await found(db, '大安')).toEqual(['o2'])
})

test('who looks at an answer is told when a doc comes to be found by a new word', async () => {
  const db = await holding(order('o1', 'SO-1', { name: '大安印刷' }))
  // Without the one of a browser no live query asks at all.
  const { indexedDB } = Dexie.dependencies
  Dexie.dependencies.indexedDB = new IDBFactory()
  const answers: string[][] = []
  let told = () => {}
  const subscription = liveQuery(async () => found(db, '立德')).subscribe((answer) => {
    answers.push(answer)
    told()
  })
  const next = () => new Promise<void>((done) => (told = done))
  await next()
  const second = next()
  await write(db, 'o1', order('o1', 'SO-1', { name: '立德包裝' }))
  await second
  subscription.unsubscribe()
  Dexie.dependencies.indexedDB = indexedDB
  expect(answers).toEqual([[], ['o1']])
})
