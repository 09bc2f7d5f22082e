/** A device's tables as an earlier version of the app left them are taken over, with all that is in them. */
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { DeviceDb } from '../../client/db.ts'
import { countOf, ordersIn, search } from '../../client/live/docs.ts'
import { workOf } from '../../client/live/work.ts'
import { listPart } from '../../client/ranking.ts'
import { listsOf } from '../../shared/work/lists.ts'
import { orderIn, upTo } from '../shared/order/mill.ts'

test('words that stood in an index become a text, and what can be scanned is found', async () => {
  const world = { indexedDB: new IDBFactory(), IDBKeyRange }
  const before = new Dexie('earlier', world)
  before.version(3).stores({ docs: '&id, scope, *lists, *words', meta: '&key' })
  const order = orderIn(upTo('shipped'))
  await before.table('docs').put({ id: order.id, scope: 'site:north', version: order.version, doc: { body: order, applied: {} }, lists: listsOf(order), words: ['so-2611-0417', 'r-1'] })
  before.close()

  const db = new DeviceDb('earlier', world)
  expect((await search(db, '立德')).map(({ id }) => id)).toEqual([order.id])
  expect((await ordersIn(db, 'open')).map(({ id }) => id)).toEqual([order.id])
  expect(await db.docs.where('codes').equals('r-1').primaryKeys()).toEqual([order.id])
  expect(await db.docs.get(order.id)).not.toHaveProperty('words')
  db.close()
})

test('work that stood in a list for each rule still stands in one by promised date, and then in those of the site', async () => {
  const world = { indexedDB: new IDBFactory(), IDBKeyRange }
  const before = new Dexie('earlier', world)
  before.version(4).stores({ docs: '&id, scope, *lists, *codes', texts: '&id', meta: '&key' })
  const order = orderIn(upTo('noticed'))
  const lists = ['open|x', 'pick.received|1 a', 'pick.promised|1 b']
  await before.table('docs').put({ id: order.id, scope: 'site:north', version: order.version, doc: { body: order, applied: {} }, lists, codes: [] })
  await before.table('meta').put({ key: 'counts', value: { open: 1, 'pick.received': 1, 'pick.promised': 1 } })
  before.close()

  const db = new DeviceDb('earlier', world)
  const work = async () => (await workOf(db, { step: 'pick', before: '', limit: 5 })).orders.map(({ id }) => id)
  expect(await work()).toEqual([order.id])
  while ((await listPart(db)) === 'more');
  expect(await work()).toEqual([order.id])
  expect((await db.docs.get(order.id))?.lists).toEqual(listsOf(order, [['promised'], ['promised', 'received']]))
  expect(await countOf(db, 'pick.promised+received')).toBe(1)
  expect(await countOf(db, 'pick.received')).toBe(0)
  db.close()
})

test('work that was answered waits for the page that brings it, where it is known which; the rest is still to be told', async () => {
  const world = { indexedDB: new IDBFactory(), IDBKeyRange }
  const before = new Dexie('earlier', world)
  before.version(6).stores({ outbox: '++n, seq, id, doc, state, *blobs, *skus', meta: '&key' })
  const rows = [
    { id: 'told', state: 'answered', heads: { 'site:north': 7 } },
    { id: 'untold', state: 'answered', heads: {} },
    { id: 'unsent', state: 'waiting', heads: {} },
  ]
  await before.table('outbox').bulkAdd(rows)
  before.close()

  const db = new DeviceDb('earlier', world)
  expect((await db.outbox.toArray()).map(({ id, state }) => [id, state])).toEqual([
    ['told', 'awaited'],
    ['untold', 'answered'],
    ['unsent', 'waiting'],
  ])
  db.close()
})
