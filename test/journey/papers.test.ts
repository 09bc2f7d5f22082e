/** Goods that leave before their papers: shipped in an emergency, the owed papers counting down and made up, the customer told, the way asked after. By touch, on a small phone. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { instantAt, wallTime } from '../../client/trips/wall-time.ts'
import { openExceptions, type Order } from '../../shared/order/order.ts'
import type { Role } from '../../shared/people/role.ts'
import { shutGates } from '../../shared/process/gate.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { firstIn, type Mill, NEW_PIN, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { fileOf } from './aisle.ts'
import { handOver, orderOn, press, readsBack, says, sees, signIn, signs, waitingOn } from './floor.ts'

const HOUR = 3_600_000
const ZONE = 'Asia/Taipei'
const person = (name: string, role: Role) => ({ name, role, pin: NEW_PIN })
const CHIEF = person('高主管', 'service-supervisor')
const SHIPPER = person('溫發貨', 'shipper')
const CLERK = person('范客服', 'service')

let server: ServerProcess
let browser: Browser
let page: Page
let order: Order
/** of the advice: two hours after what was promised */
let late: string
let faults: string[]

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  const mill: Mill = await openMill(server)
  for (const { name, role } of [CHIEF, SHIPPER, CLERK]) await mill.grantOfNew(name, [role])
  const bodies = await mill.bodies(await mill.grantOf('supervisor'))
  // Loaded, and neither released nor noticed.
  const id = firstIn(bodies, 'ship.promised', (body) => body.kind === 'order' && shutGates(body, 'ship').length === 2)
  order = bodies.find((body): body is Order => body.kind === 'order' && body.id === id) as Order
  late = wallTime(Date.parse(order.promisedAt ?? '') + 2 * HOUR, ZONE)
  page = await (await openContext(browser, { size: 'small', installs: false })).newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  await page.goto(`${server.url}/enrol#${await mill.code()}`)
  await press(page, 'signIn.enrol.go')
  await page.waitForURL('**/sign-in')
  await signIn(page, CHIEF)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const at = (path: string) => page.goto(`${server.url}${path.replace('{order}', order.id)}`)
const sheet = () => page.getByRole('dialog').last()
const main = () => sheet().locator('.main')
const shut = async () => (await main().getAttribute('aria-disabled')) === 'true'
const gate = (key: string) => page.locator('.gate').filter({ has: page.getByRole('heading', { name: says(key) }) })
const now = () => orderOn(page, order.id)

test('the service supervisor lets the goods leave with a reason and the PIN, and no other way', async () => {
  await at('/ship/{order}')
  await page.locator('.gate.shut').waitFor()
  await press(page, 'ship.emergency.key')
  expect(await shut()).toBe(true)
  await sheet().getByRole('textbox').fill('客戶停機等料')
  await main().click()
  await signs(page, CHIEF.pin)
  await expect.poll(async () => (await now()).override?.reason).toBe('客戶停機等料')
  expect(await page.locator('.gate.owed h3').allInnerTexts()).toEqual([expect.stringMatching(says('order.gates.release')), expect.stringMatching(says('order.gates.notice'))])
})

test('what is owed counts down, and is overdue after four hours', async () => {
  const watch = await page.context().newPage()
  const shows = async (hours: number) => {
    // Only looks: what its clock says goes to no server.
    await watch.route('**/api/**', (route) => route.abort())
    await watch.clock.setFixedTime(Date.parse((await now()).override?.at ?? '') + hours * HOUR)
    await watch.goto(page.url())
    await watch.locator('.gate.owed').first().waitFor()
    return (await watch.locator('.gate.owed time').allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '))
  }
  expect(await shows(1)).toEqual(['還有 3 時', '還有 3 時'])
  expect(await shows(5)).toEqual(['逾期 1 時', '逾期 1 時'])
  expect(await watch.locator('.gate.owed.overdue').count()).toBe(2)
  await watch.close()
})

test('the shipper fills in the advice, is told that it comes late, reads back and ships', async () => {
  await handOver(page, server.url, SHIPPER)
  await at('/ship/{order}')
  await page.locator('.docket-row .side.low').first().click()
  await page.getByLabel(says('ship.carrier')).fill('大榮貨運')
  await page.getByLabel(says('ship.advice.phone')).fill('0912-000-417')
  await page.getByLabel(says('ship.advice.arrives')).fill(late)
  await sheet().locator('.notice').getByText('2 時').waitFor()
  await press(page, 'ship.advice.addCheck')
  await page.getByLabel(says('ship.advice.checkPlace')).fill('王田交流道')
  await main().click()
  await sheet().waitFor({ state: 'detached' })
  await readsBack(page)
  await signs(page, SHIPPER.pin)
  await sees(page, 'ship.shipped.title')
  const { shipment, exceptions } = await now()
  expect(shipment).toMatchObject({ carrier: '大榮貨運', advice: { phone: '0912-000-417', arrivesAt: instantAt(late, ZONE), checks: [{ place: '王田交流道' }] } })
  expect(exceptions.map(({ kind }) => kind)).toEqual(order.exceptions.map(({ kind }) => kind))
})

test('service makes the notice up, tells the customer what the advice says, and asks after the goods on their way', async () => {
  await handOver(page, server.url, CLERK)
  await at('/orders/{order}')
  await press(page, 'orders.sign.notice')
  for (const box of await sheet().locator('.tick-row').all()) await box.click()
  await main().click()
  await signs(page, CLERK.pin)

  await press(page, 'ship.advice.confirm')
  await sheet().getByText('大榮貨運').waitFor()
  const ticks = sheet().locator('.tick-row')
  await ticks.first().click()
  expect(await shut()).toBe(true)
  // It is said what the tick stands for: the customer knows that it comes late.
  await ticks.last().filter({ hasText: says('ship.advice.sheet.late') }).click()
  expect(await page.getByLabel(says('ship.advice.sheet.to')).inputValue()).toBe(order.contact)
  await main().click()
  await signs(page, CLERK.pin)
  await expect.poll(async () => (await now()).advised?.to).toBe(order.contact)

  await press(page, 'ship.check.key')
  expect(await page.getByLabel(says('ship.check.place')).inputValue()).toBe('王田交流道')
  await page.getByLabel(says('ship.check.arrives')).fill(late)
  await page.getByLabel(says('ship.check.note')).fill('塞車')
  await main().click()
  await sheet().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: says('ship.check.key') }).waitFor({ state: 'detached' })
})

test('and the server has all of it', async () => {
  await expect.poll(() => waitingOn(page), { timeout: 30_000 }).toBe(0)
  const there = fileOf(server).order(order.id)
  expect(there).toMatchObject({ override: { name: CHIEF.name }, signed: { release: null, notice: { name: CLERK.name } }, shipment: { name: SHIPPER.name }, advised: { name: CLERK.name }, checks: [{ check: 0, note: '塞車' }] })
  expect(openExceptions(there).map(({ kind }) => kind)).toEqual([...openExceptions(order).map(({ kind }) => kind), 'arrival-late'])
  expect(await gate('order.gates.release').getAttribute('class')).toContain('owed')
  expect(faults).toEqual([])
})
