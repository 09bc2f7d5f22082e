/** A scanner that types, in a real browser: as fast as it likes, over fields and sheets, and never taken for a PIN. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROLES } from '../../shared/people/role.ts'
import { toPutAway } from '../../shared/order/back.ts'
import type { Order } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { shutGates } from '../../shared/process/gate.ts'
import { printedAs } from '../../shared/scan/printed.ts'
import { BUZZ } from '../../client/scan/signal.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { firstIn, freshOrders, openMill, standWithAll } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { scan as scanInto } from '../support/scanner.ts'
import { press, says, sees } from './floor.ts'

let server: ServerProcess
let browser: Browser
let page: Page
let faults: string[]
/** a fresh order that begins with four rolls or more; which of them, first in first out, and where they lie */
let order: Order
let lots: string[]
let places: string[]
/** an order that may leave */
let ready: string
/** where a scan has a meaning of its own, and what is scanned there */
let others: [path: string, code: string][]

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), startProcess({ example: true })])
  page = await (await openContext(browser, { size: 'small', installs: false })).newPage()
  faults = faultsOf(page)
  const mill = await openMill(server)
  const grant = await mill.grantOfNew('萬能先生', ROLES)
  const bodies = await mill.bodies(grant)
  const [first] = freshOrders(bodies).flatMap(({ order, walk: [stop] }) =>
    stop && stop.line.unit === 'roll' && stop.open >= 4 && stop.sources.length >= 4 ? [{ order, sources: stop.sources }] : [],
  )
  if (!first) throw new Error('the example has no fresh order that begins with four rolls')
  ;[order, lots, places] = [first.order, first.sources.map(({ lot }) => lot), first.sources.map(({ location }) => location)]
  ready = firstIn(bodies, 'ship.promised', (body) => body.kind === 'order' && shutGates(body, 'ship').length === 0)
  const orders = bodies.filter((body): body is Order => body.kind === 'order')
  const lotIn = ({ picks }: Order) => picks.find(({ lot }) => lot !== '')?.lot ?? ''
  const toInspect = orders.find((each) => stageOf(each) === 'picked' && lotIn(each) !== '')
  const toLoad = orders.find((each) => stageOf(each) === 'packed' && each.packages.length > 1)
  const back = orders.flatMap(toPutAway).find(({ lot }) => lot !== '')
  if (!toInspect || !toLoad || !back) throw new Error('the example has nothing to inspect, to load or to put away')
  others = [
    [`/inspect/${toInspect.id}`, lotIn(toInspect)],
    [`/load/${toLoad.id}`, toLoad.packages[0]?.code ?? toLoad.number],
    ['/put-away', back.lot],
  ]
  await standWithAll(page, server.url, mill.enrolled, grant, bodies)
  await page.goto(`${server.url}/pick/${order.id}`)
  await page.locator('button.main').last().waitFor()
})
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const scan = (code: string, gapMs = 0) => scanInto(page, code, gapMs)
const picked = async (): Promise<number> => Number(/(\d+)／/.exec(await page.locator('.count small').last().innerText())?.[1] ?? 0)

test('the place and then the goods: two scans, and nothing else, pick a roll', async () => {
  await scan(places[0] ?? '')
  await sees(page, 'pick.right.place')
  await scan(lots[0] ?? '')
  await expect.poll(picked).toBe(1)
})

test('two scans without a pause are two rolls, the second while the first is stored', async () => {
  for (const lot of lots.slice(1, 3)) await scan(lot, 5)
  await expect.poll(picked).toBe(3)
})

/** A page on which these are scanned in the instant in which its first screen stands there. What it buzzes is told. */
async function opensScanned(path: string, ...codes: string[]): Promise<Page> {
  const opened = await page.context().newPage()
  await opened.addInitScript((codes) => {
    const said = Object.assign(globalThis, { buzzed: [] as unknown[] }).buzzed
    navigator.vibrate = (pattern) => said.push(pattern) > 0
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.bar')) return
      observer.disconnect()
      for (const key of codes.flatMap((code) => [...code, 'Enter'])) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    }).observe(document, { subtree: true, childList: true })
  }, codes)
  await opened.goto(`${server.url}${path}`)
  return opened
}
const buzzed = (opened: Page) => opened.evaluate(() => (globalThis as unknown as { buzzed: unknown[] }).buzzed)

test('what is scanned as the screen opens waits for its order: place and goods are taken, once', async () => {
  const opened = await opensScanned(`/pick/${order.id}`, places[3] ?? '', lots[3] ?? '')
  await expect.poll(picked).toBe(4)
  await opened.locator('.scan.right').waitFor()
  expect(await buzzed(opened)).toEqual([BUZZ.right, BUZZ.right])
  await opened.close()
})

test('so it does where goods are inspected, packages loaded, and things put away', async () => {
  for (const [path, code] of others) {
    const opened = await opensScanned(path, code)
    await expect.poll(() => buzzed(opened)).toEqual([BUZZ.right])
    await opened.close()
  }
})

test('and is said no to where there is no such order', async () => {
  const opened = await opensScanned('/pick/nowhere', places[0] ?? '')
  await opened.getByText(says('ship.absent.title')).waitFor()
  await expect.poll(() => buzzed(opened)).toEqual([BUZZ.wrong])
  await opened.close()
})

test('a printed command undoes the last', async () => {
  await scan(printedAs('undo'))
  await expect.poll(picked).toBe(3)
})

test('a sheet that has no use for a code says that it stands in the way, and nothing is picked under it', async () => {
  await press(page, 'pick.shortKey')
  await page.getByRole('dialog').waitFor()
  await scan(lots[2] ?? '')
  await page.getByRole('dialog').getByText(says('scan.covered')).filter({ hasText: lots[2] ?? '' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await picked()).toBe(3)
})

test('a field that has the focus gets back what it held, and the sheet takes the code where it belongs', async () => {
  await page.locator('.after-take .cover').click()
  const where = page.getByRole('textbox', { name: says('pick.hand.place') })
  const roll = page.getByRole('textbox', { name: says('pick.hand.roll') })
  const planned = [await roll.inputValue(), await where.inputValue()]
  await where.fill('Z-99')
  await where.focus()
  await scan('R-77-000001')
  await expect.poll(() => roll.inputValue()).toBe('R-77-000001')
  expect(await where.inputValue()).toBe('Z-99')
  // It outlives a reload; closed, it begins with the plan again.
  await page.reload()
  await page.locator('.after-take .cover').click()
  expect([await roll.inputValue(), await where.inputValue()]).toEqual(['R-77-000001', 'Z-99'])
  await scan(printedAs('no'))
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.locator('.after-take .cover').click()
  expect([await roll.inputValue(), await where.inputValue()]).toEqual(planned)
  await scan(printedAs('no'))
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('a printed yes for each clause reads an order back, and the last asks for the PIN; a PIN is no scan, however fast it is typed', async () => {
  await page.goto(`${server.url}/ship/${ready}`)
  await press(page, 'ship.readBack.go')
  await page.locator('.clause.now').waitFor()
  const clauses = await page.locator('.clause').count()
  for (let n = 0; n < clauses; n++) await scan(printedAs('yes'), 5)
  await page.locator('.pin-keys').waitFor()
  await scan('2580')
  // Who stands here by the tables alone has no PIN on this device: the answer of the check says so.
  await page.getByRole('dialog').getByRole('alert').filter({ hasText: /\S/ }).first().waitFor()
  expect(await page.locator('body').innerText()).not.toContain('2580')
})

test('nothing went wrong unseen', () => expect(faults).toEqual([]))
