/** The floor: what next, picking, inspecting, packing, loading, shipping. */
import { openExceptions, type Order } from '../../../shared/order/order.ts'
import { stageOf } from '../../../shared/order/stage.ts'
import { shutGates } from '../../../shared/process/gate.ts'
import { siteDocId } from '../../../shared/site/site.ts'
import { listsOf } from '../../../shared/work/lists.ts'
import { putRows } from '../mill.ts'
import { says } from '../words.ts'
import { type Hands, type Known, toOrder, type Visit } from './visit.ts'

const isOpen = (order: Order) => shutGates(order, 'ship').length === 0

const isShut = (order: Order) => !isOpen(order)

const isFresh = (order: Order) => stageOf(order) === 'confirmed' && order.claim === null

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
async function lostOrder({ page, bodies, person }: Hands, then?: string, many = 1): Promise<void> {
  const lost = bodies.filter((each): each is Order => each.kind === 'order' && stageOf(each) === 'picking' && each.claim !== null && each.picks.length > 0).slice(0, many)
  if (lost.length < many) throw new Error(`only ${lost.length} are being picked`)
  const rows = lost.flatMap(({ claim, ...body }) => {
    if (!claim) return []
    const mine: Order = { ...body, claim, picks: body.picks.map((pick) => ({ ...pick, by: person })), takeovers: [{ ...claim, from: { ...claim, by: person } }] }
    return [{ id: body.id, scope: `site:${body.site}`, version: body.version, doc: { body: mine, applied: {} }, lists: listsOf(mine), codes: [] }]
  })
  await putRows(page, 'docs', rows)
  await page.goto(new URL(then ?? `/pick/${lost[0]?.id}`, page.url()).href)
}

const trolleyOf = ({ bodies }: Known) =>
  `/trolley/${bodies
    .filter((body): body is Order => body.kind === 'order' && isFresh(body))
    .slice(0, 3)
    .map(({ id }) => id)
    .join(',')}`

const PICKED = toOrder('pick.promised', '/pick/{order}', isFresh)

export const FLOOR: readonly Visit[] = [
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
  { name: 'work, goods owed of several', path: '/work/pick', open: async (hands) => lostOrder(hands, '/work/pick', 3).then(() => hands.page.locator('.notice').first().waitFor()) },
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
  {
    name: 'pick, cancelled, not its place',
    path: toOrder('exceptions', '/pick/{order}', hasPutBack),
    open: async (hands) => {
      const id = hands.order('exceptions', hasPutBack)
      const order = hands.bodies.find((body): body is Order => body.kind === 'order' && body.id === id)
      const pick = order?.picks.find(({ quantity, back, lot }) => quantity > back && lot !== '')
      for (const code of [pick?.lot ?? '', 'Z-99-9']) {
        await hands.page.locator('.scan-field input').fill(code)
        await hands.page.locator('.scan-field input').press('Enter')
      }
      await hands.page.locator('.scan.wrong').waitFor()
    },
  },
  { name: 'pick, not confirmed', path: toOrder('confirm.promised', '/pick/{order}') },
  { name: 'inspect', path: toOrder('inspect.promised', '/inspect/{order}', (order) => order.inspection === null) },
  {
    name: 'inspect, failed',
    path: toOrder('inspect.promised', '/inspect/{order}', (order) => order.inspection === null),
    open: async ({ page }) => {
      const more = page.locator('.defect .counter .side:last-child')
      await more.first().waitFor()
      for (const index of [1, 1, 3]) await more.nth(index).click()
      await page.locator('.choice input').first().check()
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
]
