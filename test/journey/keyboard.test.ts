/** A whole order from the shelf to the road with a keyboard alone: no finger, no mouse, no scanner; and each screen says where one is. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES } from '../../shared/people/role.ts'
import type { Order } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { shutGates } from '../../shared/process/gate.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { firstIn, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { orderOn, says, sees } from './floor.ts'

const NAME = '萬能先生'
const PIN = '2580'
const MAIN = 'F9'
/** Few enough to be picked one by one. */
const isSmall = (order: Order) => order.lines.reduce((sum, line) => sum + (line.unit === 'roll' ? line.quantity : 1), 0) <= 4
const isReady = (order: Order) => stageOf(order) === 'confirmed' && order.claim === null && shutGates(order, 'ship').length === 0

describe('by keyboard alone', () => {
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let order: Order
  let faults: string[] = []
  let presses = 0

  beforeAll(async () => {
    ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
    const mill = await openMill(server)
    const bodies = await mill.bodies(await mill.grantOfNew(NAME, ROLES))
    const id = firstIn(bodies, 'pick.promised', (body) => body.kind === 'order' && isReady(body) && isSmall(body))
    order = bodies.find((body): body is Order => body.kind === 'order' && body.id === id) as Order
    page = await (await openContext(browser, { installs: false })).newPage()
    page.setDefaultTimeout(30_000)
    faults = faultsOf(page)
    await page.goto(`${server.url}/enrol#${await mill.code()}`)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.end()
  })

  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      presses += 1
      await page.keyboard.press(key)
    }
  }
  /** The key that the focus stands on says this, or is this. */
  const isOn = (what: string) => page.evaluate((what) => document.activeElement?.matches(what) ?? false, what)
  async function goesTo(key: 'Tab' | 'ArrowDown', what: string, most = 40): Promise<void> {
    for (let tries = 0; tries < most; tries++) {
      if (await isOn(what)) return
      await press(key)
    }
    throw new Error(`${most} times ${key} do not lead to ${what} on ${page.url()}`)
  }
  /** The main act of the screen, once it is there and no other is under way. */
  async function main(key: string): Promise<void> {
    await page.locator('.stub .main:not([aria-busy])').filter({ hasText: says(key), visible: true }).last().waitFor()
    await press(MAIN)
  }
  /** Another screen: its heading has the focus, the page has its name. */
  async function arrives(path: string): Promise<void> {
    await page.waitForURL((url) => url.pathname.startsWith(path))
    const heading = page.locator('h1').first()
    await heading.waitFor()
    await expect.poll(() => isOn('h1, input'), { timeout: 10_000 }).toBe(true)
    await expect.poll(async () => (await page.title()).includes(await heading.innerText())).toBe(true)
    expect(await page.title()).toContain(says('shell.app').source.replaceAll(/[\^$]/g, ''))
  }
  async function signs(): Promise<void> {
    await page.getByRole('dialog').locator('.pin-keys').waitFor()
    await press(...PIN, 'Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  test('a device is joined, and a person signs in', async () => {
    await page.locator('.main').last().waitFor()
    await expect.poll(async () => {
      await press(MAIN)
      return new URL(page.url()).pathname
    }, { interval: 500, timeout: 30_000 }).toBe('/sign-in')
    await arrives('/sign-in')
    await page.locator('.rows .cover').first().waitFor()
    await goesTo('ArrowDown', `.cover[href$="${await hrefOf(NAME)}"]`)
    await press('Enter')
    await page.locator('.pin-keys').waitFor()
    await press(...PIN, 'Enter')
    await arrives('/board')
  })
  const hrefOf = (name: string) => page.getByRole('link', { name }).getAttribute('href')

  test('the menu opens, closes with Esc, and gives the focus back', async () => {
    await goesTo('Tab', `[aria-label="${says('shell.menu').source.replaceAll(/[\^$]/g, '')}"]`)
    await press('Enter')
    await page.getByRole('dialog').waitFor()
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => isOn('.bar-key')).toBe(true)
    await press('Enter')
    await goesTo('ArrowDown', '.cover[href="/work"]')
    await press('End')
    expect(await isOn('.cover[href="/settings"]')).toBe(true)
    await press('Home', 'Enter')
    await arrives('/work')
  })

  test('the order is found, taken on, and picked with one key press for each thing taken', async () => {
    await goesTo('Tab', 'input[type=search]')
    await page.keyboard.type(order.number, { delay: 120 })
    await press('Enter')
    await page.waitForURL(/order=/)
    await page.locator('.stub .main').last().waitFor()
    await press(MAIN)
    await arrives('/pick/')
    await expect.poll(async () => (await orderOn(page, order.id)).claim !== null).toBe(true)
    const before = presses
    for (let done = 0; ; done++) {
      const { picks } = await orderOn(page, order.id)
      expect(picks).toHaveLength(done)
      await page.locator('.stub .main:not([aria-busy])').last().waitFor()
      if (await page.getByText(says('pick.all.act')).first().isVisible()) break
      await press(MAIN)
      await expect.poll(async () => (await orderOn(page, order.id)).picks.length, { timeout: 10_000 }).toBe(done + 1)
    }
    expect(presses - before).toBe((await orderOn(page, order.id)).picks.length)
    await main('pick.all.act')
    await main('pick.done.inspect')
    await arrives('/inspect/')
  })

  test('it is inspected: each figure is reached and typed, and one press is enough for a lot', async () => {
    for (;;) {
      await page.locator('.lot .classes').waitFor()
      for (const limits of await page.locator('.measure small').allInnerTexts()) {
        const [low = 0, high = 0] = limits.replaceAll(',', '').match(/[\d.]+/g)?.map(Number) ?? []
        await press('Tab')
        await goesTo('Tab', '.measure input')
        await page.keyboard.type(String((low + high) / 2))
      }
      if (await page.locator('.stub .main').filter({ hasText: says('inspect.act.pass') }).isVisible()) break
      const goods = await page.locator('.lot').getAttribute('aria-label')
      await press(MAIN)
      await page.locator(`.lot:not([aria-label="${goods}"])`).waitFor()
    }
    await main('inspect.act.pass')
    await signs()
    await main('inspect.done.pack')
    await arrives('/pack/')
  })

  test('it is packed, loaded and shipped', async () => {
    const before = presses
    await main('ship.pack.act')
    await main('ship.pack.next')
    await arrives('/load/')
    await main('ship.load.all')
    await main('ship.load.act')
    await main('ship.load.next')
    await arrives('/ship/')
    await main('ship.readBack.go')
    await page.locator('.clause.now').waitFor()
    const clauses = await page.locator('.clause').count()
    for (let n = 1; n <= clauses; n++) {
      await page.locator('.clause.now').filter({ hasText: new RegExp(`^\\s*${n}(?!\\d)`) }).waitFor()
      // No hand says yes twice within a quarter of a second, and a bouncing one is not believed.
      await page.waitForTimeout(260)
      await press(MAIN)
    }
    await signs()
    await sees(page, 'ship.shipped.title')
    expect((await orderOn(page, order.id)).shipment).not.toBeNull()
    expect(presses - before).toBe(6 + clauses + PIN.length + 1)
    console.info(`a whole order by keyboard: ${presses} key presses`)
  })

  test('and no page had an error', () => {
    expect(faults).toEqual([])
  })
})
