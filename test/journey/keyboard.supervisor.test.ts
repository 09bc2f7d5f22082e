/** The supervisor’s day by keyboard alone: the board, what waits for a decision, people and devices, and what stands on the sync screen. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PEOPLE } from '../../server/example/people.ts'
import { type Order, openExceptions } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere, firstIn, type Mill, openMill } from '../support/mill.ts'
import type { Phone } from '../support/open-phone.ts'
import { openPhone } from '../support/open-phone.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { orderOn, says, sees } from './floor.ts'
import { type Keys, keysOf } from './keys.ts'

const who = (key: (typeof PEOPLE)[number]['key']) => PEOPLE.find((each) => each.key === key) ?? PEOPLE[0]
const BOSS = who('supervisor')
const PICKER = who('picker-1')

let server: ServerProcess
let browser: Browser
let mill: Mill
let picker: Phone
let claimed: Order
let page: Page
let keys: Keys
let faults: string[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  mill = await openMill(server)
  const bodies = await mill.bodies(await mill.grantOf('supervisor'))
  const order = bodies.findLast((body): body is Order => body.kind === 'order' && stageOf(body) === 'confirmed' && body.claim === null)
  if (!order) throw new Error('nothing is left to pick')
  claimed = order
  picker = await mill.phone('warehouse')
  while ((await picker.db.docs.count()) === 0) await picker.sync()
  // What no picker may is set apart.
  await picker.issue({ type: 'ClaimOrder', doc: claimed.id, payload: {} }, { type: 'Arrive', doc: firstIn(bodies, 'deliver.promised'), payload: { place: null } })
  await picker.sync()
  page = await (await openContext(browser, { size: 'desk', installs: false })).newPage()
  page.setDefaultTimeout(20_000)
  faults = faultsOf(page)
  keys = keysOf(page)
  await keys.joins(server.url, await mill.code(), BOSS)
  await docsThere(page, bodies.length)
}, 120_000)
afterAll(async () => {
  await picker?.close()
  await browser?.close()
  await server?.end()
})

const sheet = () => page.getByRole('dialog').last()

test('an exception is decided on the board, and a claim is set free', async () => {
  await keys.at(`${server.url}/board`)
  const slip = page.locator('.slip').first()
  await slip.waitFor()
  const id = (await slip.getByRole('link').first().getAttribute('href'))?.split('/').at(-1) ?? ''
  const before = openExceptions(await orderOn(page, id)).length
  await keys.acts(slip.getByRole('button', { name: says('board.exceptions.settle') }))
  await keys.goesTo(sheet().getByRole('radio'))
  await keys.press('Space')
  await keys.main()
  await keys.signs(BOSS.pin)
  await expect.poll(async () => openExceptions(await orderOn(page, id)).length).toBe(before - 1)
  await keys.closed()
  // There is much on the board: one key press a docket.
  await keys.toDocket(page.locator('.docket').filter({ has: page.getByRole('heading', { name: says('board.claims.title') }) }))
  await keys.acts(page.locator('.docket-row', { hasText: claimed.number }).filter({ hasText: PICKER.name }).getByRole('button'))
  await expect.poll(async () => (await orderOn(page, claimed.id)).claim).toBeNull()
  await keys.stands()
})

test('what was set apart is decided, with reason and PIN', async () => {
  await keys.goesBy('/devices')
  await keys.arrives('/devices')
  await keys.acts('board.quarantine.decide')
  await keys.types(sheet().locator('textarea'), '不是他送的')
  await keys.side('board.quarantine.discard')
  await keys.signs(BOSS.pin)
  await page.locator('.event', { hasText: says('board.quarantine.discarded') }).filter({ hasText: '不是他送的' }).waitFor()
  await keys.closed()
})

test('a new device joins by the code that is shown, and another is locked out', async () => {
  await keys.main('board.enrol.open')
  await sheet().locator('b.code').waitFor()
  const code = (await sheet().locator('b.code').innerText()).replaceAll(/[ -]/g, '')
  const { name, pin } = who('picker-2')
  const person = mill.enrolled.people.find((each) => each.name === name)?.id ?? ''
  await (await openPhone({ url: server.url, name: '新手機', code, person, pin })).close()
  await sees(page, 'board.enrol.joined')
  await keys.escapes()
  await keys.opens(page.locator('main .cover', { hasText: PICKER.name }).first())
  await keys.acts('board.device.revoke')
  await keys.main('board.device.revokeGo')
  await keys.closed()
  await sees(page, 'board.devices.states.revoked')
})

test('a person gets a new PIN, and the access of another ends', async () => {
  const { name } = who('picker-3')
  await keys.goesBy('/people')
  await keys.arrives('/people')
  const person = page.locator('main .cover', { hasText: name })
  await person.waitFor()
  await keys.opens(person)
  await keys.types(sheet().getByLabel(says('board.person.pinNew')), '7531')
  await keys.main('board.person.save')
  await keys.closed()
  await keys.opens(person)
  await keys.goesTo(sheet().getByRole('checkbox', { name: says('board.person.active') }))
  await keys.press('Space')
  await keys.main('board.person.save')
  await keys.closed()
  await page.locator('[role=row]', { hasText: name }).filter({ hasText: says('board.people.left') }).waitFor()
})

test('the sync screen says what waits here, and is told to try', async () => {
  await keys.toDocket(page.locator('.bar'))
  await keys.acts(page.locator('.bar [href="/sync"]'))
  await keys.arrives('/sync')
  await keys.main('sync.now')
  await sees(page, 'sync.here')
  await keys.stands()
})

test('and no page had an error', () => {
  console.info(`a supervisor's day by keyboard: ${keys.presses()} key presses`)
  expect(faults).toEqual([])
})
