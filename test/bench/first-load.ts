/** A new phone at a large site: until it holds every doc. Headless over tables in memory, and in a real Chromium. */
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openSqliteLog } from '../../server/log/sqlite/log.ts'
import type { SignedIn } from '../../shared/people/wire.ts'
import { type DocEvent, foldDoc } from '../../shared/sync/doc.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import { LOAD_DOCS } from '../../shared/sync/wire.ts'
import { openBrowser, openContext } from '../support/browser.ts'
import { standAt, tablesMade } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { BARE_PATH } from './bare.ts'
import { openBare } from './bare-fleet.ts'
import { costOf } from './cost.ts'
import { holdingOf, openCrew, seatsFor } from './crew.ts'
import { type Counted, openRelay } from './line.ts'
import { form, foundMill, type Mill, random } from './mill.ts'
import { loaded } from './screen.ts'

/** `phone` and `server`: their CPU, s. */
export type FirstLoad = { seconds: number; wire: Counted; server: number; phone: number; bare: number }

const LINES = 5
/** Orders of one transaction. */
const BATCH = 2000

export async function firstLoad(orders: number): Promise<FirstLoad> {
  const server = await startProcess()
  const relay = await openRelay(Number(new URL(server.url).port))
  const bare = await openBare()
  try {
    const mill = await largeMill(server, orders)
    const before = costOf(server.pid())
    const seats = await seatsFor(server, mill, 1)
    const crew = await openCrew(`http://localhost:${relay.port}`, [seats])
    const [took] = crew.loads.flat()
    const cost = costOf(server.pid(), before)
    const [account] = await crew.all('account', null)
    const [[holding]] = (await crew.all('holdings', null)) as [[string]]
    if (holding !== holdingOf(server)) throw new Error('the phone holds something else than the server')
    await crew.end()
    const wire = relay.count()
    const rows = Math.ceil(orders / LOAD_DOCS)
    return {
      seconds: (took ?? Number.NaN) / 1000,
      wire,
      server: cost.cpu,
      phone: account?.cpu ?? 0,
      bare: (await bare.read({ rows, bytes: Math.ceil(wire.down / rows) })) / 1000,
    }
  } finally {
    await bare.end()
    await relay.end()
    await server.end()
  }
}

/** From opening the page to the last order in the tables of a real browser, s: of a server that has just started, and of the phone after it. */
export type PageLoads = { first: number; next: number }

export async function firstLoadOfPage(orders: number): Promise<PageLoads> {
  const server = await startProcess()
  const browser = await openBrowser()
  try {
    const mill = await largeMill(server, orders)
    await visited(browser, server.url)
    return { first: await loadedBy(browser, server, mill, orders), next: await loadedBy(browser, server, mill, orders) }
  } finally {
    await browser.close()
    await server.end()
  }
}

/** By a phone that is new. */
async function loadedBy(browser: Browser, server: ServerProcess, mill: Mill, orders: number): Promise<number> {
  const device = await mill.device('phone')
  const { grant } = await mill.post<SignedIn>('/api/sign-in', { person: mill.picker.id, pin: mill.picker.pin }, { headers: { Authorization: `Bearer ${device.token}` } })
  const context = await openContext(browser)
  const page = await context.newPage()
  await page.goto(`${server.url}/settings`)
  await tablesMade(page)
  // While a person types the code and a PIN, the app is installed.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  // Of the same origin, and nothing of ours runs there: the load does not begin before it is timed.
  await page.goto(`${server.url}${BARE_PATH}`)
  await standAt(page, device, grant)
  const began = performance.now()
  await page.goto(`${server.url}/work/pick`)
  await loaded(page, orders)
  const took = (performance.now() - began) / 1000
  await context.close()
  return took
}

/** The server has packed every file of the app once before. */
async function visited(browser: Browser, url: string): Promise<void> {
  const context = await openContext(browser)
  const page = await context.newPage()
  await page.goto(`${url}/settings`)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await context.close()
}

/** A tenth is open, at most this many; all others are closed, and of the size that other engines were measured with (2 kB). */
const MOST_OPEN = 3000

/** A site whose orders were placed long ago: folded by the rules, written by the log, as many at once as it takes. */
export async function largeMill(server: ServerProcess, orders: number): Promise<Mill> {
  const mill = await foundMill(server, { orders: 0, lines: LINES })
  const log = await openSqliteLog({ file: join(server.directory, 'countersign.sqlite'), random })
  const now = Date.now()
  const at = new Date(now).toISOString()
  for (let from = 0; from < orders; from += BATCH) {
    const written = Array.from({ length: Math.min(BATCH, orders - from) }, (_, i) => {
      const [id, command] = [uuidv7(now, random), uuidv7(now, random)]
      const act = { by: mill.boss.id, name: '陳主管', at, device: '', command }
      const placed: DocEvent = { type: 'OrderPlaced', act, site: mill.site, form: form(from + i, mill.products, { lines: LINES, rolls: 1, now }) }
      const open = from + i >= orders - Math.min(orders / 10, MOST_OPEN)
      const events: DocEvent[] = open ? [placed] : [placed, { type: 'OrderCancelled', act, reason: '客戶改期' }]
      const after = foldDoc(null, events, id, { device: '', seq: 0 })
      if (!after) throw new Error('an order that was placed is none')
      return { after, rows: events.map((event, at) => ({ doc: id, version: at + 1, command, device: '', seq: 0, event })) }
    })
    await log.write(async (tx) => {
      await tx.addEvents(mill.site, written.flatMap(({ rows }) => rows))
      await tx.putDocs(mill.site, written.map(({ after }) => ({ before: null, after })), at)
    })
  }
  await log.close()
  return mill
}
