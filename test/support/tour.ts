/**
 * A way through every screen of the app and the sheets that open on them, on the example mill: for looking (look.ts) and for
 * the test that reads them all. Each visit stands for itself: it goes to its address and opens what it is about.
 */
import type { Page } from 'playwright-core'
import type { Language, TextSize } from '../../client/preferences.ts'
import type { Role } from '../../shared/people/role.ts'
import { ROLES } from '../../shared/people/role.ts'
import type { Order } from '../../shared/order/order.ts'
import type { Product } from '../../shared/product/product.ts'
import { adviceDue } from '../../shared/order/advice.ts'
import { openExceptions } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { shutGates } from '../../shared/process/gate.ts'
import { siteDocId } from '../../shared/site/site.ts'
import type { Body } from '../../shared/sync/doc.ts'
import { codesOf, listsOf } from '../../shared/work/lists.ts'
import { docsThere, firstIn, type Mill, openMill, personOf, putOnTrip, putRows, standAt, tablesMade } from './mill.ts'
import type { ServerProcess } from './process.ts'
import { says } from './words.ts'

/** Who stands at the device: nobody, or somebody with this role; `everyone` has them all. */
type Who = 'nobody' | 'everyone' | Role
export type Guide = {
  page: Page
  /** opens this visit's screen, and what it is about */
  visit(visit: Visit, language?: Language): Promise<void>
  /** as a person changes it in the settings, without a reload */
  prefer(wanted: { language: string; theme: string; glove: boolean; text?: TextSize; leftHand?: boolean }): Promise<void>
  /** where the page is, and where it could be (client/routes.ts) */
  routeName(): Promise<string>
  routeNames(): Promise<string[]>
  /** everything the mill's docs say, as text */
  data: string
}
export type Visit = {
  name: string
  who?: Who
  /** an address, or where to on the example mill */
  path: string | ((mill: Known) => string)
  /** on the fresh server, which has no site yet */
  fresh?: boolean
  /** says what it said when it was opened: in another language it is opened again */
  spoken?: boolean
  /** made for the width of a desk, too */
  desk?: boolean
  open?(hands: Hands): Promise<void>
}
type Known = { bodies: readonly Body[]; device: string; /** who stands there with every role */ person: string; order(list: string, fits?: (order: Order) => boolean): string; trip(left: boolean): string }
type Hands = Known & {
  page: Page
  /** the key or link that says this */
  press(key: string): Promise<void>
  /** the one key of the stub, whatever it says */
  main(): Promise<void>
  dialog(): Promise<void>
}

const toOrder = (list: string, at: string, fits?: (order: Order) => boolean) => (known: Known) => at.replace('{order}', known.order(list, fits))
const isOpen = (order: Order) => shutGates(order, 'ship').length === 0
const isShut = (order: Order) => !isOpen(order)
const isFresh = (order: Order) => stageOf(order) === 'confirmed' && order.claim === null
const isUnderWay = (order: Order) => order.departed !== null && order.arrived === null
const isPaidStop = (order: Order) => isUnderWay(order) && order.terms === 'cash-on-delivery'
/** A delivery that a test can sign at once: no money to be counted. */
const isPlainStop = (order: Order) => isUnderWay(order) && order.terms !== 'cash-on-delivery'
/** The first thing that anybody could settle of it. */
const isShort = (order: Order) => stageOf(order) === 'picked' && openExceptions(order)[0]?.kind === 'short'
const hasPutBack = (order: Order) => openExceptions(order).some((each) => each.kind === 'picked-after-cancel')

const hasSeveral = (order: Order) => order.packages.length > 2
/** Onto the vehicle of the order that `load` shows: `other` is one that was loaded before. */
const scansPackages = (which: (orders: { load: Order | undefined; other: Order | undefined }) => (string | undefined)[]) => async (hands: Hands) => {
  const orders = hands.bodies.filter((body) => body.kind === 'order')
  const [load, other] = [hands.order('load.promised', hasSeveral), hands.order('ship.promised')].map((id) => orders.find((order) => order.id === id))
  await hands.page.locator('.scan-field input').waitFor()
  for (const code of which({ load, other })) {
    await hands.page.locator('.scan-field input').fill(code ?? '')
    await hands.page.locator('.scan-field input').press('Enter')
  }
  await hands.page.locator('.scan.right, .scan.wrong').waitFor()
}
async function claimed(hands: Hands): Promise<void> {
  const { page, press } = hands
  await page.locator('.stub .main, .to-scan').first().waitFor()
  // A visit before may have left the site with scans only.
  await siteRule(hands, {})
  await page.locator('.stub .main').waitFor()
  if (await page.getByRole('button', { name: says('pick.claim.title') }).isVisible()) await press('pick.claim.title')
  await page.locator('.stub .main').filter({ hasNotText: says('pick.claim.title') }).waitFor()
}
async function scans(hands: Hands, code: string): Promise<void> {
  const field = hands.page.locator('.scan-field input')
  await field.fill(code)
  await field.press('Enter')
  await hands.page.locator('.scan-field').waitFor({ state: 'detached' })
}
async function arrived(hands: Hands): Promise<void> {
  const { page, press } = hands
  await page.locator('.stub .main').waitFor()
  if (await page.getByRole('button', { name: says('deliver.arrive') }).isVisible()) await press('deliver.arrive')
  await page.getByText(says('deliver.arrivedAt')).waitFor()
}
/** A stop whose customer was not there, so that there is something to hand back. */
async function handsBack({ page, press, dialog }: Hands): Promise<void> {
  const key = page.getByRole('button', { name: says('trips.back.key') })
  await page.locator('ol.rows .next .cover').first().click()
  await press('deliver.absent.key')
  await page.getByRole('dialog').locator('.main').click()
  await key.waitFor()
  await key.click()
  await dialog()
}
/** Counts until the money is next, of which the customer hands over more. */
async function paying(hands: Hands): Promise<void> {
  const { page } = hands
  await arrived(hands)
  const notes = page.getByRole('group', { name: says('deliver.cash.notes') })
  while (!(await notes.isVisible())) {
    await page.locator('.stub .main').click()
    await page.waitForTimeout(50)
  }
  await notes.getByRole('button').last().click()
}
async function signing(hands: Hands): Promise<void> {
  const { page } = hands
  await arrived(hands)
  const toSign = page.getByRole('link', { name: says('deliver.toSign') })
  while (!(await toSign.isVisible())) {
    // What another visit left without a reason gets one.
    if (await page.locator('.stub .main[aria-disabled]').isVisible()) await page.getByRole('group', { name: says('deliver.why') }).getByRole('button').first().click()
    await page.locator('.stub .main').click()
    await page.waitForTimeout(50)
  }
  await toSign.click()
  await page.waitForURL('**/sign')
  await page.locator('canvas').waitFor()
}
/** So many clauses from the first on; what another visit left said is said anew. */
async function hears({ page, press }: Hands, count: number): Promise<void> {
  await page.locator('.clause').first().waitFor()
  while ((await page.locator('.clause.heard, .clause.differs').count()) > 0) {
    if (await page.locator('.clause.now').isVisible()) await press('ship.readBack.previous')
    else await press('ship.readBack.again')
  }
  for (let heard = 0; heard < count; heard++) {
    await page.waitForTimeout(260)
    await page.locator('.stub .main').click()
  }
}
async function hearsAll(hands: Hands, differs = false): Promise<void> {
  await hears(hands, 0)
  const { page, press } = hands
  if (differs) {
    await press('ship.readBack.differs')
    await page.getByRole('dialog').locator('textarea').fill('後門改前門')
    await page.getByRole('dialog').locator('.main').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  while (await page.locator('.clause.now').isVisible()) {
    await page.waitForTimeout(260)
    await page.locator('.stub .main').last().click()
  }
}
async function settlesBy({ page, press, dialog }: Hands, decision: string): Promise<void> {
  await press('orders.settle.key')
  await dialog()
  await page.getByRole('radio', { name: says(`order.decisions.${decision}`) }).check({ force: true })
}
async function checks({ page }: Hands): Promise<void> {
  const sheet = page.getByRole('dialog')
  for (const box of await sheet.getByRole('checkbox').all()) await box.check()
}

/** The camera over a screen: Chromium's own fake one (FAKE_CAMERA), or the person says no. */
async function films({ page, press }: Hands, allowed: boolean): Promise<void> {
  await page.evaluate((allowed) => {
    if (allowed) Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia')
    else Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { configurable: true, value: () => Promise.reject(new DOMException('', 'NotAllowedError')) })
  }, allowed)
  await press('scan.camera.open')
  await page.locator(allowed ? '.camera.filming' : '.camera.failed').waitFor()
}


/** The site's rules as its supervisor set them, on this device only. */
async function siteRule({ page, bodies }: Hands, rule: object): Promise<void> {
  const site = bodies[0]?.site ?? ''
  const body = { kind: 'site', id: siteDocId(site), site, version: 99, name: '範例紙廠', zone: 'Asia/Taipei', currency: 'TWD', workRules: ['promised', 'received'], ...rule }
  await putRows(page, 'docs', [{ id: body.id, scope: `people:${site}`, version: 99, doc: { body, applied: {} }, lists: ['site|'], codes: [] }])
  await page.reload()
}
/** Whoever stands here has lost this order to who has it now, and some of it lies with them. */
async function lostOrder(hands: Hands, then?: string): Promise<void> {
  const { page, bodies, person } = hands
  const body = bodies.find((each): each is Order => each.kind === 'order' && stageOf(each) === 'picking' && each.claim !== null && each.picks.length > 0)
  if (!body?.claim) throw new Error('nobody is picking')
  const from = { ...body.claim, by: person }
  const mine = { ...body, picks: body.picks.map((pick) => ({ ...pick, by: person })), takeovers: [{ ...body.claim, from }] }
  await putRows(page, 'docs', [{ id: body.id, scope: `site:${body.site}`, version: body.version, doc: { body: mine, applied: {} }, lists: listsOf(mine), codes: [] }])
  await page.goto(new URL(then ?? `/pick/${body.id}`, page.url()).href)
}
const trolleyOf = ({ bodies }: Known) =>
  `/trolley/${bodies
    .filter((body): body is Order => body.kind === 'order' && isFresh(body))
    .slice(0, 3)
    .map(({ id }) => id)
    .join(',')}`

async function typesIn(page: Page, code: string): Promise<void> {
  await page.locator('.scan-field input').fill(code)
  await page.keyboard.press('Enter')
}
const looksUp = (code: string) => async ({ page }: Hands) => {
  await typesIn(page, code)
  await page.locator('.docket-row').first().waitFor()
}
const productOf = ({ bodies }: Known, sku: string) => {
  const found = bodies.find((body) => body.kind === 'product' && body.sku === sku)
  if (found?.kind !== 'product') throw new Error(`the mill has no ${sku}`)
  return found
}
/** By a label that says all there is to say. */
async function receives(hands: Hands, expires: string): Promise<void> {
  await typesIn(hands.page, `(01)${productOf(hands, 'MZ-070-25').barcode.padStart(14, '0')}(${expires.slice(0, 2)})${expires.slice(2)}(3102)004180(30)20(10)L-26-77120`)
  await hands.page.locator('.stub .main').waitFor()
  await hands.main()
  await hands.dialog()
}
async function countsPlace(hands: Hands): Promise<void> {
  const { page, press } = hands
  const shelves = productOf(hands, 'MZ-070-25').stock
  await typesIn(page, shelves[0]?.location ?? '')
  await press('stock.whole.key')
  await page.locator('.stub .main').waitFor()
}
/** Two questions and two lots that are held, on this device only. */
async function shelvesAsk(hands: Hands): Promise<void> {
  const product = productOf(hands, 'BK-080-1092')
  const [first, second, third] = product.stock
  if (!first || !second || !third) throw new Error('too few rolls')
  const act = { by: hands.person, name: '吳建宏', at: '2026-11-24T02:00:00.000Z', device: hands.device, command: 'c1' }
  const body: Product = {
    ...product,
    version: 99,
    stock: [{ ...first, held: true, supplierLot: 'S-2611-77', expires: '2027-06-30' }, { ...second, held: true }, ...product.stock.slice(2), { ...third, location: 'A-99-1', quantity: -1, grams: 0 }, { ...third, location: 'A-99-1', lot: 'R-26-999999', quantity: -2, grams: 0 }],
    questions: [
      { ...act, id: 'q1', kind: 'negative', location: 'A-99-1', lot: third.lot },
      { ...act, id: 'q2', kind: 'negative', location: 'A-99-1', lot: 'R-26-999999' },
      { ...act, id: 'q3', kind: 'count-differs', location: third.location, lot: third.lot, expected: 3, counted: 1, difference: -2, late: -1 },
    ],
  }
  await putRows(hands.page, 'docs', [{ id: body.id, scope: `site:${body.site}`, version: 99, doc: { body, applied: {} }, lists: listsOf(body), codes: codesOf(body) }])
  await hands.page.reload()
}

const PICKED = toOrder('pick.promised', '/pick/{order}', isFresh)
const PAID = toOrder('deliver.promised', '/deliver/{order}', isPaidStop)
const UNDER_WAY = toOrder('deliver.promised', '/deliver/{order}', isPlainStop)

export const TOUR: readonly Visit[] = [
  { name: 'setup', who: 'nobody', fresh: true, path: '/setup' },
  {
    name: 'setup, with what is wrong',
    who: 'nobody',
    fresh: true,
    path: '/setup#ABC',
    open: async ({ page, main }) => {
      await main()
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  { name: 'setup, done before', who: 'nobody', path: '/setup' },
  { name: 'enrol', who: 'nobody', path: '/enrol' },
  { name: 'enrol, after the storage was cleared', who: 'nobody', path: '/enrol?cleared=' },
  {
    name: 'enrol, with an unknown code',
    spoken: true,
    who: 'nobody',
    path: '/enrol#ABCD2345',
    open: async ({ page, main }) => {
      await main()
      await page.getByRole('alert').first().waitFor()
    },
  },
  { name: 'sign-in', who: 'nobody', path: '/sign-in' },
  { name: 'pin', who: 'nobody', path: '/sign-in', open: async ({ page }) => page.locator('main a[href^="/sign-in/"]').first().click() },

  ...(['pick', 'inspect', 'pack', 'load', 'ship'] as const).map((step): Visit => ({ name: `work, ${step}`, path: `/work/${step}`, desk: step === 'pick' })),
  { name: 'work, sequence', path: toOrder('pick.promised', '/work/pick?order={order}', isFresh), open: async ({ press, dialog }) => press('work.job.sequence').then(dialog) },
  { name: 'places menu', path: '/work/pick', open: async ({ press, dialog }) => press('shell.menu').then(dialog) },

  { name: 'pick, to claim', path: PICKED, desk: true },
  { name: 'pick', path: PICKED, desk: true, open: claimed },
  { name: 'pick, by the camera', path: PICKED, desk: true, open: (hands) => claimed(hands).then(() => films(hands, true)) },
  { name: 'pick, no camera', path: PICKED, open: (hands) => films(hands, false) },
  {
    name: 'pick, a wrong scan',
    path: PICKED,
    open: async (hands) => {
      await claimed(hands)
      await scans(hands, 'R-26-000000')
    },
  },
  {
    name: 'pick, another lot',
    path: PICKED,
    open: async (hands) => {
      await claimed(hands)
      const sku = await hands.page.locator('.take .code').innerText()
      const shown = await hands.page.locator('.after-take').innerText()
      const product = hands.bodies.find((body) => body.kind === 'product' && body.sku === sku)
      const other = product?.kind === 'product' ? product.stock.find((each) => !shown.replaceAll(/\s/g, '').includes(each.lot)) : undefined
      await scans(hands, other?.lot ?? sku)
    },
  },
  { name: 'pick, by hand', path: PICKED, open: async (hands) => claimed(hands).then(() => hands.page.locator('.after-take .cover').click()).then(hands.dialog) },
  { name: 'pick, short', path: PICKED, open: async (hands) => claimed(hands).then(() => hands.press('pick.shortKey')).then(hands.dialog) },
  {
    name: 'pick, every line',
    path: toOrder('pick.promised', '/pick/{order}', (order) => isFresh(order) && order.lines.length > 1),
    open: async (hands) => claimed(hands).then(() => hands.press('pick.lines')).then(hands.dialog),
  },
  {
    name: 'pick, by scan only',
    path: PICKED,
    open: async (hands) => {
      await claimed(hands)
      await siteRule(hands, { pickBy: 'scan' })
      await hands.page.locator('.to-scan').waitFor()
    },
  },
  {
    name: 'pick, by scan only, by hand',
    path: PICKED,
    open: async (hands) => {
      await claimed(hands)
      await siteRule(hands, { pickBy: 'scan' })
      await hands.press('pick.toScan.hand')
      await hands.dialog()
    },
  },
  {
    name: 'pick, by weight',
    path: toOrder('pick.promised', '/pick/{order}', (order) => isFresh(order) && order.lines.some((line) => line.unit === 'kg') && order.tolerance !== ''),
    open: async (hands) => {
      await claimed(hands)
      if (await hands.page.getByRole('button', { name: says('pick.lines') }).isVisible()) {
        await hands.press('pick.lines')
        await hands.dialog()
        await hands.page.getByRole('dialog').locator('.docket-row', { hasText: 'kg' }).first().locator('.cover').click({ timeout: 1000 }).catch(() => hands.page.keyboard.press('Escape'))
      }
    },
  },
  { name: 'pick, somebody else’s', path: toOrder('pick.promised', '/pick/{order}', (order) => stageOf(order) === 'picking' && order.claim !== null && order.picks.length > 0) },
  {
    name: 'pick, taken over',
    path: toOrder('pick.promised', '/pick/{order}', (order) => stageOf(order) === 'picking' && order.claim !== null && order.picks.length > 0),
    open: async (hands) => {
      await lostOrder(hands)
      await hands.page.locator('.stub .main', { hasText: says('pick.lost.act') }).waitFor()
    },
  },
  {
    name: 'pick, taking over',
    path: toOrder('pick.promised', '/pick/{order}', (order) => stageOf(order) === 'picking' && order.claim !== null && order.picks.length > 0),
    open: async ({ press, dialog }) => press('pick.takeOver').then(dialog),
  },
  { name: 'work, goods that are owed', path: '/work/pick', open: async (hands) => lostOrder(hands, '/work/pick').then(() => hands.page.locator('.notice').first().waitFor()) },
  { name: 'work, several together', path: '/work/pick', open: async ({ press, dialog }) => press('work.trolley.key').then(dialog) },
  { name: 'trolley', path: trolleyOf, open: async ({ page }) => page.locator('.slot-sign').waitFor() },
  {
    name: 'trolley, every line',
    path: trolleyOf,
    open: async ({ page, press, dialog }) => {
      await page.locator('.slot-sign').waitFor()
      await press('pick.trolley.lines')
      await dialog()
    },
  },
  { name: 'trolley, all picked', path: ({ order }) => `/trolley/${order('inspect.promised')},${order('pack.promised')}` },
  { name: 'pick, done', path: toOrder('inspect.promised', '/pick/{order}') },
  { name: 'pick, cancelled', path: toOrder('exceptions', '/pick/{order}', hasPutBack) },
  { name: 'pick, not confirmed', path: toOrder('confirm.promised', '/pick/{order}') },

  { name: 'inspect', path: toOrder('inspect.promised', '/inspect/{order}', (order) => order.inspection === null) },
  {
    name: 'inspect, failed',
    path: toOrder('inspect.promised', '/inspect/{order}', (order) => order.inspection === null),
    open: async ({ page }) => {
      const more = page.locator('.defect .counter .side:last-child')
      await more.first().waitFor()
      for (const index of [1, 1, 3]) await more.nth(index).click()
      await page.locator('.choice input').first().check({ force: true })
    },
  },
  {
    name: 'inspect, beyond its limits',
    path: toOrder('inspect.promised', '/inspect/{order}', (order) => order.inspection === null && order.lines[0]?.unit === 'roll'),
    open: async ({ page }) => {
      await page.locator('.measure input').first().fill('12,5')
      await page.locator('.measure.out').waitFor()
    },
  },
  { name: 'inspect, held before', path: toOrder('inspect.promised', '/inspect/{order}', (order) => order.inspection !== null) },
  {
    name: 'inspect, conceding',
    path: toOrder('inspect.promised', '/inspect/{order}', (order) => order.inspection !== null),
    open: async ({ press, dialog }) => press('inspect.concede.key').then(dialog),
  },
  {
    name: 'inspect, held before, anew',
    path: toOrder('inspect.promised', '/inspect/{order}', (order) => order.inspection !== null),
    open: async ({ page, press }) => press('inspect.again').then(() => page.locator('.classes').first().waitFor()),
  },
  { name: 'held', path: '/held' },
  { name: 'inspect, done', path: toOrder('pack.promised', '/inspect/{order}') },
  { name: 'pack', path: toOrder('pack.promised', '/pack/{order}'), desk: true },
  { name: 'pack, a package', path: toOrder('pack.promised', '/pack/{order}'), open: async ({ page, dialog }) => page.locator('.rows .cover').first().click().then(dialog) },
  { name: 'pack, done', path: toOrder('load.promised', '/pack/{order}'), desk: true },
  { name: 'labels', path: toOrder('load.promised', '/labels/{order}'), desk: true },
  { name: 'labels, none', path: toOrder('pick.promised', '/labels/{order}') },
  { name: 'packing list', path: toOrder('load.promised', '/packing-list/{order}'), desk: true },
  { name: 'shipping advice', path: toOrder('deliver.promised', '/advice/{order}', (order) => order.shipment !== null), desk: true },
  { name: 'shipping advice, none yet', path: toOrder('load.promised', '/advice/{order}') },
  { name: 'load', path: toOrder('load.promised', '/load/{order}', hasSeveral), desk: true },
  { name: 'load, one aboard', path: toOrder('load.promised', '/load/{order}', hasSeveral), open: scansPackages((orders) => [orders.load?.packages[0]?.code]) },
  { name: 'load, a foreign package', path: toOrder('load.promised', '/load/{order}', hasSeveral), open: scansPackages((orders) => [orders.other?.packages[0]?.code]) },
  { name: 'load, a whole trip', path: ({ trip }) => `/trips/${trip(false)}/load`, desk: true },
  { name: 'load, done', path: toOrder('ship.promised', '/load/{order}') },
  { name: 'ship, shut', path: toOrder('ship.promised', '/ship/{order}', isShut) },
  { name: 'ship, shut, for a shipper', who: 'shipper', path: toOrder('ship.promised', '/ship/{order}', isShut) },
  { name: 'ship, emergency', path: toOrder('ship.promised', '/ship/{order}', isShut), open: async ({ press, dialog }) => press('ship.emergency.key').then(dialog) },
  { name: 'ship, already left', path: toOrder('ship.promised', '/ship/{order}', isShut), open: async ({ press, dialog }) => press('ship.left.key').then(dialog) },
  { name: 'ship, open', path: toOrder('ship.promised', '/ship/{order}', isOpen) },
  { name: 'read-back', path: toOrder('ship.promised', '/ship/{order}/read-back', isOpen), desk: true, open: async (hands) => hears(hands, 3) },
  { name: 'read-back, differs', path: toOrder('ship.promised', '/ship/{order}/read-back', isOpen), open: async ({ press, dialog }) => press('ship.readBack.differs').then(dialog) },
  { name: 'read-back, who reads', path: toOrder('ship.promised', '/ship/{order}/read-back', isOpen), open: async ({ page, dialog }) => page.locator('.docket-row .side.low').first().click().then(dialog) },
  { name: 'read-back, one that differed', path: toOrder('ship.promised', '/ship/{order}/read-back', isOpen), open: async (hands) => hearsAll(hands, true) },
  { name: 'ship, one that differed', path: toOrder('ship.promised', '/ship/{order}/read-back', isOpen), open: async (hands) => hearsAll(hands, true).then(() => hands.main()).then(() => hands.page.waitForURL('**/ship/*')) },
  { name: 'ship, PIN', spoken: true, path: toOrder('ship.promised', '/ship/{order}/read-back', isOpen), open: async (hands) => hearsAll(hands).then(hands.dialog) },
  { name: 'ship, advice', path: toOrder('ship.promised', '/ship/{order}', isOpen), open: async ({ page, dialog }) => page.locator('.side.low').first().click().then(dialog) },
  {
    name: 'ship, advice, late and with a check',
    path: toOrder('ship.promised', '/ship/{order}', isOpen),
    open: async ({ page, press, dialog }) => {
      await page.locator('.side.low').first().click()
      await dialog()
      await page.getByLabel(says('ship.advice.arrives')).fill('2027-01-04T10:30')
      if (!(await page.getByLabel(says('ship.advice.checkPlace')).isVisible())) await press('ship.advice.addCheck')
      await page.getByLabel(says('ship.advice.checkPlace')).scrollIntoViewIfNeeded()
    },
  },
  { name: 'ship, which trip', path: toOrder('ship.promised', '/ship/{order}', isOpen), open: async ({ page, dialog }) => page.locator('.side.low').last().click().then(dialog) },
  { name: 'ship, shipped', path: toOrder('deliver.promised', '/ship/{order}', (order) => order.shipment !== null) },

  { name: 'put away', path: '/put-away', desk: true },
  {
    name: 'put away, a wrong scan',
    path: '/put-away',
    open: async (hands) => {
      const field = hands.page.locator('.scan-field input')
      await field.fill('Z-99-9')
      await field.press('Enter')
      await hands.page.getByText(says('putAway.wrong')).waitFor()
    },
  },

  { name: 'trips', path: '/trips', desk: true },
  { name: 'trips, of a driver', who: 'driver', path: '/trips' },
  { name: 'trips, planning one', path: '/trips', open: async ({ press, dialog }) => press('trips.plan.key').then(dialog) },
  { name: 'trip, before it leaves', path: ({ trip }) => `/trips/${trip(false)}`, desk: true },
  { name: 'trip, adding orders', path: ({ trip }) => `/trips/${trip(false)}`, open: async ({ press, dialog }) => press('trips.add.key').then(dialog) },
  { name: 'trip, changing it', path: ({ trip }) => `/trips/${trip(false)}`, open: async ({ press, dialog }) => press('trips.plan.edit').then(dialog) },
  { name: 'trip, a stop', path: ({ trip }) => `/trips/${trip(false)}`, open: async ({ page, dialog }) => page.locator('ol.rows .cover').first().click().then(dialog) },
  { name: 'trip, under way', path: ({ trip }) => `/trips/${trip(true)}`, desk: true },
  { name: 'trip, the next stop', path: ({ trip }) => `/trips/${trip(true)}`, open: async ({ page, dialog }) => page.locator('ol.rows .next .cover').first().click().then(dialog) },

  { name: 'trip, handing goods back', path: ({ trip }) => `/trips/${trip(true)}`, open: handsBack },

  { name: 'deliver, not there yet', path: UNDER_WAY },
  { name: 'deliver', path: UNDER_WAY, desk: true, open: arrived },
  { name: 'deliver, damaged', path: UNDER_WAY, open: async (hands) => arrived(hands).then(() => hands.page.locator('.outcome .side').nth(2).click()) },
  { name: 'deliver, refused whole', path: UNDER_WAY, open: async (hands) => arrived(hands).then(() => hands.press('deliver.refuse.key')).then(hands.dialog) },
  { name: 'deliver, a problem', path: UNDER_WAY, open: async (hands) => arrived(hands).then(() => hands.press('deliver.problem.key')).then(hands.dialog) },
  { name: 'deliver, cash', path: PAID, desk: true, open: paying },
  { name: 'deliver, cash and other change', path: PAID, open: async (hands) => paying(hands).then(() => hands.press('deliver.cash.other')) },
  { name: 'deliver, by package', path: toOrder('deliver.promised', '/deliver/{order}', (order) => isPlainStop(order) && order.packages.length > 1), open: async (hands) => arrived(hands).then(() => hands.press('deliver.packages.key')).then(hands.dialog) },
  { name: 'deliver, nobody there', path: UNDER_WAY, open: async (hands) => arrived(hands).then(() => hands.press('deliver.absent.key')).then(hands.dialog) },
  { name: 'sign', path: UNDER_WAY, desk: true, open: signing },
  { name: 'sign, the name', path: UNDER_WAY, open: async (hands) => signing(hands).then(() => hands.press('deliver.sign.name')).then(hands.dialog) },
  { name: 'sign, on paper', path: UNDER_WAY, open: async (hands) => signing(hands).then(() => hands.press('deliver.sign.paper')) },
  { name: 'receipt', path: toOrder('closed', '/receipt/{order}', (order) => order.receipt !== null), desk: true },
  { name: 'receipt, of a delivery that differs', path: toOrder('closed', '/receipt/{order}', (order) => order.receipt?.lines.some((line) => line.damaged + line.short + line.refused > 0) ?? false) },
  { name: 'receipt, the customer’s copy', path: toOrder('closed', '/receipt/{order}', (order) => order.receipt !== null), open: async ({ press, dialog }) => press('receipt.copy.key').then(dialog) },
  { name: 'amend', path: toOrder('closed', '/receipt/{order}/amend', (order) => order.receipt !== null), desk: true, open: async ({ page }) => page.locator('.got .cover').first().click() },
  {
    name: 'amend, signed again',
    path: toOrder('closed', '/receipt/{order}/amend', (order) => order.receipt !== null),
    open: async ({ page, press }) => {
      await press('receipt.amend.signs')
      await page.locator('canvas').scrollIntoViewIfNeeded()
    },
  },
  { name: 'receipt, none yet', path: toOrder('pick.promised', '/receipt/{order}') },

  { name: 'orders', path: '/orders', desk: true },
  { name: 'orders, all of them', path: '/orders?list=all', desk: true },
  { name: 'orders, whom to tell', path: '/orders?list=advise', desk: true },
  { name: 'orders, found none', path: '/orders?find=ZZZ', desk: true },
  { name: 'order', path: toOrder('wait.release', '/orders/{order}'), desk: true },
  { name: 'order, for sales', who: 'sales', path: toOrder('wait.release', '/orders/{order}') },
  { name: 'order, delivered', path: toOrder('closed', '/orders/{order}', (order) => order.receipt !== null), desk: true },
  { name: 'order, with an exception', path: toOrder('exceptions', '/orders/{order}'), desk: true },
  { name: 'order, the other acts', path: toOrder('wait.release', '/orders/{order}'), open: async ({ press, dialog }) => press('orders.more').then(dialog) },
  { name: 'order, confirming', path: toOrder('wait.confirmation', '/orders/{order}', (order) => order.shipTo !== '' && order.contact !== '' && order.phone !== ''), open: async ({ press, dialog }) => press('orders.sign.confirmation').then(dialog) },
  { name: 'order, releasing', who: 'finance', path: toOrder('wait.release', '/orders/{order}'), open: async ({ press, dialog }) => press('orders.sign.release').then(dialog) },
  {
    name: 'order, PIN',
    spoken: true,
    who: 'finance',
    path: toOrder('wait.release', '/orders/{order}'),
    open: async (hands) => {
      await hands.press('orders.sign.release')
      await checks(hands)
      await hands.page.getByRole('dialog').locator('.main').click()
      await hands.page.locator('.pin-keys').waitFor()
    },
  },
  {
    name: 'order, reason',
    path: toOrder('wait.release', '/orders/{order}'),
    open: async ({ page, press }) => {
      await press('orders.more')
      await press('order.commands.CancelOrder')
      await page.getByRole('dialog').locator('textarea').waitFor()
    },
  },
  { name: 'order, settling', path: toOrder('exceptions', '/orders/{order}'), open: async ({ press, dialog }) => press('orders.settle.key').then(dialog) },
  { name: 'order, splitting', path: toOrder('exceptions', '/orders/{order}', isShort), open: (hands) => settlesBy(hands, 'split') },
  {
    name: 'order, substituting',
    path: toOrder('exceptions', '/orders/{order}', isShort),
    open: async (hands) => {
      await settlesBy(hands, 'substitute')
      const field = hands.page.getByRole('dialog').locator('input.code').first()
      await field.fill('B')
      await hands.page.getByRole('dialog').locator('button.choice').first().waitFor()
    },
  },
  {
    name: 'order, asking after it',
    who: 'service',
    path: toOrder('checks', '/orders/{order}', (order) => !order.override && adviceDue(order) === null),
    open: async ({ page, press, dialog }) => {
      await press('ship.check.key')
      await dialog()
      await page.getByLabel(says('ship.check.arrives')).fill('2027-01-04T10:30')
    },
  },
  { name: 'order form, new', path: '/orders/new', desk: true },
  {
    name: 'order form, with what is wrong',
    path: '/orders/new',
    open: async ({ page, main }) => {
      await main()
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  { name: 'order form, change', path: toOrder('confirm.promised', '/orders/{order}/change'), desk: true },

  { name: 'import, empty', path: '/import', desk: true },
  { name: 'import, mapping', path: '/import', desk: true, open: mapped },
  { name: 'import, how a file is read', path: '/import', open: async (hands) => mapped(hands).then(() => hands.press('imports.file.as')).then(hands.dialog) },
  {
    name: 'import, preview',
    path: '/import',
    desk: true,
    open: async (hands) => {
      await mapped(hands)
      await hands.press('imports.preview')
      await hands.page.getByText(says('imports.wouldTake')).waitFor()
    },
  },

  { name: 'board', path: '/board', desk: true },
  { name: 'board, calls to make', who: 'service-supervisor', path: '/board', open: async ({ page }) => page.getByRole('heading', { name: says('board.calls.advise') }).evaluate((head) => head.scrollIntoView()) },
  { name: 'board, for the service supervisor', who: 'service-supervisor', path: '/board' },
  { name: 'devices', path: '/devices', desk: true },
  { name: 'devices, enrolling', path: '/devices', open: async ({ page, press }) => press('board.enrol.open').then(() => page.getByRole('dialog').getByText(/^[A-Z0-9]{4}[ -]?[A-Z0-9]{4}$/).first().waitFor()) },
  { name: 'devices, one of them', path: '/devices', open: async ({ page, dialog }) => page.locator('main .cover').first().click().then(dialog) },
  { name: 'devices, deciding what was set apart', path: '/devices', open: async ({ press, dialog }) => press('board.quarantine.decide').then(dialog) },
  { name: 'stock', path: '/stock', desk: true },
  { name: 'stock of a product', path: '/stock', desk: true, open: looksUp('BK-080-1092') },
  { name: 'stock, nothing known', path: '/stock', open: async ({ page }) => typesIn(page, 'R-99-000000').then(() => page.locator('.stub .main').waitFor()) },
  { name: 'stock, a lot to move', path: '/stock', open: async (hands) => looksUp('BK-080-1092')(hands).then(() => hands.page.locator('.docket-row .cover').first().click()).then(hands.dialog) },
  { name: 'stock, receiving', path: '/stock', open: async (hands) => receives(hands, '17280229') },
  { name: 'stock, receiving what has expired', path: '/stock', open: async (hands) => receives(hands, '17250101') },
  { name: 'stock, a new product', path: '/stock', open: async ({ page, main, dialog }) => typesIn(page, 'TW-300-NEW').then(() => page.locator('.stub .main').waitFor()).then(main).then(dialog) },
  { name: 'stock, counting a place', path: '/stock', desk: true, open: countsPlace },
  { name: 'stock, counting a lot', path: '/stock', open: async (hands) => countsPlace(hands).then(() => hands.page.locator('.docket-row .cover').last().click()).then(hands.dialog) },
  { name: 'stock, what a count came to', path: '/stock', open: async (hands) => countsPlace(hands).then(hands.main).then(hands.dialog) },
  { name: 'stock, what the shelves ask', path: '/stock', desk: true, open: async (hands) => shelvesAsk(hands).then(() => hands.page.locator('.slip').first().waitFor()) },
  { name: 'stock, what is held', path: '/held', open: async (hands) => shelvesAsk(hands).then(() => hands.page.locator('.docket-row .cover').first().waitFor()) },
  { name: 'stock, releasing', path: '/held', open: async (hands) => shelvesAsk(hands).then(() => hands.page.locator('.docket-row .cover').first().click()).then(hands.dialog) },
  { name: 'people', path: '/people', desk: true },
  { name: 'badges', path: '/people/badges' },
  { name: 'people, one of them', path: '/people', open: async ({ page, dialog }) => page.locator('main .cover').first().click().then(dialog) },
  {
    name: 'people, a new one with what is wrong',
    path: '/people',
    open: async ({ page, press }) => {
      await press('board.people.add')
      await page.getByRole('dialog').locator('.main').click()
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  { name: 'settings', path: '/settings', desk: true },
  { name: 'settings, rules of the site', path: '/settings', open: async ({ page }) => page.getByText(says('settings.site.rise')).scrollIntoViewIfNeeded() },
  { name: 'standards', path: '/settings/standards', desk: true },
  { name: 'standard, of the app', path: '/settings/standards/paper-rolls', desk: true },
  { name: 'standard, what is measured', path: '/settings/standards/paper-rolls', open: async ({ page }) => page.getByRole('heading', { name: says('standards.measures') }).evaluate((head) => head.scrollIntoView()) },
  { name: 'standard, how many', path: '/settings/standards/paper-rolls', open: async ({ page }) => page.getByRole('heading', { name: says('standards.many') }).evaluate((head) => head.scrollIntoView()) },
  {
    name: 'standard, new, with what is wrong',
    who: 'quality',
    path: '/settings/standards/new',
    open: async ({ page, press, main }) => {
      await press('standards.addKind')
      await press('standards.addMeasure')
      await press('standards.addLook')
      await page.getByLabel(says('standards.lower')).fill('9')
      await page.getByLabel(says('standards.upper')).fill('4')
      await main()
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  { name: 'scanner', path: '/settings/scanner' },
  {
    name: 'scanner, a label',
    path: '/settings/scanner',
    open: async ({ page }) => {
      await page.getByText(says('scan.trial.try')).waitFor()
      for (const key of ']C10104710001000010310000046121R-26-118203') await page.keyboard.press(key)
      await page.keyboard.press('Enter')
      await page.locator('.keys-sent').waitFor()
    },
  },
  { name: 'not-found', path: '/nowhere' },
  { name: 'an order that is not here', path: '/pick/01900000-0000-7000-8000-000000000000' },
  { name: 'sync', path: '/sync', desk: true },
  { name: 'sync, refused and waiting', path: '/sync', desk: true, open: refusedAndWaiting },
  { name: 'rescue', path: '/rescue', desk: true, open: carrying },
  { name: 'rescue, filming', path: '/rescue', open: async ({ press, dialog }) => press('rescue.film.open').then(dialog) },
  { name: 'rescue, shown to another', path: '/rescue', open: async (hands) => refusedAndWaiting(hands, '/rescue').then(() => hands.press('rescue.show.open')).then(hands.dialog) },
]

const SMALL_FILE = `訂單編號,客戶名稱,品號,品名,數量,單價,下單日期,答應交期,送貨地址,聯絡人,電話
T-1001,大安印刷,BX-204,牛皮紙 200 g,12,120,2026-11-20,2026-12-20,台中市大里區工業路 66 號,林小姐,04-1234
T-1001,大安印刷,WP-100,模造紙 100 g,3,120,2026-11-20,2026-12-20,台中市大里區工業路 66 號,林小姐,04-1234
T-1002,三和紙器,CB-350,灰紙板 350 g,五,90,2026-11-20,2026-12-20,台中市大里區工業路 66 號,林小姐,04-1234
T-1003,晨光文具,WP-100,模造紙 100 g,-4,120,2026-11-20,2026-12-20,台中市大里區工業路 66 號,林小姐,04-1234
`
async function mapped({ page, press }: Hands): Promise<void> {
  const restart = page.getByRole('button', { name: says('imports.restart') })
  const again = page.getByRole('button', { name: says('imports.leave') })
  await page.locator('input[type=file]').or(again).first().waitFor({ state: 'attached' })
  await page.waitForTimeout(300)
  if (await again.isVisible()) await press('imports.leave')
  else if (await restart.isVisible()) await press('imports.restart')
  await page.locator('input[type=file]').setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(SMALL_FILE) })
  await page.getByRole('button', { name: says('imports.preview') }).waitFor()
}

/** Nothing more is sent, and answers lie here: rows as client/db.ts keeps them. */
async function refusedAndWaiting({ page, bodies, device }: Hands, then = '/sync'): Promise<void> {
  await page.route('**/api/sync', (route) => route.abort())
  await page.waitForTimeout(200)
  const at = new Date(Date.now() - 26 * 60_000).toISOString()
  const row = (doc: string, type: string, n: number) => ({
    id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    ...{ seq: 9000 + n, n: 9000 + n, type, v: 1, doc, grant: '', at, mono: 1, seen: 1, signed: false, payload: {}, blobs: [] },
    ...{ device, by: '', byName: '陳俊宏', state: 'waiting', heads: {}, verdict: null, doubt: null },
  })
  const [first = '', second = '', third = ''] = bodies.filter((body) => body.kind === 'order').map((body) => body.id)
  await putRows(page, 'outbox', [row(first, 'Arrive', 1), row(second, 'PickLine', 2), { ...row(third, 'Load', 3), doubt: 'already-shipped' }])
  const slip = (n: number, verdict: 'refused' | 'quarantined', reason: unknown) => ({ ...row(n === 11 ? second : third, 'ClaimOrder', n), seenAt: null, closedAt: null, verdict: { id: '', seq: n, verdict, reason, at } })
  await putRows(page, 'attention', [slip(11, 'refused', { type: 'claimed', by: '林淑惠', at }), slip(12, 'quarantined', { type: 'forbidden', roles: ['quality'] })])
  await page.goto(new URL(then, page.url()).href)
  if (then === '/sync') await page.getByText(says('sync.doubtful')).first().waitFor()
  await page.unroute('**/api/sync')
  await page.route('**/api/sync', (route) => route.abort())
}

/** Files of others lie here: rows as client/db.ts keeps them. */
async function carrying({ page }: Hands): Promise<void> {
  const report = { device: { number: 7, name: '揀貨 07' }, commands: 13, accepted: 10, refused: 1, quarantined: 0, known: 2, pictures: 3, kept: 'no' }
  const row = (name: string, rest: object) => ({ id: name, name, size: 24_000, bytes: new ArrayBuffer(0), addedAt: Date.now() - 9 * 60_000, report: null, problem: '', ...rest })
  await putRows(page, 'carried', [
    row('countersign-D07-20261126-1042.rescue', { state: 'handed', report }),
    row('countersign-D12-20261126-1050.rescue', { state: 'unfit', problem: '不是這裡的搶救檔' }),
  ])
  await page.reload()
  await page.locator('.docket-row').nth(1).waitFor()
}

/** Somebody sent what was not theirs to do: it waits for the supervisor. */
async function setApart(mill: Mill, order: string): Promise<void> {
  const phone = await mill.phone('warehouse')
  await phone.issue({ type: 'Arrive', doc: order, payload: { place: null } })
  await phone.sync()
  await phone.close()
}

/** A trip that has yet to be loaded: two packed orders are put on one that waits. */
async function toLoad(mill: Mill, { bodies, order, trip }: Known): Promise<void> {
  const to = bodies.find((body) => body.id === trip(false))
  const first = order('load.promised')
  if (to?.kind === 'trip') await putOnTrip(mill, [first, order('load.promised', ({ id }) => id !== first)], to)
}

/** Ready to go: enrolled, the mill's orders on the device. Everyone's grant is there from the start. */
export async function openTour(page: Page, server: ServerProcess, fresh: ServerProcess): Promise<Guide> {
  page.setDefaultTimeout(20_000)
  page.setDefaultNavigationTimeout(60_000)
  const mill: Mill = await openMill(server)
  const everyone = await mill.grantOfNew('萬能先生', ROLES)
  const bodies = await mill.bodies(everyone)
  const orders = (fits: (order: Order) => boolean) => (body: Body) => body.kind === 'order' && fits(body)
  const known: Known = {
    bodies,
    device: mill.enrolled.device.id,
    person: personOf(everyone),
    order: (list, fits = () => true) => firstIn(bodies, list, orders(fits)),
    trip(left) {
      const trips = new Set(bodies.flatMap((body) => (body.kind === 'order' && body.trip && (left ? isUnderWay(body) : body.departed === null && body.receipt === null) ? [body.trip.id] : [])))
      return firstIn(bodies, 'trips', (body) => trips.has(body.id))
    },
  }
  await setApart(mill, known.order('deliver.promised'))
  await toLoad(mill, known)
  const grants = new Map<Who, string>([['everyone', everyone]])
  let standing: Who | null = null
  let speaking: Language = 'zh-TW'

  async function stand(who: Who): Promise<void> {
    if (who === standing) return
    if (standing === null || page.url().startsWith(fresh.url)) {
      await page.goto(`${server.url}/settings`)
      await tablesMade(page)
    }
    const grant = grants.get(who) ?? (await mill.grantOf(who))
    grants.set(who, grant)
    await standAt(page, mill.enrolled, grant)
    if (standing === null || standing === 'nobody') {
      await page.goto(`${server.url}/sync`)
      await docsThere(page, bodies.length)
    }
    standing = who
  }
  async function nobody({ name }: Visit): Promise<void> {
    if (standing === 'nobody' || !name.startsWith('sign-in')) return
    await page.goto(`${server.url}/settings`)
    await tablesMade(page)
    await standAt(page, mill.enrolled, everyone)
    await putRows(page, 'meta', [{ key: 'current', value: '' }, { key: 'cards', value: mill.enrolled.people }])
    standing = 'nobody'
  }
  /** To another address without a load, by way of a screen that keeps nothing. */
  async function walk({ pathname, search }: URL): Promise<void> {
    const sheets = page.locator('[role=dialog]')
    for (let left = await sheets.count(); left > 0; left = await sheets.count()) {
      await page.keyboard.press('Escape')
      await sheets.nth(left - 1).waitFor({ state: 'detached' })
    }
    const putAway = page.locator('.camera-keys > button').first()
    if (await putAway.isVisible()) await putAway.click()
    await page.evaluate(async (to) => {
      const { $router } = (document.querySelector('#app') as Mounted).__vue_app__.config.globalProperties
      await $router.push('/settings')
      await $router.push(to)
    }, `${pathname}${search}`)
  }
  const hands: Hands = {
    ...known,
    page,
    async press(key) {
      const name = says(key, speaking)
      await page.getByRole('button', { name }).or(page.getByRole('link', { name })).filter({ visible: true }).last().click()
    },
    main: () => page.locator('.main').filter({ visible: true }).last().click(),
    dialog: () => page.getByRole('dialog').first().waitFor(),
  }
  return {
    page,
    async visit(visit, language = 'zh-TW') {
      speaking = language
      const { who = 'everyone', path, open } = visit
      const stays = who === standing && who !== 'nobody'
      await (who === 'nobody' ? nobody(visit) : stand(who))
      const to = new URL(typeof path === 'string' ? path : path(known), visit.fresh ? fresh.url : server.url)
      const before = new URL(page.url())
      if (stays && to.origin === before.origin) await walk(to)
      else await page.goto(to.href)
      // A changed hash alone loads nothing.
      if (to.hash !== before.hash && to.origin === before.origin && to.pathname === before.pathname) await page.reload()
      await page.locator('h1').first().waitFor()
      await open?.(hands)
      await settled(page)
    },
    // Through the store that the settings write; what it keeps is there after the next load.
    async prefer(wanted) {
      await page.evaluate((wanted) => {
        const store = (document.querySelector('#app') as Partial<Mounted> | null)?.__vue_app__?.config.globalProperties.$pinia.state.value.preferences
        if (store) Object.assign(store, wanted)
      }, wanted)
      // A language is fetched when it is first spoken; a frame later it is on the screen.
      await page.waitForFunction((language) => {
        const app = (document.querySelector('#app') as Partial<Mounted> | null)?.__vue_app__
        return app === undefined || app.config.globalProperties.$i18n.locale === language
      }, wanted.language)
      await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => done())))
    },
    routeName: () => page.evaluate(() => String((document.querySelector('#app') as Mounted).__vue_app__.config.globalProperties.$router.currentRoute.value.name)),
    routeNames: () => page.evaluate(() => (document.querySelector('#app') as Mounted).__vue_app__.config.globalProperties.$router.getRoutes().map((each) => String(each.name))),
    data: JSON.stringify(bodies),
  }
}

/** The element that the app is mounted on. */
type Mounted = Element & {
  __vue_app__: {
    config: { globalProperties: { $i18n: { locale: string }; $pinia: { state: { value: { preferences?: object } } }; $router: { currentRoute: { value: { name: unknown } }; getRoutes(): { name: unknown }[]; push(to: string): Promise<unknown> } } }
  }
}

/** The text on the screen has stood still for a while, and nothing moves any more. */
export async function settled(page: Page, still = 150): Promise<void> {
  await page.waitForFunction(
    (still) => {
      const seen = window as unknown as { was?: string; since?: number }
      const now = `${document.documentElement.className}${document.body.innerText}${document.querySelectorAll('*').length}`
      if (now !== seen.was) {
        seen.was = now
        seen.since = performance.now()
      }
      return performance.now() - (seen.since ?? 0) > still && document.getAnimations().every((each) => each.playState !== 'running')
    },
    still,
    { polling: 'raf', timeout: 20_000 },
  )
}
