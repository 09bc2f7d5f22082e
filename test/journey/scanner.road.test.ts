/**
 * A driver's day by scanner alone: packages that are refused, nobody at a stop, a delivery refused whole, what goes back to the house.
 * Only the PIN is typed, and the customer writes. Their name is the order's contact: another one is typed, as are a note and a time to try again.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dueBack } from '../../shared/order/back.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { openBrowser, openContext } from '../support/browser.ts'
import { NEW_PIN, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { fileOf } from './aisle.ts'
import { draws, joins, orderOn, says, sees } from './floor.ts'
import { type Scans, scansOn } from './scans.ts'
import { CUSTOMERS, DOCS, onTheRoad } from './shipped.ts'

const DRIVER = { name: '林送貨', pin: NEW_PIN }
const TRIP = '11-27-09'

let server: ServerProcess
let browser: Browser
let page: Page
let by: Scans
const faults: string[][] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  const mill = await openMill(server)
  await onTheRoad(mill, server.url, DRIVER.name)
  page = await joins(await openContext(browser, { size: 'small', installs: false }), server.url, await mill.code(), faults)
  by = scansOn(page)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const sheet = () => page.getByRole('dialog').last()
const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' })
const order = (id: string) => orderOn(page, id)
const ticked = () => sheet().locator('.tick-row input').evaluateAll((all) => all.map((each) => (each as HTMLInputElement).checked))
async function arrives(id: string): Promise<void> {
  await by.arrives(`/deliver/${id}`)
  await by.yes('deliver.arrive')
  await sees(page, 'deliver.arrivedAt')
}
async function signs(id: string): Promise<void> {
  await page.waitForURL('**/sign')
  await draws(page, page.locator('canvas'))
  await page.getByRole('img', { name: says('deliver.sign.inked') }).waitFor()
  await by.yes('deliver.sign.act')
  await by.arrives(`/receipt/${id}`)
}

test('the trip’s paper opens it, and a yes leaves', async () => {
  await by.comesIn(DRIVER.name, DRIVER.pin)
  await by.arrives('/trips')
  await page.locator('.rows .cover').first().waitFor()
  await by.scan(TRIP, 'trip')
  await by.arrives('/trips/road')
  await by.yes('trips.depart')
  await expect.poll(async () => (await Promise.all(DOCS.map(order))).map(({ departed }) => departed !== null)).toEqual([true, true, true])
})

test('packages that are refused are scanned or counted off, and fill their lines', async () => {
  await by.yes('trips.deliver')
  await arrives('paid')
  await by.other('deliver.packages.key')
  await sheet().locator('.tick-row').nth(1).waitFor()
  await by.other('deliver.outcomes.refused')
  await by.other('deliver.reasons.spec')
  // By its label, also where the door is on the glass; the first by its number, and after all not.
  await by.scan('PK-PAID-2', 'package')
  await expect.poll(async () => (await ticked()).slice(0, 2)).toEqual([false, true])
  await by.prints('no')
  await closed()
  await by.scan('PK-PAID-2', 'package')
  await expect.poll(async () => (await ticked()).slice(0, 2)).toEqual([false, true])
  await by.row(1)
  await expect.poll(async () => (await ticked()).slice(0, 2)).toEqual([true, true])
  await by.row(1)
  await by.yes('deliver.packages.act')
  await closed()
  const toSign = page.locator('.stub a.main').filter({ hasText: says('deliver.toSign') })
  while (!(await toSign.isVisible())) {
    const before = await page.locator('.stub .main').innerText()
    await by.prints('yes')
    await expect.poll(() => page.locator('.stub .main').innerText()).not.toBe(before)
  }
  await by.prints('yes')
  await signs('paid')
  expect((await order('paid')).receipt).toMatchObject({ packages: [{ no: 2, outcome: 'refused' }], lines: [{ refused: 1, reason: '規格不符' }, { refused: 0 }, {}, {}] })
})

test('the customer’s copy is shown and closed again, and the trip goes on', async () => {
  await by.other('receipt.copy.key')
  await sheet().getByRole('img', { name: says('receipt.copy.qr') }).waitFor()
  await by.prints('no')
  await closed()
  await by.other('receipt.toTrip')
  await by.arrives('/trips/road')
})

test('nobody is at the next stop: its goods go back', async () => {
  await by.yes('trips.deliver')
  await by.arrives('/deliver/away')
  await by.other('deliver.absent.key')
  await sheet().locator('.choice').nth(2).waitFor()
  await by.row(3)
  await by.yes('deliver.absent.act')
  await by.arrives('/trips/road')
  expect((await order('away')).absences).toMatchObject([{ after: 'back', why: 'absent' }])
})

test('the delivery order on the goods opens its stop; all of it is refused, and that is signed for', async () => {
  await by.scan('DO-unwanted', 'order')
  await sheet().getByText(CUSTOMERS.unwanted).first().waitFor()
  await by.yes('trips.stop.deliver')
  await arrives('unwanted')
  await by.other('deliver.refuse.key')
  await sheet().locator('.choice').nth(2).waitFor()
  await by.row(3)
  await by.yes('deliver.refuse.act')
  await signs('unwanted')
  expect((await order('unwanted')).receipt?.lines).toMatchObject([{ accepted: 0, refused: 1, reason: '沒有訂' }])
  await by.other('receipt.toTrip')
  await by.arrives('/trips/road')
})

test('back at the house it is handed in, all that is due', async () => {
  await by.yes('trips.back.key')
  await sheet().locator('.tick-row').first().waitFor()
  // What has to come back is ticked. One of them is not there, and after all is.
  expect(await ticked()).toEqual([true, true, true, true])
  await by.row(2)
  await expect.poll(ticked).toEqual([true, false, true, true])
  await by.row(2)
  await expect.poll(ticked).toEqual([true, true, true, true])
  await by.yes('trips.back.act')
  await closed()
  // What is in the house again leaves the driver's device: the server has it.
  const orders = () => DOCS.map(fileOf(server).order)
  await expect.poll(() => orders().map(({ returns }) => (returns ?? []).length)).toEqual([1, 1, 1])
  expect(orders().map((each) => [stageOf(each), dueBack(each).length])).toEqual([['delivered', 0], ['shipped', 0], ['delivered', 0]])
  await sees(page, 'trips.finished')
})

test('nothing went wrong unseen', () => {
  console.info(`a driver's day by scanner: ${by.told()}`)
  expect(faults.flat()).toEqual([])
})
