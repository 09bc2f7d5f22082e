/** What the picker's screen asks of the device's tables, over a real Dexie. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DeviceDb } from '../../../client/db.ts'
import { writeDocs } from '../../../client/docs.ts'
import { orderById } from '../../../client/live/docs.ts'
import { isWanted, productByScan, walkOfOrder } from '../../../client/pick/shelf.ts'
import { segmentsOf } from '../../../client/pick/sign.ts'
import { scanOf } from '../../../shared/scan/scan.ts'
import type { Body } from '../../../shared/sync/doc.ts'
import { nextStop, takeOf } from '../../../shared/work/walk.ts'
import { after, claimed, LIN, line, roll, shelves } from '../../shared/work/picking.ts'

let db: DeviceDb
beforeEach(() => {
  db = new DeviceDb('shelf', { indexedDB: new IDBFactory(), IDBKeyRange })
})
afterEach(() => db.close())

async function keep(...bodies: Body[]): Promise<void> {
  await db.transaction('rw', [...db.copies(), db.meta], async () => writeDocs(db, new Map(bodies.map((body) => [body.id, { doc: { body, applied: {} }, scope: 'site:mill' }]))))
}
async function walk() {
  const order = await orderById(db, 'so-1')
  return order ? walkOfOrder(db, order) : []
}
const shelf = [...shelves(['BX', 'roll', [roll('R-26-118203', 'C-07-2'), roll('R-26-118204', 'C-07-3', '2026-11-02')], '4710001000017'], ['MZ', 'ream', [{ location: 'D-01-1', lot: 'L-1', quantity: 9, grams: 0, receivedOn: '2026-11-01' }]]).values()]
const pickOf = (lot: string, from: string) => ({ type: 'PickLine', payload: { line: 1, quantity: 1, lot, from, grams: 412_000 } }) as const

test('a wrong scan says whose it is: by roll, by product number, by barcode; and nothing of what nobody knows', async () => {
  await keep(...shelf)
  const whose = (text: string) => productByScan(db, scanOf(text, { today: '2026-11-27' }))
  expect(await whose(' r-26-118204')).toMatchObject({ product: { sku: 'BX' }, lot: 'R-26-118204' })
  expect(await whose('MZ')).toMatchObject({ product: { sku: 'MZ' }, lot: '' })
  expect(await whose('4710001000017')).toMatchObject({ product: { sku: 'BX' } })
  expect(await whose('R-26-999999')).toBeNull()
})

test('the second of two taps finds its roll taken and takes no other', async () => {
  const order = claimed(line(1, 'BX', 2, 'roll'))
  await keep(...shelf, order)
  const before = await walk()
  const stop = nextStop(before)
  if (!stop) throw new Error('nothing to pick')
  const shown = { line: 1, open: stop.open, take: takeOf(stop) }
  expect(isWanted(before, shown)).toBe(true)
  await keep(after(order, LIN, pickOf('R-26-118203', 'C-07-2')))
  expect(isWanted(await walk(), shown)).toBe(false)
})

test('where nobody knows the lots, a second tap is told by what is left', async () => {
  const order = claimed(line(1, 'NEW', 2, 'roll'))
  await keep(order)
  const [stop] = await walk()
  if (!stop) throw new Error('nothing to pick')
  const shown = { line: 1, open: stop.open, take: takeOf(stop) }
  await keep(after(order, LIN, pickOf('', '')))
  expect(isWanted(await walk(), shown)).toBe(false)
})

test('a place is set in segments as on a platform, and one that is written otherwise in one piece', () => {
  const captions = { zone: '區', row: '排', level: '層', bay: '位' }
  expect(segmentsOf('C-07-2', captions)).toEqual([{ code: 'C', caption: '區' }, { code: '07', caption: '排' }, { code: '2', caption: '層' }])
  expect(segmentsOf('暫存區', captions)).toEqual([{ code: '暫存區' }])
  expect(segmentsOf('成品倉-北側-第十二排', captions)).toEqual([{ code: '成品倉-北側-第十二排' }])
})
