/** The whole jobs of the office on the example mill at a desk: service, service supervisor, sales, finance and quality. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PEOPLE } from '../../server/example/people.ts'
import { type Order, openExceptions } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { waitsOf } from '../../shared/order/waits.ts'
import type { Product } from '../../shared/product/product.ts'
import { type Site, siteDocId } from '../../shared/site/site.ts'
import { openBrowser, openContext } from '../support/browser.ts'
import { docsThere, firstIn, type Mill, openMill } from '../support/mill.ts'
import type { Phone } from '../support/open-phone.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { cut, handOver, installed, orderIds, bodyOn, joins, orderOn, press, says, sees, signIn, signs, sizesOf } from './floor.ts'

type Key = (typeof PEOPLE)[number]['key']
const who = (key: Key) => PEOPLE.find((each) => each.key === key) ?? PEOPLE[0]

let server: ServerProcess
let browser: Browser
let mill: Mill
let orders: Order[]
let products: Product[]
let picker: Phone
let page: Page
const faults: string[][] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  mill = await openMill(server)
  const bodies = await mill.bodies(await mill.grantOf('supervisor'))
  orders = bodies.filter((body) => body.kind === 'order')
  products = bodies.filter((body) => body.kind === 'product')
  picker = await mill.phone('warehouse')
  while ((await picker.db.docs.count()) === 0) await picker.sync()
})
afterAll(async () => {
  await picker?.close()
  await browser?.close()
  await server?.end()
})

async function stand(size: 'desk' | 'small', key: Key): Promise<BrowserContext> {
  const context = await openContext(browser, { size, installs: size === 'desk' })
  page = await joins(context, server.url, await mill.code(), faults)
  await signIn(page, who(key))
  await docsThere(page, orders.length)
  return context
}
const at = (path: string) => page.goto(`${server.url}${path}`)
const box = () => page.getByRole('dialog')
const drafts = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft.')))
const isFresh = (order: Order) => stageOf(order) === 'confirmed' && order.claim === null
const first = (list: string, fits: (order: Order) => boolean = () => true) => firstIn(orders, list, (body) => body.kind === 'order' && fits(body))
const numberOf = (id: string) => orders.find((order) => order.id === id)?.number ?? ''
/** What the shelf had of an order, and what it lacked: a whole line. */
async function cameShort({ id, lines }: Order): Promise<void> {
  const [found, lacks] = [lines.slice(0, -1), lines.at(-1)]
  if (!lacks) throw new Error(`order ${id} has no line`)
  await picker.issue(...found.map(({ no, quantity }) => ({ type: 'PickLine', doc: id, payload: { line: no, quantity, lot: '', from: 'A-01-1', grams: 0 } }) as const), { type: 'ReportShort', doc: id, payload: { line: lacks.no, quantity: lacks.quantity, reason: 'not-found', note: '' } })
  await picker.sync()
}

describe('the office at a desk', () => {
  let context: BrowserContext
  beforeAll(async () => {
    context = await stand('desk', 'service')
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
    await installed(page)
  })
  const field = (key: string) => page.getByLabel(new RegExp(`^${says(key).source}$`))
  const main = () => page.locator('.main').filter({ visible: true }).last().click()
  const decides = (key: string) => box().getByRole('radio', { name: says(key) }).check()
  let made = ''

  test('beside what is found stands one of those: the first, the chosen one, none; what was chosen before is back with the list, and after going back', async () => {
    const pane = page.getByRole('complementary')
    const chosen = () => new URL(page.url()).searchParams.get('order')
    const find = page.getByRole('searchbox')
    const list = orders.filter((order) => order.number !== '')
    const [sought, other] = [list.at(-1), list.at(-9)]
    if (!sought || !other) throw new Error('too few orders')
    await at('/orders')
    await expect.poll(chosen).not.toBeNull()
    const before = chosen()
    await find.fill(sought.number)
    await pane.getByText(sought.number).first().waitFor()
    await expect.poll(chosen).toBe(sought.id)
    await find.fill('nowhere-at-all')
    await pane.getByText(says('orders.noneChosen')).waitFor()
    await expect.poll(chosen).toBeNull()
    await find.fill('')
    await expect.poll(chosen).toBe(before)
    await find.fill(other.number)
    await expect.poll(chosen).toBe(other.id)
    await find.press('Enter')
    await page.waitForURL(`**/orders/${other.id}`)
    await page.goBack()
    await pane.getByText(other.number).first().waitFor()
    expect([new URL(page.url()).searchParams.get('find'), chosen()]).toEqual([other.number, other.id])
    // Turned while it stands upright there is no pane; turned back there is, with one of them.
    await page.setViewportSize({ width: 820, height: 1180 })
    await at('/orders')
    await page.locator('.docket-row, [role=row], .job').filter({ visible: true }).nth(1).waitFor()
    expect(chosen()).toBeNull()
    await page.setViewportSize({ width: 1440, height: 900 })
    await expect.poll(chosen).not.toBeNull()
  })

  test('service writes an order down, changes it while it may, and confirms it', async () => {
    await at('/orders')
    await press(page, 'orders.new')
    await field('orders.form.customer').fill('新營紙品行')
    await field('order.fields.contact').fill('周小姐')
    await field('order.fields.phone').fill('06-000-0101')
    await field('order.fields.shipTo').fill('台南市新營區範例路 1 號')
    await field('orders.form.sku').fill('BK-080-1092')
    await field('orders.form.name').fill('牛皮紙 80 g/m²')
    await field('orders.form.quantity').fill('3')
    await field('order.fields.promisedAt').fill(`${new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)}T10:00`)
    await main()
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
    made = page.url().split('/').at(-1) ?? ''
    await press(page, 'orders.more')
    await press(page, 'order.commands.ChangeOrder')
    await field('order.fields.tolerance').fill('±2%')
    await main()
    await page.waitForURL(`**/orders/${made}`)
    await expect.poll(async () => (await orderOn(page, made)).tolerance).toBe('±2%')
    await press(page, 'orders.sign.confirmation')
    await box().getByRole('textbox').fill('周小姐電話確認')
    await page.reload()
    await press(page, 'orders.sign.confirmation')
    await expect.poll(() => box().getByRole('textbox').inputValue()).toBe('周小姐電話確認')
    await box().locator('.main').click()
    await signs(page, who('service').pin)
    await expect.poll(async () => (await orderOn(page, made)).signed.confirmation).toMatchObject({ name: who('service').name, note: '周小姐電話確認' })
    expect(await drafts()).toEqual([])
  })

  test('the customer gets the advice as a message and on A4, rings or not: it stands there until somebody made sure', async () => {
    const id = first('advise', (order) => openExceptions(order).length === 0 && order.override === null)
    await at('/orders?list=advise')
    await page.getByRole('link', { name: numberOf(id) }).click()
    await press(page, 'ship.advice.confirm')
    await press(page, 'ship.advice.open')
    // The key that leads there says it, too.
    await page.waitForURL(`**/advice/${id}`)
    await press(page, 'ship.advice.share')
    await sees(page, 'ship.advice.shared')
    const { shipment, shipTo } = await orderOn(page, id)
    const sent = await page.evaluate(() => navigator.clipboard.readText())
    for (const said of [shipment?.deliveryOrder, shipment?.vehicle, shipment?.driver, shipTo]) expect(sent).toContain(said)
    const sheets = sizesOf(await page.pdf({ preferCSSPageSize: true }))
    expect(sheets.map(({ width, height }) => [Math.round(width), Math.round(height)])).toEqual([[595, 842]])
    await at(`/orders/${id}`)
    await press(page, 'ship.advice.confirm')
    for (const tick of await box().getByRole('checkbox').all()) await tick.check()
    await box().locator('.main').click()
    await signs(page, who('service').pin)
    await expect.poll(async () => (await orderOn(page, id)).advised?.name).toBe(who('service').name)
  })

  test('finance finds what waits for its word and gives it; sales sees for whom it waits', async () => {
    const id = first('wait.release')
    const other = first('wait.release', (order) => order.id !== id && waitsOf(order, '')[0]?.type === 'gate')
    await handOver(page, server.url, who('finance'))
    await at('/orders?list=mine')
    await page.getByRole('link', { name: numberOf(id) }).click()
    await press(page, 'orders.sign.release')
    await box().getByRole('textbox').fill('11/27 入帳，末五碼 20118')
    await box().locator('.main').click()
    await signs(page, who('finance').pin)
    await expect.poll(async () => (await orderOn(page, id)).signed.release?.note).toBe('11/27 入帳，末五碼 20118')
    await handOver(page, server.url, who('sales'))
    await at(`/orders/${other}`)
    await page.getByText(says('orders.waitsFor')).filter({ hasText: says('roles.finance') }).first().waitFor()
    expect(await page.getByRole('button', { name: says('orders.sign.release') }).count()).toBe(0)
  })

  test('the service supervisor lets an order go, sends what there is first, gives other goods for what is not there, and cancels with a reason', async () => {
    const boss = who('service-supervisor')
    const parted = orders.find((order) => isFresh(order) && order.lines.length > 1)
    const lacking = orders.find((order) => isFresh(order) && order.id !== parted?.id && order.lines.length === 1)
    const [line] = lacking?.lines ?? []
    const instead = products.find((product) => line && product.unit === line.unit && product.sku !== line.sku)
    if (!parted || !lacking || !instead) throw new Error('the example has no order that can come short')
    await cameShort(parted)
    await cameShort(lacking)
    await handOver(page, server.url, boss)

    const noticed = first('wait.notice')
    await at(`/orders/${noticed}`)
    await press(page, 'orders.sign.notice')
    for (const tick of await box().getByRole('checkbox').all()) await tick.check()
    await box().locator('.main').click()
    await signs(page, boss.pin)
    await expect.poll(async () => (await orderOn(page, noticed)).signed.notice?.name).toBe(boss.name)

    await at(`/orders/${parted.id}`)
    await page.getByRole('button', { name: says('orders.settle.key') }).first().click()
    await decides('order.decisions.split')
    await box().locator('.main').click()
    await signs(page, boss.pin)
    await expect.poll(async () => (await orderOn(page, parted.id)).parts?.length).toBe(1)
    const [part] = (await orderOn(page, parted.id)).parts ?? []
    await expect.poll(async () => (await orderIds(page)).get(part?.number ?? '')).toBe(part?.id)
    expect((await orderOn(page, part?.id ?? '')).lines.map(({ sku }) => sku)).toEqual([parted.lines.at(-1)?.sku])

    await at(`/orders/${lacking.id}`)
    await page.getByRole('button', { name: says('orders.settle.key') }).first().click()
    await decides('order.decisions.substitute')
    await box().getByRole('textbox', { name: says('orders.settle.instead') }).fill(instead.sku)
    await box().getByRole('button', { name: instead.sku }).first().click()
    await box().getByLabel(says('orders.settle.agreed')).fill('周小姐電話同意')
    await page.reload()
    await page.getByRole('button', { name: says('orders.settle.key') }).first().click()
    await box().getByText(instead.name).first().waitFor()
    expect(await box().getByRole('textbox', { name: says('orders.settle.instead') }).inputValue()).toBe(instead.sku)
    await box().locator('.main').click()
    await signs(page, boss.pin)
    await expect.poll(async () => (await orderOn(page, lacking.id)).substitutions?.[0]?.agreed).toBe('周小姐電話同意')
    expect(await drafts()).toEqual([])

    await at(`/orders/${made}`)
    await press(page, 'orders.more')
    await press(page, 'order.commands.CancelOrder')
    await box().locator('textarea').fill('客戶改期')
    await box().locator('.main').click()
    await signs(page, boss.pin)
    await expect.poll(async () => (await orderOn(page, made)).cancelled?.reason).toBe('客戶改期')
  })

  test('quality lets held goods go as they are, and writes a standard that the next inspection goes by, with no network', async () => {
    const held = first('inspect.promised', (order) => order.inspection !== null && !order.inspection.concession)
    const next = first('inspect.promised', (order) => order.inspection === null && order.picks.some((pick) => pick.line === order.lines[0]?.no))
    await handOver(page, server.url, who('quality'))
    await at('/held')
    await page.locator(`a[href$="/inspect/${held}"]`).first().click()
    await press(page, 'inspect.concede.key')
    await box().locator('textarea').fill('客戶同意降級使用')
    await box().locator('.main').click()
    await signs(page, who('quality').pin)
    await expect.poll(async () => (await orderOn(page, held)).inspection?.concession?.reason).toBe('客戶同意降級使用')

    await at('/settings')
    await press(page, 'standards.title')
    await press(page, 'standards.add')
    await field('standards.name').fill('平滑度檢驗')
    await field('standards.skus').fill(orders.find(({ id }) => id === next)?.lines[0]?.sku ?? '')
    await press(page, 'standards.addMeasure')
    await field('standards.measureName').fill('平滑度')
    await field('standards.unit').selectOption('%')
    await field('standards.lower').fill('9')
    await field('standards.upper').fill('4')
    await field('standards.samples').fill('2')
    await main()
    await sees(page, 'standards.wrong.order')
    await field('standards.upper').fill('40')
    await main()
    await page.waitForURL((to) => to.pathname.replace(/\/$/, '').endsWith('/settings/standards'))
    await page.locator('.docket-row', { hasText: '平滑度檢驗' }).filter({ hasText: who('quality').name }).waitFor()
    // Good lots earn smaller samples from now on: the switch holds where it is asked again.
    const reduced = () => page.getByRole('checkbox', { name: says('standards.reduced.key') })
    await reduced().check()
    await expect.poll(async () => (await bodyOn<Site>(page, siteDocId(mill.enrolled.site.id))).inspection).toMatchObject({ reduced: true, standards: [{ name: { text: '平滑度檢驗' } }] })
    await page.reload()
    await expect.poll(() => reduced().isChecked()).toBe(true)
    await cut(context, true)
    await at(`/inspect/${next}`)
    const row = page.locator('.measure', { hasText: '平滑度' })
    await row.filter({ hasText: '9–40%' }).waitFor()
    expect(await row.locator('input').count()).toBe(2)
    await cut(context, false)
  })

  test('no page had a fault', () => expect(faults.flat()).toEqual([]))
})
