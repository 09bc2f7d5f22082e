/** A picking that changes hands: taken over for somebody named while who had it is out of reach, and lost to who was first. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Order } from '../../shared/order/order.ts'
import { owedBy } from '../../shared/order/handover.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere, freshOrders, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { opens, takes } from './aisle.ts'
import { cut, installed, orderOn, press, says, sees, signIn, signs, waitingOn } from './floor.ts'

const PIN = '2580'
const [PICKER, BOSS, NEXT] = ['王揀貨', '林主管二', '賴接手']

let server: ServerProcess
let browser: Browser
let phone: { context: BrowserContext; page: Page; faults: string[] }
let boss: typeof phone
/** fresh, and begin with three rolls or more, each with its number and its place */
let taken: Order
let raced: Order

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  const mill = await openMill(server)
  await mill.grantOfNew(PICKER, ['warehouse'])
  await mill.grantOfNew(NEXT, ['warehouse'])
  const bodies = await mill.bodies(await mill.grantOfNew(BOSS, ['supervisor']))
  const [first, second] = freshOrders(bodies).filter(({ walk: [stop] }) => stop?.line.unit === 'roll' && stop.open > 3 && stop.sources.slice(0, 3).every(({ lot, location }) => lot !== '' && location !== ''))
  if (!first || !second) throw new Error('the example has no two fresh orders that begin with rolls')
  ;[taken, raced] = [first.order, second.order]
  const stands = async (name: string) => {
    const context = await openContext(browser, { size: 'small', glove: true })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const faults = faultsOf(page)
    await page.goto(`${server.url}/enrol#${await mill.code()}`)
    await press(page, 'signIn.enrol.go')
    await page.waitForURL('**/sign-in')
    await signIn(page, { name, pin: PIN })
    await docsThere(page, bodies.length)
    return { context, page, faults }
  }
  ;[phone, boss] = [await stands(PICKER), await stands(BOSS)]
  await installed(phone.page)
})
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const at = (page: Page, path: string) => page.goto(`${server.url}${path}`)
const rows = () => phone.page.locator('.docket .docket-row')
/** Every thing that lies with the picker is named with its number and the place it came from. */
async function namesAll(order: Order): Promise<void> {
  const picks = (await orderOn(phone.page, order.id)).picks.filter((pick) => pick.quantity > pick.back)
  await expect.poll(() => rows().count()).toBe(picks.length)
  const said = (await rows().allInnerTexts()).map((text) => text.replaceAll(/\s/g, ''))
  for (const { lot, from } of picks) expect(said.filter((row) => row.includes(lot.replaceAll(/\s/g, '')) && row.includes(from))).toHaveLength(1)
}

test('a supervisor takes a picking over for somebody they name, while who had it picks on out of reach', async () => {
  await opens(phone.page, server.url, taken.id)
  await takes(phone.page, 2)
  await expect.poll(() => waitingOn(phone.page)).toBe(0)
  await cut(phone.context, true)
  await takes(phone.page, 1)

  await at(boss.page, `/pick/${taken.id}`)
  await press(boss.page, 'pick.takeOver')
  await boss.page.getByRole('radio', { name: NEXT }).check({ force: true })
  await press(boss.page, 'pick.takeOverSheet.give')
  await signs(boss.page, PIN)
  await expect.poll(async () => (await orderOn(boss.page, taken.id)).claim?.name).toBe(NEXT)
  await expect.poll(() => waitingOn(boss.page)).toBe(0)
})

test('who had it is told at once when the line is back, what lies with them and where it belongs; one goes back, the rest goes on', async () => {
  await cut(phone.context, false)
  await phone.page.evaluate(() => dispatchEvent(new Event('online')))
  await phone.page.getByText(says('pick.lost.title')).filter({ hasText: NEXT }).first().waitFor()
  await namesAll(taken)
  await rows().first().getByRole('button', { name: says('pick.cancelled.key') }).click()
  await expect.poll(() => rows().count()).toBe(2)
  await press(phone.page, 'pick.lost.act')
  await phone.page.waitForURL('**/work/pick')
  await expect.poll(() => waitingOn(phone.page)).toBe(0)
  await expect.poll(async () => {
    const order = await orderOn(boss.page, taken.id)
    const [by = ''] = order.picks.map((pick) => pick.by)
    return [order.picks.map((pick) => pick.back).toSorted(), owedBy(order, by)]
  }).toEqual([[0, 0, 1], null])
})

test('who claims out of reach what somebody has claimed meanwhile is told so when the no comes, and again after a reload', async () => {
  await cut(phone.context, true)
  await opens(phone.page, server.url, raced.id)
  await takes(phone.page, 2)
  await at(boss.page, `/pick/${raced.id}`)
  await press(boss.page, 'pick.claim.title')
  await expect.poll(() => waitingOn(boss.page)).toBe(0)

  await cut(phone.context, false)
  await phone.page.evaluate(() => dispatchEvent(new Event('online')))
  const told = () => phone.page.getByText(says('pick.lost.first')).filter({ hasText: BOSS }).first().waitFor()
  await told()
  await namesAll(raced)
  await expect.poll(() => waitingOn(phone.page)).toBe(0)
  await at(phone.page, `/pick/${raced.id}`)
  await told()
  await namesAll(raced)
  for (const left of [1, 0]) {
    await rows().first().getByRole('button', { name: says('pick.cancelled.key') }).click()
    await expect.poll(async () => (await orderOn(phone.page, raced.id)).picks.filter((pick) => pick.quantity > pick.back).length).toBe(left)
  }
  // Nothing lies with them any more: the order is somebody else's, as any other.
  await sees(phone.page, 'pick.claimed.title')
})

test('nothing went wrong unseen', () => expect([phone.faults, boss.faults].flat()).toEqual([]))
