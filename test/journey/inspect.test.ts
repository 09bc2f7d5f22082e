/** The whole job of quality on a small phone by touch: goods that are good, that are not, that are reworked, and that are conceded. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageOf } from '../../shared/order/stage.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { scan } from '../support/scanner.ts'
import { form } from '../server/floor.ts'
import { type Aisle, openAisle } from './aisle.ts'
import { cut, inspects, installed, orderOn, press, says, sees, signIn, signs, waitingOn } from './floor.ts'

const INSPECTOR = { name: '何品檢', pin: '1234' }
const ROLL = { no: 1, sku: 'BK-080-1092', name: '牛皮紙 80 g/m²', spec: '1092 mm 卷筒·芯徑 3 吋', unit: 'roll' as const, quantity: 200, price: 100, grams: 447_000 }
const REAM = { ...ROLL, no: 2, sku: 'MZ-070-25', name: '模造紙 70 g/m²', spec: '菊版 636 × 939 mm·500 張', unit: 'ream' as const, quantity: 20 }
const ORDERS = { good: [ROLL, REAM], bad: [ROLL], unsafe: [ROLL] }

let aisle: Aisle
let browser: Browser
let context: BrowserContext
let page: Page
let faults: string[]

beforeAll(async () => {
  ;[aisle, browser] = await Promise.all([openAisle([]), openBrowser()])
  await aisle.hire(INSPECTOR.name, 'quality')
  for (const [doc, lines] of Object.entries(ORDERS)) {
    await aisle.office.issue({ type: 'PlaceOrder', doc, payload: form(`N-${doc}`, { lines }) }, { type: 'SignGate', doc, payload: { gate: 'confirmation', note: '' }, signed: true })
    for (const { no, quantity } of lines) await aisle.office.issue({ type: 'PickLine', doc, payload: { line: no, quantity, lot: `L-${no}`, from: 'A-01-1', grams: 0 } })
    await aisle.office.issue({ type: 'FinishPicking', doc, payload: {} })
  }
  await aisle.office.sync()
  context = await openContext(browser, { size: 'small' })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  await page.goto(`${aisle.server.url}/enrol#${await aisle.code()}`)
  await press(page, 'signIn.enrol.go')
  await page.waitForURL('**/sign-in')
  await signIn(page, INSPECTOR)
  await page.goto(`${aisle.server.url}/work/inspect`)
  await page.locator('.job').nth(2).waitFor()
  await installed(page)
})
afterAll(async () => {
  await browser?.close()
  await aisle?.end()
})

const at = (path: string) => page.goto(`${aisle.server.url}${path}`)
const row = (key: string) => page.locator('.defect').filter({ hasText: says(`inspection.checks.${key}`) })
const field = (key: string) => page.locator('.measure').filter({ hasText: says(`inspection.checks.${key}`) }).locator('input').first()
const becomes = (key: string) => page.getByRole('radio', { name: says(`inspection.dispositions.${key}.title`) }).check()
const key = () => page.locator('.stub .main').last()

test('goods that are good: one tap a lot, the last of which signs, and they may be packed', async () => {
  await at('/inspect/good')
  await page.locator('.classes').waitFor()
  expect(await page.locator('.say .big').innerText()).toBe('32')
  // A lot of the other line shows that line; what is none of them says so, and changes nothing.
  await scan(page, 'L-2')
  await page.locator(`.lot[aria-label*="${REAM.name}"]`).waitFor()
  await scan(page, 'R-99-NOBODY')
  await page.getByText('R-99-NOBODY').first().waitFor()
  await page.locator(`.lot[aria-label*="${REAM.name}"]`).waitFor()
  await scan(page, ROLL.sku)
  await page.locator(`.lot[aria-label*="${ROLL.name}"]`).waitFor()
  expect(await inspects(page, INSPECTOR.pin)).toEqual({ taps: 2, figures: 5 })
  const { inspection } = await orderOn(page, 'good')
  expect(inspection).toMatchObject({ result: 'pass', lots: [{ size: 200, looked: 32, classes: [{ n: 32, ac: 0, re: 1 }, { n: 32, ac: 2, re: 3 }, { n: 32, ac: 3, re: 4 }] }, { size: 20, looked: 20 }] })
})

test('with no network, a figure beyond its limits stands out at once, and goods that are not good are held with reason and photo', async () => {
  await cut(context, true)
  await at('/inspect/bad')
  await field('grammage').fill('84')
  await page.locator('.measure.out').getByText('0.8').waitFor()
  await field('width').fill('1092')
  const more = row('surface').locator('.counter .side').last()
  const wrapping = row('wrapping').locator('.counter .side').last()
  for (let i = 0; i < 3; i++) await wrapping.click()
  await row('wrapping').locator('.counter .side').first().click()
  await more.click()
  expect(await page.locator('.classes b').allInnerTexts()).toEqual(['0', '3', '1'])
  await row('wrapping').getByRole('textbox').fill('R-12 右端')
  await row('wrapping').locator('input[type=file]').last().setInputFiles('client/public/icon-192.png')
  await page.locator('img.photo').waitFor()
  // What was found survives a reload; to accept it is not offered.
  await page.reload()
  await page.locator('.classes .reject').waitFor()
  expect(await key().getAttribute('aria-disabled')).toBe('true')
  await becomes('rework')
  await page.getByLabel(says('inspect.reason')).fill('紙面壓痕')
  await press(page, 'inspect.act.hold')
  await signs(page, INSPECTOR.pin)
  await sees(page, 'inspect.nextActs.rework')
  // How far beyond its limits goes on below its figure rather than off the glass.
  await page.setViewportSize({ width: 300, height: 740 })
  expect(await page.locator('.found .state').evaluateAll((chips) => chips.map((chip) => chip.getBoundingClientRect().right < 300))).toEqual([true])
  await page.setViewportSize({ width: 360, height: 740 })
  const held = await orderOn(page, 'bad')
  expect(stageOf(held)).toBe('held')
  expect(held.inspection?.lots?.[0]).toMatchObject({ proposal: 'reject', disposition: 'rework', measures: [{ check: 'grammage', lower: 76_800, upper: 83_200, values: [84_000] }, {}, {}, {}, {}, {}, {}], defects: [{ check: 'wrapping', count: 2, note: 'R-12 右端', photos: [expect.any(String)] }, { check: 'surface', count: 1 }] })
})

test('what is held is listed with its next act, and is inspected anew after the rework', async () => {
  await at('/work/inspect')
  await press(page, 'work.heldKey')
  await page.waitForURL('**/held')
  await sees(page, 'inspect.nextActs.rework')
  await page.locator('.job .cover').first().click()
  await page.waitForURL('**/inspect/bad')
  await page.reload()
  await press(page, 'inspect.again')
  await field('grammage').fill('80')
  await field('width').fill('1092')
  for (let i = 0; i < 4; i++) await row('edges').locator('.counter .side').last().click()
  await becomes('hold')
  await page.getByLabel(says('inspect.reason')).fill('邊緣毛邊')
  await press(page, 'inspect.act.hold')
  await signs(page, INSPECTOR.pin)
  await sees(page, 'inspect.nextActs.hold')
  expect((await orderOn(page, 'bad')).inspectedBefore).toHaveLength(1)
})

test('a concession with reason and PIN frees the goods at once; of what may be unsafe nobody can give one', async () => {
  await press(page, 'inspect.concede.key')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('textbox').fill('客戶同意降級使用')
  await sheet.locator('.main').click()
  await signs(page, INSPECTOR.pin)
  await sees(page, 'inspect.done.conceded')
  expect(stageOf(await orderOn(page, 'bad'))).toBe('inspected')

  await at('/inspect/unsafe')
  await row('clean').locator('.counter .side').last().click()
  await page.locator('.classes .reject').waitFor()
  await becomes('reject')
  await page.getByLabel(says('inspect.reason')).fill('有異物')
  await press(page, 'inspect.act.fail')
  await signs(page, INSPECTOR.pin)
  await sees(page, 'inspect.nextActs.reject')
  expect(await page.getByRole('button', { name: says('inspect.concede.key') }).getAttribute('aria-disabled')).toBe('true')
  await page.getByText(says('order.refusals.critical-found')).waitFor()
})

test('with the network back, the server has judged as the phone did', async () => {
  const here = { bad: await orderOn(page, 'bad'), unsafe: await orderOn(page, 'unsafe') }
  await cut(context, false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => waitingOn(page), { timeout: 30_000 }).toBe(0)
  for (const [id, order] of Object.entries(here)) expect(aisle.order(id).inspection).toEqual(order.inspection)
  expect(aisle.order('bad').inspection).toMatchObject({ concession: { name: INSPECTOR.name, reason: '客戶同意降級使用' } })
  expect(aisle.order('bad').exceptions.filter(({ kind, settled }) => kind === 'inspection-failed' && settled)).toHaveLength(1)
  expect(aisle.recorded().filter(({ verdict }) => verdict !== 'accepted')).toEqual([])
  expect(faults).toEqual([])
})
