/** The shelves: what lies where, and what is put away. */
import type { Page } from 'playwright-core'
import type { Product } from '../../../shared/product/product.ts'
import { codesOf, listsOf } from '../../../shared/work/lists.ts'
import { putRows } from '../mill.ts'
import { says } from '../words.ts'
import type { Hands, Known, Visit } from './visit.ts'

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
    stock: [{ ...first, held: true, supplierLot: 'S-2611-77', expires: '2027-06-30' }, { ...second, held: true }, ...product.stock.slice(2), { ...third, location: 'A-99-1', quantity: -1, grams: 0 }, { ...third, location: 'A-99-1', lot: 'R-26-999999', quantity: -2, grams: 0 }, { ...third, location: '', lot: 'R-26-777777', quantity: 1 }],
    questions: [
      { ...act, id: 'q1', kind: 'negative', location: 'A-99-1', lot: third.lot },
      { ...act, id: 'q2', kind: 'negative', location: 'A-99-1', lot: 'R-26-999999' },
      { ...act, id: 'q4', kind: 'unplaced', location: '', lot: 'R-26-777777' },
      { ...act, id: 'q3', kind: 'count-differs', location: third.location, lot: third.lot, expected: 3, counted: 1, difference: -2, late: -1 },
    ],
  }
  await putRows(hands.page, 'docs', [{ id: body.id, scope: `site:${body.site}`, version: 99, doc: { body, applied: {} }, lists: listsOf(body), codes: codesOf(body) }])
  await hands.page.reload()
}

export const STOCK: readonly Visit[] = [
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
  {
    name: 'put away, a new place',
    path: '/put-away',
    open: async ({ page, press }) => {
      await press('putAway.elsewhere')
      await typesIn(page, 'Z-99-9')
      await page.getByText(says('stock.newPlace.asks')).waitFor()
    },
  },
  { name: 'stock', path: '/stock', desk: true },
  { name: 'stock of a product', path: '/stock', desk: true, open: looksUp('BK-080-1092') },
  { name: 'stock, nothing known', path: '/stock', open: async ({ page }) => typesIn(page, 'R-99-000000').then(() => page.locator('.stub .main').waitFor()) },
  { name: 'stock, a lot to move', path: '/stock', open: async (hands) => looksUp('BK-080-1092')(hands).then(() => hands.page.locator('.docket-row .cover').first().click()).then(hands.dialog) },
  {
    name: 'stock, a lot to a new place',
    path: '/stock',
    open: async (hands) => {
      await looksUp('BK-080-1092')(hands)
      await hands.page.locator('.docket-row .cover').first().click()
      await hands.dialog()
      await hands.page.getByRole('dialog').getByRole('textbox').first().fill('Z-99-9')
      await hands.page.getByRole('dialog').locator('.main').click()
      await hands.page.getByText(says('stock.newPlace.asks')).waitFor()
    },
  },
  { name: 'stock, receiving', path: '/stock', open: async (hands) => receives(hands, '17280229') },
  { name: 'stock, receiving what has expired', path: '/stock', open: async (hands) => receives(hands, '17250101') },
  {
    name: 'stock, receiving into a new place',
    path: '/stock',
    open: async (hands) => {
      await receives(hands, '17280229')
      await hands.page.getByRole('dialog').getByLabel(says('stock.receive.place')).fill('Z-99-9')
      await hands.main()
      await hands.page.getByText(says('stock.newPlace.asks')).waitFor()
    },
  },
  { name: 'stock, a new product', path: '/stock', open: async ({ page, main, dialog }) => typesIn(page, 'TW-300-NEW').then(() => page.locator('.stub .main').waitFor()).then(main).then(dialog) },
  { name: 'stock, counting a place', path: '/stock', desk: true, open: countsPlace },
  { name: 'stock, counting a lot', path: '/stock', open: async (hands) => countsPlace(hands).then(() => hands.page.locator('.docket-row .cover').last().click()).then(hands.dialog) },
  { name: 'stock, what a count came to', path: '/stock', open: async (hands) => countsPlace(hands).then(hands.main).then(hands.dialog) },
  { name: 'stock, what the shelves ask', path: '/stock', desk: true, open: async (hands) => shelvesAsk(hands).then(() => hands.page.locator('.slip').first().waitFor()) },
  { name: 'stock, correcting a product', path: '/stock', desk: true, open: async (hands) => looksUp('BK-080-1092')(hands).then(() => hands.press('stock.correct.key')).then(hands.dialog) },
  {
    name: 'stock, correcting a product, its lower half',
    path: '/stock',
    open: async (hands) => {
      await looksUp('BK-080-1092')(hands)
      await hands.press('stock.correct.key')
      await hands.dialog()
      await hands.page.getByRole('dialog').getByLabel(says('stock.product.barcode')).fill('4710001000010')
      await hands.page.getByRole('dialog').getByLabel(says('stock.product.barcode')).evaluate((field) => field.scrollIntoView({ block: 'end' }))
    },
  },
  {
    name: 'stock, goods that nobody can place',
    path: '/stock',
    desk: true,
    open: async (hands) => {
      await shelvesAsk(hands)
      await hands.page.locator('.slip').filter({ hasText: says('stock.noPlace') }).evaluate((slip) => slip.scrollIntoView({ block: 'center' }))
    },
  },
  {
    name: 'stock, goods that somebody places',
    path: '/stock',
    open: async (hands) => {
      await shelvesAsk(hands)
      await hands.page.locator('.slip').filter({ hasText: says('stock.noPlace') }).getByRole('button', { name: says('stock.asks.place') }).click()
      await hands.dialog()
    },
  },
  { name: 'stock, what is held', path: '/held', open: async (hands) => shelvesAsk(hands).then(() => hands.page.locator('.docket-row .cover').first().waitFor()) },
  { name: 'stock, releasing', path: '/held', open: async (hands) => shelvesAsk(hands).then(() => hands.page.locator('.docket-row .cover').first().click()).then(hands.dialog) },
]
