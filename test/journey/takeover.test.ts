/** A picking that changes hands: taken over for somebody named while who had it is out of reach, and lost to who was first. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { owedBy } from '../../shared/order/handover.ts'
import { productIdOf } from '../../shared/product/product.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { scan } from '../support/scanner.ts'
import { type Aisle, openAisle, opens, takes } from './aisle.ts'
import { cut, installed, orderOn, press, says, sees, signIn, signs, waitingOn } from './floor.ts'

const [TAKEN, RACED] = ['taken', 'raced']
const BOSS = { name: '林主管', pin: '4711' }
const NEXT = '賴接手'
const ROLLS = ['R-26-000101', 'R-26-000102', 'R-26-000103', 'R-26-000104', 'R-26-000105', 'R-26-000106']

type Hand = { context: BrowserContext; page: Page; faults: string[] }
let aisle: Aisle
let browser: Browser
let phone: Hand
let boss: Hand

beforeAll(async () => {
  ;[aisle, browser] = await Promise.all([openAisle([TAKEN, RACED]), openBrowser()])
  await aisle.hire(NEXT, 'warehouse')
  const { site = '' } = (await aisle.office.db.read('identity')) ?? {}
  const product = { sku: 'BK-1', name: '牛皮紙', spec: '1092 mm', unit: 'roll' as const, grams: 447_000, barcode: '' }
  for (const [i, lot] of ROLLS.entries())
    await aisle.office.issue({ type: 'ReceiveGoods', doc: productIdOf(site, product.sku), payload: { product, lot, location: `A-0${i + 1}-1`, quantity: 1, grams: 447_000, receivedOn: `2026-11-0${i + 1}`, expires: null, held: false, note: '' } })
  await aisle.office.sync()
  const hand = async (installs: boolean): Promise<Hand> => {
    const context = await openContext(browser, { size: 'small', installs })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    return { context, page, faults: faultsOf(page) }
  }
  ;[phone, boss] = [await hand(true), await hand(false)]
  await aisle.stand(phone.page)
  await installed(phone.page)
  await at(boss.page, `/enrol#${await aisle.code()}`)
  await press(boss.page, 'signIn.enrol.go')
  await boss.page.waitForURL('**/sign-in')
  await signIn(boss.page, BOSS)
})
afterAll(async () => {
  await browser?.close()
  await aisle?.end()
})

const at = (page: Page, path: string) => page.goto(`${aisle.server.url}${path}`)
const rows = () => phone.page.locator('.docket .docket-row')
/** Every thing that lies with the picker is named with its number and the place it came from. */
async function namesAll(order: string): Promise<void> {
  const picks = (await orderOn(phone.page, order)).picks.filter((pick) => pick.quantity > pick.back)
  await expect.poll(() => rows().count()).toBe(picks.length)
  const said = (await rows().allInnerTexts()).map((text) => text.replaceAll(/\s/g, ''))
  for (const { lot, from } of picks) expect(said.filter((row) => row.includes(lot.replaceAll(/\s/g, '')) && row.includes(from))).toHaveLength(1)
}

test('a supervisor takes a picking over for somebody they name, while who had it picks on out of reach', async () => {
  await opens(phone.page, aisle.server.url, TAKEN)
  await takes(phone.page, 2)
  await expect.poll(() => waitingOn(phone.page)).toBe(0)
  await cut(phone.context, true)
  await takes(phone.page, 1)

  await at(boss.page, `/pick/${TAKEN}`)
  await press(boss.page, 'pick.takeOver')
  await boss.page.getByRole('radio', { name: NEXT }).check()
  await press(boss.page, 'pick.takeOverSheet.give')
  await signs(boss.page, BOSS.pin)
  await expect.poll(async () => (await orderOn(boss.page, TAKEN)).claim?.name).toBe(NEXT)
  await expect.poll(() => waitingOn(boss.page)).toBe(0)
})

test('who had it is told at once when the line is back, what lies with them and where it belongs; one goes back, the rest goes on', async () => {
  await cut(phone.context, false)
  await phone.page.evaluate(() => dispatchEvent(new Event('online')))
  await phone.page.getByText(says('pick.lost.title')).filter({ hasText: NEXT }).first().waitFor()
  await namesAll(TAKEN)
  await rows().first().getByRole('button', { name: says('pick.cancelled.key') }).click()
  await expect.poll(() => rows().count()).toBe(2)
  await press(phone.page, 'pick.lost.act')
  await phone.page.waitForURL('**/work/pick')
  await expect.poll(() => waitingOn(phone.page)).toBe(0)
  await expect.poll(async () => {
    const order = await orderOn(boss.page, TAKEN)
    const [by = ''] = order.picks.map((pick) => pick.by)
    return [order.picks.map((pick) => pick.back).toSorted(), owedBy(order, by)]
  }).toEqual([[0, 0, 1], null])
})

test('who claims out of reach what somebody has claimed meanwhile is told so when the no comes, and again after a reload', async () => {
  await cut(phone.context, true)
  await opens(phone.page, aisle.server.url, RACED)
  await takes(phone.page, 2)
  await at(boss.page, `/pick/${RACED}`)
  await press(boss.page, 'pick.claim.title')
  await expect.poll(() => waitingOn(boss.page)).toBe(0)

  await cut(phone.context, false)
  await phone.page.evaluate(() => dispatchEvent(new Event('online')))
  const told = () => phone.page.getByText(says('pick.lost.first')).filter({ hasText: BOSS.name }).first().waitFor()
  await told()
  await namesAll(RACED)
  await expect.poll(() => waitingOn(phone.page)).toBe(0)
  await at(phone.page, `/pick/${RACED}`)
  await told()
  await namesAll(RACED)
  const piled = async () => (await orderOn(phone.page, RACED)).picks.filter((pick) => pick.quantity > pick.back)
  await rows().first().getByRole('button', { name: says('pick.cancelled.key') }).click()
  await expect.poll(async () => (await piled()).length).toBe(1)
  // The other by scanner: what is none of it, the goods, a place that is not theirs, and theirs.
  const [last] = await piled()
  await scan(phone.page, 'R-26-999999')
  await sees(phone.page, 'pick.cancelled.notIt')
  await scan(phone.page, last?.lot ?? '')
  await phone.page.locator('.scan.right').filter({ hasText: last?.from ?? '' }).waitFor()
  await scan(phone.page, 'Z-99-9')
  const strip = phone.page.locator('.scan.wrong')
  await strip.filter({ hasText: says('pick.wrong.place') }).filter({ hasText: 'Z-99-9' }).filter({ hasText: last?.from ?? '' }).waitFor()
  expect(await piled()).toHaveLength(1)
  await scan(phone.page, last?.from ?? '')
  await expect.poll(async () => (await piled()).length).toBe(0)
  // Nothing lies with them any more: the order is somebody else's, as any other.
  await sees(phone.page, 'pick.claimed.title')
})

test('nothing went wrong unseen', () => expect([phone.faults, boss.faults].flat()).toEqual([]))
