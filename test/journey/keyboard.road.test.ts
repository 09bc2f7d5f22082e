/** The whole job of a driver by keyboard alone, from the list of stops to what comes home. Only the customer’s name on the glass is a hand’s. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toPutAway } from '../../shared/order/back.ts'
import type { Order } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere, NEW_PIN, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { fileOf } from './aisle.ts'
import { draws, says, sees, waitingOn } from './floor.ts'
import { type Keys, keysOf } from './keys.ts'
import { CUSTOMERS, DOCS, onTheRoad } from './shipped.ts'

const DRIVER = { name: '林送貨', pin: NEW_PIN }
const PHOTO = 'client/public/icon-192.png'

let server: ServerProcess
let browser: Browser
let page: Page
let keys: Keys
let faults: string[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  const mill = await openMill(server)
  await onTheRoad(mill, server.url, DRIVER.name)
  const context = await openContext(browser, { installs: false })
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ latitude: 24.14771, longitude: 120.67365, accuracy: 8 })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  keys = keysOf(page)
  await keys.joins(server.url, await mill.code(), DRIVER)
  await docsThere(page)
  await keys.at(`${server.url}/trips`)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

/** In the server's file, once it has all that was done. */
async function recorded(doc: string): Promise<Order> {
  await expect.poll(() => waitingOn(page), { timeout: 30_000 }).toBe(0)
  return fileOf(server).order(doc)
}
const sheet = () => page.getByRole('dialog').last()
const names = () => page.locator('ol.rows .cover').allInnerTexts()
const outcomes = (word: string) => page.locator('.outcome .side').filter({ hasText: says(`deliver.outcomes.${word}`) })
const reason = (key: string) => page.getByRole('button', { name: says(`deliver.reasons.${key}`) }).filter({ visible: true })
/** The outcome of the line in hand, so many of it, and why. */
async function outcome(word: string, count: number, why: string): Promise<void> {
  await keys.acts(outcomes(word))
  if (count > 1) await keys.types(page.getByRole('spinbutton'), String(count))
  await keys.acts(reason(why))
}
async function inks(): Promise<void> {
  await keys.arrives('/deliver/')
  await page.waitForURL('**/sign')
  await draws(page, page.locator('canvas'))
  await page.getByRole('img', { name: says('deliver.sign.inked') }).waitFor()
}

test('the trip is found, its stops are put in another order, and it leaves', async () => {
  await page.getByRole('link', { name: '11-27-09' }).waitFor()
  await keys.opens(page.getByRole('link', { name: '11-27-09' }))
  await keys.arrives('/trips/road')
  await expect.poll(names).toEqual(DOCS.map((doc) => CUSTOMERS[doc]))
  await keys.opens(page.locator('ol.rows .cover').nth(2))
  await sheet().waitFor()
  await keys.acts('trips.stop.next')
  await expect.poll(names).toEqual(['秋山文具', '春日印刷', '夏川紙器'])
  await keys.escapes()
  await keys.main('trips.depart')
  await sees(page, 'trips.deliver')
  await keys.stands()
})

test('a delivery that is refused whole is signed for with the reason', async () => {
  await keys.main('trips.deliver')
  await keys.arrives('/deliver/unwanted')
  await keys.main('deliver.arrive')
  await keys.side('deliver.refuse.key')
  await keys.chooses(sheet().getByRole('radio', { name: says('deliver.reasons.unordered') }))
  await keys.main('deliver.refuse.act')
  await inks()
  await keys.acts('deliver.sign.act')
  await keys.arrives('/receipt/unwanted')
  expect((await recorded('unwanted')).receipt?.lines).toMatchObject([{ accepted: 0, refused: 1, reason: '沒有訂' }])
  await keys.side('receipt.toTrip')
  await keys.arrives('/trips/road')
})

test('each package and each line is accepted, damaged, short or refused, with reasons and a photograph', async () => {
  await keys.main('trips.deliver')
  await keys.arrives('/deliver/paid')
  await keys.main('deliver.arrive')
  await page.getByRole('button', { name: says('deliver.packages.key') }).waitFor()
  await keys.acts('deliver.packages.key')
  await keys.acts(reason('wet'))
  await keys.goesTo(sheet().locator('.tick-row input').nth(1))
  await keys.press('Space')
  await keys.main('deliver.packages.act')
  await keys.closed()
  await keys.chooseFile('photos.choose', PHOTO)
  await page.locator('img.photo').waitFor()
  await keys.main()
  await keys.acts(outcomes('short'))
  // Without a reason the main key shows where to give one.
  await keys.press('F9')
  await expect.poll(() => keys.isOn(reason('loading'))).toBe(true)
  await outcome('short', 2, 'loading')
  await keys.main()
  await outcome('refused', 3, 'spec')
  await keys.main()
  // A line that was counted is opened again, and put right.
  await keys.opens(page.locator('.got .cover').nth(2))
  await keys.acts(outcomes('accepted'))
  await outcome('refused', 3, 'spec')
  await keys.main()
  await keys.main('deliver.whole')
})

test('the money is counted, the name and the role are typed, and the receipt is locked', async () => {
  await page.getByText('69,500').first().waitFor()
  await keys.acts(page.getByRole('group', { name: says('deliver.cash.notes') }).getByRole('button', { name: '70,000' }))
  await page.getByRole('status').getByText('500').waitFor()
  await keys.main('deliver.cash.act')
  await keys.main('deliver.toSign')
  await inks()
  await keys.acts('deliver.sign.name')
  await keys.types(page.getByLabel(says('deliver.sign.nameOf')), '吳倉管')
  await keys.types(page.getByLabel(says('deliver.sign.roleOf')), '倉庫組長')
  await keys.main('deliver.sign.nameDone')
  await keys.closed()
  await keys.acts('deliver.sign.act')
  await keys.arrives('/receipt/paid')
  const { receipt, cash } = await recorded('paid')
  expect(receipt).toMatchObject({
    lines: [{ accepted: 3, damaged: 1, photos: [expect.any(String)] }, { accepted: 18, short: 2, reason: '裝車時就少' }, { accepted: 7, refused: 3, reason: '規格不符' }, { accepted: 2 }],
    packages: [{ no: 2, outcome: 'damaged' }],
    receiver: { name: '吳倉管', role: '倉庫組長' },
  })
  expect(cash).toMatchObject([{ taken: 69_500, handed: 70_000, change: 500 }])
})

test('the customer gets a copy, and what was seen afterwards stands beside it', async () => {
  await keys.side('receipt.copy.key')
  await sheet().getByRole('img', { name: says('receipt.copy.qr') }).waitFor()
  await keys.escapes()
  await keys.acts('receipt.amend.key')
  await keys.arrives('/receipt/paid/amend')
  await keys.opens(page.locator('.got .cover').last())
  await outcome('damaged', 1, 'edge')
  await keys.types(page.getByLabel(says('receipt.amend.reason')), '拆箱後才看到')
  await keys.main('receipt.amend.act')
  await keys.signs(NEW_PIN)
  await keys.arrives('/receipt/paid')
  await sees(page, 'receipt.amended')
  expect((await recorded('paid')).amendments).toMatchObject([{ reason: '拆箱後才看到', lines: [{ line: 4, accepted: 1, damaged: 1 }] }])
  await keys.side('receipt.toTrip')
  await keys.arrives('/trips/road')
})

test('nobody at the last stop; what nobody took and what is damaged comes home', async () => {
  await keys.main('trips.deliver')
  await keys.arrives('/deliver/away')
  await keys.acts('deliver.absent.key')
  await keys.chooses(sheet().getByRole('radio', { name: says('deliver.absent.after.home') }))
  await keys.chooseFile('photos.choose', PHOTO)
  await sheet().locator('img.photo').waitFor()
  await keys.main('deliver.absent.act')
  await keys.arrives('/trips/road')
  await sees(page, 'trips.driven')
  await keys.main('trips.back.key')
  await sheet().locator('.tick-row').first().waitFor()
  await keys.goesTo(sheet().locator('.tick-row input').nth(1))
  await keys.press('Space')
  await keys.main('trips.back.act')
  await keys.closed()
  const orders = await Promise.all(DOCS.map(recorded))
  expect(orders.map((order) => [stageOf(order), toPutAway(order).map(({ quantity, damaged }) => [quantity, damaged])])).toEqual([
    ['delivered', [[1, true], [3, false]]],
    ['shipped', [[1, false], [1, false]]],
    ['delivered', [[1, false]]],
  ])
})

test('and no page had an error', () => {
  console.info(`a driver's day by keyboard: ${keys.presses()} key presses`)
  expect(faults).toEqual([])
})
