/**
 * Screens in every way a person may have them: each light, with and without gloves, in normal and in the largest print, in
 * either hand. axe finds nothing, and nothing goes beyond the edge of the smallest phone. screens.ts reads all other screens.
 */
import { readFile } from 'node:fs/promises'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openContext } from '../support/browser.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { openTour, TOUR } from '../support/tour.ts'
import type { Guide } from '../support/tour/visit.ts'

const SCREENS = ['pack', 'receipt', 'settings']
const MODES = (['light', 'dark', 'outdoor'] as const).flatMap((theme) =>
  [false, true].flatMap((glove) => (['normal', 'largest'] as const).map((text) => ({ theme, glove, text, leftHand: glove !== (text === 'largest') }))),
)
/** What a mode can change: colours, sizes and places. 7:1 is ours (DESIGN §5). */
const RULES: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast-enhanced', 'link-in-text-block', 'target-size'] }, resultTypes: ['violations'] }

describe('in all modes', () => {
  let servers: ServerProcess[] = []
  let browser: Browser
  let guide: Guide
  let page: Page
  let axe = ''

  beforeAll(async () => {
    ;[axe, browser, ...servers] = await Promise.all([readFile('node_modules/axe-core/axe.min.js', 'utf8'), openBrowser(), startProcess({ example: true }), startProcess()])
    const [example, fresh] = servers
    if (!example || !fresh) throw new Error('no servers')
    page = await (await openContext(browser, { size: 'small', installs: false })).newPage()
    guide = await openTour(page, example, fresh)
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all(servers.map((server) => server.end()))
  })

  test.for(SCREENS)('%s', async (name) => {
    const visit = TOUR.find((each) => each.name === name)
    if (!visit) throw new Error(`no visit ${name}`)
    await guide.prefer({ language: 'zh-TW', theme: 'light', glove: false, text: 'normal', leftHand: false })
    await guide.visit(visit)
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
    const findings: string[] = []
    for (const mode of MODES) {
      await guide.prefer({ language: 'zh-TW', ...mode })
      const where = Object.entries(mode).map(([key, value]) => `${key} ${value}`).join(', ')
      const { violations } = await page.evaluate((options) => (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(options), RULES)
      for (const { id, nodes } of violations) for (const node of nodes) findings.push(`${where}: ${id}: ${node.target.join(' ')}`)
      if (name === SCREENS[0] && !mode.glove) expect(await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))).toBeCloseTo(mode.text === 'largest' ? 1.3 * 17 : 17)
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (beyond > 0) findings.push(`${where}: goes ${beyond} px beyond the edge`)
    }
    expect(findings).toEqual([])
  })
})
