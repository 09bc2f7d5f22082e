/**
 * A whole order with a scanner alone, at a site where only scans count: no finger, no mouse, no key but those of the PIN, which is
 * never printed (what stands on a badge is no secret), and the customer's own ink. How many scans each line takes, and how many taps.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HAND_REASONS, type Order } from '../../shared/order/order.ts'
import { shutGates } from '../../shared/process/gate.ts'
import { badgeOf, digitAs, printedAs, type ScanCommand } from '../../shared/scan/printed.ts'
import type { Trip } from '../../shared/trip/trip.ts'
import type { Stop } from '../../shared/work/walk.ts'
import { openBrowser, openContext } from '../support/browser.ts'
import { freshOrders, type Mill, openMill } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { scan as scanInto } from '../support/scanner.ts'
import { draws, joins, orderOn, press, says, sees } from './floor.ts'
import { type Scans, scansOn } from './scans.ts'

const NAME = '掃描先生'
const PIN = '2580'

let server: ServerProcess
let browser: Browser
let mill: Mill
let page: Page
const faults: string[][] = []
/** several lines, of rolls and of goods in lots, each with its place */
let order: Order
let other: Order
/** goods in lots, of which one lot has all that a line wants */
let boxes: Order
let boxed: Stop
/** one that has not left, and the first of those with another vehicle */
let trip: Trip
let elsewhere: Trip

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  mill = await openMill(server)
  await mill.rules({ pickBy: 'scan', loadByTap: false })
  const bodies = await mill.bodies(await mill.grantOfNew(NAME, ['warehouse', 'quality', 'shipper', 'driver']))
  const takes = ({ line, sources }: Stop) => (line.unit === 'roll' ? line.quantity : sources.length)
  const fitting = freshOrders(bodies).filter(
    ({ order, walk }) => order.lines.length > 1 && shutGates(order, 'ship').length === 0 && walk.every(({ sources }) => sources.length > 0 && sources.every(({ lot, location }) => lot !== '' && location !== '')),
  )
  const sizes = fitting.map(({ order, walk }) => ({ order, takes: walk.reduce((sum, stop) => sum + takes(stop), 0) })).sort((a, b) => a.takes - b.takes)
  const [first, second] = sizes.filter(({ order: { lines } }) => lines.some(({ unit }) => unit === 'roll'))
  if (!first || !second) throw new Error('the example has no two fresh orders of several lines')
  ;[order, other] = [first.order, second.order]
  const wholly = ({ line, sources }: Stop) => line.unit !== 'roll' && line.unit !== 'kg' && line.quantity > 20 && (sources[0]?.quantity ?? 0) >= line.quantity
  const third = fitting.map(({ order, walk }) => ({ order, stop: walk.find(wholly) })).find(({ order, stop }) => stop && order !== first.order && order !== second.order)
  if (!third?.stop) throw new Error('the example has no fresh order of goods in lots')
  boxes = third.order
  boxed = third.stop
  const left = new Set(bodies.flatMap((body) => (body.kind === 'order' && body.trip && (body.departed ?? body.arrived ?? body.receipt) ? [body.trip.id] : [])))
  const coming = bodies.filter((body): body is Trip => body.kind === 'trip' && !left.has(body.id) && body.vehicle !== '').sort((a, b) => (a.plannedAt < b.plannedAt ? -1 : 1))
  const [soonest, latest] = [coming[0], coming.findLast(({ vehicle }) => vehicle !== coming[0]?.vehicle)]
  if (!soonest || !latest) throw new Error('the example has no two vehicles that have not left')
  ;[elsewhere, trip] = [soonest, latest]
  page = await joins(await openContext(browser, { size: 'small', installs: false }), server.url, await mill.code(), faults)
  by = scansOn(page)
})
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

let by: Scans
const scan = (code: string, what: string) => by.scan(code, what)
const prints = (command: ScanCommand) => by.prints(command)
const yes = (key: string) => by.yes(key)
const pin = () => by.pin(PIN)
const here = (path: string) => by.arrives(path)
const picksOf = async (id: string) => (await orderOn(page, id)).picks

/** What the screen asks for, place or goods, until everything is picked. Resolves to the places that were scanned. */
async function scansAll(): Promise<string[]> {
  const places: string[] = []
  await page.locator('.to-scan').waitFor()
  for (;;) {
    const taken = (await picksOf(order.id)).length
    const wanted = page.locator('.to-scan')
    await wanted.or(page.locator('.stub .main').filter({ hasText: says('pick.all.act') })).first().waitFor()
    if (!(await wanted.isVisible())) break
    const isPlace = says('pick.toScan.place').test(await wanted.innerText())
    const code = (await wanted.locator('small').innerText()).replaceAll(/\s/g, '')
    await scan(code, isPlace ? 'place' : 'goods')
    if (isPlace) {
      places.push(code)
      await wanted.filter({ hasNotText: says('pick.toScan.place') }).waitFor()
    } else await expect.poll(async () => (await picksOf(order.id)).length).toBe(taken + 1)
  }
  return places
}

describe('by scanner alone', () => {
  test('a badge says who it is, and the PIN is typed', async () => {
    const href = (await page.getByRole('link', { name: NAME }).getAttribute('href')) ?? ''
    await expect.poll(async () => {
      await scanInto(page, badgeOf(href.split('/').at(-1) ?? ''))
      return new URL(page.url()).pathname
    }, { timeout: 20_000 }).toBe(href)
    // A second time it is no PIN, for all its digits.
    await page.locator('.pin-keys').waitFor()
    await scanInto(page, badgeOf(href.split('/').at(-1) ?? ''))
    expect(await page.locator('.pin-dots .on').count()).toBe(0)
    // As long after it as no hand can be faster.
    await page.waitForTimeout(250)
    await pin()
    await here('/work/pick')
  })

  test('the order’s paper opens it in the work list, and a yes begins it', async () => {
    await page.locator('.rows .cover').first().waitFor()
    await scan(order.number, 'order')
    await page.waitForURL((url) => url.searchParams.get('order') === order.id)
    await yes('work.startOne')
    await here('/pick/')
  })

  test('place and goods, and nothing else, pick each line: one scan of the place while one stands there, one of each lot or roll', async () => {
    const places = await scansAll()
    const picks = await picksOf(order.id)
    expect(picks.map(({ way }) => way)).toEqual(picks.map(() => 'scan'))
    // Goods that lie side by side are taken after one scan of their place.
    expect(places).toEqual(picks.map(({ from }) => from).filter((from, i, all) => from !== all[i - 1]))
    expect(by.counts.goods).toBe(picks.length)
    const perLine = order.lines.map(({ no, name, unit, quantity }) => {
      const mine = picks.filter(({ line }) => line === no)
      return { line: `${name} ${quantity} ${unit}`, goods: mine.length, places: new Set(mine.map(({ from }) => from)).size }
    })
    for (const { goods, places: at } of perLine) expect(at).toBeLessThanOrEqual(goods)
    console.info(`scans per line:\n${perLine.map(({ line, goods, places: at }) => `  ${line}: ${goods} of goods at ${at} place${at > 1 ? 's' : ''}, no tap`).join('\n')}`)
  })

  test('the last is undone and taken again, and picking ends', async () => {
    const before = await picksOf(order.id)
    await prints('undo')
    await expect.poll(async () => (await picksOf(order.id)).at(-1)?.back).toBe(before.at(-1)?.quantity)
    await scansAll()
    expect(await picksOf(order.id)).toHaveLength(before.length + 1)
    await yes('pick.all.act')
    await yes('pick.done.inspect')
    await here('/inspect/')
  })

  test('a measuring tool types each figure, or printed digits and their point do; a yes is enough for a lot', async () => {
    const fields = page.locator('.measure input')
    await page.locator('.lot .classes').waitFor()
    expect(await fields.count()).toBeGreaterThan(1)
    for (const sign of '9.75') await scan(sign === '.' ? printedAs('point') : digitAs(Number(sign)), 'digit')
    await expect.poll(() => fields.first().inputValue()).toBe('9.75')
    // A second point is none, and takes nothing away.
    await scan(printedAs('point'), 'digit')
    expect(await fields.first().inputValue()).toBe('9.75')
    // The yes goes on to the next figure, whose field has the focus then.
    await prints('yes')
    await expect.poll(() => fields.nth(1).evaluate((field) => field === document.activeElement)).toBe(true)
    await fields.first().fill('')
    for (;;) {
      await page.locator('.lot .classes').waitFor()
      for (const limits of await page.locator('.measure small').allInnerTexts()) {
        const [low = 0, high = 0] = limits.replaceAll(',', '').match(/[\d.]+/g)?.map(Number) ?? []
        await scan(((low + high) / 2).toFixed(2), 'figure')
      }
      expect(await page.locator('.measure input').evaluateAll((fields) => (fields as HTMLInputElement[]).filter(({ value }) => value === '').length)).toBe(0)
      if (await page.locator('.stub .main').filter({ hasText: says('inspect.act.pass') }).isVisible()) break
      const goods = await page.locator('.lot').getAttribute('aria-label')
      await prints('yes')
      await page.locator(`.lot:not([aria-label="${goods}"])`).waitFor()
    }
    await yes('inspect.act.pass')
    await pin()
    await yes('inspect.done.pack')
    await here('/pack/')
  })

  test('it is packed, each package is scanned onto the vehicle, and read back', async () => {
    await yes('ship.pack.act')
    await yes('ship.pack.next')
    await here('/load/')
    const { packages } = await orderOn(page, order.id)
    await page.locator('.scan-field').waitFor()
    await scan(elsewhere.vehicle, 'vehicle')
    await expect.poll(async () => (await orderOn(page, order.id)).trip?.id).toBe(elsewhere.id)
    // A vehicle's own code means the trip it leaves on next; the trip's paper says onto which vehicle: with its last package the loading is recorded.
    await scan(trip.number, 'trip')
    await sees(page, 'ship.load.scan.at')
    await expect.poll(async () => (await orderOn(page, order.id)).trip?.id).toBe(trip.id)
    for (const [i, { code }] of packages.entries()) {
      await scan(code ?? '', 'package')
      await sees(page, i + 1 === packages.length ? 'ship.load.scan.whole' : 'ship.load.scan.right')
    }
    await expect.poll(async () => (await orderOn(page, order.id)).loading).toMatchObject({ vehicle: trip.vehicle, loaded: packages.map(() => ({ scanned: true })) })
    await yes('ship.load.next')
    await here('/ship/')
    await yes('ship.readBack.go')
    await page.locator('.clause.now').waitFor()
    for (let left = await page.locator('.clause').count(); left > 0; left--) await prints('yes')
    await pin()
    await sees(page, 'ship.shipped.title')
  })

  test('it leaves with the trip it was loaded onto', async () => {
    await yes('ship.trip.open')
    await here(`/trips/${trip.id}`)
    await yes('trips.depart')
    await expect.poll(async () => (await orderOn(page, order.id)).departed).not.toBeNull()
    await scan(order.packages[0]?.code ?? order.number, 'order')
    await yes('trips.stop.deliver')
    await here('/deliver/')
  })

  test('at the door one line is damaged, which roll and why; the others are accepted, the money counted, and the customer signs', async () => {
    await yes('deliver.arrive')
    await sees(page, 'deliver.arrivedAt')
    const roll = order.lines.find(({ unit }) => unit === 'roll')
    const lot = (await picksOf(order.id)).find(({ line, quantity, back }) => line === roll?.no && quantity > back)?.lot ?? ''
    // Its label opens the line; damaged is the third outcome, the first reason is the fifth key.
    await scan(lot, 'goods')
    const open = page.locator('.got.open')
    await open.filter({ hasText: roll?.name ?? '' }).waitFor()
    await scan(printedAs(3), 'outcome')
    await expect.poll(() => open.locator('.outcome .side').nth(2).getAttribute('aria-pressed')).toBe('true')
    expect(await page.locator('.stub .main').getAttribute('aria-disabled')).toBe('true')
    await scan(lot, 'goods')
    await scan(printedAs(5), 'reason')
    await expect.poll(() => open.locator('.why .side').first().getAttribute('aria-pressed')).toBe('true')
    expect(await open.locator('.why .side').first().evaluate((key) => getComputedStyle(key, '::before').content)).toContain('choice')
    // The key of the last line says it, too, of what comes then.
    const toSign = page.locator('.stub a.main').filter({ hasText: says('deliver.toSign') })
    while (!(await toSign.isVisible())) {
      const before = await page.locator('.stub .main').innerText()
      await prints('yes')
      await expect.poll(() => page.locator('.stub .main').innerText()).not.toBe(before)
    }
    await prints('yes')
    await page.locator('canvas').waitFor()
    await draws(page, page.locator('canvas'))
    await page.getByRole('img', { name: says('deliver.sign.inked') }).waitFor()
    await yes('deliver.sign.act')
    await here('/receipt/')
    expect((await orderOn(page, order.id)).receipt?.ink.strokes).toHaveLength(2)
    expect((await orderOn(page, order.id)).receipt?.lines.find(({ line }) => line === roll?.no)).toMatchObject({ damaged: 1, short: 0, refused: 0, reason: `${lot} 端面壓痕` })
    console.info(`a whole order by scanner: ${by.told()}`)
  })
})

test('a line of goods in lots is taken whole by its place and one scan of the goods; another quantity than the one asked is said by scanner, too', async () => {
  const { line, sources: [source] } = boxed
  await page.goto(`${server.url}/pick/${boxes.id}?line=${line.no}`)
  await page.locator('.to-scan, .stub .main').first().waitFor()
  if (await page.getByRole('button', { name: says('pick.claim.title') }).isVisible()) await yes('pick.claim.title')
  const mine = async () => (await picksOf(boxes.id)).filter((pick) => pick.line === line.no && pick.quantity > pick.back)
  const before = { ...by.counts }
  const since = (what: string) => (by.counts[what] ?? 0) - (before[what] ?? 0)

  await page.locator('.to-scan').filter({ hasText: source?.location ?? '' }).waitFor()
  await scan(source?.location ?? '', 'place')
  await page.locator('.to-scan').filter({ hasText: source?.lot ?? '' }).waitFor()
  await scan(source?.lot ?? '', 'goods')
  await expect.poll(async () => (await mine()).map(({ quantity, lot, way }) => ({ quantity, lot, way }))).toEqual([{ quantity: line.quantity, lot: source?.lot, way: 'scan' }])
  expect([since('place'), since('goods'), since('command')]).toEqual([1, 1, 0])
  console.info(`${line.name} ${line.quantity} ${line.unit}: 1 scan of the place, 1 of the goods, no tap`)

  await prints('undo')
  await expect.poll(async () => (await mine()).length).toBe(0)
  // Two less than asked, by a key each; then twelve, as a figure; and why no scan.
  const amount = page.getByRole('dialog').getByRole('spinbutton').first()
  await prints('minus')
  await expect.poll(() => amount.inputValue()).toBe(String(line.quantity - 1))
  await prints('minus')
  await expect.poll(() => amount.inputValue()).toBe(String(line.quantity - 2))
  for (const digit of [1, 2]) await scan(digitAs(digit), 'digit')
  await expect.poll(() => amount.inputValue()).toBe('12')
  await prints('plus')
  await expect.poll(() => amount.inputValue()).toBe('13')
  await scan(printedAs(HAND_REASONS.indexOf('other') + 1), 'row')
  await prints('yes')
  await expect.poll(async () => (await mine()).map(({ quantity, way, why }) => ({ quantity, way, why }))).toEqual([{ quantity: 13, way: 'hand', why: 'other' }])
})

test('by touch, where the site allows it: one tap for each lot or roll, and none besides', async () => {
  await mill.rules({ pickBy: 'tap' })
  await page.goto(`${server.url}/pick/${other.id}`)
  await press(page, 'pick.claim.title')
  let taps = 0
  const key = page.locator('.stub .main:not([aria-busy])')
  for (;;) {
    await key.last().waitFor()
    if (await key.filter({ hasText: says('pick.all.act') }).isVisible()) break
    await key.last().click()
    taps++
    await expect.poll(async () => (await picksOf(other.id)).length).toBe(taps)
  }
  const picks = await picksOf(other.id)
  expect(picks.map(({ way }) => way)).toEqual(picks.map(() => 'tap'))
  console.info(`taps per line:\n${other.lines.map(({ no, name, unit, quantity }) => `  ${name} ${quantity} ${unit}: ${picks.filter(({ line }) => line === no).length}`).join('\n')}`)
})

test('nothing went wrong unseen', () => expect(faults.flat()).toEqual([]))
