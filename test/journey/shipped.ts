/** Orders for the road: off the mill's own shelves, from the first signature to the shipment as a stop of a trip, as commands. */
import type { Act } from '../../client/issue.ts'
import { clausesOf } from '../../shared/order/clauses.ts'
import type { OrderForm } from '../../shared/order/form.ts'
import { ROLES } from '../../shared/people/role.ts'
import type { Product } from '../../shared/product/product.ts'
import { type Mill, NEW_PIN, personOf } from '../support/mill.ts'
import { openPhone, type Phone } from '../support/open-phone.ts'

/** What each customer ordered, in units. */
const GOODS = {
  paid: [['BK-080-1092', 4], ['MZ-070-25', 20], ['TH-048-080', 10], ['HB-400-31', 2]],
  away: [['BK-100-787', 2]],
  unwanted: [['NP-045-781', 1]],
} as const
export type Doc = keyof typeof GOODS
export const DOCS = Object.keys(GOODS) as Doc[]
export const CUSTOMERS: { readonly [doc in Doc]: string } = { paid: '春日印刷', away: '夏川紙器', unwanted: '秋山文具' }

export type Shelves = ReadonlyMap<string, Product>
export async function shelvesOf(mill: Mill, grant: string): Promise<Shelves> {
  return new Map((await mill.bodies(grant)).flatMap((body) => (body.kind === 'product' ? [[body.sku, body] as const] : [])))
}

/** Who may everything, at a device of their own. */
export async function atTheDock(mill: Mill, url: string, grant: string): Promise<Phone> {
  return openPhone({ url, name: '出貨台', code: await mill.code(), person: personOf(grant), pin: NEW_PIN })
}
/** Until the server has all of it. */
export async function settles(phone: Phone): Promise<void> {
  while ((await phone.db.outbox.count()) > 0) await phone.sync()
}
type Driver = { id: string; name: string }
type Planned = ReturnType<typeof tripOf>
export const tripOf = (number: string, { id, name }: Driver) => ({ number, driver: id, driverName: name, vehicle: 'KEH-6218' })
/** From the first signature to the shipment as a stop of a trip. */
export function wayOf(doc: string, form: OrderForm, trip: Planned & { id: string; stop: number }, shelves: Shelves) {
  const signed = true as const
  const { lines, placedAt } = form
  const takes = lines.flatMap((line) => takesOf(line, shelves))
  const passed = { quantity: 'pass', appearance: 'pass', labels: 'pass' } as const
  const packages = takes.map(({ line, quantity, lot }, at) => ({ no: at + 1, kind: 'carton' as const, code: `PK-${doc.slice(0, 12)}-${at + 1}`.toUpperCase(), grams: 0, contents: [{ line, quantity, lot }] }))
  const clauses = clausesOf(form, (no) => lines.find((line) => line.no === no)?.quantity ?? 0).map(({ id, value }) => ({ id, value, ok: true, note: '' }))
  return [
    ...(['confirmation', 'release', 'notice'] as const).map((gate) => ({ type: 'SignGate', doc, signed, payload: { gate, note: '' } }) as const),
    ...takes.map((take) => ({ type: 'PickLine', doc, payload: take }) as const),
    { type: 'FinishPicking', doc, payload: {} },
    { type: 'Inspect', doc, signed, payload: { result: 'pass', checks: passed, reason: '', photos: [] } },
    { type: 'Pack', doc, payload: { packages } },
    { type: 'Load', doc, payload: { vehicle: trip.vehicle, packages: packages.length } },
    { type: 'PutOnTrip', doc, payload: trip },
    { type: 'Ship', doc, signed, payload: { deliveryOrder: `DO-${doc}`, carrier: '', vehicle: trip.vehicle, driver: trip.driverName, packages: packages.length, readBack: { with: '', at: placedAt, clauses } } },
  ] satisfies Act[]
}
function formOf(doc: Doc, shelves: Shelves): OrderForm {
  const lines = GOODS[doc].map(([sku, quantity], i) => {
    const { name = '', spec = '', unit = 'roll', grams = 0 } = shelves.get(sku) ?? {}
    return { no: i + 1, sku, name, spec, unit, quantity, price: 1000 * (i + 1) + 50, grams }
  })
  const at = new Date().toISOString()
  const plain = { tolerance: '', quality: '', packaging: '', delivery: '', clauses: '', memo: '' }
  const customer = { id: doc, name: CUSTOMERS[doc], grade: 'B' as const }
  return { ...plain, number: `SO-${doc}`, source: { name: '', key: '' }, process: 'stock', customer, terms: doc === 'paid' ? 'cash-on-delivery' : 'monthly', contact: '吳小姐', phone: '04-0000-0201', shipTo: '台中市大里區工業路 66 號', currency: 'TWD', placedAt: at, promisedAt: at, lines }
}
/** As many as are wanted, lot after lot as they lie. */
function takesOf({ no, sku, quantity }: OrderForm['lines'][number], shelves: Shelves) {
  let open = quantity
  return (shelves.get(sku)?.stock ?? []).flatMap(({ lot, location, quantity: there, grams, held }) => {
    const some = held ? 0 : Math.min(open, there)
    open -= some
    return some > 0 ? [{ line: no, quantity: some, lot, from: location, grams: Math.round((grams * some) / there) }] : []
  })
}

/** Picked off the mill's shelves, inspected, packed, loaded, read back and shipped: three stops of one trip. */
export async function shipped(phone: Phone, driver: Driver, shelves: Shelves): Promise<void> {
  const trip = tripOf('11-27-09', driver)
  await phone.issue({ type: 'PlanTrip', doc: 'road', payload: { ...trip, plannedAt: new Date().toISOString(), note: '' } })
  for (const [i, doc] of DOCS.entries()) {
    const form = formOf(doc, shelves)
    await phone.issue({ type: 'PlaceOrder', doc, payload: form }, ...wayOf(doc, form, { ...trip, id: 'road', stop: i + 1 }, shelves))
  }
  await settles(phone)
}

/** All of it is on the trip of a new driver, whose name this is. */
export async function onTheRoad(mill: Mill, url: string, name: string): Promise<void> {
  const grant = await mill.grantOfNew('萬能先生', ROLES)
  const driver = { id: personOf(await mill.grantOfNew(name, ['driver'])), name }
  const dock = await atTheDock(mill, url, grant)
  await shipped(dock, driver, await shelvesOf(mill, grant))
  await dock.close()
}
