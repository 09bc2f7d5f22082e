/**
 * What a picker's hand waits for, as the device fills up: scan → feedback, search as one types, a list that scrolls, a page that answers
 * while it syncs, and what it all keeps in memory. A real Chromium with the screen of a phone; what came to it came by its own first load.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { startProcess } from '../support/process.ts'
import { fill } from './fill.ts'
import { figure, type Figure, median, quantile } from './figure.ts'
import { foundMill } from './mill.ts'
import { bareMeasured, holding, slow } from './screen.ts'

const SIZES = (process.env.HANDHELD_ORDERS ?? '1000,10000,100000').split(',').map(Number)
const CODES = 50_000
const LINES = 3
const PLACED = 40
/** Of each of so many orders: of a hundred scans five are slower than p95, of twenty-five it is the second worst. */
const [SCANS, SCANNED] = [25, 4]
/** A picker is not faster than this. */
const BETWEEN_MS = 700
const AIM = { scan: 100, search: 50, frame: 50, task: 100 }

type Measured = { orders: number; scans: number[]; searches: number[]; slowSearches: number[]; frames: number[]; starts: number[]; tasks: number[]; heap: number }

export async function handheldFigures(): Promise<Figure[]> {
  const bare = await bareMeasured()
  const all: Measured[] = []
  for (const orders of SIZES) all.push(await measured(orders))
  const tap = { name: 'a bare page: a row read, two written, strictly; a figure changed (p95)', value: quantile(bare.taps, 0.95) }
  return all.flatMap((each) => figuresOf(each, all[0] ?? each, tap))
}

function figuresOf(each: Measured, least: Measured, tap: { name: string; value: number }): Figure[] {
  const at = `${each.orders.toLocaleString('en')} orders`
  const p95 = (values: readonly number[]) => quantile(values, 0.95)
  const spread = (values: readonly number[]) => `p95 of ${values.length}; median ${Math.round(median(values))} ms`
  const first = (which: 'searches' | 'slowSearches') => ({ name: `the same at ${least.orders.toLocaleString('en')} orders`, value: p95(least[which]) })
  const longest = (values: readonly number[]) => Math.max(0, ...values)
  return [
    figure({ name: `scan → feedback, CPU slowed four times, ${at}, ${CODES.toLocaleString('en')} bar codes`, value: p95(each.scans), unit: 'ms', baseline: tap, aim: { below: AIM.scan }, note: spread(each.scans) }),
    figure({ name: `scan → feedback, flat: ${at}`, value: median(each.scans), unit: 'ms', baseline: { name: `the same at ${least.orders.toLocaleString('en')} orders`, value: median(least.scans) }, aim: { under: 1.3 } }),
    figure({ name: `search as one types, ${at}`, value: p95(each.searches), unit: 'ms', baseline: first('searches'), aim: { below: AIM.search }, note: spread(each.searches) }),
    figure({ name: `search as one types, CPU slowed four times, ${at}`, value: p95(each.slowSearches), unit: 'ms', baseline: first('slowSearches'), note: spread(each.slowSearches) }),
    figure({ name: `list scrolls, longest frame, ${at}`, value: longest(each.frames), unit: 'ms', baseline: { name: 'its median frame', value: median(each.frames) }, aim: { below: AIM.frame }, note: `${each.frames.length} frames, p95 ${Math.round(p95(each.frames))} ms` }),
    figure({ name: `first load, longest task of the page while it syncs, ${at}`, value: longest(each.tasks), unit: 'ms', baseline: { name: 'the longest before, as the app starts', value: longest(each.starts) }, aim: { below: AIM.task }, note: `${each.tasks.length} tasks over 50 ms` }),
    figure({ name: `JavaScript heap, ${at}`, value: each.heap, unit: 'MB', baseline: { name: `the same at ${least.orders.toLocaleString('en')} orders`, value: least.heap } }),
  ]
}

async function measured(orders: number): Promise<Measured> {
  const server = await startProcess()
  const browser = await openBrowser()
  try {
    const mill = await foundMill(server, { orders: PLACED, lines: LINES, rolls: SCANS + 5, begun: 10 })
    await fill(server.directory, mill.site, { orders: orders - PLACED, codes: CODES, shelves: mill.products, from: PLACED })
    const { context, page } = await holding(browser, server, mill, mill.boss, orders, watch)
    const { starts, tasks } = await page.evaluate(tasksSeen)
    const session = await context.newCDPSession(page)
    await page.goto(`${server.url}/work/pick`)
    const searches = await searchesOf(page, session)
    const frames = await framesOf(page, `${server.url}/orders`)
    const heap = await heapOf(session)
    await slow(context, page)
    await page.goto(`${server.url}/work/pick`)
    const slowSearches = await searchesOf(page, session)
    const scans: number[] = []
    for (const order of mill.orders.slice(0, SCANNED)) scans.push(...(await scansOf(page, session, `${server.url}/pick/${order}`)))
    return { orders, searches, slowSearches, frames, starts, tasks, heap, scans }
  } finally {
    await browser.close()
    await server.end()
  }
}

type Task = { from: number; took: number }
type Hand = { at: number; shown: number; tasks: Task[]; frames: number[] }
declare global {
  interface Window {
    hand: Hand
  }
}

/** Runs in the page before anything of it. */
function watch(): void {
  const hand: Hand = { at: 0, shown: 0, tasks: [], frames: [] }
  window.hand = hand
  new PerformanceObserver((list) => hand.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ from: startTime, took: duration })))).observe({ type: 'longtask', buffered: true })
  const begin = (event: Event) => {
    hand.shown = 0
    hand.at = event.timeStamp
  }
  addEventListener('keydown', (event: KeyboardEvent) => event.key === 'Enter' && begin(event), { capture: true })
  addEventListener('beforeinput', begin, { capture: true })
  const isAnswer = ({ target }: MutationRecord) => {
    const element = target instanceof Element ? target : target.parentElement
    return element?.closest('.scan-place, .rows, .docket, .work-rule') && !element.closest('.search')
  }
  new MutationObserver((records) => {
    if (hand.at === 0 || hand.shown !== 0 || !records.some(isAnswer)) return
    hand.shown = -1
    requestAnimationFrame(() => {
      const next = new MessageChannel()
      next.port1.onmessage = () => {
        hand.shown = performance.now()
      }
      next.port2.postMessage(null)
    })
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

/** In the page: those that began before it first asked the server, and those after. */
function tasksSeen(): { starts: number[]; tasks: number[] } {
  const began = performance.getEntriesByType('resource').find(({ name }) => name.includes('/api/sync'))?.startTime ?? 0
  const { starts = [], tasks = [] } = Object.groupBy(window.hand.tasks, ({ from }) => (from < began ? 'starts' : 'tasks'))
  const long = (some: readonly Task[]) => some.map(({ took }) => took)
  return { starts: long(starts), tasks: long(tasks) }
}

/** From the last event to the frame that answers it; null where nothing changed. */
async function answered(page: Page): Promise<number | null> {
  await pause(BETWEEN_MS)
  return page.evaluate(() => (window.hand.shown > 0 ? window.hand.shown - window.hand.at : null))
}

async function scansOf(page: Page, session: CDPSession, url: string): Promise<number[]> {
  await page.goto(url)
  await page.locator('button.main').last().waitFor()
  await pause(2000)
  // What lies nearest: the way through the aisles decides which line that is.
  const code = await page.getByText(/^BX-\d+$/).first().innerText()
  const scans: number[] = []
  for (let i = 0; i < SCANS + 2; i++) {
    const keys = [...[...code].map((key) => ({ key, text: key })), { key: 'Enter', text: '\r', code: 'Enter', windowsVirtualKeyCode: 13 }]
    for (const key of keys) for (const type of ['keyDown', 'keyUp'] as const) void session.send('Input.dispatchKeyEvent', { type, ...key })
    await pause(BETWEEN_MS)
    const took = await answered(page)
    // The first take the order on and warm up.
    if (i > 1 && took !== null) scans.push(took)
  }
  if ((await page.locator('.scan.right').count()) === 0) throw new Error(`the last scan of ${code} was not right`)
  return scans
}

const WANTED = ['2611-00777', '大甲印', 'bx-215', 'so-2611-00031', '0199', 'r-26-0130']
async function searchesOf(page: Page, session: CDPSession): Promise<number[]> {
  const field = page.locator('.search input').first()
  await field.waitFor()
  const took: number[] = []
  for (const [i, wanted] of WANTED.entries()) {
    await field.fill('')
    await pause(BETWEEN_MS)
    for (const sign of wanted) {
      // As a person's key: what asks first whether the field can be typed into asks in the page.
      await session.send('Input.insertText', { text: sign })
      const each = await answered(page)
      if (i > 0 && each !== null) took.push(each)
    }
  }
  return took
}

async function framesOf(page: Page, url: string): Promise<number[]> {
  await page.goto(url)
  await page.locator('h1').first().waitFor()
  await pause(2500)
  await page.evaluate(() => {
    let before = performance.now()
    const frame = (now: number) => {
      window.hand.frames.push(now - before)
      before = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  await page.mouse.move(180, 500)
  for (let i = 0; i < 60; i++) {
    await page.mouse.wheel(0, 240)
    await pause(30)
  }
  return page.evaluate(() => window.hand.frames.slice(1))
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1e6
}
