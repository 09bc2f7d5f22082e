import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillExample } from '../../../server/example/example.ts'
import { openSqliteLog } from '../../../server/log/sqlite/log.ts'
import type { Log } from '../../../server/log/log.ts'
import { isPin } from '../../../server/people/pin.ts'
import { GRADES } from '../../../shared/order/form.ts'
import { type Order, openExceptions } from '../../../shared/order/order.ts'
import { STAGES, stageOf } from '../../../shared/order/stage.ts'
import { promiseOf, waitsOf } from '../../../shared/order/waits.ts'
import { ROLES } from '../../../shared/people/role.ts'
import { isWritten } from '../../../shared/receipt/ink.ts'
import { evolveBody, type Body, type Doc } from '../../../shared/sync/doc.ts'
import { makeFolder, random } from '../floor.ts'
import { docsIn } from '../../support/docs.ts'

/** A Thursday afternoon in Taiwan, and the small hours of a night. */
const AFTERNOON = Date.parse('2026-11-26T06:00:00.000Z')
const NIGHT = Date.parse('2027-02-28T19:20:00.000Z')

type Filled = { log: Log; site: string; people: { name: string; roles: string[]; pin: string }[]; docs: Doc[]; orders: Order[]; end(): Promise<void> }

async function filled(now: number): Promise<Filled> {
  const folder = makeFolder()
  const log = await openSqliteLog({ file: `${folder.path}/log.sqlite`, random })
  const result = await fillExample({ log, now })
  if (result === 'not-empty') throw new Error('a new log was taken for a used one')
  const docs = [...(await docsIn(log, `site:${result.site}`)), ...(await docsIn(log, `people:${result.site}`))]
  const orders = docs.flatMap(({ body }) => (body.kind === 'order' ? [body] : []))
  const end = async () => {
    await log.close()
    folder.remove()
  }
  return { log, ...result, docs, orders, end }
}

describe('the example paper mill', () => {
  let mill: Filled
  beforeAll(async () => {
    mill = await filled(AFTERNOON)
  })
  afterAll(() => mill.end())

  test('has 200 orders, in every stage and of every grade', () => {
    expect(mill.orders).toHaveLength(200)
    expect(STAGES.filter((stage) => !mill.orders.some((order) => stageOf(order) === stage))).toEqual([])
    expect(GRADES.filter((grade) => !mill.orders.some((order) => order.customer.grade === grade))).toEqual([])
    expect(new Set(mill.orders.map((order) => order.number)).size).toBe(200)
    for (const { number } of mill.orders) expect(number).toMatch(/^SO-26(10|11)-\d{4}$/)
  })

  test('has people of every role, whose PINs open', async () => {
    expect(ROLES.filter((role) => !mill.people.some(({ roles }) => roles.includes(role)))).toEqual([])
    expect(new Set(mill.people.map(({ pin }) => pin)).size).toBe(mill.people.length)
    const rows = await mill.log.read((tx) => tx.people(mill.site))
    for (const { name, pin } of mill.people) {
      const row = rows.find((each) => each.name === name)
      expect(await isPin(row?.pinHash ?? '', pin), name).toBe(true)
    }
    expect(await isPin(rows[0]?.pinHash ?? '', '0000')).toBe(false)
  })

  test('shows what goes wrong, open and settled, and a notice that is owed, one overdue and one made up late', () => {
    const settled = mill.orders.flatMap((order) => order.exceptions.filter((each) => each.settled))
    const open = mill.orders.flatMap(openExceptions)
    expect(settled.length).toBeGreaterThan(5)
    expect(new Set(open.map((each) => each.kind)).size).toBeGreaterThan(6)
    const owed = mill.orders.flatMap((order) => waitsOf(order, new Date(AFTERNOON).toISOString()).filter((each) => each.type === 'owed'))
    expect(new Set(owed.map((each) => each.overdue))).toEqual(new Set([true, false]))
    expect(mill.orders.some((order) => order.override && order.signed.notice && order.signed.notice.at > order.override.dueAt)).toBe(true)
    expect(mill.orders.some((order) => order.emergency)).toBe(true)
  })

  test('promises lie around now: missed, today and this week', () => {
    const states = mill.orders.map((order) => promiseOf(order, new Date(AFTERNOON).toISOString()).state)
    for (const state of ['none', 'kept', 'missed', 'safe', 'at-risk', 'late'] as const) expect(states).toContain(state)
    expect(mill.orders.filter((order) => order.promisedAt?.startsWith('2026-11-26')).length).toBeGreaterThan(8)
  })

  test('every receipt is written on and adds up', () => {
    const receipts = mill.orders.flatMap(({ receipt }) => (receipt ? [receipt] : []))
    expect(receipts).toHaveLength(66)
    expect(receipts.filter(({ ink }) => !isWritten(ink))).toEqual([])
    expect(mill.orders.flatMap(({ exceptions }) => exceptions).filter(({ kind }) => kind === 'receipt-sums-differ')).toEqual([])
  })

  test('every order is what its history folds to', async () => {
    for (const order of mill.orders) {
      const history = await mill.log.read((tx) => tx.history(mill.site, order.id))
      expect(history.reduce<Body | null>((body, { event }) => evolveBody(body, event, order.id), null)).toEqual(order)
      expect(order.version).toBe(history.length)
    }
  })

  test('is the same each time', async () => {
    const again = await filled(AFTERNOON)
    expect(again.docs).toEqual(mill.docs)
    await again.end()
  })

  test('is not poured over a site that is there', async () => {
    expect(await fillExample({ log: mill.log, now: AFTERNOON })).toBe('not-empty')
    expect(await mill.log.read((tx) => tx.sites())).toHaveLength(1)
  })

  test('nothing in it lies in the future, at whatever hour it is filled', async () => {
    const night = await filled(NIGHT)
    for (const { orders, now } of [{ orders: mill.orders, now: AFTERNOON }, { orders: night.orders, now: NIGHT }])
      for (const order of orders) expect(latest(order), order.number).toBeLessThanOrEqual(now)
    await night.end()
  })

  test('no token opens the door as one of its devices', async () => {
    for (const { tokenHash } of await mill.log.read((tx) => tx.devices(mill.site))) expect(tokenHash).not.toMatch(/^[0-9a-f]{64}$/)
  })
})

function latest(order: Order): number {
  const times = [...JSON.stringify(order).matchAll(/"at":"([^"]+)"/g)].map(([, at]) => Date.parse(at ?? ''))
  return Math.max(...times)
}
