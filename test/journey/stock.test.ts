/** The shelves on a small phone, by touch and by scanner, with the network gone in the middle: in, moved, counted, picked from, asked about. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Order } from '../../shared/order/order.ts'
import { type Product, productIdOf } from '../../shared/product/product.ts'
import { digitAs, printedAs } from '../../shared/scan/printed.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere, freshOrders, type Mill, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { scan as scanInto } from '../support/scanner.ts'
import { cut, installed, orderOn, press, says, sees, signIn, signs, waitingOn } from './floor.ts'

const KEEPER = { name: '庫管先生', pin: '2580' }
/** None of the mill's: nothing lies there. */
const [PLACE, OTHER] = ['Z-98-1', 'Z-98-2']
const LOT = 'L-26-JOURNEY'
const NEW = 'TW-300-JOURNEY'
const STRANGER = 'L-26-STRANGER'

let server: ServerProcess
let browser: Browser
let context: BrowserContext
let page: Page
let mill: Mill
let faults: string[]
let grant: string
/** an order that nobody has begun and that wants reams, and what it wants */
let order: Order
let product: Product

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), startProcess({ example: true })])
  mill = await openMill(server)
  grant = await mill.grantOfNew(KEEPER.name, ['warehouse', 'quality', 'supervisor'])
  const bodies = await mill.bodies(grant)
  const products = new Map(bodies.flatMap((body) => (body.kind === 'product' ? [[body.sku, body] as const] : [])))
  const [fresh] = freshOrders(bodies).flatMap(({ order, walk: [stop] }) => (stop && stop.line.unit === 'ream' && stop.open > 4 && order.lines.length === 1 ? [{ order, stop }] : []))
  const wanted = fresh && products.get(fresh.stop.line.sku)
  if (!fresh || !wanted) throw new Error('the example has no fresh order of reams alone')
  ;[order, product] = [fresh.order, wanted]
  context = await openContext(browser, { size: 'small' })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  await page.goto(`${server.url}/enrol#${await mill.code()}`)
  await press(page, 'signIn.enrol.go')
  await page.waitForURL('**/sign-in')
  await signIn(page, KEEPER)
  await page.goto(`${server.url}/stock`)
  await docsThere(page, bodies.length)
  await installed(page)
  await cut(context, true)
})
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const scan = (code: string) => scanInto(page, code)
const sheet = () => page.getByRole('dialog')
const closed = () => sheet().waitFor({ state: 'detached' })
/** What lies of the product by the phone, as lots at places. */
const lies = async (of: Product = product) => {
  const body = (await orderOn(page, of.id)) as unknown as Product
  return Object.fromEntries(body.stock.map(({ location, lot, quantity }) => [`${location} ${lot}`, quantity]))
}
const toStock = () => page.goto(`${server.url}/stock`).then(() => page.locator('.scan-field input').waitFor())
const shows = (text: string) => page.getByText(text).filter({ visible: true }).first().waitFor()

test('a full label, the place and a yes receive goods by the scanner alone, with all that the label says', async () => {
  await scan(`]C101${product.barcode.padStart(14, '0')}17280229310204000010${LOT}\u001d3020`)
  await page.locator('.stub .main').waitFor()
  await scan(printedAs('yes'))
  await sheet().waitFor()
  // The phone is slow, and the hand does not wait for it.
  const tools = await context.newCDPSession(page)
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 20 })
  await scan(PLACE)
  await scan(printedAs('yes'))
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await sees(page, 'stock.receive.done')
  expect(((await orderOn(page, product.id)) as unknown as Product).stock.at(-1)).toMatchObject({ location: PLACE, lot: LOT, quantity: 20, grams: 400_000, expires: '2028-02-29' })
})

test('what has expired is asked about, and held where it is taken all the same', async () => {
  await scan(`]C101${product.barcode.padStart(14, '0')}1725010110L-26-OLD\u001d302`)
  await sees(page, 'stock.receive.takeExpired')
  await scan(printedAs('yes'))
  await sheet().locator('.main').filter({ hasText: says('stock.receive.act') }).click()
  await expect.poll(() => lies()).toMatchObject({ [`${PLACE} L-26-OLD`]: 2 })
  await scan(printedAs('no'))
  await closed()
})

test('what nobody knows becomes a product, and lies there at once', async () => {
  await scan(NEW)
  await page.locator('.stub .main').filter({ hasText: says('stock.product.key') }).waitFor()
  await scan(printedAs('yes'))
  expect(await sheet().getByLabel(says('stock.product.sku')).inputValue()).toBe(NEW)
  // Without a name it says what is wanted, and nothing is recorded.
  await scan('R-JOURNEY-9')
  await scan(OTHER)
  await scan(printedAs('yes'))
  await sheet().getByText(says('stock.product.needed')).waitFor()
  await sheet().getByLabel(says('stock.product.name')).fill('特白牛皮紙')
  await scan(printedAs('yes'))
  await sees(page, 'stock.receive.done')
  await scan(printedAs('no'))
  await closed()
  await scan(OTHER)
  await page.locator('.docket-row').filter({ hasText: 'R-JOURNEY-9' }).filter({ hasText: '特白牛皮紙' }).waitFor()
})

test('what is held is offered to nobody until quality signs for it', async () => {
  await page.goto(`${server.url}/held`)
  await page.locator('.docket-row', { hasText: 'L-26-OLD' }).locator('.cover').click()
  await sheet().getByRole('textbox').fill('重新檢驗合格')
  await sheet().locator('.main').click()
  await signs(page, KEEPER.pin)
  await page.getByText('L-26-OLD').filter({ visible: true }).first().waitFor()
  expect(((await orderOn(page, product.id)) as unknown as Product).stock.find(({ lot }) => lot === 'L-26-OLD')).not.toHaveProperty('held')
})

test('a lot is moved by touch to a place that was scanned', async () => {
  await toStock()
  await scan('L-26-OLD')
  await page.locator('.docket-row .cover').first().click()
  await sheet().waitFor()
  await scan(OTHER)
  await sheet().locator('.main').click()
  await closed()
  await expect.poll(() => lies()).toMatchObject({ [`${OTHER} L-26-OLD`]: 2 })
})

test('a place that is typed and that nobody has used is asked about once; a label of the site’s own never is', async () => {
  await page.locator('.docket-row .cover').first().click()
  await sheet().getByRole('textbox').fill('Z-99-9')
  await sheet().locator('.main').click()
  await sheet().getByText(says('stock.newPlace.asks')).waitFor()
  expect(await lies()).toMatchObject({ [`${OTHER} L-26-OLD`]: 2 })
  // A slip of the finger is put right, and what is known needs no second yes.
  await sheet().getByRole('textbox').fill(PLACE)
  await sheet().getByText(says('stock.newPlace.asks')).waitFor({ state: 'detached' })
  await sheet().getByRole('textbox').fill('Z-99-9')
  await sheet().locator('.main').filter({ hasText: says('stock.newPlace.yes') }).click()
  await closed()
  await expect.poll(() => lies()).toMatchObject({ 'Z-99-9 L-26-OLD': 2 })
  // Nobody has put anything there either: but it was scanned.
  await page.locator('.docket-row .cover').first().click()
  await sheet().waitFor()
  await scan('Z-98-3')
  await sheet().locator('.main').click()
  await closed()
  await expect.poll(() => lies()).toMatchObject({ 'Z-98-3 L-26-OLD': 2 })
  // It was emptied by that, and is no new place for it.
  await page.locator('.docket-row .cover').first().click()
  await sheet().getByRole('textbox').fill('z-99-9')
  await sheet().locator('.main').click()
  await closed()
  await expect.poll(() => lies()).toMatchObject({ 'z-99-9 L-26-OLD': 2 })
})

test('goods that come in to a place that is typed and that nobody has used are asked about once, too: nothing is wrong with it', async () => {
  await scan(product.barcode)
  await page.locator('.stub .main').filter({ hasText: says('stock.receive.title') }).waitFor()
  await scan(printedAs('yes'))
  await sheet().getByLabel(says('stock.receive.place')).fill('Z-97-1')
  await sheet().getByLabel(says('stock.ownLot')).fill('L-26-TYPED')
  await sheet().locator('.main').click()
  await sheet().getByText(says('stock.newPlace.asks')).waitFor()
  expect(await sheet().locator('[aria-invalid=true]').count()).toBe(0)
  expect(await lies()).not.toHaveProperty('Z-97-1 L-26-TYPED')
  await sheet().locator('.main').filter({ hasText: says('stock.newPlace.yes') }).click()
  await sees(page, 'stock.receive.done')
  expect(await lies()).toMatchObject({ 'Z-97-1 L-26-TYPED': 1 })
  // The next one goes there, too: it is known by now.
  await sheet().getByLabel(says('stock.ownLot')).fill('L-26-TYPED-2')
  await sheet().locator('.main').filter({ hasText: says('stock.receive.act') }).click()
  await expect.poll(() => lies()).toMatchObject({ 'Z-97-1 L-26-TYPED-2': 1 })
  await scan(printedAs('no'))
  await closed()
})

test('a place is counted whole: what was found, what nobody knew of, and that nothing else lies there; what differs is signed for', async () => {
  // Two lots lie there by the books.
  await scan('L-26-OLD')
  await page.locator('.docket-row .cover').first().click()
  await sheet().waitFor()
  await scan(PLACE)
  await sheet().locator('.main').click()
  await closed()
  await scan(PLACE)
  await press(page, 'stock.whole.key')
  await sees(page, 'stock.whole.nothing')
  await scan(LOT)
  await sheet().waitFor()
  // Without a hand on the glass: the figure is printed, too.
  for (const digit of [1, 2]) await scan(digitAs(digit))
  await scan(printedAs('yes'))
  await closed()
  await press(page, 'stock.whole.rest')
  await sheet().getByText('L-26-OLD').first().waitFor()
  expect(await sheet().locator('.docket-row').count()).toBe(2)
  await sheet().locator('.main').click()
  await signs(page, KEEPER.pin)
  await sees(page, 'stock.whole.done')
  expect(await lies()).toMatchObject({ [`${PLACE} ${LOT}`]: 12 })
  expect(await lies()).not.toHaveProperty(`${PLACE} L-26-OLD`)
})

test('what is picked from it lies less there, and of a lot that nobody knows it is a question; after a reload, too', async () => {
  await page.goto(`${server.url}/pick/${order.id}`)
  await press(page, 'pick.claim.title')
  await page.locator('.after-take .cover').click()
  const takes = async (lot: string, from: string, many: string) => {
    await sheet().getByRole('textbox').nth(0).fill(lot)
    await sheet().getByRole('textbox').nth(1).fill(from)
    await sheet().getByRole('spinbutton').first().fill(many)
    await sheet().locator('.main').click()
    await closed()
  }
  await takes(LOT, PLACE, '2')
  await expect.poll(async () => (await orderOn(page, order.id)).picks.length).toBe(1)
  await page.locator('.after-take .cover').click()
  await takes(STRANGER, OTHER, '1')
  await expect.poll(async () => (await orderOn(page, order.id)).picks.length).toBe(2)
  // Of what nobody wrote down where it was taken, too.
  await page.locator('.after-take .cover').click()
  await takes(LOT, '', '1')
  await expect.poll(async () => (await orderOn(page, order.id)).picks.length).toBe(3)
  await toStock()
  await page.reload()
  await shows(`${OTHER} ${STRANGER}`)
  await page.locator('.slip').filter({ hasText: says('stock.noPlace') }).filter({ hasText: LOT }).first().waitFor()
  await scan(PLACE)
  await page.locator('.docket-row').filter({ hasText: LOT }).getByText(/^10\s/).waitFor()
  // What was looked up is there again: nobody scans it twice for a reload.
  await page.reload()
  await page.locator('.docket-row').filter({ hasText: LOT }).getByText(/^10\s/).waitFor()
})

test('with the network back the server says the same, and the supervisor settles what it asks', async () => {
  await cut(context, false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => waitingOn(page), { timeout: 30_000 }).toBe(0)
  await toStock()
  const slip = page.locator('.slip').filter({ hasText: STRANGER })
  await slip.getByRole('button', { name: /歸零/ }).click()
  await signs(page, KEEPER.pin)
  await slip.waitFor({ state: 'detached' })
  const lost = page.locator('.slip').filter({ hasText: says('stock.noPlace') })
  await lost.getByRole('button', { name: says('stock.asks.moved') }).click()
  await signs(page, KEEPER.pin)
  await lost.waitFor({ state: 'detached' })
  await expect.poll(() => waitingOn(page), { timeout: 30_000 }).toBe(0)
  const after = await mill.bodies(grant)
  expect(after.find((body) => body.kind === 'product' && body.sku === NEW)).toMatchObject({ id: productIdOf(product.site, NEW), name: '特白牛皮紙', unit: 'roll', stock: [{ location: OTHER, lot: 'R-JOURNEY-9', quantity: 1 }] })
  const there = after.find(({ id }) => id === product.id)
  expect(there).toEqual(await orderOn(page, product.id))
  expect(await lies()).toMatchObject({ [`${PLACE} ${LOT}`]: 9 })
  expect(Object.keys(await lies()).filter((each) => each.includes(STRANGER))).toEqual([])
  expect((there as Product).questions?.map(({ kind, lot }) => `${kind} ${lot}`).sort()).toEqual([`count-differs L-26-OLD`, `count-differs ${LOT}`].sort())
})

test('of many orders that are found the first fifty are shown, and it says so', async () => {
  await page.goto(`${server.url}/work/pick`)
  await page.locator('.search input').fill('SO-2611')
  await page.getByRole('status').filter({ hasText: says('work.foundFirst') }).filter({ hasText: '50' }).waitFor()
  expect(await page.locator('.rows .cover').count()).toBe(50)
  // Fewer than that are simply all.
  await page.locator('.search input').fill(order.number)
  await page.getByRole('status').filter({ hasText: says('work.found') }).filter({ hasText: '1' }).waitFor()
})

test('what comes back to where nobody knows is asked about, and lies at the place that is scanned', async () => {
  await page.goto(`${server.url}/pick/${order.id}`)
  await page.locator('.stub [data-sign=undo]').waitFor()
  await scan(printedAs('undo'))
  await expect.poll(() => lies()).toMatchObject({ [` ${LOT}`]: 1 })
  await toStock()
  const asked = page.locator('.slip').filter({ hasText: says('stock.noPlace') }).filter({ hasText: LOT })
  await asked.getByRole('button', { name: says('stock.asks.place') }).click()
  await sheet().waitFor()
  await scan(PLACE)
  await scan(printedAs('yes'))
  await closed()
  await asked.waitFor({ state: 'detached' })
  expect(await lies()).toMatchObject({ [`${PLACE} ${LOT}`]: 10 })
  expect(await lies()).not.toHaveProperty(` ${LOT}`)
})

test('a product’s card is put right, its unit only while nothing of it lies anywhere', async () => {
  await scan(NEW)
  await press(page, 'stock.correct.key')
  await sheet().getByText(says('stock.correct.unit')).waitFor()
  await sheet().getByLabel(says('stock.product.name')).fill('特白牛皮紙 乙級')
  await scan('4710001000010')
  await sheet().locator('.main').filter({ hasText: says('stock.correct.parts.barcode') }).click()
  await signs(page, KEEPER.pin)
  await closed()
  await expect.poll(() => waitingOn(page), { timeout: 30_000 }).toBe(0)
  expect((await mill.bodies(grant)).find((body) => body.kind === 'product' && body.sku === NEW)).toMatchObject({ name: '特白牛皮紙 乙級', barcode: '4710001000010', unit: 'roll' })
  // By its bar code it is found from now on.
  await scan('4710001000010')
  await page.locator('.docket-row').filter({ hasText: 'R-JOURNEY-9' }).waitFor()
  expect(faults).toEqual([])
})
