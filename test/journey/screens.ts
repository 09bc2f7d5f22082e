/**
 * Every screen of the app and every sheet that opens on it, in both scripts and each light: axe finds nothing (WCAG 2.2 A and
 * AA), nothing scrolls sideways or is cut, every word is in the language that was chosen, and one key at most is yellow.
 */
import { readFile } from 'node:fs/promises'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../client/preferences.ts'
import { FAKE_CAMERA, faultsOf, openBrowser, openContext, SIZES } from '../support/browser.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { readScreen, tellWanted, type Wanted } from '../support/reading.ts'
import { openTour, settled } from '../support/tour.ts'
import type { Guide, Visit } from '../support/tour/visit.ts'
import { allOf } from '../support/words.ts'

const LIGHTS = ['light', 'dark', 'outdoor'] as const
/** Everything that axe knows of WCAG 2.2 A and AA. Its contrast of 4.5:1 is asked as the 7:1 that is ours (DESIGN §5). */
const ALL: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: { 'color-contrast': { enabled: false }, 'color-contrast-enhanced': { enabled: true } },
  resultTypes: ['violations'],
}
/** What another light can change, and what a glove can: all else is the same in each, and in each language. */
const only = (...values: string[]): RunOptions => ({ runOnly: { type: 'rule', values }, resultTypes: ['violations'] })
const COLOURS = only('color-contrast-enhanced', 'link-in-text-block')
const SIZES_OF_KEYS = only('target-size')

/** What another language says and this one never does. Words of the mill's own data are in no language of ours. */
function wantedIn(language: Language, data: string): Wanted {
  const own = new Set(allOf(language).values())
  const others = LANGUAGES.filter((each) => each !== language).flatMap((each) => [...allOf(each).values()])
  const foreign = [...new Set(others)].filter((words) => words.length > 1 && !words.includes('{') && !own.has(words) && !data.includes(words))
  return { foreign, places: [...new Set([...allOf(language).keys()].map((key) => key.split('.')[0] ?? ''))] }
}

/** The longest words and the tallest. A second Chinese script is as wide as the first, and has a word for each of its keys (messages.test.ts). */
const READ: readonly Language[] = ['zh-TW', 'en']
/** Words change no colour, and lights no word. The language that is chosen for the dark is the longest; what a desk shows beside is as light as the rest. */
const lightsOf = (language: Language, size: 'small' | 'desk') => (language !== 'en' ? (['light'] as const) : size === 'desk' ? (['light', 'dark'] as const) : LIGHTS)

/** What lies on top, as reading.ts reads it: what is under a sheet is another visit's. Runs inside the page. */
const axeOn = (options: RunOptions): Promise<AxeResults> =>
  (window as unknown as { axe: { run(on: Element, options: RunOptions): Promise<AxeResults> } }).axe.run([...document.querySelectorAll('[role=dialog]')].at(-1) ?? document.documentElement, options)

/** The visits of one file; the guide, once it is there. */
export function readAll(visits: readonly Visit[]): () => Guide {
  let servers: ServerProcess[] = []
  let browser: Browser
  let guide: Guide
  let page: Page
  let axe = ''
  let faults: string[] = []
  let wanted: { readonly [language: string]: Wanted } = {}

  beforeAll(async () => {
    ;[axe, browser, ...servers] = await Promise.all([readFile('node_modules/axe-core/axe.min.js', 'utf8'), openBrowser(...FAKE_CAMERA), startProcess({ example: true }), startProcess()])
    const [example, fresh] = servers
    if (!example || !fresh) throw new Error('no servers')
    page = await (await openContext(browser, { size: 'small', installs: false })).newPage()
    faults = faultsOf(page)
    guide = await openTour(page, example, fresh)
    wanted = Object.fromEntries(READ.map((language) => [language, wantedIn(language, guide.data)]))
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all(servers.map((server) => server.end()))
  })

  test.for(visits)('$name', async (visit) => {
    const findings: string[] = []
    const look = async (how: { language: Language; theme: (typeof LIGHTS)[number]; glove: boolean; size: 'small' | 'desk' }) => {
      // The boldest light, in the largest print: where anything is too long for its place, it is there.
      const text = how.theme === 'outdoor' ? 'largest' : 'normal'
      await guide.prefer({ ...how, text })
      if (text === 'largest') await settled(page, 20)
      // Words alone differ in the others: they are read, and axe sees the same in English.
      const { violations } = how.language !== 'en' ? { violations: [] } : await page.evaluate(axeOn, how.theme !== 'light' ? COLOURS : how.glove ? SIZES_OF_KEYS : ALL)
      const read = how.theme === 'light' || text === 'largest' ? await readScreen(page) : []
      const where = [visit.name, how.language, how.theme, how.glove ? 'glove' : '', text === 'normal' ? '' : text, SIZES[how.size].join('×')].filter((each) => each !== '').join(' · ')
      const real = await Promise.all(violations.map(async (each) => (each.id === 'target-size' ? { ...each, nodes: await stillSmall(each.nodes) } : each)))
      for (const { id, nodes } of real) for (const node of nodes) findings.push(`${where}: axe ${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').at(1)?.trim() ?? ''}`)
      for (const each of read) findings.push(`${where}: ${each}`)
    }
    /** Of targets that seem too small, those that still do in the middle of the glass: what scrolls under the stub is no smaller for it. */
    async function stillSmall(nodes: AxeResults['violations'][number]['nodes']): Promise<typeof nodes> {
      const small: typeof nodes = []
      for (const node of nodes) {
        const selector = String(node.target[0])
        await page.locator(selector).evaluate((target) => target.scrollIntoView({ block: 'center' }))
        const { violations } = await page.evaluate(([selector, options]) => (window as unknown as { axe: { run(on: string, options: RunOptions): Promise<AxeResults> } }).axe.run(selector, options), [selector, SIZES_OF_KEYS] as const)
        if (violations.some(({ id }) => id === 'target-size')) small.push(node)
      }
      return small
    }
    const sizeTo = async (size: 'small' | 'desk') => {
      const [width, height] = SIZES[size]
      await page.setViewportSize({ width, height })
    }

    const open = async (language: Language) => {
      await guide.prefer({ language, theme: 'light', glove: false, text: 'normal' })
      await guide.visit(visit, language)
      if (await page.evaluate(() => 'axe' in window)) return
      await page.evaluate(axe)
      await tellWanted(page, wanted)
    }

    await sizeTo('small')
    await open('zh-TW')
    for (const size of visit.desk ? (['small', 'desk'] as const) : (['small'] as const)) {
      await sizeTo(size)
      for (const language of size === 'small' ? READ : (['en'] as const)) {
        if (visit.spoken && language !== 'zh-TW') await open(language)
        await guide.prefer({ language, theme: 'light', glove: false, text: 'normal' })
        await settled(page, 20)
        for (const theme of lightsOf(language, size)) await look({ language, theme, glove: false, size })
      }
    }
    await sizeTo('small')
    await guide.prefer({ language: 'en', theme: 'light', glove: true, text: 'normal' })
    await settled(page, 20)
    await look({ language: 'en', theme: 'light', glove: true, size: 'small' })

    expect(findings).toEqual([])
    expect(faults.splice(0)).toEqual([])
  })
  return () => guide
}
