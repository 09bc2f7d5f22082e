/** Two orders that want some of the same goods on one trolley, by touch and by scan, with the network gone in between: one walk, each thing into its slot. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Line } from '../../shared/order/form.ts'
import { productIdOf } from '../../shared/product/product.ts'
import { comparePlaces } from '../../shared/work/walk.ts'
import { form } from '../server/floor.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere } from '../support/mill.ts'
import { scan as scanInto } from '../support/scanner.ts'
import { type Aisle, newPage, openAisle } from './aisle.ts'
import { cut, installed, orderOn, press, says, sees, waitingOn } from './floor.ts'

const line = (no: number, sku: string, name: string, unit: Line['unit'], quantity: number): Line => ({ no, sku, name, spec: '1092 mm', unit, quantity, price: 100, grams: 0 })
const ORDERS: { [doc: string]: Line[] } = {
  one: [line(1, 'BK-1', '牛皮紙', 'roll', 2), line(2, 'MZ-1', '模造紙', 'ream', 8)],
  two: [line(1, 'HB-1', '灰紙板', 'pack', 5), line(2, 'BK-1', '牛皮紙', 'roll', 2)],
}
/** What lies where, in the order of the walk. */
const SHELVES = [
  { sku: 'HB-1', name: '灰紙板', unit: 'pack', lot: 'L-26-HB0001', location: 'A-01-1', quantity: 50 },
  { sku: 'BK-1', name: '牛皮紙', unit: 'roll', lot: 'R-26-000101', location: 'A-02-1', quantity: 1 },
  { sku: 'BK-1', name: '牛皮紙', unit: 'roll', lot: 'R-26-000102', location: 'A-02-1', quantity: 1 },
  { sku: 'BK-1', name: '牛皮紙', unit: 'roll', lot: 'R-26-000103', location: 'A-02-1', quantity: 1 },
  { sku: 'BK-1', name: '牛皮紙', unit: 'roll', lot: 'R-26-000104', location: 'A-02-1', quantity: 1 },
  { sku: 'MZ-1', name: '模造紙', unit: 'ream', lot: 'L-26-MZ0001', location: 'B-01-1', quantity: 80 },
] as const
const SLOTS = ['A', 'B']

let aisle: Aisle
let browser: Browser
let context: BrowserContext
let page: Page
let faults: string[]

beforeAll(async () => {
  ;[aisle, browser] = await Promise.all([openAisle([]), openBrowser()])
  const { office } = aisle
  const { site = '' } = (await office.db.read('identity')) ?? {}
  for (const { sku, name, unit, ...lies } of SHELVES)
    await office.issue({ type: 'ReceiveGoods', doc: productIdOf(site, sku), payload: { product: { sku, name, spec: '1092 mm', unit, grams: 1000, barcode: '' }, ...lies, grams: 1000 * lies.quantity, receivedOn: '2026-11-24', expires: null, held: false, note: '' } })
  for (const [doc, lines] of Object.entries(ORDERS))
    await office.issue({ type: 'PlaceOrder', doc, payload: form(`N-${doc}`, { lines }) }, { type: 'SignGate', doc, payload: { gate: 'confirmation', note: '' }, signed: true })
  await office.sync()
  context = await openContext(browser, { size: 'small' })
  page = await newPage(context)
  faults = faultsOf(page)
  await aisle.stand(page)
  await docsThere(page, 5)
  await page.goto(`${aisle.server.url}/work/pick`)
  await installed(page)
})
afterAll(async () => {
  await browser?.close()
  await aisle?.end()
})

const here = () => Promise.all(Object.keys(ORDERS).map((id) => orderOn(page, id)))
const picks = async () => (await here()).flatMap(({ id, picks }) => picks.map((pick) => ({ ...pick, slot: SLOTS[slots().indexOf(id)] ?? '' }))).sort((a, b) => (a.command < b.command ? -1 : 1))
/** In which order they stand on the trolley. */
const slots = () => (new URL(page.url()).pathname.split('/').at(-1) ?? '').split(/,|%2C/)
const letter = () => page.locator('.slot-sign b').innerText()
const key = () => page.locator('.stub .main:not([aria-busy])').last()
const isOver = () => page.locator('.stub .main').filter({ hasText: says('pick.all.act') }).isVisible()
const sign = async () => `${await letter()} ${await page.locator('.docket').getAttribute('aria-label')} ${await page.locator('.after-take').innerText()}`

/** The next thing, and into which slot the screen says it goes. */
async function takesNext(how: (taken: number) => Promise<void>): Promise<void> {
  const before = await picks()
  const slot = await letter()
  await how(before.length)
  await expect.poll(async () => (await picks()).length).toBe(before.length + 1)
  expect((await picks()).at(-1)?.slot).toBe(slot)
  await key().waitFor()
}

test('they go onto the trolley together, and the first things are taken by touch', async () => {
  await press(page, 'work.trolley.key')
  await press(page, 'work.trolley.act')
  await page.waitForURL('**/trolley/**')
  await page.locator('.slot-sign').waitFor()
  expect((await here()).map(({ claim }) => claim !== null)).toEqual([true, true])
  await takesNext(() => key().click())
  await takesNext(() => key().click())
})

test('where one is survives a reload without a network', async () => {
  await cut(context, true)
  await press(page, 'pick.trolley.lines')
  const first = await sign()
  await page.getByRole('dialog').locator('.docket-row .cover').last().click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const chosen = await sign()
  expect(chosen).not.toBe(first)
  await page.reload()
  await page.locator('.slot-sign').waitFor()
  await expect.poll(sign).toBe(chosen)
  await press(page, 'pick.trolley.lines')
  await page.getByRole('dialog').locator('.docket-row .cover').first().click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('the rest is scanned out of reach, each into its slot, on one walk; where two want the same the slot is scanned, too', async () => {
  let asked = 0
  while (!(await isOver())) {
    await takesNext(async (taken) => {
      const slot = await letter()
      const lot = (await page.locator('.after-take .code').first().innerText()).replaceAll(/\s/g, '')
      await scanInto(page, lot)
      const which = page.getByRole('dialog')
      await expect.poll(async () => (await which.isVisible()) || (await picks()).length > taken).toBe(true)
      if (!(await which.isVisible())) return
      asked++
      await scanInto(page, `SLOT-${slot}`)
      await which.waitFor({ state: 'detached' })
    })
  }
  const all = await picks()
  expect(all.slice(2).map(({ way }) => way)).toEqual(all.slice(2).map(() => 'scan'))
  const places = all.map(({ from }) => from)
  expect(places).toEqual(places.toSorted(comparePlaces))
  expect(asked).toBeGreaterThan(0)
  console.info(`a trolley of ${SLOTS.length} orders: ${all.length} things, ${asked} of them with their slot`)
})

test('both are finished at once, and recorded when the line is back', async () => {
  await press(page, 'pick.all.act')
  await sees(page, 'pick.done.title')
  expect((await here()).map(({ pickingFinished }) => pickingFinished !== null)).toEqual([true, true])
  await cut(context, false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => waitingOn(page), { timeout: 20_000 }).toBe(0)
  expect((await here()).map(({ exceptions }) => exceptions)).toEqual([[], []])
})

test('nothing went wrong unseen', () => expect(faults).toEqual([]))
