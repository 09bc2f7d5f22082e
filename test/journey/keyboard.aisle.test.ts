/** Picking by keyboard alone where it is not as planned: another lot, a short, several orders on a trolley, a picking that changes hands. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Line } from '../../shared/order/form.ts'
import { productIdOf } from '../../shared/product/product.ts'
import { form } from '../server/floor.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere } from '../support/mill.ts'
import { type Aisle, openAisle } from './aisle.ts'
import { orderOn, says, sees } from './floor.ts'
import { type Keys, keysOf } from './keys.ts'

const line = (no: number, sku: string, name: string, unit: Line['unit'], quantity: number): Line => ({ no, sku, name, spec: '1092 mm', unit, quantity, price: 100, grams: 0 })
const ORDERS: { [doc: string]: Line[] } = {
  alone: [line(1, 'MZ-1', '模造紙', 'ream', 8), line(2, 'HB-1', '灰紙板', 'pack', 5)],
  one: [line(1, 'BK-1', '牛皮紙', 'roll', 1), line(2, 'MZ-1', '模造紙', 'ream', 2)],
  two: [line(1, 'HB-1', '灰紙板', 'pack', 3), line(2, 'BK-1', '牛皮紙', 'roll', 1)],
  taken: [line(1, 'MZ-1', '模造紙', 'ream', 4)],
}
const SHELVES = [
  { sku: 'HB-1', name: '灰紙板', unit: 'pack', lot: 'L-26-HB0001', location: 'A-01-1', quantity: 50 },
  { sku: 'BK-1', name: '牛皮紙', unit: 'roll', lot: 'R-26-000101', location: 'A-02-1', quantity: 1 },
  { sku: 'BK-1', name: '牛皮紙', unit: 'roll', lot: 'R-26-000102', location: 'A-02-1', quantity: 1 },
  { sku: 'MZ-1', name: '模造紙', unit: 'ream', lot: 'L-26-MZ0001', location: 'B-01-1', quantity: 80 },
  { sku: 'MZ-1', name: '模造紙', unit: 'ream', lot: 'L-26-MZ0002', location: 'B-02-1', quantity: 80 },
] as const
const KEEPER = { name: '趙倉管', pin: '1234' }
const BOSS = { name: '林主管', pin: '4711' }

let aisle: Aisle
let browser: Browser
let page: Page
let keys: Keys
let faults: string[] = []

beforeAll(async () => {
  ;[aisle, browser] = await Promise.all([openAisle([]), openBrowser()])
  const { office, server } = aisle
  await aisle.hire(KEEPER.name, 'warehouse')
  const { site = '' } = (await office.db.read('identity')) ?? {}
  for (const { sku, name, unit, ...lies } of SHELVES)
    await office.issue({ type: 'ReceiveGoods', doc: productIdOf(site, sku), payload: { product: { sku, name, spec: '1092 mm', unit, grams: 1000, barcode: '' }, ...lies, grams: 1000 * lies.quantity, receivedOn: '2026-11-24', expires: null, held: false, note: '' } })
  for (const [doc, lines] of Object.entries(ORDERS)) await office.issue({ type: 'PlaceOrder', doc, payload: form(`N-${doc}`, { lines }) }, { type: 'SignGate', doc, payload: { gate: 'confirmation', note: '' }, signed: true })
  await office.issue({ type: 'ClaimOrder', doc: 'taken', payload: {} })
  await office.sync()
  page = await (await openContext(browser, { installs: false })).newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  keys = keysOf(page)
  await keys.joins(server.url, await aisle.code(), KEEPER)
  await docsThere(page, 7)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await aisle?.end()
})

const sheet = () => page.getByRole('dialog').last()
const order = (id: string) => orderOn(page, id)
const picked = async (...ids: string[]) => (await Promise.all(ids.map(order))).flatMap(({ picks }) => picks).filter(({ quantity, back }) => quantity > back).length

test('an order is chosen from the list; another lot is taken by hand, and given back', async () => {
  await keys.goesBy('/work')
  await keys.arrives('/work')
  await keys.opens(page.locator('.job .cover').filter({ hasText: 'N-alone' }).or(page.locator('.job').filter({ hasText: 'N-alone' }).locator('.cover')))
  await page.waitForURL(/order=alone/)
  await keys.main()
  await keys.arrives('/pick/alone')
  await expect.poll(async () => (await order('alone')).claim?.name).toBe(KEEPER.name)
  // The other line first: out of the list of lines.
  await keys.acts('pick.lines')
  await keys.opens(sheet().locator('.cover').last())
  await keys.closed()
  await keys.acts(page.locator('.after-take .cover').first())
  await sheet().waitFor()
  await keys.types(sheet().getByRole('textbox').nth(0), 'L-26-MZ0002')
  await keys.types(sheet().getByRole('textbox').nth(1), 'B-02-1')
  await keys.types(sheet().getByRole('spinbutton').first(), '3')
  await keys.main()
  await keys.closed()
  await expect.poll(() => picked('alone')).toBe(1)
  await page.locator('[data-sign=undo]').waitFor()
  await keys.press('F2')
  await expect.poll(() => picked('alone')).toBe(0)
  await keys.stands()
})

test('what is not there is said with a reason, and the rest is finished', async () => {
  await keys.side('pick.shortKey')
  await sheet().waitFor()
  await keys.types(sheet().getByRole('spinbutton'), '2')
  await keys.chooses(sheet().getByRole('radio', { name: says('order.shortReasons.damaged') }))
  await keys.main('pick.shortSheet.act')
  await keys.closed()
  await expect.poll(async () => (await order('alone')).shorts).toMatchObject([{ quantity: 2, reason: 'damaged' }])
  for (let done = 0; !(await page.getByText(says('pick.all.act')).first().isVisible()); done++) {
    await keys.main()
    await expect.poll(() => picked('alone')).toBe(done + 1)
    await page.locator('.main[aria-keyshortcuts]:not([aria-busy])').last().waitFor()
  }
  await keys.main('pick.all.act')
  await sees(page, 'pick.done.title')
  await keys.stands()
})

test('two orders go onto a trolley, and each thing takes one key press', async () => {
  await keys.at(`${aisle.server.url}/work/pick`)
  await page.locator('.job').nth(1).waitFor()
  await keys.side('work.trolley.key')
  await sheet().locator('.tick-row').nth(1).waitFor()
  // One is taken off and put on again.
  const tick = sheet().locator('.tick-row input').nth(1)
  await keys.goesTo(tick, 'ArrowDown')
  await keys.press('Space')
  expect(await tick.isChecked()).toBe(false)
  await keys.press('Space')
  await keys.main('work.trolley.act')
  await page.waitForURL('**/trolley/**')
  await page.locator('.slot-sign').waitFor()
  await keys.acts('pick.trolley.lines')
  await keys.opens(sheet().locator('.cover').last())
  await keys.closed()
  for (let done = 0; !(await page.getByText(says('pick.all.act')).first().isVisible()); done++) {
    // How much is left stands in the bar.
    const left = await page.locator('.bar-words').innerText()
    await keys.main()
    await expect.poll(() => page.locator('.bar-words').innerText()).not.toBe(left)
    await expect.poll(() => picked('one', 'two')).toBe(done + 1)
  }
  await keys.main('pick.all.act')
  await sees(page, 'pick.done.title')
  expect((await Promise.all(['one', 'two'].map(order))).map(({ pickingFinished }) => pickingFinished !== null)).toEqual([true, true])
  await keys.main('pick.done.list')
  await keys.arrives('/work/pick')
})

test('somebody else comes to the device, and takes a picking over for whom they name', async () => {
  await keys.switches(BOSS)
  await keys.at(`${aisle.server.url}/pick/taken`)
  await page.getByRole('button', { name: says('pick.takeOver') }).waitFor()
  await keys.acts('pick.takeOver')
  await keys.chooses(sheet().getByRole('radio', { name: KEEPER.name }))
  await keys.main('pick.takeOverSheet.give')
  await keys.signs(BOSS.pin)
  await expect.poll(async () => (await order('taken')).claim?.name).toBe(KEEPER.name)
  await keys.stands()
})

test('and no page had an error', () => {
  console.info(`the aisles by keyboard: ${keys.presses()} key presses`)
  expect(faults).toEqual([])
})
