/** Hands that are quicker than the glass, names that no form expected, a full device, an order of five hundred lines. */
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { BOUNCE_MS } from '../../client/ui/lift.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Act } from '../../client/issue.ts'
import type { Line } from '../../shared/order/form.ts'
import type { Role } from '../../shared/people/role.ts'
import type { Enrolled, NewCode, PersonRecord, SignedIn } from '../../shared/people/wire.ts'
import { form } from '../server/floor.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere, standAt, tablesMade } from '../support/mill.ts'
import { openPhone, type Phone } from '../support/open-phone.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { draws, fillUp, orderOn, says } from './floor.ts'

const ROLES: Role[] = ['service', 'service-supervisor', 'finance', 'sales', 'warehouse', 'quality', 'shipper', 'driver', 'supervisor']
const ODD = `𠮷野家 <script>alert(1)</script> {count} {name} | $& "q" שלום עליכם 👨‍👩‍👧 `
const SMALL_DEVICE = 96 << 20
const LONG = `${ODD}${'超長名稱'.repeat(60)}`.slice(0, 200)

let server: ServerProcess
let browser: Browser
let context: BrowserContext
let page: Page
let phone: Phone
let tools: CDPSession
let driver: PersonRecord
let faults: string[] = []
const dialogs: string[] = []

const goods = (count: number, name = '牛皮紙 80 g/m²'): Line[] =>
  Array.from({ length: count }, (_, i) => ({ no: i + 1, sku: `BK-${i + 1}`, name, spec: '1092 mm', unit: 'roll', quantity: 2, price: 1234, grams: 0 }))

/** An order as far as its acts, made on a phone without a screen. */
async function stands(doc: string, customer: string, lines: Line[], as: 'placed' | 'confirmed' | 'arrived'): Promise<void> {
  const acts: Act[] = [{ type: 'PlaceOrder', doc, payload: form(`N-${doc}`, { customer: { id: '', name: customer, grade: 'A' }, terms: 'cash-on-delivery', lines }) }]
  if (as !== 'placed') acts.push({ type: 'SignGate', doc, payload: { gate: 'confirmation', note: '' }, signed: true })
  if (as === 'arrived')
    acts.push(
      ...lines.map(({ no, quantity }): Act => ({ type: 'PickLine', doc, payload: { line: no, quantity, lot: '', from: 'A-03', grams: 0 } })),
      { type: 'FinishPicking', doc, payload: {} },
      { type: 'Ship', doc, payload: { deliveryOrder: `DO-${doc}`, carrier: '', vehicle: 'KLA-1', driver: driver.name, packages: 1 }, signed: true },
      { type: 'PutOnTrip', doc, payload: { id: 't1', number: 'T-1', driver: driver.id, driverName: driver.name, vehicle: 'KLA-1', stop: 1 } },
      { type: 'Depart', doc, payload: {} },
      { type: 'Arrive', doc, payload: { place: null } },
    )
  await phone.issue(...acts)
}

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess(), openBrowser()])
  const post = async <T>(path: string, body: unknown, { token, grant }: Partial<Enrolled & SignedIn> = {}): Promise<T> => {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(grant && { Grant: grant }) }, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const boss = await post<Enrolled & SignedIn>('/api/setup', { code: await server.code(), site: '北廠', person: '林主管', pin: '4711', example: false, device: { name: '辦公室', publicKey: '' } })
  driver = await post<PersonRecord>('/api/people', { name: '陳俊宏', roles: ROLES, pin: '1234', active: true }, boss)
  const code = async () => (await post<NewCode>('/api/codes', {}, boss)).code
  phone = await openPhone({ url: server.url, code: await code(), person: driver.id, pin: '1234' })
  await phone.issue({ type: 'PlanTrip', doc: 't1', payload: { number: 'T-1', driver: driver.id, driverName: driver.name, vehicle: 'KLA-1', plannedAt: new Date().toISOString(), note: '' } })
  await stands('odd-pick', LONG, goods(2, LONG), 'confirmed')
  await stands('odd-door', LONG, goods(2, LONG), 'arrived')
  await stands('quick', '立德包裝', goods(2), 'confirmed')
  await stands('door', '立德包裝', goods(1), 'arrived')
  await stands('finger', '立德包裝', goods(1).map((line) => ({ ...line, quantity: 9 })), 'confirmed')
  await stands('full', '立德包裝', goods(1).map((line) => ({ ...line, quantity: 100 })), 'confirmed')
  await stands('large', '立德包裝', goods(500), 'placed')
  await phone.sync()
  await phone.sync()
  expect(await phone.db.outbox.count()).toBe(0)

  const device = await post<Enrolled>('/api/enrol', { code: await code(), device: { name: '手機', publicKey: '' } })
  const { grant } = await post<SignedIn>('/api/sign-in', { person: driver.id, pin: '1234' }, device)
  context = await openContext(browser, { size: 'small' })
  page = await context.newPage()
  faults = faultsOf(page)
  // A small device from its first byte: what is left is asked for seldom.
  tools = await context.newCDPSession(page)
  await tools.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: SMALL_DEVICE })
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto(`${server.url}/settings`)
  await tablesMade(page)
  await standAt(page, device, grant)
  await page.goto(`${server.url}/sync`)
  await docsThere(page)
})
afterAll(async () => {
  await phone?.close()
  await browser?.close()
  await server?.end()
})

/** The yellow key is tapped as often as this before anything can change. */
const taps = (count: number) =>
  page.evaluate((times) => {
    const key = [...document.querySelectorAll<HTMLElement>('button.main')].filter((each) => each.offsetParent !== null).at(-1)
    for (let i = 0; i < times; i++) key?.click()
  }, count)

describe('a name of two hundred characters, in any script and with signs of every trade', () => {
  test.each(['/pick/odd-pick', '/trips/t1', '/deliver/odd-door'])('stands on %s as it was written, and leaves the work its place', async (path) => {
    await page.goto(`${server.url}${path}`)
    await page.locator('.main').filter({ visible: true }).first().waitFor()
    await page.getByText('<script>alert(1)</script> {count} {name} | $& "q"').filter({ visible: true }).first().waitFor()
    const { wide, key, glass } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - innerWidth,
      key: Math.max(...[...document.querySelectorAll('.main')].map((each) => each.getBoundingClientRect().height)),
      glass: innerHeight,
    }))
    expect(wide).toBe(0)
    expect(key).toBeLessThan(glass * 0.4)
    expect(dialogs).toEqual([])
  })
  test('has two lines of the picking screen and its grade beside them; all of it is heard, and seen on a tap', async () => {
    await page.goto(`${server.url}/pick/odd-pick`)
    const heading = page.getByRole('heading', { level: 1 })
    await heading.getByRole('button', { name: says('order.wholeName') }).waitFor()
    expect(await heading.textContent()).toContain(LONG.trim().slice(-40))
    const lines = () => heading.evaluate((h1) => Math.round((h1.querySelector('.customer-name')?.clientHeight ?? 0) / Number.parseFloat(getComputedStyle(h1).lineHeight)))
    expect(await lines()).toBe(2)
    await heading.getByRole('img').waitFor()
    await heading.getByRole('button').click()
    expect(await lines()).toBeGreaterThan(5)
    await heading.getByRole('button').click()
    expect(await lines()).toBe(2)
  })
})

describe('three taps where one was meant', () => {
  test('claim once, and each take one roll', async () => {
    await page.goto(`${server.url}/pick/quick`)
    const claim = page.getByRole('button', { name: says('pick.claim.title') })
    await claim.waitFor()
    await taps(3)
    await expect.poll(async () => (await orderOn(page, 'quick')).claim).not.toBeNull()
    // Stored is not drawn yet: until then the key is still the claim's.
    await claim.waitFor({ state: 'hidden' })
    for (let done = 1; done <= 2; done++) {
      await page.locator('button.main').filter({ visible: true }).last().waitFor()
      await taps(3)
      await expect.poll(async () => (await orderOn(page, 'quick')).picks.length).toBe(done)
      await page.waitForTimeout(400)
      expect((await orderOn(page, 'quick')).picks).toHaveLength(done)
    }
  })

  test('sign one receipt and take the money once', async () => {
    await page.goto(`${server.url}/deliver/door`)
    for (const key of ['deliver.whole', 'deliver.cash.act'] as const) await page.getByRole('button', { name: says(key) }).click()
    await page.getByRole('link', { name: says('deliver.toSign') }).click()
    await page.waitForURL('**/sign')
    await draws(page, page.locator('canvas'))
    await page.getByRole('img', { name: says('deliver.sign.inked') }).waitFor()
    await taps(3)
    await page.waitForURL('**/receipt/**')
    const { receipt, cash, exceptions } = await orderOn(page, 'door')
    expect(receipt).not.toBeNull()
    expect(cash).toHaveLength(1)
    expect(exceptions.map(({ kind }) => kind)).not.toContain('receipt-twice')
  })
})

describe('a finger on the yellow key', () => {
  const picked = async () => (await orderOn(page, 'finger')).picks.length
  type Place = { x: number; y: number; id?: number }
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Place[]) => tools.send('Input.dispatchTouchEvent', { type, touchPoints })
  const middle = async (): Promise<Place> => {
    const box = await page.locator('button.main').filter({ visible: true }).last().boundingBox()
    if (!box) throw new Error('no yellow key')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  async function slide(from: Place, to: Place): Promise<void> {
    await touch('touchStart', from)
    for (let i = 1; i <= 5; i++) await touch('touchMove', { x: from.x + ((to.x - from.x) * i) / 5, y: from.y + ((to.y - from.y) * i) / 5 })
    await touch('touchEnd')
  }

  test('acts once as it leaves the glass, after a long press too; not when it slid off, not with a second finger, not when it bounces, not when the page was moved', async () => {
    await page.goto(`${server.url}/pick/finger`)
    await page.getByRole('button', { name: says('pick.claim.title') }).tap()
    await expect.poll(async () => (await orderOn(page, 'finger')).claim).not.toBeNull()
    await page.getByRole('button', { name: says('pick.shortKey') }).waitFor()
    const at = await middle()
    // Of the browser's own clicks, which follow a mouse that it plays, none is left.
    const heard = await page.evaluateHandle(() => {
      const heard: string[] = []
      for (const type of ['mousedown', 'click']) addEventListener(type, () => heard.push(type), { capture: true })
      return heard
    })
    const tapOnce = async (done: number) => {
      await page.waitForTimeout(BOUNCE_MS)
      await page.touchscreen.tap(at.x, at.y)
      await expect.poll(picked).toBe(done)
    }
    await tapOnce(1)
    // A browser has no click for this one.
    await touch('touchStart', at)
    await page.waitForTimeout(900)
    await touch('touchEnd')
    await expect.poll(picked).toBe(2)
    // None of these: the next tap is the third.
    await slide(at, { x: at.x, y: at.y - 300 })
    await slide({ x: at.x, y: at.y + 20 }, { x: at.x, y: at.y - 20 })
    await touch('touchStart', { ...at, id: 0 })
    const second = { x: at.x + 40, y: at.y, id: 1 }
    await touch('touchStart', { ...at, id: 0 }, second)
    await touch('touchMove', second)
    await touch('touchEnd')
    await tapOnce(3)
    // It comes off the glass twice: the next tap is the fifth.
    await page.waitForTimeout(BOUNCE_MS)
    for (let bounces = 0; bounces < 2; bounces++) {
      await touch('touchStart', at)
      await touch('touchEnd')
    }
    await expect.poll(picked).toBe(4)
    await tapOnce(5)
    expect(await heard.jsonValue()).toEqual(['click', 'click', 'click', 'click', 'click'])
    // A ring is for keyboards, and a scanner's Enter would press what has the focus.
    expect(await page.evaluate(() => document.activeElement?.matches('button.main'))).toBe(false)
  })
})

test('the way back closes the sheet that is open, and leaves the screen only when none is', async () => {
  const sheets = page.locator('[role=dialog]')
  await page.goto(`${server.url}/orders?list=all`)
  await page.locator('a[href="/orders/large"]').first().click()
  await page.getByRole('button', { name: says('orders.sign.confirmation') }).click()
  for (const box of await sheets.getByRole('checkbox').all()) await box.check()
  await sheets.locator('.main').click()
  await page.locator('.pin-keys').waitFor()
  expect(await sheets.count()).toBe(2)
  for (const left of [1, 0]) {
    await page.goBack()
    await expect.poll(() => sheets.count()).toBe(left)
    await expect.poll(() => new URL(page.url()).pathname).toBe('/orders/large')
  }
  await page.goBack()
  await expect.poll(() => new URL(page.url()).pathname).toBe('/orders')
  expect((await orderOn(page, 'large')).signed.confirmation).toBeNull()
})

test('a device that is full says that nothing was saved, and nothing is: with room again the same tap is recorded', async () => {
  const picked = async () => (await orderOn(page, 'full')).picks.length
  await page.goto(`${server.url}/pick/full`)
  await page.getByRole('button', { name: says('pick.claim.title') }).click()
  await expect.poll(async () => (await orderOn(page, 'full')).claim).not.toBeNull()
  await fillUp(page)
  try {
    const before = await picked()
    await taps(1)
    await page.getByText(says('shell.answers.notSaved')).filter({ visible: true }).first().waitFor()
    expect(await picked()).toBe(before)
    await tools.send('Storage.overrideQuotaForOrigin', { origin: server.url })
    await taps(1)
    await expect.poll(picked).toBe(before + 1)
  } finally {
    await tools.send('Storage.overrideQuotaForOrigin', { origin: server.url })
  }
  // Sync could not write either, and said so.
  faults = faults.filter((fault) => !/QuotaExceeded/.test(fault))
})

test('an order of five hundred lines can be changed: the first lines are there at once, and a mistake in the last is found', async () => {
  await page.goto(`${server.url}/orders/large/change`)
  const lines = page.locator('form section')
  const atFirst = await page.waitForFunction(() => document.querySelectorAll('form section').length)
  expect(await atFirst.jsonValue()).toBeLessThan(500)
  await expect.poll(() => lines.count(), { timeout: 60_000 }).toBe(500)
  await lines.last().getByLabel(says('orders.form.quantity')).fill('many')
  await page.getByRole('button', { name: says('orders.form.saveChange') }).click()
  await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value)).toBe('many')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('7')
  await page.getByRole('button', { name: says('orders.form.saveChange') }).click()
  await expect.poll(async () => (await orderOn(page, 'large')).lines[499]?.quantity, { timeout: 30_000 }).toBe(7)
})

test('none of it leaves an error on the page', () => {
  expect(faults).toEqual([])
})
