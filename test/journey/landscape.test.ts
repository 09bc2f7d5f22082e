/** A phone on its side: what a person is about to take, look at, pack or hand over stands on the glass beside the main key; nobody scrolls for it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openContext, SIZES } from '../support/browser.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { openTour, settled, TOUR } from '../support/tour.ts'
import type { Guide } from '../support/tour/visit.ts'

const KEY = '.stub .main'
const LOOKED_FOR: readonly { name: string; bare: readonly string[]; glove?: readonly string[] }[] = [
  { name: 'pick', bare: ['.place', '.take h2', '.count', '.after-take .cover', KEY], glove: ['.place', '.take h2', '.count', '.tail-line b', KEY] },
  { name: 'inspect', bare: ['.docket h2', '.say .big', '.classes', KEY] },
  { name: 'pack', bare: ['.docket h2', '.rows > :first-child', KEY] },
  { name: 'deliver', bare: ['.stop-sign h2', '.got.open h3', '.got.open .outcome', KEY] },
]
const WAYS = (['side', 'side-phone'] as const).flatMap((size) => (['zh-TW', 'en'] as const).flatMap((language) => [false, true].map((glove) => ({ size, language, glove }))))

describe('on its side', () => {
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

  test.for(LOOKED_FOR)('$name', async ({ name, bare, glove }) => {
    const visit = TOUR.find((each) => each.name === name)
    if (!visit) throw new Error(`no visit ${name}`)
    const [width, height] = SIZES.side
    await page.setViewportSize({ width, height })
    await guide.prefer({ language: 'zh-TW', theme: 'light', glove: false, text: 'normal', leftHand: false })
    await guide.visit(visit)
    const findings: string[] = []
    for (const way of WAYS) {
      const [width, height] = SIZES[way.size]
      await page.setViewportSize({ width, height })
      await guide.prefer({ language: way.language, theme: 'light', glove: way.glove, text: 'normal', leftHand: false })
      await settled(page)
      await page.evaluate(() => scrollTo(0, 0))
      const hidden = await page.evaluate(outOfSight, way.glove && glove ? glove : bare)
      findings.push(...hidden.map((each) => `${Object.values(way).join(' ')}: ${each}`))
    }
    expect(findings).toEqual([])
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
    return inside.some((at) => at === null || !(seen.contains(at) || at.contains(seen)))
  })
}
