/** What stands between a device and its server misbehaves: work is recorded all the same, and in the server's file once. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser, openContext, type View } from '../support/browser.ts'
import { type ProxyServer, startProxy } from '../support/proxy.ts'
import { type Aisle, newPage, openAisle, opens, provenOnce, shown, takes } from './aisle.ts'
import { installed, press, says, sees, waitingOn } from './floor.ts'

let aisle: Aisle
let browser: Browser
let proxy: ProxyServer
let context: BrowserContext
let page: Page

beforeAll(async () => {
  ;[aisle, browser] = await Promise.all([openAisle(['portal', 'twice', 'strips', 'keeps', 'late', 'parts', 'update']), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await aisle?.end()
})
beforeEach(async () => {
  proxy = await startProxy(aisle.server.url)
})
afterEach(async () => {
  await context.close()
  await proxy.close()
})

async function stand(view: View): Promise<void> {
  context = await openContext(browser, { size: 'small', ...view })
  page = await newPage(context)
  await aisle.stand(page, proxy.url)
}

test('a network that wants to be signed in at answers everything with its own page: the app opens, work goes on, and is sent when it goes away', async () => {
  await stand({})
  await installed(page)
  await opens(page, proxy.url, 'portal')
  await takes(page, 1)
  await provenOnce(page, aisle, 'portal', 1)
  proxy.become({ portal: true })
  await takes(page, 2)
  await opens(page, proxy.url, 'portal')
  await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update().catch(() => undefined)))
  await takes(page, 1)
  await page.goto(`${proxy.url}/sync`)
  await press(page, 'sync.now')
  await sees(page, 'sync.outKept')
  expect(await waitingOn(page)).toBe(3)
  expect(proxy.meddled()).toBeGreaterThan(2)
  await opens(page, proxy.url, 'portal')
  expect(await shown(page)).toBe(4)
  proxy.become({})
  expect(await provenOnce(page, aisle, 'portal', 4)).toBe(4)
})

describe('a box that', () => {
  test.each([
    ['sends each request twice', 'twice', { twice: true }],
    ['drops what is said of packing and keeping', 'strips', { strips: true }],
    ['keeps every answer and gives it again', 'keeps', { keeps: true }],
    ['is late with everything and sends it twice', 'late', { late: 150, twice: true }],
  ] as const)('%s neither loses nor doubles a roll, in reach and after a time without', async (_, order, ways) => {
    await stand({ installs: false })
    proxy.become(ways)
    await opens(page, proxy.url, order)
    await takes(page, 2)
    expect(await provenOnce(page, aisle, order, 2)).toBe(2)
    await context.setOffline(true)
    await takes(page, 8)
    await context.setOffline(false)
    expect(await provenOnce(page, aisle, order, 10)).toBe(10)
    // What others do comes through, too.
    await aisle.office.sync()
    await aisle.office.issue({ type: 'PickLine', doc: order, payload: { line: 1, quantity: 1, lot: '', from: '', grams: 0 } })
    await aisle.office.sync()
    await page.goto(`${proxy.url}/sync`)
    await press(page, 'sync.now')
    await opens(page, proxy.url, order)
    await expect.poll(() => shown(page), { timeout: 20_000 }).toBe(11)
    // Its history is asked of the server each time.
    for (let i = 0; i < 2; i++) {
      const history = page.waitForResponse((response) => response.url().includes(`/api/orders/${order}/history`))
      await page.goto(`${proxy.url}/orders/${order}`)
      expect((await history).status()).toBe(200)
      await page.getByText(says('order.commands.PickLine')).first().waitFor()
    }
    expect(proxy.meddled()).toBeGreaterThan(0)
  })
})

test('where the app is not installed and the line is gone, a screen that was not fetched before says so: work goes on where it is, and in reach the same key opens it', async () => {
  await stand({ installs: false })
  await opens(page, proxy.url, 'parts')
  await context.setOffline(true)
  const back = page.getByRole('link', { name: says('shell.back') })
  await back.click()
  await sees(page, 'shell.part.title')
  await takes(page, 2)
  await page.getByText(says('shell.part.title')).waitFor({ state: 'detached' })
  // A network that wants to be signed in at is no server either.
  proxy.become({ portal: true })
  await context.setOffline(false)
  await back.click()
  await sees(page, 'shell.part.title')
  proxy.become({})
  await back.click()
  await page.waitForURL('**/work/pick')
  await page.locator('.job').first().waitFor()
  expect(await provenOnce(page, aisle, 'parts', 2)).toBe(2)
})

test('a new version is taken while work waits, in two tabs: it still waits in the new one, and is sent once', async () => {
  await stand({})
  await installed(page)
  await opens(page, proxy.url, 'update')
  const tab = await newPage(context)
  await opens(tab, proxy.url, 'update')
  proxy.become({ cuts: 'doors' })
  await takes(page, 2)
  await expect.poll(() => shown(tab)).toBe(2)
  await takes(tab, 2)
  const waiting = await waitingOn(page)
  expect(waiting).toBeGreaterThanOrEqual(4)
  proxy.renew()
  await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()))
  for (const each of [page, tab]) await sees(each, 'shell.update.title')
  await takes(tab, 1)
  const reloaded = Promise.all([page.waitForEvent('load'), tab.waitForEvent('load')])
  await press(page, 'shell.update.now')
  await reloaded
  // Two pages begin anew on one machine: drawn first, then counted.
  for (const each of [page, tab]) {
    await each.locator('.count small').last().waitFor()
    await expect.poll(() => shown(each)).toBe(5)
  }
  expect(await waitingOn(page)).toBe(waiting + 1)
  await takes(tab, 1)
  proxy.become({})
  expect(await provenOnce(page, aisle, 'update', 6)).toBe(6)
})
