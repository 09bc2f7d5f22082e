/** What happens elsewhere and matters here, in a real browser: at the server while nobody is signed in, in another tab, to the camera. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FREE_TRIES } from '../../server/people/pin.ts'
import { FAKE_CAMERA, faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { type Aisle, openAisle, opens } from './aisle.ts'
import { press, says, sees, waitingOn } from './floor.ts'

let aisle: Aisle
let browser: Browser
const faults: string[][] = []

beforeAll(async () => {
  ;[browser, aisle] = await Promise.all([openBrowser(...FAKE_CAMERA), openAisle(['one'])])
})
afterAll(async () => {
  await browser?.close()
  await aisle?.server.end()
})
const device = (installs = false) => openContext(browser, { size: 'small', installs })
async function pageOf(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  faults.push(faultsOf(page))
  return page
}
async function joined(page: Page): Promise<void> {
  await page.goto(`${aisle.server.url}/enrol#${await aisle.code()}`)
  await press(page, 'signIn.enrol.go')
  await page.waitForURL('**/sign-in**')
}

/** A tab of this device does. */
const listening = (page: Page) => page.evaluate(async () => (await navigator.locks.query()).held?.some(({ name }) => name?.endsWith('/stream')) ?? false)

test('who is hired while a device stands with nobody signed in finds their name there', async () => {
  const page = await pageOf(await device())
  await joined(page)
  await page.getByText(aisle.picker.name).waitFor()
  await aisle.hire('新來的', 'warehouse')
  await page.reload()
  await page.getByText('新來的').waitFor()
})

test.each([
  ['slow', -3_600_000],
  ['fast', 3_600_000],
])('too many wrong PINs are said to be locked for a minute, by a device whose clock is an hour %s, too', async (name, off) => {
  const { id } = await aisle.hire(`鎖住的 ${name}`, 'warehouse')
  const context = await device()
  await context.addInitScript((off) => {
    const real = Date.now.bind(Date)
    Date.now = () => real() + off
  }, off)
  const page = await pageOf(context)
  await joined(page)
  await page.goto(`${aisle.server.url}/sign-in/${id}`)
  await page.locator('.pin-keys').waitFor()
  const locked = page.getByText(new RegExp(says('signIn.pin.locked').source.replace('.*', '(1:00|0:\\d\\d)')))
  for (let tries = 0; tries < FREE_TRIES; tries++) {
    const answered = page.waitForResponse('**/api/sign-in')
    await page.keyboard.type('9999')
    await page.keyboard.press('Enter')
    await answered
    await page.locator('.pin-keys [aria-busy=true]').waitFor({ state: 'detached' })
  }
  // The next one is not looked at any more.
  await page.keyboard.type('9999')
  await page.keyboard.press('Enter')
  await locked.waitFor()
})

test('who signs out in one tab is heard for in no other', async () => {
  const context = await device()
  const [page, other] = [await pageOf(context), await pageOf(context)]
  await aisle.stand(page)
  await opens(page, aisle.server.url, 'one')
  await expect.poll(() => listening(page)).toBe(true)
  await other.goto(`${aisle.server.url}/settings`)
  await other.goto(`${aisle.server.url}/work/pick`)
  await press(other, 'shell.menu')
  await press(other, 'shell.places.switch')
  await expect.poll(() => listening(page)).toBe(false)
})

test('what a tab stored that is closed before it was sent is sent by another, at which nobody looks', async () => {
  const context = await device()
  const other = await pageOf(context)
  await aisle.stand(other)
  await other.clock.install()
  await other.goto(`${aisle.server.url}/work/pick`)
  await expect.poll(() => listening(other)).toBe(true)
  // From the next round on it rests for minutes.
  const next = other.waitForResponse('**/api/sync')
  await other.clock.fastForward(60_000)
  await next
  const page = await pageOf(context)
  await opens(page, aisle.server.url, 'one')
  await expect.poll(() => waitingOn(page)).toBe(0)
  await page.route('**/api/sync', () => undefined)
  const before = aisle.recorded().length
  await page.locator('.stub .main').last().click()
  await expect.poll(() => waitingOn(other)).toBe(1)
  await page.close()
  expect(aisle.recorded()).toHaveLength(before)
  await other.clock.fastForward(10_000)
  await expect.poll(() => aisle.recorded().length).toBe(before + 1)
})

test('a server that wants a newer app has it looked for at once', async () => {
  const context = await device(true)
  await context.addInitScript(() => {
    const { update } = ServiceWorkerRegistration.prototype
    ServiceWorkerRegistration.prototype.update = function () {
      document.documentElement.dataset.looked = ''
      return update.call(this)
    }
  })
  const page = await pageOf(context)
  await aisle.stand(page)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await context.route('**/api/sync', (route) => route.fulfill({ status: 426, contentType: 'application/problem+json', body: '{"type":"update-needed","title":"","status":426}' }))
  await page.goto(`${aisle.server.url}/sync`)
  await page.locator('html[data-looked]').waitFor()
})

test('a camera that is taken away says so, and opens again', async () => {
  const page = await pageOf(await device())
  await aisle.stand(page)
  await opens(page, aisle.server.url, 'one')
  await press(page, 'scan.camera.open')
  await page.locator('.camera.filming').waitFor()
  await page.evaluate(() => {
    for (const video of document.querySelectorAll('video'))
      for (const track of (video.srcObject as MediaStream).getTracks()) {
        track.stop()
        track.dispatchEvent(new Event('ended'))
      }
  })
  await sees(page, 'scan.camera.again')
  await press(page, 'scan.camera.again')
  await page.locator('.camera.filming').waitFor()
})

test('nothing went wrong unseen', () => expect(faults.flat()).toEqual([]))
