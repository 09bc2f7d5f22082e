/** The whole job of quality by keyboard alone: figures, defects by class, goods that are held, inspected anew, and conceded. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageOf } from '../../shared/order/stage.ts'
import { form } from '../server/floor.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere } from '../support/mill.ts'
import { type Aisle, openAisle } from './aisle.ts'
import { orderOn, says, sees } from './floor.ts'
import { type Keys, keysOf } from './keys.ts'

const INSPECTOR = { name: '何品檢', pin: '1234' }
const ROLL = { no: 1, sku: 'BK-080-1092', name: '牛皮紙 80 g/m²', spec: '1092 mm 卷筒·芯徑 3 吋', unit: 'roll' as const, quantity: 200, price: 100, grams: 447_000 }

let aisle: Aisle
let browser: Browser
let page: Page
let keys: Keys
let faults: string[] = []

beforeAll(async () => {
  ;[aisle, browser] = await Promise.all([openAisle([]), openBrowser()])
  await aisle.hire(INSPECTOR.name, 'quality')
  await aisle.office.issue(
    { type: 'PlaceOrder', doc: 'bad', payload: form('N-bad', { lines: [ROLL] }) },
    { type: 'SignGate', doc: 'bad', payload: { gate: 'confirmation', note: '' }, signed: true },
    { type: 'PickLine', doc: 'bad', payload: { line: 1, quantity: 200, lot: 'L-1', from: 'A-01-1', grams: 0 } },
    { type: 'FinishPicking', doc: 'bad', payload: {} },
  )
  await aisle.office.sync()
  page = await (await openContext(browser, { installs: false })).newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  keys = keysOf(page)
  await keys.joins(aisle.server.url, await aisle.code(), INSPECTOR)
  await docsThere(page, 1)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await aisle?.end()
})

const sheet = () => page.getByRole('dialog').last()
const row = (key: string) => page.locator('.defect').filter({ hasText: says(`inspection.checks.${key}`) })
const figure = (key: string) => page.locator('.measure').filter({ hasText: says(`inspection.checks.${key}`) }).locator('input').first()
const classes = () => page.locator('.classes b').allInnerTexts()

test('a figure beyond its limits and the defects found hold the goods, with a reason and a photograph', async () => {
  await keys.goesBy('/work')
  await page.locator('.job .cover').first().waitFor()
  await keys.opens(page.locator('.job .cover').first())
  await keys.main()
  await keys.arrives('/inspect/bad')
  await keys.types(figure('grammage'), '84')
  await keys.types(figure('width'), '1092')
  await page.locator('.measure.out').getByText('0.8').waitFor()
  // One more by Enter, the next kind by the arrows.
  await keys.goesTo(row('wrapping').locator('.counter .side').last())
  await keys.press('Enter', 'Enter', 'Enter')
  await keys.acts(row('wrapping').locator('.counter .side').first())
  await keys.press('Tab')
  await keys.goesTo(row('surface').locator('.counter .side').last(), 'ArrowDown', 8)
  await keys.press('Enter')
  await expect.poll(classes).toEqual(['0', '3', '1'])
  await keys.types(row('wrapping').getByRole('textbox'), 'R-12 右端')
  await keys.chooseFile(row('wrapping').locator('[data-sign=picture]'), 'client/public/icon-192.png')
  await page.locator('img.photo').waitFor()
  await keys.chooses(page.getByRole('radio', { name: says('inspection.dispositions.rework.title') }))
  await keys.types(page.getByLabel(says('inspect.reason')), '紙面壓痕')
  await keys.main('inspect.act.hold')
  await keys.signs(INSPECTOR.pin)
  await sees(page, 'inspect.nextActs.rework')
  await keys.stands()
  const held = await orderOn(page, 'bad')
  expect(stageOf(held)).toBe('held')
  expect(held.inspection?.lots?.[0]).toMatchObject({ disposition: 'rework', defects: [{ check: 'wrapping', count: 2, note: 'R-12 右端', photos: [expect.any(String)] }, { check: 'surface', count: 1 }] })
})

test('what is held is found in its list, inspected anew, and let go as it is with a reason', async () => {
  await keys.at(`${aisle.server.url}/held`)
  await page.locator('.job .cover').first().waitFor()
  await keys.opens(page.locator('.job .cover').first())
  await keys.arrives('/inspect/bad')
  await keys.main('inspect.again')
  await keys.types(figure('grammage'), '80')
  await keys.types(figure('width'), '1092')
  await keys.goesTo(row('edges').locator('.counter .side').last())
  await keys.press('Enter', 'Enter', 'Enter', 'Enter')
  await keys.chooses(page.getByRole('radio', { name: says('inspection.dispositions.hold.title') }))
  await keys.types(page.getByLabel(says('inspect.reason')), '邊緣毛邊')
  await keys.main('inspect.act.hold')
  await keys.signs(INSPECTOR.pin)
  await sees(page, 'inspect.nextActs.hold')
  await keys.side('inspect.concede.key')
  await keys.types(sheet().getByRole('textbox'), '客戶同意降級使用')
  await keys.main('inspect.concede.act')
  await keys.signs(INSPECTOR.pin)
  await sees(page, 'inspect.done.conceded')
  await keys.stands()
  expect(stageOf(await orderOn(page, 'bad'))).toBe('inspected')
})

test('and no page had an error', () => {
  console.info(`quality by keyboard: ${keys.presses()} key presses`)
  expect(faults).toEqual([])
})
