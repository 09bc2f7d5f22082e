/** A job of each kind for the floor: orders in every state that somebody there has to do with, and what lies on the shelves for them. */
import type { Line } from '../../shared/order/form.ts'
import { productIdOf } from '../../shared/product/product.ts'
import { form } from '../server/floor.ts'
import type { Phone } from '../support/open-phone.ts'
import type { Aisle } from './aisle.ts'

const line = (no: number, sku: string, name: string, unit: Line['unit'], quantity: number): Line => ({ no, sku, name, spec: '1092 mm', unit, quantity, price: 100, grams: 0 })
const ROLL = { ...line(1, 'BK-080-1092', '牛皮紙 80 g/m²', 'roll', 200), spec: '1092 mm 卷筒·芯徑 3 吋', grams: 447_000 }
export const ORDERS: { [doc: string]: Line[] } = {
  few: [line(1, 'TH-1', '熱感紙', 'roll', 3)],
  one: [line(1, 'BK-1', '牛皮紙', 'roll', 1), line(2, 'MZ-1', '模造紙', 'ream', 8)],
  two: [line(1, 'HB-1', '灰紙板', 'pack', 5), line(2, 'BK-1', '牛皮紙', 'roll', 1)],
  bad: [ROLL],
  home: [line(1, 'NP-1', '新聞紙', 'ream', 4)],
  taken: [line(1, 'MZ-1', '模造紙', 'ream', 2)],
  freed: [line(1, 'MZ-1', '模造紙', 'ream', 3)],
}
const SHELVES = [
  { sku: 'HB-1', name: '灰紙板', unit: 'pack', lot: 'L-26-HB0001', location: 'A-01-1', quantity: 50 },
  { sku: 'BK-1', name: '牛皮紙', unit: 'roll', lot: 'R-26-000101', location: 'A-02-1', quantity: 1 },
  { sku: 'BK-1', name: '牛皮紙', unit: 'roll', lot: 'R-26-000102', location: 'A-02-1', quantity: 1 },
  { sku: 'TH-1', name: '熱感紙', unit: 'roll', lot: 'R-26-000201', location: 'A-03-1', quantity: 1 },
  { sku: 'TH-1', name: '熱感紙', unit: 'roll', lot: 'R-26-000202', location: 'A-03-1', quantity: 1 },
  { sku: 'MZ-1', name: '模造紙', unit: 'ream', lot: 'L-26-MZ0001', location: 'B-01-1', quantity: 80 },
  { sku: 'NP-1', name: '新聞紙', unit: 'ream', lot: 'L-26-NP0001', location: 'B-02-1', quantity: 20 },
  { sku: 'NP-1', name: '新聞紙', unit: 'ream', lot: 'L-26-NP0002', location: 'B-02-2', quantity: 10, held: true },
] as const

/** All of it is on the server; resolves to the site. */
export async function laidOut(aisle: Aisle): Promise<string> {
  const { office } = aisle
  const { site = '' } = (await office.db.read('identity')) ?? {}
  for (const { sku, name, unit, ...lies } of SHELVES)
    await office.issue({ type: 'ReceiveGoods', doc: productIdOf(site, sku), payload: { product: { sku, name, spec: '1092 mm', unit, grams: 1000, barcode: '' }, grams: 1000 * lies.quantity, receivedOn: '2026-11-24', expires: null, held: false, note: '', ...lies } })
  for (const [doc, lines] of Object.entries(ORDERS))
    await office.issue({ type: 'PlaceOrder', doc, payload: form(`N-${doc}`, { lines }) }, { type: 'SignGate', doc, payload: { gate: 'confirmation', note: '' }, signed: true })
  await office.issue({ type: 'PickLine', doc: 'bad', payload: { line: 1, quantity: 200, lot: 'L-1', from: 'A-09-1', grams: 0 } }, { type: 'FinishPicking', doc: 'bad', payload: {} })
  for (const doc of ['taken', 'freed']) await office.issue({ type: 'ClaimOrder', doc, payload: {} })
  await comesHome(office)
  await office.sync()
  return site
}
/** On the road, taken by nobody, and handed in at the warehouse. */
async function comesHome(office: Phone): Promise<void> {
  const goods = { line: 1, lot: 'L-26-NP0001', quantity: 4 }
  await office.issue(
    { type: 'PickLine', doc: 'home', payload: { ...goods, from: 'B-02-1', grams: 0 } },
    { type: 'FinishPicking', doc: 'home', payload: {} },
    { type: 'Load', doc: 'home', payload: { vehicle: 'KEH-6218', packages: 1 } },
    { type: 'Depart', doc: 'home', payload: {} },
    { type: 'ReportAbsent', doc: 'home', payload: { place: null, note: '', photos: [], againAt: null, after: 'back', why: 'absent' } },
    { type: 'ReturnGoods', doc: 'home', payload: { goods: [{ ...goods, damaged: false }], note: '', photos: [] } },
  )
}
