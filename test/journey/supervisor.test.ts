/** The supervisor's whole job on the example mill, on a phone: what waits for a decision, who holds what, people and devices. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PEOPLE } from '../../server/example/people.ts'
import { type Order, openExceptions } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import { openBrowser, openContext } from '../support/browser.ts'
import { docsThere, firstIn, type Mill, openMill } from '../support/mill.ts'
import { openPhone, type Phone } from '../support/open-phone.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { joins, orderOn, press, says, sees, signIn, signs } from './floor.ts'

const who = (key: (typeof PEOPLE)[number]['key']) => PEOPLE.find((each) => each.key === key) ?? PEOPLE[0]
const boss = who('supervisor')
/** Whose picking is found on the board. */
const CLAIMER = who('picker-1')

let server: ServerProcess
let browser: Browser
let mill: Mill
let orders: Order[]
let picker: Phone
let page: Page
const faults: string[][] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startProcess({ example: true }), openBrowser()])
  mill = await openMill(server)
  orders = (await mill.bodies(await mill.grantOf('supervisor'))).filter((body) => body.kind === 'order')
  picker = await mill.phone('warehouse')
  while ((await picker.db.docs.count()) === 0) await picker.sync()
  page = await joins(await openContext(browser, { size: 'small', installs: false }), server.url, await mill.code(), faults)
  await signIn(page, boss)
  await docsThere(page, orders.length)
})
afterAll(async () => {
  await picker?.close()
  await browser?.close()
  await server?.end()
})

const at = (path: string) => page.goto(`${server.url}${path}`)
const box = () => page.getByRole('dialog')
const drafts = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft.')))

test('sees how grave an exception is and decides about it, and sets free what somebody holds', async () => {
  const order = orders.findLast((each) => stageOf(each) === 'confirmed' && each.claim === null)
  if (!order) throw new Error('nothing is left to pick')
  await picker.issue({ type: 'ClaimOrder', doc: order.id, payload: {} })
  await picker.sync()
  await at('/board')
  const slip = page.locator('.slip').first()
  await slip.locator('.gravity', { hasText: says('order.gravities.grave') }).waitFor()
  const id = (await slip.getByRole('link').first().getAttribute('href'))?.split('/').at(-1) ?? ''
  const before = openExceptions(await orderOn(page, id)).length
  await slip.getByRole('button', { name: says('board.exceptions.settle') }).click()
  await box().getByRole('radio').first().check()
  await box().locator('textarea').fill('已問過客戶')
  await box().getByRole('button', { name: says('shell.close') }).click()
  await slip.getByRole('button', { name: says('board.exceptions.settle') }).click()
  await expect.poll(() => box().locator('textarea').inputValue()).toBe('已問過客戶')
  await box().locator('.main').click()
  await signs(page, boss.pin)
  await expect.poll(drafts).toEqual([])
  await expect.poll(async () => openExceptions(await orderOn(page, id)).length).toBe(before - 1)

  await page.locator('.docket-row', { hasText: order.number }).filter({ hasText: CLAIMER.name }).getByRole('button').click()
  await expect.poll(async () => (await orderOn(page, order.id)).claim).toBeNull()
})

test('decides what was set apart, with reason and PIN', async () => {
  await picker.issue({ type: 'Arrive', doc: firstIn(orders, 'deliver.promised', () => true), payload: { place: null } })
  await picker.sync()
  await at('/devices')
  await press(page, 'board.quarantine.decide')
  await box().locator('textarea').fill('不是他送的')
  await page.reload()
  await press(page, 'board.quarantine.decide')
  await expect.poll(() => box().locator('textarea').inputValue()).toBe('不是他送的')
  await press(page, 'board.quarantine.discard')
  await signs(page, boss.pin)
  await expect.poll(drafts).toEqual([])
  await page.locator('.event', { hasText: says('board.quarantine.discarded') }).filter({ hasText: '不是他送的' }).waitFor()
})

test('gives a person a new PIN, ends another’s access, and locks a device out', async () => {
  const { name } = who('picker-3')
  const person = mill.enrolled.people.find((each) => each.name === name)?.id ?? ''
  const comesIn = async (pin: string) => (await openPhone({ url: server.url, name, code: await mill.code(), person, pin })).close()
  const opens = async () => {
    await at('/people')
    await page.locator('main .cover', { hasText: name }).click()
  }
  await opens()
  await box().getByLabel(says('board.person.pinNew')).fill('7531')
  // A PIN is kept nowhere, half typed or whole.
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('7531')
  await box().locator('.main').click()
  await box().waitFor({ state: 'detached' })
  await comesIn('7531')
  await opens()
  await box().getByRole('checkbox', { name: says('board.person.active') }).uncheck()
  await box().locator('.main').click()
  await box().waitFor({ state: 'detached' })
  await expect(comesIn('7531')).rejects.toThrow(/person-revoked/)

  await at('/devices')
  await page.locator('main .cover', { hasText: CLAIMER.name }).first().click()
  await press(page, 'board.device.revoke')
  await press(page, 'board.device.revokeGo')
  await box().waitFor({ state: 'detached' })
  await sees(page, 'board.devices.states.revoked')
})

test('no page had a fault', () => expect(faults.flat()).toEqual([]))
