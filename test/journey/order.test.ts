/** From a real file to a signed receipt, with the network and the server gone in between. */
import { existsSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { cut, draws, type Employee, employ, enrol, handOver, inkAt, inspects, installed, orderIds, orderOn, press, readsBack, says, sees, setUp, signIn, signs, STROKE_END, waitingOn } from './floor.ts'
import { lines, writeOrders } from './orders-file.ts'

const NORTHWIND = '../shared/data/orders/northwind'
const real = existsSync(NORTHWIND)
if (!real) console.info('journey on Northwind skipped: ../shared/data/orders/northwind is not on this machine; the journey on generated orders runs')

const SUPERVISOR = { name: '陳主管', pin: '4826' }
const CLERK: Employee = { name: '王客服', pin: '3141', roles: ['service', 'service-supervisor', 'finance', 'sales'] }
const PORTER: Employee = { name: '林一手', pin: '2718', roles: ['warehouse', 'quality', 'shipper', 'driver'] }
const PICKER: Employee = { name: '賴揀貨', pin: '1618', roles: ['warehouse'] }

const files = real ? ['orders.csv', 'order_lines.csv', 'products.csv', 'customers.csv', 'shippers.csv'].map((name) => `${NORTHWIND}/${name}`) : null
const wanted = real ? '10250' : lines[0]?.number ?? ''
const other = real ? '10253' : lines.at(-1)?.number ?? ''

describe(real ? 'an order of Northwind' : 'a generated order', () => {
  let server: ServerProcess
  let browser: Browser
  let deskContext: BrowserContext
  let phoneContext: BrowserContext
  let desk: Page
  let phone: Page
  const faults: string[][] = []

  beforeAll(async () => {
    server = await startProcess()
    browser = await openBrowser()
    deskContext = await openContext(browser, { size: 'desk', installs: false })
    phoneContext = await openContext(browser)
    desk = await deskContext.newPage()
    phone = await phoneContext.newPage()
    faults.push(faultsOf(desk), faultsOf(phone))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.end()
  })

  test('is imported, confirmed and released at the desk', async () => {
    await setUp(desk, server.url, await server.code())
    await employ(desk, CLERK)
    await employ(desk, PORTER)
    await employ(desk, PICKER)
    await handOver(desk, server.url, CLERK)

    await desk.goto(`${server.url}/import`)
    await desk.locator('input[type=file]').setInputFiles(files ?? [writeOrders()])
    await desk.getByRole('button', { name: says('imports.preview') }).waitFor()
    // How it is read, half said: after a reload, too.
    const header = desk.getByRole('dialog').getByLabel(says('imports.file.header'))
    await press(desk, 'imports.file.as')
    const guessed = await header.inputValue()
    await header.fill('3')
    await desk.reload()
    await press(desk, 'imports.file.as')
    expect(await header.inputValue()).toBe('3')
    await header.fill(guessed)
    await desk.keyboard.press('Escape')
    await desk.getByRole('button', { name: says('imports.preview') }).click()
    await desk.getByRole('button', { name: says('imports.take') }).click()
    await sees(desk, 'imports.took')

    await expect.poll(async () => (await orderIds(desk)).size, { timeout: 30_000 }).toBeGreaterThan(real ? 600 : 2)
    for (const number of [wanted, other]) await signGates(desk, server.url, (await orderIds(desk)).get(number) ?? '', CLERK.pin)
    const order = await orderOn(desk, (await orderIds(desk)).get(wanted) ?? '')
    expect(order.lines.length).toBeGreaterThan(1)
    expect(Object.values(order.signed).every((act) => act !== null)).toBe(true)
  })

  test('is picked, inspected, packed, loaded, shipped and delivered with no network and no server, and a reload at each step', async () => {
    await handOver(desk, server.url, SUPERVISOR)
    await enrol(desk, phone, server.url)
    await signIn(phone, PORTER)
    const id = (await orderIds(desk)).get(wanted) ?? ''
    await expect.poll(async () => (await orderIds(phone)).has(wanted), { timeout: 30_000 }).toBe(true)
    await installed(phone)
    await desk.goto(`${server.url}/receipt/${id}`)

    await cut(phoneContext, true)
    await server.kill()

    await pickAll(phone, server.url, id)
    await leads(phone, 'pick.done.inspect', '/inspect/')
    await inspects(phone, PORTER.pin)
    // The last check was far below what is now the headline.
    await expect.poll(() => phone.evaluate(() => scrollY)).toBe(0)
    await leads(phone, 'inspect.done.pack', '/pack/')
    await does(phone, 'ship.pack.act', 'ship.pack.next')
    await leads(phone, 'ship.pack.next', '/load/')
    await press(phone, 'ship.load.all')
    await does(phone, 'ship.load.act', 'ship.load.next')
    await leads(phone, 'ship.load.next', '/ship/')
    await readsBack(phone)
    await signs(phone, PORTER.pin)
    await sees(phone, 'ship.shipped.title')
    await phone.reload()
    await press(phone, 'ship.trip.choose')
    await press(phone, 'trips.plan.key')
    await phone.getByRole('radio', { name: PORTER.name }).check()
    await does(phone, 'trips.plan.act', 'ship.trip.open')
    await leads(phone, 'ship.trip.open', '/trips/')
    await does(phone, 'trips.depart', 'trips.deliver')
    await leads(phone, 'trips.deliver', '/deliver/')
    await does(phone, 'deliver.arrive', 'deliver.arrivedAt')
    const { lines: goods } = await orderOn(phone, id)
    for (const line of goods) await phone.getByRole('button', { name: line.name }).filter({ hasText: says('deliver.whole') }).last().click()
    await sees(phone, 'deliver.toSign')
    await phone.reload()
    await leads(phone, 'deliver.toSign', '/sign')
    await draws(phone, phone.locator('canvas'))
    await phone.getByRole('img', { name: says('deliver.sign.inked') }).waitFor()
    await phone.reload()
    // The ink was kept: nobody has to sign twice.
    await phone.getByRole('img', { name: says('deliver.sign.inked') }).waitFor()
    expect(await inkAt(phone, ...STROKE_END)).toBe(true)
    await signsAgain(phone)
    await nameReceiver(phone)
    await press(phone, 'deliver.sign.act')
    await phone.waitForURL('**/receipt/**')
    await sees(phone, 'receipt.here')
    await phone.reload()
    await sees(phone, 'receipt.here')

    const signed = await orderOn(phone, id)
    expect(signed.receipt?.ink.strokes).toHaveLength(2)
    expect(await waitingOn(phone)).toBeGreaterThan(10)

    await server.start()
    await cut(phoneContext, false)
    // The desk shows the receipt by itself: nobody touches it. It tries for the server at least every 4 s (schedule.ts), and hears of the rest.
    await desk.getByRole('img', { name: says('receipt.signature') }).waitFor({ timeout: 20_000 })
    expect((await orderOn(desk, id)).receipt?.ink).toEqual(signed.receipt?.ink)
    await sees(phone, 'receipt.recorded')
    await expect.poll(() => waitingOn(phone)).toBe(0)
    await phone.goto(`${server.url}/sync`)
    await sees(phone, 'shell.sync.recorded')
  })

  test('that is cancelled while another phone picks it raises the exception that names the goods', async () => {
    const second = await openContext(browser)
    const picker = await second.newPage()
    faults.push(faultsOf(picker))
    await enrol(desk, picker, server.url)
    await signIn(picker, PICKER)
    const id = (await orderIds(desk)).get(other) ?? ''
    await expect.poll(async () => (await orderIds(picker)).has(other), { timeout: 30_000 }).toBe(true)
    await installed(picker)

    await cut(second, true)
    await picker.goto(`${server.url}/pick/${id}`)
    await press(picker, 'pick.claim.title')
    await press(picker, 'pick.take.other')
    await expect.poll(async () => (await orderOn(picker, id)).picks.length).toBe(1)

    await handOver(desk, server.url, CLERK)
    await desk.goto(`${server.url}/orders/${id}`)
    await press(desk, 'orders.more')
    await press(desk, 'order.commands.CancelOrder')
    await desk.getByRole('dialog').locator('textarea, input[type=text]').first().fill('客戶改變主意')
    await desk.getByRole('dialog').locator('button.main').click()
    await signs(desk, CLERK.pin)
    await expect.poll(async () => (await orderOn(desk, id)).cancelled?.reason).toBe('客戶改變主意')

    await cut(second, false)
    const [line] = (await orderOn(desk, id)).lines
    await expect.poll(async () => (await orderOn(desk, id)).exceptions.map((each) => each.kind), { timeout: 10_000 }).toContain('picked-after-cancel')
    const { exceptions } = await orderOn(desk, id)
    expect(exceptions.find((each) => each.kind === 'picked-after-cancel')?.goods).toMatchObject([{ sku: line?.sku, name: line?.name, quantity: line?.quantity }])
    // The picker sees what has to go back, and the desk sees the goods by name.
    await sees(picker, 'pick.cancelled.title')
    await desk.getByText(line?.name ?? '').filter({ visible: true }).first().waitFor()
    await second.close()
  })

  test('leaves no error on any page', () => {
    expect(faults.flat()).toEqual([])
  })
})

/** Presses, sees what it did, and finds it there again after a reload. */
async function does(page: Page, key: string, then: string): Promise<void> {
  await press(page, key)
  await sees(page, then)
  await page.reload()
  await sees(page, then)
}
/** Presses a key that leads to another screen, which is there after a reload too. */
async function leads(page: Page, key: string, path: string): Promise<void> {
  await press(page, key)
  await page.waitForURL((url) => url.pathname.includes(path))
  await page.reload()
}

async function signGates(desk: Page, url: string, id: string, pin: string): Promise<void> {
  await desk.goto(`${url}/orders/${id}`)
  for (const gate of ['confirmation', 'release', 'notice'] as const) {
    await press(desk, `orders.sign.${gate}`)
    const sheet = desk.getByRole('dialog')
    for (const box of await sheet.getByRole('checkbox').all()) await box.check()
    await sheet.getByRole('button', { name: says(`orders.sign.${gate}`) }).click()
    await signs(desk, pin)
    await expect.poll(async () => (await orderOn(desk, id)).signed[gate]).not.toBeNull()
  }
}

async function pickAll(phone: Page, url: string, id: string): Promise<void> {
  await phone.goto(`${url}/pick/${id}`)
  await press(phone, 'pick.claim.title')
  const { lines: goods } = await orderOn(phone, id)
  for (let done = 1; done <= goods.length; done++) {
    await phone.reload()
    await sees(phone, 'pick.take.other')
    await press(phone, 'pick.take.other')
    await expect.poll(async () => (await orderOn(phone, id)).picks.length).toBe(done)
  }
  await does(phone, 'pick.all.act', 'pick.done.inspect')
}

/** 重簽: nothing of the first name is left, on the glass, in the draft or under the second name. */
async function signsAgain(phone: Page): Promise<void> {
  await press(phone, 'deliver.sign.again')
  await phone.getByRole('img', { name: says('deliver.sign.empty') }).waitFor()
  expect(await inkAt(phone)).toBe(false)
  await phone.reload()
  await phone.getByRole('img', { name: says('deliver.sign.empty') }).waitFor()
  expect(await inkAt(phone)).toBe(false)
  await draws(phone, phone.locator('canvas'))
  await press(phone, 'deliver.sign.again')
  await draws(phone, phone.locator('canvas'))
  await phone.getByRole('img', { name: says('deliver.sign.inked') }).waitFor()
  // A stroke is drawn to its end at once, not when the screen is next opened.
  expect(await inkAt(phone, ...STROKE_END)).toBe(true)
}

async function nameReceiver(phone: Page): Promise<void> {
  await press(phone, 'deliver.sign.name')
  await phone.getByLabel(says('deliver.sign.nameOf')).fill('Paul Henriot')
  await press(phone, 'deliver.sign.nameDone')
}
