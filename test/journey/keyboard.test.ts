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
import { type Keys, keysOf, MAIN } from './keys.ts'

const NAME = '萬能先生'
const PIN = '2580'
/** Few enough to be picked one by one. */
const isSmall = (order: Order) => order.lines.reduce((sum, line) => sum + (line.unit === 'roll' ? line.quantity : 1), 0) <= 4
const isReady = (order: Order) => stageOf(order) === 'confirmed' && order.claim === null && shutGates(order, 'ship').length === 0

describe('by keyboard alone', () => {
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let order: Order
  let faults: string[] = []
  let keys: Keys

  beforeAll(async () => {
    ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
    const mill = await openMill(server)
    const bodies = await mill.bodies(await mill.grantOfNew(NAME, ROLES))
    const id = firstIn(bodies, 'pick.promised', (body) => body.kind === 'order' && isReady(body) && isSmall(body))
    order = bodies.find((body): body is Order => body.kind === 'order' && body.id === id) as Order
    page = await (await openContext(browser, { installs: false })).newPage()
    page.setDefaultTimeout(30_000)
    keys = keysOf(page)
    faults = faultsOf(page)
    await page.goto(`${server.url}/enrol#${await mill.code()}`)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.end()
  })

  test('a device is joined, and a person signs in', async () => {
    await page.locator('.main').last().waitFor()
    await expect.poll(async () => {
      await keys.press(MAIN)
      return new URL(page.url()).pathname
    }, { interval: 500, timeout: 30_000 }).toBe('/sign-in')
    await keys.arrives('/sign-in')
    await page.locator('.rows .cover').first().waitFor()
    await keys.goesTo(page.getByRole('link', { name: NAME }), 'ArrowDown')
    await keys.press('Enter')
    await page.locator('.pin-keys').waitFor()
    await keys.press(...PIN, 'Enter')
    await keys.arrives('/board')
  })

  test('the menu opens, closes with Esc, and gives the focus back', async () => {
    await keys.goesTo(page.getByRole('button', { name: says('shell.menu') }))
    await keys.press('Enter')
    await page.getByRole('dialog').waitFor()
    await keys.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => keys.isOn(page.locator('.bar-key'))).toBe(true)
    await keys.press('Enter')
    await keys.goesTo(page.locator('.cover[href="/work"]'), 'ArrowDown')
    await keys.press('End')
    expect(await keys.isOn(page.locator('.cover[href="/settings"]'))).toBe(true)
    await keys.press('Home', 'Enter')
    await keys.arrives('/work')
  })

  test('the order is found, taken on, and picked with one key press for each thing taken', async () => {
    await keys.goesTo(page.locator('input[type=search]'))
    await page.keyboard.type(order.number, { delay: 120 })
    await keys.press('Enter')
    await page.waitForURL(/order=/)
    await page.locator('.stub .main').last().waitFor()
    await keys.press(MAIN)
    await keys.arrives('/pick/')
    await expect.poll(async () => (await orderOn(page, order.id)).claim !== null).toBe(true)
    const before = keys.presses()
    for (let done = 0; ; done++) {
      const { picks } = await orderOn(page, order.id)
      expect(picks).toHaveLength(done)
      await page.locator('.stub .main:not([aria-busy])').last().waitFor()
      if (await page.getByText(says('pick.all.act')).first().isVisible()) break
      await keys.press(MAIN)
      await expect.poll(async () => (await orderOn(page, order.id)).picks.length, { timeout: 10_000 }).toBe(done + 1)
    }
    expect(keys.presses() - before).toBe((await orderOn(page, order.id)).picks.length)
    await keys.main('pick.all.act')
    await keys.main('pick.done.inspect')
    await keys.arrives('/inspect/')
  })

  test('it is inspected: each figure is reached and typed, and one press is enough for a lot', async () => {
    for (;;) {
      await page.locator('.lot .classes').waitFor()
      for (const [at, limits] of (await page.locator('.measure small').allInnerTexts()).entries()) {
        const [low = 0, high = 0] = limits.replaceAll(',', '').match(/[\d.]+/g)?.map(Number) ?? []
        await keys.types(page.locator('.measure').nth(at).locator('input').first(), String((low + high) / 2))
      }
      if (await page.locator('.stub .main').filter({ hasText: says('inspect.act.pass') }).isVisible()) break
      const goods = await page.locator('.lot').getAttribute('aria-label')
      await keys.press(MAIN)
      await page.locator(`.lot:not([aria-label="${goods}"])`).waitFor()
    }
    await keys.main('inspect.act.pass')
    await keys.signs(PIN)
    await keys.main('inspect.done.pack')
    await keys.arrives('/pack/')
  })

  test('it is packed, loaded and shipped', async () => {
    const before = keys.presses()
    await keys.main('ship.pack.act')
    await keys.main('ship.pack.next')
    await keys.arrives('/load/')
    await keys.main('ship.load.all')
    await keys.main('ship.load.act')
    await keys.main('ship.load.next')
    await keys.arrives('/ship/')
    await keys.main('ship.readBack.go')
    await page.locator('.clause.now').waitFor()
    const clauses = await page.locator('.clause').count()
    for (let n = 1; n <= clauses; n++) {
      await page.locator('.clause.now').filter({ hasText: new RegExp(`^\\s*${n}(?!\\d)`) }).waitFor()
      // No hand says yes twice within a quarter of a second, and a bouncing one is not believed.
      await page.waitForTimeout(260)
      await keys.press(MAIN)
    }
    await keys.signs(PIN)
    await sees(page, 'ship.shipped.title')
    expect((await orderOn(page, order.id)).shipment).not.toBeNull()
    expect(keys.presses() - before).toBe(6 + clauses + PIN.length + 1)
    console.info(`a whole order by keyboard: ${keys.presses()} key presses`)
  })

  test('who turns the wheel reads on where they are, whatever goes away under the focus; the next key begins there', async () => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${server.url}/orders?list=all`)
    await page.locator('[role=row]').nth(5).waitFor()
    await page.locator('input[type=search]').focus()
    await keys.press('ArrowDown', 'ArrowDown')
    expect(await keys.isOn(page.locator('[role=row] .cover'))).toBe(true)
    const down = () => page.evaluate(() => Math.max(...[...document.querySelectorAll('*')].map((each) => each.scrollTop)))
    const nowhere = () => page.evaluate(() => document.activeElement === document.body)
    await page.mouse.move(400, 600)
    for (let far = 0; far < 20 && !(await nowhere()); far++) {
      await page.mouse.wheel(0, 600)
      await expect.poll(down).toBeGreaterThan(300 * (far + 1))
    }
    expect(await nowhere()).toBe(true)
    await page.mouse.wheel(0, 600)
    const before = await down()
    await expect.poll(down).toBeGreaterThanOrEqual(before)
    await keys.press('Tab')
    await keys.stands()
  })

  test('and no page had an error', () => {
    expect(faults).toEqual([])
  })
})
