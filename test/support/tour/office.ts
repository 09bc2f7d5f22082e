/** The office: orders, imports, the board, devices, people, factory standards. */
import { adviceDue } from '../../../shared/order/advice.ts'
import { openExceptions, type Order } from '../../../shared/order/order.ts'
import { stageOf } from '../../../shared/order/stage.ts'
import { says } from '../words.ts'
import { type Hands, toOrder, type Visit } from './visit.ts'

/** The first thing that anybody could settle of it. */
const isShort = (order: Order) => stageOf(order) === 'picked' && openExceptions(order)[0]?.kind === 'short'

async function settlesBy({ page, press, dialog }: Hands, decision: string): Promise<void> {
  await press('orders.settle.key')
  await dialog()
  await page.getByRole('dialog').locator(`input[value=${decision}]`).check()
}

async function checks({ page }: Hands): Promise<void> {
  const sheet = page.getByRole('dialog')
  for (const box of await sheet.getByRole('checkbox').all()) await box.check()
}

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

export const OFFICE: readonly Visit[] = [
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
  { name: 'order, delivering again', path: toOrder('exceptions', '/orders/{order}', (order) => openExceptions(order)[0]?.kind === 'receipt-differs'), open: (hands) => settlesBy(hands, 'again') },
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
  { name: 'standards', path: '/settings/standards', desk: true },
  { name: 'standards, reduced inspection', path: '/settings/standards', open: ({ page }) => page.getByRole('heading', { name: says('standards.reduced.title') }).evaluate((head) => head.scrollIntoView({ block: 'center' })) },
  { name: 'standard, of the app', path: '/settings/standards/paper-rolls', desk: true },
  { name: 'standard, what is measured', path: '/settings/standards/paper-rolls', open: async ({ page }) => page.getByRole('heading', { name: says('standards.measures') }).evaluate((head) => head.scrollIntoView()) },
  {
    name: 'standard, limits around the order',
    path: '/settings/standards/new',
    open: async ({ page, press }) => {
      await press('standards.addMeasure')
      await page.getByLabel(says('standards.measureName')).fill('PPS 10')
      await page.getByLabel(says('standards.unit')).selectOption('µm')
      await page.getByLabel(says('standards.limits')).selectOption('target')
      await page.getByLabel(says('standards.limits')).evaluate((field) => field.scrollIntoView({ block: 'center' }))
    },
  },
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
]
