/** The browser fails in the middle of work: what the screen called taken is in the server's file once, whatever becomes of the page. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser, openContext, openWholeBrowser } from '../support/browser.ts'
import { type Aisle, burst, newPage, openAisle, opens, provenOnce, shown, takes } from './aisle.ts'
import { fillUp, orderOn, press, says, sees, waitingOn } from './floor.ts'

let aisle: Aisle
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  ;[aisle, browser] = await Promise.all([openAisle(['crash', 'kill', 'closed', 'tabs', 'cleared', 'clock', 'full', 'photo']), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await aisle?.end()
})
beforeEach(async () => {
  context = await openContext(browser, { size: 'small', installs: false })
  page = await newPage(context)
  await aisle.stand(page)
})
afterEach(() => context.close())

describe('the page dies in the middle of taps', () => {
  /** The browser ends the page as it ends one that has gone wrong. */
  async function crash(): Promise<void> {
    const tools = await context.newCDPSession(page)
    const gone = page.waitForEvent('crash')
    void tools.send('Page.crash').catch(() => undefined)
    await gone
  }
  /** As the system does that needs its memory. */
  async function kill(): Promise<void> {
    const tools = await browser.newBrowserCDPSession()
    const gone = page.waitForEvent('crash')
    const { processInfo } = await tools.send('SystemInfo.getProcessInfo')
    for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL')
    await gone
    await tools.detach()
  }

  test.each([
    ['crash', crash],
    ['kill', kill],
  ] as const)('%s: what was shown is there when it is opened again, and the work goes on', async (order, end) => {
    let told = 0
    for (const more of [1, 4, 9]) {
      await opens(page, aisle.server.url, order)
      expect(await shown(page)).toBeGreaterThanOrEqual(told)
      const taps = await burst(page)
      await taps.until((await shown(page)) + more)
      await end()
      // What was shown once is not taken back by what comes later.
      told = Math.max(told, taps.shown())
      await page.close()
      page = await newPage(context)
    }
    await opens(page, aisle.server.url, order)
    told = Math.max(told, await shown(page))
    await takes(page, 1)
    expect((await orderOn(page, order)).picks).toHaveLength(told + 1)
    expect(await provenOnce(page, aisle, order, told + 1)).toBe(told + 1)
  })
})

describe('the browser closes the connection to the tables', () => {
  let usual: Browser
  let inside: Page | undefined
  beforeAll(async () => {
    ;[usual, browser] = [browser, await openWholeBrowser()]
  })
  afterAll(async () => {
    await browser.close()
    browser = usual
  })
  /** What it does by itself when its storage is moved or in disorder. */
  async function closeTables(): Promise<void> {
    const closed = await page.evaluateHandle(
      () =>
        new Promise<{ closed: Promise<void> }>((done) => {
          const open = indexedDB.open('countersign')
          open.onsuccess = () => done({ closed: new Promise((closed) => open.result.addEventListener('close', () => closed())) })
        }),
    )
    inside ??= await context.newPage()
    await inside.goto('chrome://indexeddb-internals')
    await inside.locator('.force-close').first().click()
    await closed.evaluate((witness) => witness.closed)
  }

  test('the next tap is recorded, in the middle of taps each is or is said not to be, and what others do still comes', async () => {
    await opens(page, aisle.server.url, 'closed')
    await takes(page, 2)
    await closeTables()
    await takes(page, 1)
    for (let i = 0; i < 3; i++) {
      const taps = await burst(page)
      await taps.until((await shown(page)) + 2)
      await closeTables()
      await taps.until(taps.shown() + 2)
      await taps.end()
    }
    const told = (await orderOn(page, 'closed')).picks.length
    await expect.poll(() => shown(page)).toBe(told)
    expect(await provenOnce(page, aisle, 'closed', told)).toBe(told)
    await closeTables()
    await aisle.office.sync()
    await aisle.office.issue({ type: 'PickLine', doc: 'closed', payload: { line: 1, quantity: 1, lot: '', from: '', grams: 0 } })
    await aisle.office.sync()
    await expect.poll(() => shown(page), { timeout: 20_000 }).toBe(told + 1)
  })
})

test('two tabs of one device take rolls of the same order at once, both sending: each roll counts once, in both', async () => {
  const other = await newPage(context)
  for (const each of [page, other]) await opens(each, aisle.server.url, 'tabs')
  const taps = await Promise.all([page, other].map(burst))
  await Promise.all(taps.map((each) => each.until(12)))
  await Promise.all(taps.map((each) => each.end()))
  const { picks } = await orderOn(page, 'tabs')
  for (const each of [page, other]) await expect.poll(() => shown(each)).toBe(picks.length)
  expect(await provenOnce(page, aisle, 'tabs', picks.length)).toBe(picks.length)
  const seqs = aisle.recorded().filter(({ doc, device }) => doc === 'tabs' && device !== aisle.recorded()[0]?.device).map(({ seq }) => seq)
  expect(seqs.toSorted((a, b) => a - b)).toEqual(seqs.map((_, i) => i + 1))
})

test('when the tab that heard what others do is closed, the next hears it from then on', async () => {
  const other = await newPage(context)
  for (const each of [page, other]) await opens(each, aisle.server.url, 'tabs')
  const before = await shown(other)
  const another = async () => {
    await aisle.office.sync()
    await aisle.office.issue({ type: 'PickLine', doc: 'tabs', payload: { line: 1, quantity: 1, lot: '', from: '', grams: 0 } })
    await aisle.office.sync()
  }
  await another()
  for (const each of [page, other]) await expect.poll(() => shown(each)).toBe(before + 1)
  // The second has nothing to say and waits its turn to listen.
  await expect.poll(() => other.evaluate(async () => (await navigator.locks.query()).pending?.some(({ name }) => name?.endsWith('/stream')) ?? false)).toBe(true)
  await page.close()
  await another()
  await expect.poll(() => shown(other)).toBe(before + 2)
})

describe('the storage of the device is cleared', () => {
  const clear = async () => (await context.newCDPSession(page)).send('Storage.clearDataForOrigin', { origin: aisle.server.url, storageTypes: 'all' })

  test('under the open page or while it was closed, it asks to be enrolled: what was recorded stands', async () => {
    await opens(page, aisle.server.url, 'cleared')
    await takes(page, 3)
    expect(await provenOnce(page, aisle, 'cleared', 3)).toBe(3)
    const before = aisle.recorded()
    await clear()
    await page.waitForURL('**/enrol?cleared*')
    await sees(page, 'signIn.enrol.cleared')
    await aisle.stand(page)
    await opens(page, aisle.server.url, 'cleared')
    expect(await shown(page)).toBe(3)
    await takes(page, 1)
    expect(await provenOnce(page, aisle, 'cleared', 4)).toBe(4)
    await page.goto('about:blank')
    await clear()
    await page.goto(`${aisle.server.url}/pick/cleared`)
    await page.waitForURL('**/enrol')
    expect(aisle.recorded().slice(0, before.length)).toEqual(before)
    expect(aisle.order('cleared').picks).toHaveLength(4)
  })
})

test('the clock is set hours on and back in the middle of work: who is at the device stays and works on, all is sent, and nothing comes twice', async () => {
  const hours = (by: number) => page.evaluate((by) => sessionStorage.setItem('hours', String(by)), by)
  await context.addInitScript(() => {
    const { now } = Date
    const turned = () => now() + Number(sessionStorage.getItem('hours') ?? 0) * 3_600_000
    globalThis.Date = new Proxy(Date, {
      construct: (real, given) => Reflect.construct(real, given.length === 0 ? [turned()] : given),
      get: (real, name) => (name === 'now' ? turned : Reflect.get(real, name)),
    })
  })
  await opens(page, aisle.server.url, 'clock')
  let told = 0
  for (const by of [0, 13, -7, 30, 0]) {
    await hours(by)
    await takes(page, 2)
    told += 2
    expect(await provenOnce(page, aisle, 'clock', told)).toBe(told)
    await page.goto(`${aisle.server.url}/sync`)
    await sees(page, 'sync.all')
    expect(await page.getByText(says('sync.paused.no-grant')).count()).toBe(0)
    await opens(page, aisle.server.url, 'clock')
    await takes(page, 1)
    told += 1
  }
  expect(await provenOnce(page, aisle, 'clock', told)).toBe(told)
})

describe('the device is full', () => {
  const SMALL_DEVICE = 64 << 20
  /** A device of its own, small from its first byte. `room` gives it what it lacks. */
  async function smallDevice(): Promise<{ page: Page; room(): Promise<unknown>; close(): Promise<void> }> {
    const small = await openContext(browser, { size: 'small', installs: false })
    const page = await newPage(small)
    const tools = await small.newCDPSession(page)
    await tools.send('Storage.overrideQuotaForOrigin', { origin: aisle.server.url, quotaSize: SMALL_DEVICE })
    await aisle.stand(page)
    return { page, room: () => tools.send('Storage.overrideQuotaForOrigin', { origin: aisle.server.url }), close: () => small.close() }
  }

  test('as answers come in: they cannot be kept, the server has the work once, and with room again they are taken in', async () => {
    const { page, room, close } = await smallDevice()
    await opens(page, aisle.server.url, 'full')
    await provenOnce(page, aisle, 'full', 0)
    await page.context().setOffline(true)
    await takes(page, 3)
    await fillUp(page)
    await page.context().setOffline(false)
    await expect.poll(() => aisle.order('full').picks.length, { timeout: 30_000 }).toBe(3)
    const sent = aisle.recorded().length
    await page.goto(`${aisle.server.url}/sync`)
    await press(page, 'sync.now')
    await expect.poll(() => waitingOn(page)).toBe(3)
    expect(aisle.recorded()).toHaveLength(sent)
    await room()
    expect(await provenOnce(page, aisle, 'full', 3)).toBe(3)
    await close()
  })

  test('as a photograph is taken: it says that it was not saved, and with room again the same one is', async () => {
    // Only what was picked is looked at.
    await aisle.office.issue({ type: 'PickLine', doc: 'photo', payload: { line: 1, quantity: 1, lot: '', from: '', grams: 0 } }, { type: 'FinishPicking', doc: 'photo', payload: {} })
    await aisle.office.sync()
    const { page, room, close } = await smallDevice()
    await page.goto(`${aisle.server.url}/inspect/photo`)
    await page.locator('.defect .counter .side').last().click()
    const chosen = page.locator('input[type=file]').last()
    await chosen.waitFor({ state: 'attached' })
    await fillUp(page)
    await chosen.setInputFiles('client/public/icon-512.png')
    await sees(page, 'photos.notSaved')
    expect(await page.locator('img.photo').count()).toBe(0)
    await room()
    await chosen.setInputFiles('client/public/icon-512.png')
    await page.locator('img.photo').waitFor()
    expect(await page.getByText(says('photos.notSaved')).count()).toBe(0)
    await close()
  })
})
