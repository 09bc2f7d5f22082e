/**
 * What a person waits for: from the tap on the yellow key to the frame that shows what it did, and from a reload to a work list
 * that answers. A real Chromium with the screen of a phone and the CPU slowed four times; its orders came by its own first load.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { SignedIn } from '../../shared/people/wire.ts'
import { answersTrue, openBrowser, openContext } from '../support/browser.ts'
import { standAt, tablesMade } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { BARE_PATH, bare } from './bare.ts'
import { figure, type Figure, median, quantile } from './figure.ts'
import { foundMill, type Mill } from './mill.ts'

const SIZES = [1000, 10_000] as const
const SLOWER = 4
const TAPS = 25
const RELOADS = 9
/** A picker is not faster than this; the sync of a tap runs meanwhile. */
const BETWEEN_MS = 1500
const AIM = { tap: 100, reload: 1500 }

type Measured = { taps: number[]; reloads: number[] }
const BARE = { taps: 'a bare page: a row read, two written, strictly; a figure changed', reloads: 'a bare page: thirty rows of a table, listed' }

export async function screenFigures(): Promise<Figure[]> {
  const all = [await bareMeasured(), await measured(SIZES[0]), await measured(SIZES[1])] as const
  return [...figuresOf('tap → screen', 'taps', AIM.tap, all), ...figuresOf('reload → a list that answers', 'reloads', AIM.reload, all)]
}

function figuresOf(name: string, which: keyof Measured, below: number, [least, small, large]: readonly [Measured, Measured, Measured]): Figure[] {
  const [few, many] = [small[which], large[which]]
  const baseline = { name: BARE[which], value: median(least[which]) }
  const spread = (values: readonly number[]) => `median of ${values.length}; p95 ${Math.round(quantile(values, 0.95))} ms`
  const count = (orders: number) => orders.toLocaleString('en')
  return [
    figure({ name: `${name}, ${count(SIZES[0])} orders`, value: median(few), unit: 'ms', baseline, aim: { below }, note: spread(few) }),
    figure({ name: `${name}, ${count(SIZES[1])} orders`, value: median(many), unit: 'ms', baseline, aim: { below }, note: spread(many) }),
    figure({
      name: `${name}, flat in the number of orders`,
      value: median(many),
      unit: 'ms',
      baseline: { name: `the same at ${count(SIZES[0])} orders`, value: median(few) },
      aim: { under: 1.3 },
    }),
  ]
}

async function measured(orders: number): Promise<Measured> {
  const server = await startProcess()
  const browser = await openBrowser()
  try {
    const { context, page, pick } = await atWork(browser, server, orders)
    await slow(context, page)
    const reloads = await reloadsOf(page)
    return { taps: await tapsOf(page, pick), reloads }
  } finally {
    await browser.close()
    await server.end()
  }
}

/** A picker's page that holds so many orders; `pick` is the address of the first. */
export async function atWork(browser: Browser, server: ServerProcess, orders: number): Promise<{ context: BrowserContext; page: Page; pick: string }> {
  const mill = await foundMill(server, { orders, lines: 3, rolls: TAPS + 5, begun: 10 })
  return { ...(await holding(browser, server, mill, mill.picker, orders, watch)), pick: `${server.url}/pick/${mill.orders[0]}` }
}

/** The page of somebody at the work list, once it holds so many orders. `watch` runs in it before anything else. */
export async function holding(browser: Browser, server: ServerProcess, mill: Mill, who: { id: string; pin: string }, orders: number, watch: () => void): Promise<{ context: BrowserContext; page: Page }> {
  const device = await mill.device('phone')
  const { grant } = await mill.post<SignedIn>('/api/sign-in', { person: who.id, pin: who.pin }, { headers: { Authorization: `Bearer ${device.token}` } })
  const context = await openContext(browser)
  await context.addInitScript(watch)
  const page = await context.newPage()
  await page.goto(`${server.url}/settings`)
  await tablesMade(page)
  await standAt(page, device, grant)
  await page.goto(`${server.url}/work/pick`)
  await loaded(page, orders)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  return { context, page }
}

export async function bareMeasured(): Promise<Measured> {
  const server = await startProcess()
  const browser = await openBrowser()
  try {
    const context = await openContext(browser)
    await context.addInitScript(watch)
    await context.addInitScript(bare)
    const page = await context.newPage()
    await page.goto(`${server.url}${BARE_PATH}`)
    await page.locator('li.job').first().waitFor()
    await slow(context, page)
    return { reloads: await reloadsOf(page), taps: await tapsOf(page, page.url()) }
  } finally {
    await browser.close()
    await server.end()
  }
}

export async function slow(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
}

/** Until the first load is through: the list says how many orders it has. */
export async function loaded(page: Page, orders: number): Promise<void> {
  await answersTrue(
    () =>
      page.evaluate((orders) => {
        const open = indexedDB.open('countersign')
        return new Promise<boolean>((done) => {
          open.onsuccess = () => {
            const counts = open.result.transaction('meta').objectStore('meta').get('counts')
            counts.onsuccess = () => {
              open.result.close()
              done(((counts.result as { value: { [list: string]: number } } | undefined)?.value.all ?? 0) >= orders)
            }
          }
        })
      }, orders),
    240_000,
  )
}

type Marks = { tapped: number; shown: number; listed: number }
declare global {
  interface Window {
    marks: Marks
  }
}

/** Runs in the page before anything of it. Times are of the page's own clock, which begins with the navigation. */
function watch(): void {
  const marks: Marks = { tapped: 0, shown: 0, listed: 0 }
  window.marks = marks
  const figure = () => document.querySelector('.count b')?.textContent ?? ''
  let before = ''
  /** The frame after this change has been drawn, and the page takes the next event. */
  const drawn = (done: (at: number) => void) =>
    requestAnimationFrame(() => {
      const next = new MessageChannel()
      next.port1.onmessage = () => done(performance.now())
      next.port2.postMessage(null)
    })
  addEventListener(
    'pointerdown',
    (event) => {
      if (!(event.target instanceof Element) || !event.target.closest('button.main')) return
      before = figure()
      marks.shown = 0
      marks.tapped = event.timeStamp
    },
    { capture: true },
  )
  new MutationObserver(() => {
    if (marks.listed === 0 && document.querySelectorAll('li.job').length >= 20 && document.querySelector('.main:not([aria-disabled])')) {
      marks.listed = -1
      drawn((at) => {
        marks.listed = at
      })
    }
    if (marks.tapped > 0 && marks.shown === 0 && figure() !== before) {
      marks.shown = -1
      drawn((at) => {
        marks.shown = at
      })
    }
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true })
}

async function reloadsOf(page: Page): Promise<number[]> {
  const reloads: number[] = []
  for (let i = 0; i <= RELOADS; i++) {
    await page.reload({ waitUntil: 'commit' })
    await page.waitForFunction(() => window.marks?.listed > 0, undefined, { timeout: 60_000 })
    // The first comes for the first time out of the cache that the service worker has just filled.
    if (i > 0) reloads.push(await page.evaluate(() => window.marks.listed))
    await page.waitForTimeout(BETWEEN_MS)
  }
  return reloads
}

export async function tapsOf(page: Page, url: string): Promise<number[]> {
  await page.goto(url)
  const key = page.locator('button.main')
  await key.waitFor()
  // The first tap takes the order on.
  await key.tap()
  await page.locator('.count b').waitFor()
  await page.waitForTimeout(2000)
  const box = await key.boundingBox()
  if (!box) throw new Error('no yellow key to tap')
  const taps: number[] = []
  for (let i = 0; i < TAPS; i++) {
    // A bare touch: what asks first whether the key can be tapped asks in the page, and is slowed with it.
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
    await page.waitForTimeout(BETWEEN_MS)
    // Seldom: asking takes of the page's time, too.
    await page.waitForFunction(() => window.marks.shown > 0, undefined, { polling: 500 })
    taps.push(await page.evaluate(() => window.marks.shown - window.marks.tapped))
  }
  return taps
}
