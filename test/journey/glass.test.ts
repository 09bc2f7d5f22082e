/**
 * What stands on the glass beside the main key, so that nobody scrolls for it: on a phone on its side what a person is about to take, look
 * at, pack or hand over; in gloves more than one order of the work list.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openContext, SIZES, type Size } from '../support/browser.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { openTour, settled, TOUR } from '../support/tour.ts'
import type { Guide } from '../support/tour/visit.ts'

const KEY = '.stub .main'
const ON_ITS_SIDE: readonly { name: string; bare: readonly string[]; glove?: readonly string[] }[] = [
  { name: 'pick', bare: ['.place', '.take h2', '.count', '.after-take .cover', KEY], glove: ['.place', '.take h2', '.count', '.tail-line b', KEY] },
  { name: 'pick, no camera', bare: ['.camera-dock .notice', '.camera-dock .pair', '.bar h1', '.sync', '.place .cells', '.take h2', KEY] },
  { name: 'inspect', bare: ['.docket h2', '.say .big', '.classes', KEY] },
  { name: 'pack', bare: ['.docket h2', '.rows > :first-child', KEY] },
  { name: 'deliver', bare: ['.stop-sign h2', '.got.open h3', '.got.open .outcome', KEY] },
]
const IN_GLOVES: typeof ON_ITS_SIDE = [
  { name: 'work, pick', bare: ['.job:nth-child(1)', '.job:nth-child(2)', '.job:nth-child(3) h3', KEY] },
  { name: 'work, goods that are owed', bare: ['.notice', '.job:nth-child(1)', '.job:nth-child(2) h3', '.job:nth-child(2) .meta', KEY] },
]
const OWED: (typeof ON_ITS_SIDE)[number] = { name: 'work, goods owed of several', bare: ['.notice .what', '.notice .keys', '.job:nth-child(1) > :first-child', '.job:nth-child(1) h3', '.job:nth-child(1) .due b', KEY] }
type Way = { size: Size; language: 'zh-TW' | 'en'; glove: boolean }
const waysOf = (sizes: readonly Size[], gloves: readonly boolean[]): Way[] => sizes.flatMap((size) => (['zh-TW', 'en'] as const).flatMap((language) => gloves.map((glove) => ({ size, language, glove }))))

describe('on the glass', () => {
  let servers: ServerProcess[] = []
  let browser: Browser
  let guide: Guide
  let page: Page

  beforeAll(async () => {
    ;[browser, ...servers] = await Promise.all([openBrowser(), startProcess({ example: true }), startProcess()])
    const [example, fresh] = servers
    if (!example || !fresh) throw new Error('no servers')
    page = await (await openContext(browser, { size: 'small', installs: false })).newPage()
    guide = await openTour(page, example, fresh)
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all(servers.map((server) => server.end()))
  })

  async function look({ size, language, glove }: Way): Promise<void> {
    const [width, height] = SIZES[size]
    await page.setViewportSize({ width, height })
    await guide.prefer({ language, theme: 'light', glove, text: 'normal', leftHand: false })
    await settled(page)
  }
  async function visits(name: string): Promise<void> {
    const visit = TOUR.find((each) => each.name === name)
    if (!visit) throw new Error(`no visit ${name}`)
    await page.setViewportSize({ width: 360, height: 740 })
    await guide.prefer({ language: 'zh-TW', theme: 'light', glove: false, text: 'normal', leftHand: false })
    await guide.visit(visit)
  }
  async function hiddenOf({ name, bare, glove }: (typeof ON_ITS_SIDE)[number], ways: readonly Way[]): Promise<string[]> {
    await visits(name)
    const findings: string[] = []
    for (const way of ways) {
      await look(way)
      await page.evaluate(() => scrollTo(0, 0))
      const hidden = await page.evaluate(outOfSight, way.glove && glove ? glove : bare)
      findings.push(...hidden.map((each) => `${Object.values(way).join(' ')}: ${each}`))
    }
    return findings
  }

  test.for(ON_ITS_SIDE)('of a phone on its side: $name', async (looked) => {
    expect(await hiddenOf(looked, waysOf(['side', 'side-phone'], [false, true]))).toEqual([])
  })
  test.for(IN_GLOVES)('in gloves: $name', async (looked) => {
    expect(await hiddenOf(looked, waysOf(['small'], [true]))).toEqual([])
  })
  test('of a small phone, under the goods that are owed of one order, and how many others there are', async () => {
    expect(await hiddenOf(OWED, waysOf(['small'], [false, true]))).toEqual([])
    const more = page.locator('.notice .keys button')
    expect([await page.locator('.notice').count(), await more.getAttribute('aria-expanded'), (await more.innerText()).replaceAll('\u00a0', ' ').trim()]).toEqual([1, 'false', '2 more'])
    await more.click()
    await expect.poll(() => page.locator('.notice').count()).toBe(3)
    await more.click()
    await expect.poll(() => page.locator('.notice').count()).toBe(1)
  })
  test('in gloves the search is as large as a key, and as the screen once somebody types', async () => {
    await look({ size: 'small', language: 'zh-TW', glove: true })
    const field = page.locator('.filters + .search .input')
    const sizes = () => field.evaluate((input) => [input.clientWidth, input.clientHeight].map((each) => each + 4))
    expect(await sizes()).toEqual([72, 72])
    await field.tap()
    await field.fill('SO-2611')
    expect((await sizes())[0]).toBeGreaterThan(300)
    await page.locator('.job').first().waitFor()
    await page.locator('.search button').tap()
    await field.blur()
    expect(await sizes()).toEqual([72, 72])
  })
  test('of a phone on its side, in the table of orders, no cell reaches into the next', async () => {
    await visits('orders')
    for (const way of waysOf(['side', 'side-phone', 'side-large'], [false, true])) {
      await look(way)
      const wide = await page.locator('.list-row > .cell').evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent.trim()))
      expect(wide, Object.values(way).join(' ')).toEqual([])
    }
  })
})

/** Those that reach beyond the glass, or lie below something else. */
function outOfSight(selectors: readonly string[]): string[] {
  return selectors.filter((selector) => {
    const seen = document.querySelector(selector)
    if (!seen) return true
    const { left, right, top, bottom, width, height } = seen.getBoundingClientRect()
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return true
    const inside = [1, 3].flatMap((x) => [1, 3].map((y) => document.elementFromPoint(left + (width * x) / 4, top + (height * y) / 4)))
    // The link of a row lies over all of it.
    const own = seen.closest('.job') ?? seen
    return inside.some((at) => at === null || !(own.contains(at) || at.contains(own)))
  })
}
