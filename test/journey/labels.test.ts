/** Pack, print, load by scanner alone with a wrong package in between, ship: what a label says is read off the printed page. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES } from '../../shared/people/role.ts'
import { isSscc } from '../../shared/scan/gs1/digits.ts'
import { togetherErrors } from '../../shared/scan/gs1/together.ts'
import { parseGs1 } from '../../shared/scan/gs1/parse.ts'
import { printedAs } from '../../shared/scan/printed.ts'
import type { Order } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { shutGates } from '../../shared/process/gate.ts'
import type { Body } from '../../shared/sync/doc.ts'
import { listsOf } from '../../shared/work/lists.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere, openMill, putOnTrip, putRows, standAt, tablesMade } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { codesIn, scan } from '../support/scanner.ts'
import { cut, installed, orderOn, press, readsBack, sees, signIn, signs, sizesOf } from './floor.ts'

const ME = { name: '萬能先生', pin: '2580' }
const DOTS = 4
/** CSS pixels to a millimetre, and points. */
const PX = 96 / 25.4
const PT = 72 / 25.4
let server: ServerProcess
let browser: Browser
let context: BrowserContext
let page: Page
let faults: string[]
/** to be packed; two to be loaded onto one trip; one that is gone */
let order: Order
let first: Order
let second: Order
let gone: Order
let trip: Extract<Body, { kind: 'trip' }>

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), startProcess({ example: true })])
  context = await openContext(browser)
  page = await context.newPage()
  faults = faultsOf(page)
  const mill = await openMill(server)
  const grant = await mill.grantOfNew(ME.name, ROLES)
  const bodies = await mill.bodies(grant)
  const orders = bodies.filter((body) => body.kind === 'order')
  const listed = (list: string, fits: (order: Order) => boolean = () => true) => orders.filter((each) => fits(each) && listsOf(each).some((entry) => entry.startsWith(`${list}|`)))
  const need = <T>(found: T | undefined, what: string): T => {
    if (!found) throw new Error(`the example has no ${what}`)
    return found
  }
  order = need(listed('pack.promised', (each) => shutGates(each, 'ship').length === 0 && each.lines.some((line) => line.unit === 'roll'))[0] ?? listed('pack.promised')[0], 'order to pack')
  ;[first, second] = listed('load.promised', (each) => each.packages.length > 1) as [Order, Order]
  gone = need(listed('deliver.promised', (each) => each.packages.length > 0)[0], 'order that left')
  trip = need(bodies.find((body) => body.kind === 'trip' && orders.some((each) => each.trip?.id === body.id && stageOf(each) === 'loaded')) as typeof trip | undefined, 'trip that waits')
  await putOnTrip(mill, [first.id, second.id], trip)
  await page.goto(`${server.url}/settings`)
  await tablesMade(page)
  await standAt(page, mill.enrolled, grant)
  const { person } = JSON.parse(Buffer.from(grant.split('.')[0] ?? '', 'base64url').toString('utf8')) as { person: string }
  await putRows(page, 'meta', [{ key: 'current', value: '' }, { key: 'cards', value: [{ id: person, name: ME.name, roles: ROLES }] }])
  await page.goto(`${server.url}/sign-in`)
  await signIn(page, ME)
  await page.goto(`${server.url}/sync`)
  await docsThere(page, bodies.length)
  await installed(page)
})
afterAll(async () => {
  await browser?.close()
  await server?.end()
})

const goTo = (path: string) => page.goto(`${server.url}${path}`)

test('packs with no network: one package is two, and each gets the next SSCC of this device', async () => {
  await cut(context, true)
  await goTo(`/pack/${order.id}`)
  await page.locator('.rows .cover').last().click()
  await press(page, 'ship.pack.split')
  await page.getByRole('dialog').locator('.main').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await press(page, 'ship.pack.act')
  await sees(page, 'ship.pack.next')
  order = await orderOn(page, order.id)
  const codes = order.packages.map((each) => each.code ?? '')
  expect(codes.length).toBeGreaterThan(1)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes.every(isSscc)).toBe(true)
  const serials = codes.map((code) => Number(code.slice(8, 17)))
  expect(serials).toEqual(serials.map((_, i) => (serials[0] ?? 0) + i))
})

describe.each([
  { size: 'mm100', width: 100, height: 150 },
  { size: 'inch4', width: 101.6, height: 152.4 },
] as const)('labels for $size, still with no network', ({ size, width, height }) => {
  test('are one page each, of the size of the roll', async () => {
    await goTo(`/labels/${order.id}`)
    await page.locator('.package-label').first().waitFor()
    await page.locator('.filter-key').nth(size === 'mm100' ? 0 : 1).click()
    await page.locator(`.package-label.${size}`).first().waitFor()
    const pages = sizesOf(await page.pdf({ preferCSSPageSize: true, printBackground: false }))
    expect(pages).toHaveLength(order.packages.length)
    for (const each of pages) expect([Math.abs(each.width - width * PT), Math.abs(each.height - height * PT)].every((off) => off < 1), JSON.stringify(each)).toBe(true)
  })

  test('are read back as what was meant, and what they say belongs together', async () => {
    for (const [i, parcel] of order.packages.entries()) {
      const png = await printed(page, i)
      const read = [...(await codesIn(png, ['Code128'])), ...(await codesIn(png, ['DataMatrix']))]
      const elements = read.flatMap((text) => {
        const reading = parseGs1(text)
        expect(reading.is, text).toBe('elements')
        return reading.is === 'elements' ? reading.elements.map(({ ai, value }) => ({ ai, value })) : []
      })
      const written = await page.locator('.package-label').nth(i).locator('.symbol').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''))
      const asBrackets = read.map((text) => {
        const reading = parseGs1(text)
        return reading.is === 'elements' ? reading.elements.map(({ ai, value }) => `(${ai})${value}`).join('') : ''
      })
      expect(asBrackets.toSorted()).toEqual(written.toSorted())
      expect(togetherErrors(elements)).toEqual([])
      expect(new Set(elements.filter(({ ai }) => ai === '00').map(({ value }) => value))).toEqual(new Set([parcel.code]))
      expect(read.some((text) => text.startsWith(']d2')) && read.some((text) => text.startsWith(']C1'))).toBe(true)
    }
  })

  test('have bars as wide and as high as GS1 asks of logistic units, and room beside them', async () => {
    const geometry = await page.locator('.package-label').first().evaluate((label) => {
      const box = label.getBoundingClientRect()
      return [...label.querySelectorAll('.symbol')].map((symbol) => {
        const at = symbol.getBoundingClientRect()
        const [x = 0, , across = 1] = (symbol.getAttribute('viewBox') ?? '').split(' ').map(Number)
        return { module: at.width / across, quiet: (-x * at.width) / across, high: at.height, inside: at.left >= box.left && at.right <= box.right && at.bottom <= box.bottom, linear: !symbol.classList.contains('label-matrix') }
      })
    })
    expect(geometry.length).toBeGreaterThan(1)
    for (const { module, quiet, high, inside, linear } of geometry) {
      expect(inside).toBe(true)
      expect(module / PX).toBeGreaterThanOrEqual(0.495)
      expect(module / PX).toBeLessThanOrEqual(0.94)
      expect(quiet / module).toBeGreaterThanOrEqual((linear ? 10 : 1) - 0.01)
      if (linear) expect(high / PX).toBeGreaterThanOrEqual(31.75)
    }
    // Nothing is cut off: what a label says has room on it.
    const cutOff = await page.locator('.package-label').evaluateAll((all) => all.filter((each) => each.scrollHeight > each.clientHeight + 1).length)
    expect(cutOff).toBe(0)
  })
})

test('the packing list is A4 and names every package', async () => {
  await goTo(`/packing-list/${order.id}`)
  await page.locator('.packing tbody').first().waitFor()
  const pages = sizesOf(await page.pdf({ preferCSSPageSize: true }))
  expect(pages).toHaveLength(1)
  expect([Math.round(pages[0]?.width ?? 0), Math.round(pages[0]?.height ?? 0)]).toEqual([595, 842])
  expect(await page.locator('.packing tbody').count()).toBe(order.packages.length)
})

test('is loaded by scanner alone: a package of another order stands out and says what it is', async () => {
  await goTo(`/load/${order.id}`)
  await page.getByRole('textbox').first().fill('KEH-6218')
  await page.getByRole('textbox').first().blur()
  const [one, ...others] = order.packages.map((each) => each.code ?? '')
  await scan(page, `]C100${one}`)
  await sees(page, 'ship.load.scan.right')
  await scan(page, `]C100${first.packages[0]?.code}`)
  await sees(page, 'ship.load.scan.otherOrder')
  await page.getByRole('alert').filter({ hasText: first.number }).filter({ hasText: trip.number }).waitFor()
  await scan(page, `]C100${gone.packages[0]?.code}`)
  await page.getByRole('alert').filter({ hasText: gone.number }).waitFor()
  await scan(page, one ?? '')
  await sees(page, 'ship.load.scan.again')
  expect((await orderOn(page, order.id)).loading).toBeNull()
  for (const code of others) await scan(page, `00${code}`, 4)
  // The last one records it: nobody has to say again what the scanner said.
  await sees(page, 'ship.load.next')
  const { loading, exceptions } = await orderOn(page, order.id)
  expect(loading).toMatchObject({ vehicle: 'KEH-6218', packages: order.packages.length, loaded: order.packages.map(({ no, code }) => ({ no, code, scanned: true })) })
  expect(exceptions.map(({ kind }) => kind)).not.toContain('packages-differ')
})

test('and shipped', async () => {
  await press(page, 'ship.load.next')
  await page.waitForURL('**/ship/**')
  const shut = shutGates(await orderOn(page, order.id), 'ship').length > 0
  if (shut) {
    await press(page, 'ship.left.key')
    await page.getByRole('dialog').locator('.main').click()
  } else await readsBack(page)
  await signs(page, ME.pin)
  await sees(page, 'ship.shipped.title')
})

test('a whole trip is loaded in one go, its packages in any order; one order that lacks a package is recorded when it is said', async () => {
  await goTo(`/trips/${trip.id}/load`)
  await page.getByText(first.number).waitFor()
  const [a, b] = [first, second].map((each) => each.packages.map(({ code }) => code ?? '')) as [string[], string[]]
  const mixed = a.flatMap((code, i) => [code, ...(i < b.length - 1 ? [b[i] ?? ''] : [])]).concat(b.slice(a.length, -1))
  for (const code of mixed) await scan(page, `]C100${code}`, 4)
  await expect.poll(async () => (await orderOn(page, first.id)).loading?.loaded?.length).toBe(a.length)
  expect((await orderOn(page, second.id)).loading).toBeNull()
  await scan(page, order.packages[0]?.code ?? '')
  await sees(page, 'ship.load.scan.otherTrip')
  await scan(page, printedAs('done'))
  await expect.poll(async () => (await orderOn(page, second.id)).loading?.packages).toBe(b.length - 1)
  const [odd] = (await orderOn(page, second.id)).exceptions.filter(({ kind }) => kind === 'packages-differ')
  expect(odd?.note).toContain(b.at(-1))
})

test('on lists a scan opens what it names: a package its order, a number its order, a delivery order, a trip', async () => {
  const opens = async (path: string, code: string, to: RegExp) => {
    await goTo(path)
    await page.locator('h1').first().waitFor()
    await page.locator('main .docket').first().waitFor()
    await scan(page, code)
    await page.waitForURL(to)
  }
  await opens('/work/load', `]C100${order.packages[0]?.code}`, new RegExp(order.id))
  await opens('/work/pick', gone.number, new RegExp(gone.id))
  await opens('/orders', (await orderOn(page, order.id)).shipment?.deliveryOrder ?? '', new RegExp(`/orders/${order.id}`))
  await opens('/trips', trip.number, new RegExp(`/trips/${trip.id}`))
  await opens('/trips', first.packages[0]?.code ?? '', new RegExp(`/trips/${trip.id}`))
})

test('nothing went wrong unseen', () => expect(faults).toEqual([]))

/** The label as it stands on paper, in dots of some 380 to the inch. */
async function printed(page: Page, i: number): Promise<Uint8Array> {
  await page.emulateMedia({ media: 'print' })
  const cdp = await page.context().newCDPSession(page)
  try {
    const box = await page.locator('.package-label').nth(i).evaluate((label) => {
      const { left, top, width, height } = label.getBoundingClientRect()
      return { x: left + scrollX, y: top + scrollY, width, height }
    })
    const { data } = await cdp.send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true, clip: { ...box, scale: DOTS } })
    return Buffer.from(data, 'base64')
  } finally {
    await cdp.detach()
    await page.emulateMedia({ media: null })
  }
}
