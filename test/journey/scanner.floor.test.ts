/**
 * The floor's jobs beside the straight one, by scanner alone: what is short, a trolley, goods that came back, that move, that are counted,
 * that don't pass; and what a supervisor decides of them. Only PINs are typed. A word of one's own beside a reason is typed where somebody wants one.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HELD } from '../../client/inspect/lots.ts'
import { SHORT_REASONS } from '../../shared/order/commands.ts'
import { openExceptions } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { type Product, productIdOf } from '../../shared/product/product.ts'
import { form } from '../server/floor.ts'
import { openBrowser, openContext } from '../support/browser.ts'
import { docsThere } from '../support/mill.ts'
import { type Aisle, openAisle } from './aisle.ts'
import { bodyOn, joins, orderOn, says, sees } from './floor.ts'
import { laidOut, ORDERS } from './jobs.ts'
import { type Scans, scansOn } from './scans.ts'

const KEEPER = { name: '莊掃描', pin: '1234' }
const BOSS = { name: '林主管', pin: '4711' }

let aisle: Aisle
let browser: Browser
let page: Page
let by: Scans
let site = ''
const faults: string[][] = []

beforeAll(async () => {
  ;[aisle, browser] = await Promise.all([openAisle([]), openBrowser()])
  site = await laidOut(aisle)
  await aisle.hire(KEEPER.name, 'warehouse', 'quality')
  page = await joins(await openContext(browser, { size: 'small', installs: false }), aisle.server.url, await aisle.code(), faults)
  by = scansOn(page)
})
afterAll(async () => {
  await browser?.close()
  await aisle?.end()
})

const sheet = () => page.getByRole('dialog').last()
const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' })
const order = (id: string) => orderOn(page, id)
const lies = async (sku: string) => {
  const { stock } = await bodyOn<Product>(page, productIdOf(site, sku))
  return Object.fromEntries(stock.map(({ location, lot, quantity }) => [`${location} ${lot}`, quantity]))
}
/** An order’s paper opens it in the list, and a yes begins it. */
async function begins(id: string, path: string): Promise<void> {
  await page.locator('.rows .cover').first().waitFor()
  await by.scan(`N-${id}`, 'order')
  await page.waitForURL((url) => url.searchParams.get('order') === id)
  await page.locator('.stub .main').filter({ hasText: form('').customer.name }).waitFor()
  await by.prints('yes')
  await by.arrives(path)
}

describe('who picks', () => {
  test('says of what is not there how much it is, and why', async () => {
    await by.comesIn(KEEPER.name, KEEPER.pin)
    await docsThere(page, Object.keys(ORDERS).length + 5)
    await begins('few', '/pick/')
    await page.locator('.take').waitFor()
    for (const taken of [1, 2]) {
      await by.scan(`R-26-00020${taken}`)
      await expect.poll(async () => (await order('few')).picks.length).toBe(taken)
    }
    await page.locator('.stub [data-sign=short]').waitFor()
    await by.prints('short')
    await sheet().waitFor()
    await by.row(SHORT_REASONS.indexOf('miscounted') + 1)
    await by.yes('pick.shortSheet.act')
    await by.yes('pick.all.act')
    await sees(page, 'pick.done.title')
    expect((await order('few')).shorts).toMatchObject([{ line: 1, quantity: 1, reason: 'miscounted' }])
    await by.prints('no')
    await by.arrives('/work/pick')
  })

  test('takes two orders onto a trolley, and each thing goes into its slot', async () => {
    await by.other('work.trolley.key')
    await sheet().locator('.tick-row').nth(1).waitFor()
    const ticked = () => sheet().locator('.tick-row input').evaluateAll((all) => all.map((each) => (each as HTMLInputElement).checked))
    expect(await ticked()).toEqual([true, true])
    // The second is left out, and after all goes along.
    await by.row(2)
    await expect.poll(ticked).toEqual([true, false])
    await by.row(2)
    await by.yes('work.trolley.act')
    await by.arrives('/trolley/')
    const count = async () => (await Promise.all(['one', 'two'].map(order))).reduce((sum, { picks }) => sum + picks.length, 0)
    const which = sheet()
    let slots = 0
    for (let taken = 0; taken < 4; taken++) {
      await page.locator('.slot-sign').waitFor()
      await expect.poll(count).toBe(taken)
      const slot = await page.locator('.slot-sign b').innerText()
      const lot = (await page.locator('.after-take .code').first().innerText()).replaceAll(/\s/g, '')
      await by.scan(lot)
      await expect.poll(async () => (await which.isVisible()) || (await count()) > taken).toBe(true)
      if (!(await which.isVisible())) continue
      slots++
      await by.scan(`SLOT-${slot}`, 'slot')
      await closed()
    }
    expect(slots).toBe(1)
    await by.yes('pick.all.act')
    await by.yes('pick.done.list')
    await by.arrives('/work/pick')
    expect((await Promise.all(['one', 'two'].map(order))).map(stageOf)).toEqual(['picked', 'picked'])
  })
})

describe('who keeps the shelves', () => {
  test('puts away what came back, by its label and its place', async () => {
    const before = (await lies('NP-1'))['B-02-1 L-26-NP0001'] ?? 0
    await by.other('putAway.key')
    await by.arrives('/put-away')
    await page.locator('.take').waitFor()
    await by.scan('L-26-NP0001')
    await by.scan('B-02-1', 'place')
    await sees(page, 'putAway.none')
    await expect.poll(() => lies('NP-1')).toMatchObject({ 'B-02-1 L-26-NP0001': before + 4 })
    await by.prints('no')
    await by.arrives('/work')
  })

  test('moves a lot to a place that is scanned', async () => {
    await by.goesTo('stock', '/stock')
    await by.scan('L-26-HB0001')
    await page.locator('.rows .cover').first().waitFor()
    await by.row(1)
    await sheet().waitFor()
    await by.scan('C-07-2', 'place')
    await by.yes('stock.move.act')
    await closed()
    await expect.poll(() => lies('HB-1')).toMatchObject({ 'C-07-2 L-26-HB0001': 45 })
  })

  test('counts a place, and signs for what differs', async () => {
    await by.scan('C-07-2', 'place')
    await by.other('stock.whole.key')
    await sees(page, 'stock.whole.nothing')
    await by.scan('L-26-HB0001')
    await sheet().waitFor()
    await by.figure('42')
    await by.yes('stock.count.act')
    await closed()
    await by.yes('stock.whole.all')
    await by.yes('stock.whole.sign')
    await by.pin(KEEPER.pin)
    await sees(page, 'stock.whole.done')
    expect(await lies('HB-1')).toMatchObject({ 'C-07-2 L-26-HB0001': 42 })
  })
})

describe('quality', () => {
  const measured = async (grammage: string) => {
    await page.locator('.measure input').first().waitFor()
    for (const figure of [grammage, '1092.0']) await by.scan(figure, 'figure')
    await expect.poll(() => page.locator('.measure input').evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value))).toEqual([grammage, '1092.0'])
  }
  /** So many of them: its key keeps its number. */
  async function finds(check: string, count: number): Promise<void> {
    const row = page.locator('.defect').filter({ hasText: says(`inspection.checks.${check}`) })
    const more = row.locator('.counter .side').last()
    await by.other(new RegExp(`${says(`inspection.checks.${check}`).source}.*${says('inspect.moreOf').source.split('.*').at(-1)}`))
    for (let found = 2; found <= count; found++) await by.row(Number(await more.getAttribute('data-number')))
    await expect.poll(() => row.locator('output').innerText()).toBe(`${count}`)
    await by.prints('no')
  }

  test('holds what is not good: what was found, what becomes of it, and why, from what stands there', async () => {
    await by.goesTo('work', '/work')
    await begins('bad', '/inspect/')
    await measured('84.0')
    await finds('surface', 2)
    await finds('wrapping', 3)
    await page.locator('.classes .reject').waitFor()
    await by.row(HELD.indexOf('rework') + 1)
    await expect.poll(() => page.locator('.choice input').nth(HELD.indexOf('rework')).isChecked()).toBe(true)
    await by.row(HELD.length + 1)
    await by.yes('inspect.act.hold')
    await by.pin(KEEPER.pin)
    await sees(page, 'inspect.nextActs.rework')
    const { inspection } = await order('bad')
    expect(inspection?.reason).toMatch(says('inspect.reasons.surface'))
    expect(inspection?.lots?.[0]).toMatchObject({ disposition: 'rework', defects: [{ check: 'wrapping', count: 3 }, { check: 'surface', count: 2 }] })
  })

  test('inspects it anew, and lets it go as it is with a reason that stands there', async () => {
    await by.other('inspect.again')
    await measured('80.0')
    await finds('edges', 4)
    await by.row(HELD.indexOf('hold') + 1)
    await by.row(HELD.length + 2)
    await by.yes('inspect.act.hold')
    await by.pin(KEEPER.pin)
    await sees(page, 'inspect.nextActs.hold')
    await by.other('inspect.concede.key')
    await sheet().waitFor()
    await by.row(1)
    await by.yes('inspect.concede.act')
    await by.pin(KEEPER.pin)
    await sees(page, 'inspect.done.conceded')
    const bad = await order('bad')
    expect([bad.inspectedBefore?.length, stageOf(bad), bad.inspection?.concession?.reason]).toEqual([1, 'inspected', expect.stringMatching(says('inspect.concede.reasons.agreed'))])
  })

  test('sets free what came in and was held, with a reason that stands there', async () => {
    await by.prints('no')
    await by.arrives('/work/inspect')
    await by.other('work.heldKey')
    await by.arrives('/held')
    await page.locator('.docket-row .cover').filter({ hasText: 'L-26-NP0002' }).waitFor()
    await by.row(1)
    await sheet().waitFor()
    await by.row(1)
    await by.yes('stock.release.act')
    await by.pin(KEEPER.pin)
    await sees(page, 'inspect.held.none')
    expect((await bodyOn<Product>(page, productIdOf(site, 'NP-1'))).stock.find(({ lot }) => lot === 'L-26-NP0002')).not.toHaveProperty('held')
    await by.prints('no')
    await by.arrives('/work/inspect')
  })
})

describe('a supervisor', () => {
  test('comes to the same device by badge, and sets free what somebody holds', async () => {
    await by.other('shell.menu')
    await sheet().waitFor()
    // Where no act is yellow a yes is the only other one.
    await by.prints('yes')
    await by.arrives('/sign-in')
    await by.comesIn(BOSS.name, BOSS.pin)
    await by.arrives('/board')
    const held = page.locator('.docket-row').filter({ hasText: says('board.claims.release') })
    await expect.poll(() => held.count()).toBe(2)
    const last = /N-\w+/.exec(await held.last().innerText())?.[0] ?? ''
    await by.other('board.claims.release')
    await expect.poll(() => held.count()).toBe(1)
    expect((await order(last.slice(2))).claim).toBeNull()
  })

  test('decides what is to become of an exception', async () => {
    const slip = page.locator('.slip').first()
    const about = await slip.getByRole('link').first().innerText()
    const id = /N-(\w+)/.exec(about)?.[1] ?? ''
    const before = openExceptions(await order(id)).length
    await by.yes('board.exceptions.settle')
    await sheet().locator('.choice').first().waitFor()
    await by.row(1)
    await sheet().locator('.main:not([aria-disabled])').waitFor()
    await by.prints('yes')
    await by.pin(BOSS.pin)
    await expect.poll(async () => openExceptions(await order(id)).length).toBe(before - 1)
    await closed()
  })

  test('takes a picking over for somebody they name', async () => {
    const held = Object.keys(ORDERS).filter((id) => id === 'taken' || id === 'freed')
    const claims = await Promise.all(held.map(order))
    const { id = '' } = claims.find(({ claim }) => claim !== null) ?? {}
    await by.goesTo('work', '/work')
    await page.locator('.rows .cover').first().waitFor()
    await by.scan(`N-${id}`, 'order')
    await by.other('pick.takeOver')
    await sheet().locator('.choice').nth(1).waitFor()
    const names = await sheet().locator('.choice').allInnerTexts()
    await by.row(names.findIndex((name) => name.includes(KEEPER.name)) + 1)
    await by.yes('pick.takeOverSheet.give')
    await by.pin(BOSS.pin)
    await expect.poll(async () => (await order(id)).claim?.name).toBe(KEEPER.name)
    await by.prints('no')
  })

  test('leaves the settings as they came, and answers what a shelf asks', async () => {
    await by.goesTo('settings', '/settings')
    expect(await page.locator('.bar .bar-key').count()).toBe(1)
    await by.goesTo('stock', '/stock')
    await by.other('stock.asks.accept')
    await by.pin(BOSS.pin)
    await expect.poll(async () => (await bodyOn<Product>(page, productIdOf(site, 'HB-1'))).questions ?? []).toEqual([])
  })
})

test('nothing went wrong unseen', () => {
  console.info(`the floor beside the straight way: ${by.told()}`)
  expect(faults.flat()).toEqual([])
})
