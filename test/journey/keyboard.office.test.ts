/** The office's day by keyboard alone at a desk: orders written, found and imported; the words of service, finance, a supervisor and quality. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PEOPLE } from '../../server/example/people.ts'
import { type Order, openExceptions } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import type { Product } from '../../shared/product/product.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere, firstIn, type Mill, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { orderIds, orderOn, says, sees } from './floor.ts'
import { type Keys, keysOf } from './keys.ts'
import { lines, writeOrders } from './orders-file.ts'

const who = (key: (typeof PEOPLE)[number]['key']) => PEOPLE.find((each) => each.key === key) ?? PEOPLE[0]

let server: ServerProcess
let browser: Browser
let context: BrowserContext
let mill: Mill
let page: Page
let keys: Keys
let orders: Order[]
let products: Product[]
/** of two lines, the last of which is not there; of one that is not there, and what is given for it */
let parted: Order
let lacking: Order
let instead: Product
let faults: string[] = []

function need<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the example has no order that can come short')
  return found
}
/** All but the last line lies there. */
const comesShort = ({ id, lines }: Order) => {
  const last = need(lines.at(-1))
  const takes = lines.slice(0, -1).map(({ no, quantity }) => ({ type: 'PickLine', doc: id, payload: { line: no, quantity, lot: '', from: 'A-01-1', grams: 0 } }) as const)
  return [...takes, { type: 'ReportShort', doc: id, payload: { line: last.no, quantity: last.quantity, reason: 'not-found', note: '' } } as const]
}

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  mill = await openMill(server)
  const bodies = await mill.bodies(await mill.grantOf('supervisor'))
  orders = bodies.filter((body) => body.kind === 'order')
  products = bodies.filter((body) => body.kind === 'product')
  const isFresh = (order: Order) => stageOf(order) === 'confirmed' && order.claim === null
  parted = need(orders.find((order) => isFresh(order) && order.lines.length > 1))
  lacking = need(orders.find((order) => isFresh(order) && order !== parted && order.lines.length === 1))
  instead = need(products.find(({ unit, sku }) => unit === lacking.lines[0]?.unit && sku !== lacking.lines[0]?.sku))
  const picker = await mill.phone('warehouse')
  while ((await picker.db.docs.count()) === 0) await picker.sync()
  await picker.issue(...[parted, lacking].flatMap(comesShort))
  await picker.sync()
  await picker.close()
  context = await openContext(browser, { size: 'desk', installs: false })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  keys = keysOf(page)
  await keys.joins(server.url, await mill.code(), who('service'))
  await docsThere(page, bodies.length)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const sheet = () => page.getByRole('dialog').last()
const field = (key: string) => page.getByLabel(new RegExp(`^${says(key).source}$`))
const first = (list: string, fits: (order: Order) => boolean = () => true) => firstIn(orders, list, (body) => body.kind === 'order' && fits(body))
const numberOf = (id: string) => orders.find((order) => order.id === id)?.number ?? ''
/** Sought by its number, opened from what was found. */
async function finds(number: string): Promise<void> {
  await keys.at(`${server.url}/orders`)
  await keys.types(page.locator('input[type=search]'), number)
  const row = page.getByRole('link', { name: number })
  await row.waitFor()
  await keys.opens(row)
  await keys.arrives('/orders/')
}
const ticks = async () => {
  for (const tick of await sheet().getByRole('checkbox').all()) {
    await keys.goesTo(tick)
    await keys.press('Space')
  }
}
let made = ''

test('service writes an order down, changes it and confirms it', async () => {
  // To where one is already: the menu makes way.
  await keys.goesBy('/orders')
  await keys.closed()
  await keys.acts('orders.new')
  await keys.arrives('/orders/new')
  await keys.types(field('orders.form.customer'), '新營紙品行')
  await keys.types(field('order.fields.contact'), '周小姐')
  await keys.types(field('order.fields.phone'), '06-000-0101')
  await keys.types(field('order.fields.shipTo'), '台南市新營區範例路 1 號')
  await keys.types(field('orders.form.sku'), 'BK-080')
  // What may be meant is taken from under the field.
  await keys.acts(page.getByRole('button', { name: 'BK-080-1092' }))
  await expect.poll(() => field('orders.form.name').inputValue()).toContain('牛皮紙')
  await keys.types(field('orders.form.quantity'), '3')
  // One more line, and taken away again: one stands in what was added, and then where it was.
  await keys.acts('orders.form.addLine')
  await expect.poll(() => keys.isOn(field('orders.form.sku').nth(1))).toBe(true)
  await keys.acts(page.getByRole('button', { name: /2/ }).and(page.locator('[data-sign=trash]')))
  await keys.main('orders.form.save')
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
  await keys.stands()
  made = page.url().split('/').at(-1) ?? ''
  // The promise is lacking: that is what comes next.
  await keys.main('orders.fillIn')
  await keys.arrives(`/orders/${made}/`)
  await keys.goesTo(field('order.fields.promisedAt'), 'Tab', 24)
  for (let part = 0; part < 6; part++) await keys.press('ArrowDown', 'ArrowRight')
  await keys.types(field('order.fields.tolerance'), '±2%')
  await keys.main('orders.form.saveChange')
  await page.waitForURL(`**/orders/${made}`)
  await expect.poll(async () => (await orderOn(page, made)).tolerance).toBe('±2%')
  await keys.main('orders.sign.confirmation')
  await sheet().waitFor()
  await keys.main('orders.sign.confirmation')
  await keys.signs(who('service').pin)
  await expect.poll(async () => (await orderOn(page, made)).signed.confirmation?.name).toBe(who('service').name)
  await keys.stands()
})

test('the customer gets the advice as a message, and it is written down that it was given', async () => {
  const id = first('advise', (order) => openExceptions(order).length === 0 && order.override === null)
  await finds(numberOf(id))
  await keys.main('ship.advice.confirm')
  await keys.acts('ship.advice.open')
  await keys.arrives(`/advice/${id}`)
  await keys.main('ship.advice.share')
  await sees(page, 'ship.advice.shared')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain((await orderOn(page, id)).shipment?.deliveryOrder)
  await keys.acts('shell.back')
  await keys.arrives(`/orders/${id}`)
  await keys.main('ship.advice.confirm')
  await ticks()
  await keys.main('ship.advice.sheet.act')
  await keys.signs(who('service').pin)
  await expect.poll(async () => (await orderOn(page, id)).advised?.name).toBe(who('service').name)
  await keys.stands()
})

test('a file is imported, and its orders are found', async () => {
  await keys.at(`${server.url}/orders`)
  await keys.acts('orders.import')
  await keys.arrives('/import')
  await keys.chooseFile(page.locator('.drop input'), writeOrders())
  await keys.main('imports.preview')
  await keys.main('imports.take')
  await sees(page, 'imports.took')
  await keys.main('imports.toOrders')
  const { number } = lines[0] ?? { number: '' }
  await expect.poll(async () => (await orderIds(page)).has(number), { timeout: 10_000 }).toBe(true)
  await finds(number)
})

test('finance finds what waits for its word, and gives it', async () => {
  const id = first('wait.release')
  await keys.switches(who('finance'))
  await keys.at(`${server.url}/orders`)
  await keys.goesTo(page.locator('.filter-key[tabindex="0"]').first())
  for (let tries = 0; tries < 12 && !(await keys.isOn(page.locator('.filter-key').filter({ hasText: says('orders.filters.mine') }))); tries++) await keys.press('ArrowRight')
  await keys.press('Enter')
  await keys.opens(page.getByRole('link', { name: numberOf(id) }))
  await keys.arrives(`/orders/${id}`)
  await keys.main('orders.sign.release')
  await keys.types(sheet().getByRole('textbox'), '11/27 入帳，末五碼 20118')
  await keys.main('orders.sign.release')
  await keys.signs(who('finance').pin)
  await expect.poll(async () => (await orderOn(page, id)).signed.release?.note).toBe('11/27 入帳，末五碼 20118')
  await keys.stands()
})

test('the service supervisor lets an order go, sends what there is, gives other goods, and cancels', async () => {
  const boss = who('service-supervisor')
  const signs = async () => {
    await keys.signs(boss.pin)
    await keys.closed()
  }
  const noticed = first('wait.notice')
  await keys.switches(boss)
  await keys.at(`${server.url}/orders/${noticed}`)
  await keys.main('orders.sign.notice')
  await sheet().waitFor()
  await ticks()
  await keys.main('orders.sign.notice')
  await signs()
  await expect.poll(async () => (await orderOn(page, noticed)).signed.notice?.name).toBe(boss.name)

  await keys.at(`${server.url}/orders/${parted.id}`)
  await keys.acts(page.getByRole('button', { name: says('orders.settle.key') }).first())
  await keys.chooses(sheet().getByRole('radio', { name: says('order.decisions.split') }))
  await keys.main('order.decisions.split')
  await signs()
  await expect.poll(async () => (await orderOn(page, parted.id)).parts?.length).toBe(1)

  await keys.at(`${server.url}/orders/${lacking.id}`)
  await keys.acts(page.getByRole('button', { name: says('orders.settle.key') }).first())
  await keys.chooses(sheet().getByRole('radio', { name: says('order.decisions.substitute') }))
  await keys.types(sheet().getByRole('textbox', { name: says('orders.settle.instead') }), instead.sku)
  await keys.acts(sheet().getByRole('button', { name: instead.sku }).first())
  await keys.types(sheet().getByLabel(says('orders.settle.agreed')), '周小姐電話同意')
  await keys.main('order.decisions.substitute')
  await signs()
  await expect.poll(async () => (await orderOn(page, lacking.id)).substitutions?.[0]?.agreed).toBe('周小姐電話同意')

  await keys.at(`${server.url}/orders/${made}`)
  await keys.side('orders.more')
  await keys.acts('order.commands.CancelOrder')
  await keys.types(sheet().locator('textarea'), '客戶改期')
  await keys.main('order.commands.CancelOrder')
  await signs()
  await expect.poll(async () => (await orderOn(page, made)).cancelled?.reason).toBe('客戶改期')
})

test('quality writes a standard of the house', async () => {
  await keys.switches(who('quality'))
  await keys.goesBy('/settings')
  await keys.acts('standards.title')
  await keys.arrives('/settings/standards')
  await keys.main('standards.add')
  await keys.types(field('standards.name'), '平滑度檢驗')
  await keys.types(field('standards.skus'), 'BK-080-1092')
  await keys.acts('standards.addMeasure')
  await keys.types(field('standards.measureName'), '平滑度')
  // What is wrong is shown, and one stands there.
  await keys.main('standards.save')
  await expect.poll(() => keys.isOn(field('standards.unit'))).toBe(true)
  await keys.press('ArrowDown')
  await keys.types(field('standards.lower'), '9')
  await keys.types(field('standards.upper'), '40')
  await keys.main('standards.save')
  await page.locator('.docket-row', { hasText: '平滑度檢驗' }).filter({ hasText: who('quality').name }).waitFor()
  await keys.stands()
})

test('and no page had an error', () => {
  console.info(`the office by keyboard: ${keys.presses()} key presses`)
  expect(faults).toEqual([])
})
