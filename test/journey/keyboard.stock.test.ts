/** The shelves by keyboard alone, at the desk of a warehouse: in, moved, counted, put away again; and the papers of what is packed. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Order } from '../../shared/order/order.ts'
import type { Product } from '../../shared/product/product.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere, firstIn, NEW_PIN, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { bodyOn, orderOn, says, sees } from './floor.ts'
import { type Keys, keysOf } from './keys.ts'

const KEEPER = { name: '庫管先生', pin: NEW_PIN }
/** None of the mill's: nothing lies there. */
const [PLACE, OTHER] = ['Z-98-1', 'Z-98-2']
const LOT = 'L-26-KEYS'

let server: ServerProcess
let browser: Browser
let page: Page
let keys: Keys
let faults: string[] = []
let product: Product
/** one that is packed */
let packed: Order

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  const mill = await openMill(server)
  const bodies = await mill.bodies(await mill.grantOfNew(KEEPER.name, ['warehouse', 'shipper', 'supervisor']))
  const ream = bodies.find((body): body is Product => body.kind === 'product' && body.unit === 'ream' && body.barcode !== '')
  const id = firstIn(bodies, 'load.promised', (body) => body.kind === 'order' && body.packages.length > 1)
  if (!ream) throw new Error('the example has no reams')
  product = ream
  packed = bodies.find((body): body is Order => body.id === id && body.kind === 'order') as Order
  page = await (await openContext(browser, { size: 'desk', installs: false })).newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  keys = keysOf(page)
  // What a printer does with the page is not the page's.
  await page.addInitScript(() => Object.assign(window, { print: () => document.documentElement.classList.add('printed') }))
  await keys.joins(server.url, await mill.code(), KEEPER)
  await docsThere(page, bodies.length)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const sheet = () => page.getByRole('dialog').last()
const field = (key: string) => sheet().getByLabel(says(key))
const lies = async () => Object.fromEntries((await bodyOn<Product>(page, product.id)).stock.map(({ location, lot, quantity }) => [`${location} ${lot}`, quantity]))
const looksUp = async (code: string) => {
  await keys.types(page.locator('.scan-field input'), code)
  await keys.press('Enter')
}
const row = (lot: string) => page.locator('.docket-row').filter({ hasText: lot }).locator('.cover')

test('goods come in: the product is typed, then place, lot and how many', async () => {
  await keys.goesBy('/stock')
  await keys.arrives('/stock')
  await looksUp(product.barcode)
  await keys.main('stock.receive.title')
  await sheet().waitFor()
  await keys.types(field('stock.receive.place'), PLACE)
  await keys.types(field('stock.ownLot'), LOT)
  await keys.types(sheet().getByRole('spinbutton').first(), '20')
  await keys.main('stock.receive.act')
  // Nobody has used that place yet: meant so?
  await keys.main('stock.newPlace.yes')
  await sees(page, 'stock.receive.done')
  await keys.stands()
  await expect.poll(lies).toMatchObject({ [`${PLACE} ${LOT}`]: 20 })
  await keys.escapes()
})

test('a lot is moved to another place, in part', async () => {
  await looksUp(LOT)
  await keys.opens(row(LOT).filter({ visible: true }))
  await sheet().waitFor()
  await keys.types(field('stock.move.place'), OTHER)
  await keys.types(sheet().getByRole('spinbutton'), '5')
  await keys.main('stock.move.act')
  await keys.main('stock.newPlace.yes')
  await keys.closed()
  await expect.poll(lies).toMatchObject({ [`${PLACE} ${LOT}`]: 15, [`${OTHER} ${LOT}`]: 5 })
})

test('one lot is counted without being told how much there should be, then a whole place', async () => {
  await looksUp(LOT)
  await keys.side('stock.count.key')
  await sees(page, 'stock.count.on')
  await keys.opens(page.locator('.docket-row').filter({ hasText: OTHER }).locator('.cover'))
  await keys.types(sheet().getByRole('spinbutton'), '4')
  await keys.main('stock.count.act')
  await keys.closed()
  await expect.poll(lies).toMatchObject({ [`${OTHER} ${LOT}`]: 4 })
  await looksUp(PLACE)
  // Who counts counts on: of a place all that lies there.
  await keys.opens(row(LOT))
  await keys.types(sheet().getByRole('spinbutton'), '14')
  await keys.main('stock.count.act')
  await keys.closed()
  await keys.main('stock.whole.all')
  await keys.main('stock.whole.sign')
  await keys.signs(KEEPER.pin)
  await sees(page, 'stock.whole.done')
  await keys.stands()
  await expect.poll(lies).toMatchObject({ [`${PLACE} ${LOT}`]: 14 })
})

test('what the shelves ask is answered there', async () => {
  await keys.at(`${server.url}/stock`)
  const slip = page.locator('.slip').filter({ hasText: PLACE })
  await slip.waitFor()
  await keys.acts(slip.getByRole('button', { name: says('stock.asks.accept') }))
  await keys.signs(KEEPER.pin)
  await slip.waitFor({ state: 'detached' })
  await keys.stands()
})

test('what came back is put away where it lay, and elsewhere', async () => {
  const count = async () => Number(/\d+/.exec(await page.locator('.bar').innerText())?.[0])
  await keys.at(`${server.url}/put-away`)
  await page.locator('.take').waitFor()
  const before = await count()
  expect(before).toBeGreaterThan(1)
  await keys.side('putAway.elsewhere')
  await keys.types(page.locator('.scan-field input'), OTHER)
  await keys.press('Enter')
  await expect.poll(count).toBe(before - 1)
  await keys.stands()
  // Another than the first, by the arrows.
  const other = page.locator('.rows[aria-label] .cover')
  if ((await other.count()) > 0) await keys.opens(other.first())
  await keys.main('putAway.act')
  await expect.poll(count).toBe(before - 2)
  await keys.stands()
})

test('labels and packing list of what is packed are printed', async () => {
  const isPrinted = () => page.evaluate(() => document.documentElement.classList.contains('printed'))
  await keys.at(`${server.url}/labels/${packed.id}`)
  await page.locator('.package-label').first().waitFor()
  await keys.goesTo(page.locator('.filter-key').first())
  await keys.press('ArrowRight', 'Enter')
  await page.locator('.package-label.inch4').first().waitFor()
  await keys.goesTo(page.locator('select'))
  await keys.press('ArrowDown')
  await expect.poll(() => page.locator('.package-label').count()).toBe(1)
  await keys.main('labels.print')
  await expect.poll(isPrinted).toBe(true)
  await keys.acts('labels.list.title')
  await keys.arrives('/packing-list/')
  await keys.main('labels.list.print')
  await keys.acts('shell.back')
  await keys.arrives('/labels/')
  expect((await orderOn(page, packed.id)).packages.length).toBe(packed.packages.length)
})

test('and no page had an error', () => {
  console.info(`the shelves by keyboard: ${keys.presses()} key presses`)
  expect(faults).toEqual([])
})
