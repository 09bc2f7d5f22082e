/** Two orders that want some of the same goods on one trolley, by touch and by scan, with the network gone in between: one walk, each thing into its slot. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Order } from '../../shared/order/order.ts'
import { comparePlaces } from '../../shared/work/walk.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { freshOrders, openMill, standWithAll } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { scan as scanInto } from '../support/scanner.ts'
import { cut, installed, orderOn, press, says, sees, waitingOn } from './floor.ts'

const SLOTS = ['A', 'B']
let server: ServerProcess
let browser: Browser
let context: BrowserContext
let page: Page
let faults: string[]
let orders: Order[]

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  const mill = await openMill(server)
  const grant = await mill.grantOfNew('推車先生', ['warehouse'])
  const bodies = await mill.bodies(grant)
  const fitting = freshOrders(bodies).filter(({ order, walk }) => order.lines.length > 1 && walk.every(({ sources }) => sources.length > 0 && sources.every(({ lot, location }) => lot !== '' && location !== '')))
  const takes = ({ lines }: Order) => lines.reduce((sum, line) => sum + (line.unit === 'roll' ? line.quantity : 1), 0)
  const wants = (one: Order, two: Order) => one !== two && one.lines.some(({ sku }) => two.lines.some((line) => line.sku === sku))
  const pairs = fitting.flatMap(({ order: one }) => fitting.filter(({ order: two }) => wants(one, two)).map(({ order: two }) => [one, two]))
  orders = pairs.sort((a, b) => a.reduce((sum, each) => sum + takes(each), 0) - b.reduce((sum, each) => sum + takes(each), 0))[0] ?? []
  expect(orders).toHaveLength(SLOTS.length)
  context = await openContext(browser, { size: 'small' })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  await standWithAll(page, server.url, mill.enrolled, grant, bodies)
  await page.goto(`${server.url}/work/pick`)
  await installed(page)
})
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const here = () => Promise.all(orders.map(({ id }) => orderOn(page, id)))
const picks = async () => (await here()).flatMap(({ picks }, slot) => picks.map((pick) => ({ ...pick, slot: SLOTS[slot] ?? '' }))).sort((a, b) => (a.command < b.command ? -1 : 1))
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
  await page.goto(`${server.url}/trolley/${orders.map(({ id }) => id).join()}`)
  await page.locator('.slot-sign').waitFor()
  while (await page.getByRole('button', { name: says('pick.claim.title') }).isVisible()) {
    await press(page, 'pick.claim.title')
    await page.locator('.stub .main').filter({ hasNotText: says('pick.claim.title') }).waitFor()
  }
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
  console.info(`a trolley of ${orders.length} orders: ${all.length} things, ${asked} of them with their slot`)
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
