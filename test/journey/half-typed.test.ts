/** What somebody has half typed about goods outlives the page, and is gone once it is recorded or given up. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Product } from '../../shared/product/product.ts'
import { printedAs } from '../../shared/scan/printed.ts'
import { openBrowser, openContext } from '../support/browser.ts'
import { docsThere, NEW_PIN, openMill } from '../support/mill.ts'
import { scan as scanInto } from '../support/scanner.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { joins, orderOn, says, sees, signIn } from './floor.ts'

const KEEPER = { name: '庫管先生', pin: NEW_PIN }
const LOT = 'L-26-HALF'

let server: ServerProcess
let browser: Browser
let page: Page
const faults: string[][] = []
let product: Product
/** where something lies */
let place = ''
let other = ''

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  const mill = await openMill(server)
  const bodies = await mill.bodies(await mill.grantOfNew(KEEPER.name, ['warehouse']))
  const found = bodies.find((body): body is Product => body.kind === 'product' && body.unit === 'ream' && body.stock.length > 0)
  const places = bodies.flatMap((body) => (body.kind === 'product' ? body.stock.map(({ location }) => location) : []))
  if (!found) throw new Error('the example has no reams on its shelves')
  product = found
  ;[place = '', other = ''] = [...new Set(places)]
  page = await joins(await openContext(browser, { size: 'small', installs: false }), server.url, await mill.code(), faults)
  await signIn(page, KEEPER)
  await page.goto(`${server.url}/stock`)
  await docsThere(page, bodies.length)
})
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const scan = (code: string) => scanInto(page, code)
const sheet = () => page.getByRole('dialog')
const closed = () => sheet().waitFor({ state: 'detached' })
const field = (key: string) => sheet().getByRole('textbox', { name: says(key) })
const drafts = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft.')))

test('of goods that come in, and of the next of the same', async () => {
  const receives = () => page.locator('.stub .main').filter({ hasText: says('stock.receive.title') }).click()
  const typed = async () => [await field('stock.receive.place').inputValue(), await field('stock.ownLot').inputValue(), await field('stock.supplierLot').inputValue()]
  await scan(product.sku)
  await receives()
  await field('stock.receive.place').fill(place)
  await field('stock.ownLot').fill(LOT)
  await field('stock.supplierLot').fill('S-77')
  await page.reload()
  await receives()
  expect(await typed()).toEqual([place, LOT, 'S-77'])
  await scan(printedAs('yes'))
  await sees(page, 'stock.receive.done')
  // The next one of the same, at the same place.
  expect(await typed()).toEqual([place, '', ''])
  await field('stock.supplierLot').fill('S-78')
  await page.reload()
  await receives()
  expect(await typed()).toEqual([place, '', 'S-78'])
  await field('stock.supplierLot').fill('')
  await scan(printedAs('no'))
  await closed()
  expect(await drafts()).toEqual([])
})

test('of goods that move', async () => {
  const moves = () => page.locator('.docket-row .cover').filter({ hasText: LOT }).click()
  await moves()
  await field('stock.move.place').fill(other)
  await page.reload()
  await moves()
  expect(await field('stock.move.place').inputValue()).toBe(other)
  await scan(printedAs('yes'))
  await closed()
  await expect.poll(async () => ((await orderOn(page, product.id)) as unknown as Product).stock.find(({ lot }) => lot === LOT)?.location).toBe(other)
  expect(await drafts()).toEqual([])
  expect(faults.flat()).toEqual([])
})
