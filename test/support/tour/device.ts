/** The device itself: how it is set up and joined, its settings, its scanner, how it stands with the server. */
import { putRows } from '../mill.ts'
import { says } from '../words.ts'
import type { Hands, Visit } from './visit.ts'

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

export const ENTRY: readonly Visit[] = [
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
  { name: 'pin', who: 'nobody', path: '/sign-in', ends: 'pin', open: async ({ page }) => page.locator('main a[href^="/sign-in/"]').first().click() },
]

export const DEVICE: readonly Visit[] = [
  { name: 'settings', path: '/settings', desk: true },
  { name: 'settings, rules of the site', path: '/settings', open: async ({ page }) => page.getByText(says('settings.site.rise')).scrollIntoViewIfNeeded() },
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
  { name: 'scanner, the printed codes', path: '/settings/scanner', desk: true, open: ({ page }) => page.getByRole('heading', { name: says('scan.trial.commands') }).evaluate((head) => head.scrollIntoView()) },
  { name: 'scanner, the point among the printed codes', path: '/settings/scanner', open: ({ page }) => page.getByText(says('scan.commands.point')).evaluate((word) => word.scrollIntoView({ block: 'center' })) },
  { name: 'not-found', path: '/nowhere' },
  { name: 'an order that is not here', path: '/pick/01900000-0000-7000-8000-000000000000' },
  { name: 'sync', path: '/sync', desk: true },
  { name: 'sync, refused and waiting', path: '/sync', desk: true, open: refusedAndWaiting },
  { name: 'rescue', path: '/rescue', desk: true, open: carrying },
  { name: 'rescue, filming', path: '/rescue', open: async ({ press, dialog }) => press('rescue.film.open').then(dialog) },
  { name: 'rescue, shown to another', path: '/rescue', open: async (hands) => refusedAndWaiting(hands, '/rescue').then(() => hands.press('rescue.show.open')).then(hands.dialog) },
]
