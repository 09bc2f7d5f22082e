/** What lies where, between phones that cannot hear each other and the server: each thing that was done is booked once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { putBodies } from '../../server/sync/put.ts'
import { productsOf } from '../../client/live/stock.ts'
import { readScan } from '../../client/scan/read.ts'
import { findLying, isPlace, placesKnown, productsAsked } from '../../client/stock/shelves.ts'
import { type Product, productIdOf, type Stock } from '../../shared/product/product.ts'
import { form, pick } from '../server/floor.ts'
import { docsIn } from '../support/docs.ts'
import type { Phone } from '../support/open-phone.ts'
import { badLine, type Crew, EVERYTHING, openCrew, overheard } from './crew.ts'

const SKU = 'BX-200'
const rolls: Stock[] = ['R-1', 'R-2', 'R-3'].map((lot) => ({ location: 'C-07-2', lot, quantity: 1, grams: 412_000, receivedOn: '2026-11-01' }))
const card = { sku: SKU, name: '雙銅紙 200 g', spec: '', unit: 'roll' as const, grams: 412_000, barcode: '' }
const roll = (lot: string) => ({ ...pick(1), lot, from: 'C-07-2', grams: 412_000 })

let crew: Crew
beforeEach(async () => {
  crew = await openCrew()
  await crew.floor.log.write((tx) => putBodies(tx, 'north', [{ kind: 'product', id: 'p1', site: 'north', ...card, stock: rolls }], { by: '', name: '', at: '2026-11-24T08:00:00.000Z', device: '', command: 'seed' }))
})
afterEach(() => crew.end())

const lies = (product: Product | undefined) => product?.stock.map(({ location, lot, quantity }) => `${quantity} ${lot} ${location}`).sort()
const here = async (phone: Phone) => lies((await productsOf(phone.db, [SKU])).get(SKU))
async function stored(): Promise<Product> {
  const body = (await crew.serverDoc('p1'))?.body
  if (body?.kind !== 'product') throw new Error('the server has no product p1')
  return body
}
async function placed(phone: Phone, ...ids: string[]) {
  for (const id of ids) {
    await phone.issue({ type: 'PlaceOrder', doc: id, payload: form(`N-${id}`, { lines: [{ no: 1, sku: SKU, name: card.name, spec: '', unit: 'roll', quantity: 2, price: 1, grams: 412_000 }] }) })
    await phone.issue({ type: 'SignGate', doc: id, payload: { gate: 'confirmation', note: '' }, signed: true })
  }
  await phone.sync()
}
const picked = (phone: Phone, doc: string, lot: string) => phone.issue({ type: 'PickLine', doc, payload: roll(lot) })

describe('what is picked', () => {
  test('is off the shelf at once without a network, and once everywhere when both phones are heard', async () => {
    const [one, two] = [await crew.phone('one', 'clerk'), await crew.phone('two', 'picker')]
    await placed(one, 'o1', 'o2')
    await two.sync()
    await picked(one, 'o1', 'R-1')
    await picked(two, 'o2', 'R-2')
    expect(await here(one)).toEqual(['1 R-2 C-07-2', '1 R-3 C-07-2'])
    expect(await here(two)).toEqual(['1 R-1 C-07-2', '1 R-3 C-07-2'])
    await one.sync()
    await two.sync()
    await one.sync()
    for (const phone of [one, two]) expect(await here(phone)).toEqual(['1 R-3 C-07-2'])
    expect(lies(await stored())).toEqual(['1 R-3 C-07-2'])
  })

  test('and put back lies there again, on the phone and on the server', async () => {
    const phone = await crew.phone('one', 'clerk')
    await placed(phone, 'o1')
    const [id = ''] = await picked(phone, 'o1', 'R-1')
    await phone.issue({ type: 'PutBack', doc: 'o1', payload: { pick: id, quantity: 1 } })
    expect(await here(phone)).toHaveLength(3)
    await phone.sync()
    expect(await here(phone)).toHaveLength(3)
    expect((await stored()).version).toBe(3)
  })

  test('is not booked again when an answer is lost, nor subtracted twice while it is on its way', async () => {
    const line = badLine()
    const phone = await crew.phone('one', 'clerk', { between: line.between })
    await placed(phone, 'o1')
    await picked(phone, 'o1', 'R-1')
    line.lose()
    await phone.sync()
    expect(await here(phone)).toHaveLength(2)
    expect(lies(await stored())).toHaveLength(2)
    await phone.sync()
    expect(await here(phone)).toHaveLength(2)
    expect((await stored()).version).toBe(2)
    expect(await phone.db.outbox.count()).toBe(0)
  })

  test('is not subtracted from a copy that has it already, though the answer to it never came', async () => {
    const line = badLine()
    const phone = await crew.phone('one', 'clerk', { between: line.between })
    await placed(phone, 'o1')
    await picked(phone, 'o1', 'R-1')
    line.lose()
    await phone.sync()
    // What the stream tells everyone who listens.
    const doc = await crew.serverDoc('p1')
    const row = await phone.db.docs.get('p1')
    if (!doc || !row) throw new Error('no product')
    await phone.db.docs.put({ ...row, doc })
    expect(await phone.db.outbox.count()).toBe(1)
    expect(await here(phone)).toEqual(['1 R-2 C-07-2', '1 R-3 C-07-2'])
  })

  test('more of than anybody knew of is recorded, and asked about', async () => {
    const [one, two] = [await crew.phone('one', 'clerk'), await crew.phone('two', 'picker')]
    await placed(one, 'o1', 'o2')
    await two.sync()
    await picked(one, 'o1', 'R-1')
    await picked(two, 'o2', 'R-1')
    await one.sync()
    await two.sync()
    expect(await stored()).toMatchObject({ stock: [{ lot: 'R-2' }, { lot: 'R-3' }, { lot: 'R-1', quantity: -1 }], questions: [{ kind: 'negative', lot: 'R-1', name: 'picker' }] })
    await one.sync()
    expect((await one.db.read('counts'))?.questions).toBe(1)
  })

  test('of a product that nobody has put down begins it on the phone and on the server, and is asked about on both', async () => {
    const [one, two] = [await crew.phone('one', 'clerk'), await crew.phone('two', 'picker')]
    await one.sync()
    await one.issue({ type: 'PlaceOrder', doc: 'o9', payload: form('N-9') }, { type: 'PickLine', doc: 'o9', payload: { ...roll('R-77'), line: 1 } })
    const { sku } = form('N-9').lines[0] ?? { sku: '' }
    const lying = [{ location: 'C-07-2', lot: 'R-77', quantity: -1 }]
    const questions = [{ kind: 'negative', location: 'C-07-2', lot: 'R-77', name: 'clerk' }]
    expect(await productsAsked(one.db)).toMatchObject([{ sku, unreceived: true, stock: lying, questions }])
    expect((await findLying(one.db, readScan('C-07-2', { now: Date.now }))).lying.map(({ entry }) => entry.lot)).toContain('R-77')
    for (const phone of [one, two, one]) await phone.sync()
    expect((await crew.serverDoc(productIdOf('north', sku)))?.body).toMatchObject({ sku, name: form('N-9').lines[0]?.name, version: 1, stock: lying, questions })
    for (const phone of [one, two]) expect(await productsAsked(phone.db)).toMatchObject([{ sku, stock: lying, questions }])
    // What came in late answers it.
    await two.issue({ type: 'ReceiveGoods', doc: productIdOf('north', sku), payload: { product: { ...card, sku }, location: 'C-07-2', lot: 'R-77', quantity: 1, grams: 1, receivedOn: '2026-11-24', expires: null, held: false, note: '' } })
    for (const phone of [two, one]) await phone.sync()
    for (const phone of [one, two]) expect(await productsAsked(phone.db)).toEqual([])
    expect((await one.db.read('counts'))?.questions).toBe(0)
  })

  test('of a product that nobody has put down is nowhere, at a site that keeps no stock', async () => {
    await crew.floor.site('south')
    await crew.floor.person('south', 'southerner', ...EVERYTHING)
    const { id, site, token } = await crew.floor.device('south', 'bare')
    const phone = await crew.add({ name: 'bare', seat: { id, site, token, number: 1, grant: await crew.grant('bare', 'southerner', { site: 'south' }) } })
    await phone.issue({ type: 'PlaceOrder', doc: 'o9', payload: form('N-9') }, { type: 'PickLine', doc: 'o9', payload: pick(1) })
    expect(await productsAsked(phone.db)).toEqual([])
    await phone.sync()
    await phone.sync()
    expect(await phone.db.outbox.count()).toBe(0)
    expect((await docsIn(crew.floor.log, 'site:south')).map(({ body }) => body.id)).toEqual(['o9'])
  })

  test('comes to the other phones as what was booked, not as the whole shelf again', async () => {
    const heard = overheard()
    const [one, two] = [await crew.phone('one', 'clerk'), await crew.phone('two', 'picker', { between: heard.between })]
    await placed(one, 'o1')
    await two.sync()
    await picked(one, 'o1', 'R-1')
    await one.sync()
    await two.sync()
    const ops = heard.replies.at(-1)?.scopes['site:north']?.ops ?? []
    expect(ops.find((op) => 'delta' in op && op.delta === 'p1')).toMatchObject({ from: 1, version: 2, events: [{ type: 'StockBooked', quantity: -1 }], applied: { one: 3 } })
    expect(await here(two)).toHaveLength(2)
  })

  test('after a server came back without it is offered again, and booked once there', async () => {
    const phone = await crew.phone('one', 'clerk')
    await placed(phone, 'o1')
    await picked(phone, 'o1', 'R-1')
    await phone.sync()
    await crew.floor.log.write((tx) => tx.beginEpoch('another'))
    await phone.sync()
    await phone.sync()
    expect(await here(phone)).toHaveLength(2)
    expect((await stored()).version).toBe(2)
  })
})

describe('goods', () => {
  test('that two phones receive without a network begin one product', async () => {
    const [one, two] = [await crew.phone('one', 'clerk'), await crew.phone('two', 'picker')]
    await one.sync()
    await two.sync()
    const goods = (lot: string) => ({ product: { ...card, sku: 'NEW-1' }, location: 'A-01-1', lot, quantity: 1, grams: 400_000, receivedOn: '2026-11-24', expires: null, held: false, note: '' })
    await one.issue({ type: 'ReceiveGoods', doc: 'product-new', payload: goods('R-8') })
    await two.issue({ type: 'ReceiveGoods', doc: 'product-new', payload: goods('R-9') })
    for (const phone of [one, two, one]) await phone.sync()
    for (const phone of [one, two]) expect(lies((await productsOf(phone.db, ['NEW-1'])).get('NEW-1'))).toEqual(['1 R-8 A-01-1', '1 R-9 A-01-1'])
  })

  test('that are counted by one while another picks are what was counted less what was picked', async () => {
    const [one, two] = [await crew.phone('one', 'clerk'), await crew.phone('two', 'picker')]
    await placed(one, 'o1')
    await two.sync()
    await picked(one, 'o1', 'R-1')
    await two.issue({ type: 'CountStock', doc: 'p1', payload: { location: 'C-07-2', lot: 'R-2', expected: 1, counted: 0, grams: -412_000, receivedOn: '2026-11-01' } })
    expect(await here(two)).toEqual(['1 R-1 C-07-2', '1 R-3 C-07-2'])
    for (const phone of [two, one, two]) await phone.sync()
    for (const phone of [one, two]) expect(await here(phone)).toEqual(['1 R-3 C-07-2'])
    expect((await stored()).questions).toMatchObject([{ kind: 'count-differs', expected: 1, counted: 0, name: 'picker' }])
  })
})

describe('a place', () => {
  const move = (lot: string, from: string, to: string) => ({ type: 'MoveStock' as const, doc: 'p1', payload: { lot, from, to, quantity: 1, grams: 412_000, receivedOn: '2026-11-01', expires: null, held: false } })
  test('that was emptied here or by somebody else is no new one; one that nobody used is, unless its label was scanned', async () => {
    const [one, two] = [await crew.phone('one', 'clerk'), await crew.phone('two', 'picker')]
    await one.sync()
    await two.sync()
    await one.issue(move('R-1', 'C-07-2', 'C-07-3'))
    await one.issue(move('R-1', 'C-07-3', 'C-07-4'))
    // Both are heard of in one: where it lay in between, only who put it there knows.
    await one.sync()
    await two.sync()
    await two.issue(move('R-1', 'C-07-4', 'C-07-2'))
    await two.sync()
    await one.sync()
    expect(await here(one)).toEqual(['1 R-1 C-07-2', '1 R-2 C-07-2', '1 R-3 C-07-2'])
    const known = async ({ db }: Phone) => Promise.all(['c-07-3', 'C-07-4', 'C-07-9'].map((place) => isPlace(db, place, false)))
    expect(await known(one)).toEqual([true, true, false])
    expect(await known(two)).toEqual([false, true, false])
    expect(await isPlace(one.db, 'C-07-9', true)).toBe(true)
    expect(await isPlace(one.db, 'HALL 3', true)).toBe(false)
    // Still so on a device that begins to hear of the site anew.
    await crew.floor.log.write((tx) => tx.beginEpoch('another'))
    await one.sync()
    await one.sync()
    expect(await known(one)).toEqual([true, true, false])
  })
  test('is written like any place here, of however many products', async () => {
    const many = Array.from({ length: 300 }, (_, i): Product => ({ kind: 'product', id: `many-${i}`, site: 'north', version: 0, ...card, sku: `M-${String(i).padStart(3, '0')}`, stock: [{ location: i === 299 ? 'HALL 3' : `C-07-${i % 10}`, lot: `M${i}`, quantity: 1, grams: 1, receivedOn: '2026-11-01' }] }))
    await crew.floor.log.write((tx) => putBodies(tx, 'north', many, { by: '', name: '', at: '2026-11-24T08:00:00.000Z', device: '', command: 'many' }))
    const phone = await crew.phone('one', 'clerk')
    await phone.sync()
    const places = await placesKnown(phone.db)
    expect(['hall 4', 'HALL 3', 'B-09-9', 'B-9'].map((code) => places.fits(code))).toEqual([true, true, true, false])
    expect(['hall 4', 'HALL 3', 'B-09-9'].map((code) => places.has(code))).toEqual([false, true, false])
  })
})
