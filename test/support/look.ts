/**
 * Looks at screens: starts a server with the example mill, enrols a browser, signs in and makes screenshots.
 *
 *   node_modules/.bin/node test/support/look.ts OUT ROLE PATH [PATH …] [-- size=phone,desk lang=zh-TW,en theme=light,dark glove]
 *   node_modules/.bin/node test/support/look.ts OUT tour [PART …] [-- size=… lang=… theme=… text=large,largest glove left]
 *
 * The second way looks at every visit of tour.ts, or at those whose name begins with one of the parts, with each size, language and theme.
 * OUT is a folder; ROLE one of the roles; {order:pick} in a PATH is the first order of that step, {trip} the first trip.
 * Pictures are OUT/<path>-<size>-<lang>-<theme>.png. The app must be built (npx vite build).
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TextSize } from '../../client/preferences.ts'
import { FAKE_CAMERA, openBrowser, openContext, SIZES, type Size, type View } from './browser.ts'
import { docsThere, firstIn, openMill, standAt, tablesMade } from './mill.ts'
import { startProcess } from './process.ts'
import { openTour, settled, TOUR } from './tour.ts'

const [out = '', role = '', ...rest] = process.argv.slice(2)
const cut = rest.indexOf('--')
const paths = cut < 0 ? rest : rest.slice(0, cut)
const options = new Map((cut < 0 ? [] : rest.slice(cut + 1)).map((each) => each.split('=')).map(([key = '', value = '']) => [key, value.split(',')]))
const sizes = (options.get('size') ?? ['phone']).filter((each): each is Size => Object.hasOwn(SIZES, each))
const languages = options.get('lang') ?? ['zh-TW']
const texts = (options.get('text') ?? ['normal']) as TextSize[]
const leftHand = options.has('left')
const themes = (options.get('theme') ?? ['light']) as NonNullable<View['theme']>[]
mkdirSync(out, { recursive: true })

if (role === 'tour') {
  await tour()
  process.exit()
}

const server = await startProcess({ example: true })
const browser = await openBrowser()
try {
  const mill = await openMill(server)
  const grant = await mill.grantOf(role)
  const bodies = paths.some((path) => path.includes('{')) ? await mill.bodies(grant) : []
  const resolved = paths.map((path) => path.replaceAll(/\{(\w+)(?::([\w-]+))?\}/g, (_, kind: string, step = '') => firstIn(bodies, listOf(kind, step))))

  for (const size of sizes)
    for (const language of languages)
      for (const theme of themes) {
        const context = await openContext(browser, { size, language, theme, glove: options.has('glove') })
        const page = await context.newPage()
        page.on('pageerror', (error) => console.error('page error:', error.message))
        page.on('console', (message) => message.type() === 'error' && console.error('console:', message.text()))
        await page.goto(`${server.url}/settings`)
        await tablesMade(page)
        await standAt(page, mill.enrolled, grant)
        await page.goto(`${server.url}/sync`)
        await docsThere(page)
        for (const [i, path] of resolved.entries()) {
          await page.goto(`${server.url}${path}`, { waitUntil: 'load' })
          await page.locator('h1').first().waitFor()
          await page.waitForTimeout(1500)
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          const name = `${(paths[i] ?? '').replaceAll(/[^\w-]+/g, '_')}-${size}-${language}-${theme}${options.has('glove') ? '-glove' : ''}.png`
          await page.screenshot({ path: join(out, name) })
          console.info(`${name}${wide > 0 ? `  scrolls sideways by ${wide} px` : ''}`)
        }
        await context.close()
      }
} finally {
  await browser.close()
  await server.end()
}

function listOf(kind: string, step: string): string {
  if (kind === 'trip') return 'trips'
  return step === 'closed' || step === 'exceptions' || step.startsWith('wait') || step === 'owed' ? step : `${step}.promised`
}

async function tour(): Promise<void> {
  const visits = TOUR.filter(({ name }) => paths.length === 0 || paths.some((part) => name.startsWith(part)))
  const [server, fresh, browser] = await Promise.all([startProcess({ example: true }), startProcess(), openBrowser(...FAKE_CAMERA)])
  try {
    const context = await openContext(browser, { size: sizes.includes('desk') && sizes.length === 1 ? 'desk' : 'phone' })
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error('page error:', error.message))
    const guide = await openTour(page, server, fresh)
    for (const visit of visits) {
      await page.setViewportSize({ width: 360, height: 740 })
      await guide.prefer({ language: 'zh-TW', theme: 'light', glove: false, text: 'normal', leftHand: false })
      try {
        await guide.visit(visit)
      } catch (error) {
        console.error(`${visit.name}: ${error instanceof Error ? error.message : error}`)
        await page.screenshot({ path: join(out, `${visit.name.replaceAll(/\W+/g, '-')}-FAILED.png`) })
        continue
      }
      for (const size of sizes)
        for (const language of languages)
          for (const [theme, text] of themes.flatMap((theme) => texts.map((text) => [theme, text] as const))) {
            const [width, height] = SIZES[size]
            await page.setViewportSize({ width, height })
            await guide.prefer({ language, theme, text, leftHand, glove: options.has('glove') })
            // A machine that was busy elsewhere takes the picture all the same.
            await settled(page).catch(console.error)
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
            const name = `${visit.name.replaceAll(/\W+/g, '-')}-${size}-${language}-${theme}${[options.has('glove') ? '-glove' : '', leftHand ? '-left' : '', text === 'normal' ? '' : `-${text}`].join('')}.png`
            await page.screenshot({ path: join(out, name), timeout: 0 })
            console.info(`${name}${wide > 0 ? `  scrolls sideways by ${wide} px` : ''}`)
          }
    }
  } finally {
    await browser.close()
    await server.end()
    await fresh.end()
  }
}
