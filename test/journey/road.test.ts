/** The whole job of a driver on a small phone by touch, out of reach for all of it, until the server has it once. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messages as en } from '../../client/messages/en/rest.ts'
import { markOf } from '../../client/receipt/copy.ts'
import { wallTime } from '../../client/trips/wall-time.ts'
import { dueBack, toPutAway } from '../../shared/order/back.ts'
import type { Order } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { openBrowser, openContext } from '../support/browser.ts'
import { NEW_PIN, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { codesIn } from '../support/scanner.ts'
import { fileOf } from './aisle.ts'
import { cut, draws, installed, joins, keyOf, orderOn, press, says, sees, signIn, signs, waitingOn } from './floor.ts'
import { CUSTOMERS, DOCS, onTheRoad } from './shipped.ts'

const DRIVER = { name: '林送貨', pin: NEW_PIN }
const PLACE = { latitude: 24.14771, longitude: 120.67365, accuracy: 8 }

let server: ServerProcess
let browser: Browser
let road: BrowserContext
let page: Page
const faults: string[][] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  const mill = await openMill(server)
  await onTheRoad(mill, server.url, DRIVER.name)
  road = await openContext(browser, { size: 'small' })
  await road.grantPermissions(['geolocation'])
  await road.setGeolocation(PLACE)
  page = await joins(road, server.url, await mill.code(), faults)
  await signIn(page, DRIVER)
  await page.goto(`${server.url}/trips/road`)
  await page.locator('ol.rows .cover').nth(2).waitFor()
  await installed(page)
  await cut(road, true)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const key = () => keyOf(page)
const sheet = () => page.getByRole('dialog').last()
const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' })
const names = () => page.locator('ol.rows .cover').allInnerTexts()
/** The outcome of the line in hand, so many of it, and why; a photograph on wish. */
async function outcome(index: 1 | 2 | 3, count: number, reason: string): Promise<void> {
  await page.locator('.outcome .side').nth(index).click()
  for (let i = 1; i < count; i++) await page.locator('.stepper .side').last().click()
  await page.getByRole('button', { name: says(`deliver.reasons.${reason}`) }).click()
}
async function photographs(within: ReturnType<typeof sheet>): Promise<void> {
  await within.locator('input[type=file]').last().setInputFiles('client/public/icon-192.png')
  await within.locator('img.photo').waitFor()
}
async function toSign(): Promise<void> {
  await page.waitForURL('**/sign')
  await draws(page, page.locator('canvas'))
  await page.getByRole('img', { name: says('deliver.sign.inked') }).waitFor()
}

test('the stops are driven in another order, and leave at one tap', async () => {
  expect(DOCS.flatMap((doc) => fileOf(server).order(doc).exceptions)).toEqual([])
  await expect.poll(names, { timeout: 10_000 }).toEqual(DOCS.map((doc) => CUSTOMERS[doc]))
  await page.locator('ol.rows .cover').nth(2).click()
  await press(page, 'trips.stop.next')
  await expect.poll(names).toEqual(['秋山文具', '春日印刷', '夏川紙器'])
  await page.keyboard.press('Escape')
  await closed()
  await press(page, 'trips.depart')
  await sees(page, 'trips.deliver')
  expect(await Promise.all(DOCS.map(async (doc) => (await orderOn(page, doc)).trip?.stop))).toEqual([2, 3, 1])
})

test('a delivery that is refused whole is signed for with the reason', async () => {
  await press(page, 'trips.deliver')
  await press(page, 'deliver.arrive')
  await press(page, 'deliver.refuse.key')
  await sheet().getByRole('radio', { name: says('deliver.reasons.unordered') }).check()
  await sheet().locator('.main').click()
  await toSign()
  await press(page, 'deliver.sign.act')
  await page.waitForURL('**/receipt/unwanted')
  expect((await orderOn(page, 'unwanted')).receipt?.lines).toMatchObject([{ accepted: 0, refused: 1, reason: '沒有訂' }])
  await press(page, 'receipt.toTrip')
})

test('at the next stop each package and each line is accepted, damaged, short or refused, with reasons and a photograph', async () => {
  await press(page, 'trips.deliver')
  await press(page, 'deliver.arrive')
  await press(page, 'deliver.packages.key')
  await sheet().getByRole('button', { name: says('deliver.reasons.wet') }).click()
  await sheet().locator('.tick-row').nth(1).click()
  await sheet().locator('.main').click()
  await closed()
  await photographs(page.locator('main'))
  await key().click()
  await page.locator('.outcome .side').nth(1).click()
  // No reason, no next line: the key says so and shows where.
  expect(await key().getAttribute('aria-disabled')).toBe('true')
  await outcome(1, 2, 'loading')
  await key().click()
  await outcome(3, 3, 'spec')
  await key().click()
  await key().filter({ hasText: says('deliver.whole') }).click()
})

test('the money is what was accepted is worth; what was handed over is given back in part', async () => {
  // 3 rolls, 18 reams, 7 boxes, 2 packs
  await page.getByText('69,500').first().waitFor()
  await page.getByRole('group', { name: says('deliver.cash.notes') }).getByRole('button').last().click()
  await page.getByRole('status').getByText('500').waitFor()
  await key().click()
  await press(page, 'deliver.toSign')
})

test('nothing and a dot are no signature, and nobody signs without a name', async () => {
  await page.waitForURL('**/sign')
  // The customer turns the glass into their language, which nobody has spoken here yet and no network can bring; the driver's own comes back.
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText(en.deliver.sign.text).waitFor()
  expect(await page.evaluate(() => [document.documentElement.lang, JSON.parse(localStorage.getItem('preferences') ?? '{}').language])).toEqual(['en', 'zh-TW'])
  await page.getByRole('link', { name: en.deliver.sign.back }).click()
  await page.waitForURL('**/deliver/paid')
  await press(page, 'deliver.toSign')
  await sees(page, 'deliver.sign.text')
  const glass = page.locator('canvas')
  const done = page.getByRole('button', { name: says('deliver.sign.act') })
  expect(await done.getAttribute('aria-disabled')).toBe('true')
  await sees(page, 'deliver.sign.inkFirst')
  await glass.click()
  expect(await done.getAttribute('aria-disabled')).toBe('true')
  await press(page, 'deliver.sign.again')
  await draws(page, glass)
  await page.getByRole('img', { name: says('deliver.sign.inked') }).waitFor()
  await press(page, 'deliver.sign.name')
  await page.getByLabel(says('deliver.sign.nameOf')).fill('')
  await expect.poll(() => sheet().locator('.main').getAttribute('aria-disabled')).toBe('true')
  await page.getByLabel(says('deliver.sign.nameOf')).fill('吳倉管')
  await page.getByLabel(says('deliver.sign.roleOf')).fill('倉庫組長')
  await press(page, 'deliver.sign.nameDone')
  await closed()
  await press(page, 'deliver.sign.act')
  await page.waitForURL('**/receipt/paid')
  await sees(page, 'receipt.here')

  const { receipt, cash } = await orderOn(page, 'paid')
  expect(receipt).toMatchObject({
    lines: [
      { line: 1, accepted: 3, damaged: 1, photos: [expect.any(String)] },
      { line: 2, accepted: 18, short: 2, reason: '裝車時就少' },
      { line: 3, accepted: 7, refused: 3, reason: '規格不符' },
      { line: 4, accepted: 2, reason: '' },
    ],
    packages: [{ no: 2, outcome: 'damaged' }],
    receiver: { name: '吳倉管', role: '倉庫組長' },
    place: { latitude: PLACE.latitude, accuracyM: 8 },
  })
  expect(receipt?.ink.strokes.map((stroke) => stroke.length > 3 && stroke.every((point) => point.length === 4))).toEqual([true, true])
  expect(cash).toMatchObject([{ expected: 69_500, taken: 69_500, handed: 70_000, change: 500 }])
})

test('signed, it is locked; the customer’s copy is read off the glass and says what the receipt says', async () => {
  await press(page, 'receipt.copy.key')
  await sheet().getByRole('img', { name: says('receipt.copy.qr') }).waitFor()
  const { receipt } = await orderOn(page, 'paid')
  if (!receipt) throw new Error('no receipt')
  const copies = (await codesIn(await page.screenshot(), ['QRCode'])).filter((code) => code.includes('DO-paid'))
  const goods = ['牛皮紙 80 g/m² 收 3 卷，損 1 卷', '模造紙 70 g/m² 收 18 令，短 2 令', '熱感紙 48 g/m² 收 7 箱，拒 3 箱', '灰紙板 400 g/m² 收 2 包']
  const said = ['到貨回單 DO-paid', wallTime(receipt.at, 'Asia/Taipei').replace('T', ' '), '春日印刷', ...goods, '簽收 吳倉管 倉庫組長', '現金 NT$69,500', `核對碼 ${await markOf(receipt)}`]
  expect(copies.map((code) => code.replace(/^\]Q1/, '').replaceAll('\u00a0', ' '))).toEqual([said.join('\n')])
  await page.getByRole('button', { name: 'English' }).click()
  await sheet().getByText(en.receipt.copy.title).waitFor()
  await page.keyboard.press('Escape')
  await closed()
  await sees(page, 'receipt.here')
  await page.goto(`${server.url}/deliver/paid/sign`)
  await page.waitForURL('**/receipt/paid')
})

test('what was seen afterwards stands beside it', async () => {
  await press(page, 'receipt.amend.key')
  await page.locator('.got .cover').last().click()
  await outcome(2, 1, 'edge')
  await page.getByLabel(says('receipt.amend.reason')).fill('拆箱後才看到')
  await key().click()
  await signs(page, DRIVER.pin)
  await page.waitForURL('**/receipt/paid')
  await sees(page, 'receipt.amended')
  const { receipt, amendments } = await orderOn(page, 'paid')
  expect(receipt?.lines[3]).toMatchObject({ accepted: 2, damaged: 0 })
  expect(amendments).toMatchObject([{ reason: '拆箱後才看到', lines: [{ line: 4, accepted: 1, damaged: 1 }], ink: null }])
  await press(page, 'receipt.toTrip')
})

test('nobody at the last stop: its goods, what was refused and what is damaged go back to the warehouse', async () => {
  await press(page, 'trips.deliver')
  await press(page, 'deliver.absent.key')
  await photographs(sheet())
  await sheet().getByRole('radio', { name: says('deliver.absent.after.home') }).check()
  await sheet().locator('.main').click()
  await page.waitForURL('**/trips/road')
  // Nothing is driven to any more: what nobody took is to be handed in, like what was refused.
  await sees(page, 'trips.driven')
  expect(await page.locator('ol.rows li').last().innerText()).toMatch(says('deliver.absent.back'))
  expect((await orderOn(page, 'away')).absences).toMatchObject([{ after: 'back', why: 'absent' }])
  // The stop itself offers it, and to deliver after all.
  await page.locator('ol.rows .cover').last().click()
  await sheet().getByText(says('trips.stop.deliver')).waitFor()
  await sheet().locator('.main', { hasText: says('trips.back.key') }).click()
  const rows = sheet().locator('.tick-row')
  await rows.first().waitFor()
  // What has to come back is ticked; what is damaged may stay with the customer.
  expect(await rows.locator('input').evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked))).toEqual([true, false, true, false, true, true])
  await rows.nth(1).click()
  await sheet().locator('.main').click()
  await closed()
  const orders = await Promise.all(DOCS.map((doc) => orderOn(page, doc)))
  expect(orders.map((order) => [stageOf(order), order.trip?.id ?? null, toPutAway(order).map(({ quantity, damaged }) => [quantity, damaged]), dueBack(order)])).toEqual([
    ['delivered', 'road', [[1, true], [3, false]], []],
    ['shipped', null, [[1, false], [1, false]], []],
    ['delivered', 'road', [[1, false]], []],
  ])
  // None of it has left the phone.
  expect(await waitingOn(page)).toBeGreaterThan(15)
})

test('with the network back, the server has all of it once', async () => {
  const here = await Promise.all(DOCS.map((doc) => orderOn(page, doc)))
  await cut(road, false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => waitingOn(page), { timeout: 30_000 }).toBe(0)
  const { recorded, order } = fileOf(server)
  const there = DOCS.map(order)
  const facts = ({ receipt, amendments, cash, absences, returns, arrived }: Order) => ({ receipt, amendments, cash, absences, returns, arrived })
  expect(there.map(facts)).toEqual(here.map(facts))
  const mine = recorded().filter(({ device, doc }) => DOCS.some((each) => each === doc) && device === here[0]?.receipt?.device)
  expect(mine.filter(({ verdict }) => verdict !== 'accepted')).toEqual([])
  const count = (type: string) => mine.filter((each) => each.type === type).length
  expect(['MoveStop', 'Depart', 'Arrive', 'SignReceipt', 'TakeCash', 'AmendReceipt', 'ReportAbsent', 'ReturnGoods'].map(count)).toEqual([3, 3, 2, 2, 1, 1, 1, 3])
})

test('and no page had an error', () => {
  expect(faults.flat()).toEqual([])
})
