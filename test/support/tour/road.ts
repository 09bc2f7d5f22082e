/** The road: trips, the door of a customer, the receipt. */
import type { Order } from '../../../shared/order/order.ts'
import { printedAs } from '../../../shared/scan/printed.ts'
import { scan } from '../scanner.ts'
import { says } from '../words.ts'
import { type Hands, isUnderWay, toOrder, type Visit } from './visit.ts'

const isPaidStop = (order: Order) => isUnderWay(order) && order.terms === 'cash-on-delivery'

/** A delivery that a test can sign at once: no money to be counted. */
const isPlainStop = (order: Order) => isUnderWay(order) && order.terms !== 'cash-on-delivery'

async function arrived(hands: Hands): Promise<void> {
  const { page, press } = hands
  await page.locator('.stub .main').waitFor()
  if (await page.getByRole('button', { name: says('deliver.arrive') }).isVisible()) await press('deliver.arrive')
  await page.getByText(says('deliver.arrivedAt')).waitFor()
}

/** The last stop, whose customer was not there: its goods come back. */
async function comesBack({ page, press, dialog }: Hands): Promise<void> {
  const said = page.locator('ol.rows').getByText(says('deliver.absent.back'))
  await page.locator('ol.rows .cover').first().waitFor()
  if (await said.first().isVisible()) return
  await page.locator('ol.rows .cover').last().click()
  await press('deliver.absent.key')
  await dialog()
  const sheet = page.getByRole('dialog').last()
  await sheet.getByRole('radio').last().check()
  await sheet.locator('.main').click()
  await said.first().waitFor()
}
async function handsBack(hands: Hands): Promise<void> {
  await comesBack(hands)
  await hands.press('trips.back.key')
  await hands.dialog()
}
async function turnedAway(hands: Hands): Promise<void> {
  const { page, press, dialog } = hands
  await arrived(hands)
  await press('deliver.refuse.key')
  await dialog()
  await page.getByRole('dialog').getByRole('radio').first().check()
  await press('deliver.refuse.unsigned')
  await page.getByRole('dialog').getByText(says('deliver.absent.now')).waitFor()
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

const PAID = toOrder('deliver.promised', '/deliver/{order}', isPaidStop)

const UNDER_WAY = toOrder('deliver.promised', '/deliver/{order}', isPlainStop)

export const ROAD: readonly Visit[] = [
  { name: 'trips', path: '/trips', desk: true },
  { name: 'trips, of a driver', who: 'driver', path: '/trips' },
  { name: 'trips, planning one', path: '/trips', open: async ({ press, dialog }) => press('trips.plan.key').then(dialog) },
  { name: 'trip, before it leaves', path: ({ trip }) => `/trips/${trip(false)}`, desk: true },
  { name: 'trip, adding orders', path: ({ trip }) => `/trips/${trip(false)}`, open: async ({ press, dialog }) => press('trips.add.key').then(dialog) },
  { name: 'trip, changing it', path: ({ trip }) => `/trips/${trip(false)}`, open: async ({ press, dialog }) => press('trips.plan.edit').then(dialog) },
  { name: 'trip, a stop', path: ({ trip }) => `/trips/${trip(false)}`, open: async ({ page, dialog }) => page.locator('ol.rows .cover').first().click().then(dialog) },
  { name: 'trip, under way', path: ({ trip }) => `/trips/${trip(true)}`, desk: true },
  { name: 'trip, the next stop', path: ({ trip }) => `/trips/${trip(true)}`, open: async ({ page, dialog }) => page.locator('ol.rows .next .cover').first().click().then(dialog) },
  { name: 'trip, goods that come back', path: ({ trip }) => `/trips/${trip(true)}`, open: comesBack },
  {
    name: 'put away, what is on its way back',
    path: ({ trip }) => `/trips/${trip(true)}`,
    desk: true,
    open: async (hands) => {
      await comesBack(hands)
      await hands.page.goto(new URL('/put-away', hands.page.url()).href)
      const coming = hands.page.getByRole('region', { name: says('putAway.coming') })
      await coming.waitFor()
      await coming.scrollIntoViewIfNeeded()
    },
  },
  { name: 'trip, handing goods back', path: ({ trip }) => `/trips/${trip(true)}`, open: handsBack },
  {
    name: 'board, to deliver again',
    path: ({ trip }) => `/trips/${trip(true)}`,
    open: async (hands) => {
      await comesBack(hands)
      await hands.page.goto(new URL('/board', hands.page.url()).href)
      await hands.page.getByRole('heading', { name: says('orders.filters.absent') }).evaluate((head) => head.scrollIntoView())
    },
  },
  { name: 'deliver, not there yet', path: UNDER_WAY },
  { name: 'deliver', path: UNDER_WAY, desk: true, open: arrived },
  { name: 'deliver, damaged', path: UNDER_WAY, open: async (hands) => arrived(hands).then(() => hands.page.locator('.outcome .side').nth(2).click()) },
  {
    name: 'deliver, damaged by scanner',
    path: UNDER_WAY,
    open: async (hands) => {
      await arrived(hands)
      await scan(hands.page, printedAs(3))
      await hands.page.locator('.why .side').first().waitFor()
    },
  },
  { name: 'deliver, refused whole', path: UNDER_WAY, open: async (hands) => arrived(hands).then(() => hands.press('deliver.refuse.key')).then(hands.dialog) },
  { name: 'deliver, refused and nobody signs', path: UNDER_WAY, open: turnedAway },
  { name: 'deliver, a problem', path: UNDER_WAY, open: async (hands) => arrived(hands).then(() => hands.press('deliver.problem.key')).then(hands.dialog) },
  { name: 'deliver, cash', path: PAID, desk: true, open: paying },
  { name: 'deliver, cash and other change', path: PAID, open: async (hands) => paying(hands).then(() => hands.press('deliver.cash.other')) },
  { name: 'deliver, by package', path: toOrder('deliver.promised', '/deliver/{order}', (order) => isPlainStop(order) && order.packages.length > 1), open: async (hands) => arrived(hands).then(() => hands.press('deliver.packages.key')).then(hands.dialog) },
  { name: 'deliver, nobody there', path: UNDER_WAY, open: async (hands) => arrived(hands).then(() => hands.press('deliver.absent.key')).then(hands.dialog) },
  { name: 'sign', path: UNDER_WAY, ends: 'sign', desk: true, open: signing },
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
  {
    name: 'load, onto a trip that is scanned',
    path: toOrder('load.promised', '/load/{order}', (order) => order.packages.length > 0),
    open: async ({ page, bodies, trip }) => {
      await page.locator('.scan-field').waitFor()
      const coming = bodies.find((body) => body.id === trip(false))
      await scan(page, coming?.kind === 'trip' ? coming.number : '')
      await page.getByText(says('ship.load.scan.at')).waitFor()
    },
  },
  { name: 'receipt, none yet', path: toOrder('pick.promised', '/receipt/{order}') },
]
