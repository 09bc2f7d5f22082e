import { afterEach, describe, expect, test } from 'vitest'
import { advicesDue, checksDue } from '../../../client/board/floor.ts'
import type { DeviceDb } from '../../../client/db.ts'
import { countIn, firstAcross, ordersAt } from '../../../client/live/orders.ts'
import { ABOUT, type Filter, listingOf, NEWEST_FIRST } from '../../../client/orders/filters.ts'
import { rowView } from '../../../client/orders/row.ts'
import { weekOf } from '../../../client/orders/wall.ts'
import type { Grade, OrderForm } from '../../../shared/order/form.ts'
import type { Order } from '../../../shared/order/order.ts'
import type { Role } from '../../../shared/people/role.ts'
import { advised, and, ask, chief, clerk, confirmed, driver, form, given, money, orderIn, placed, type Said, shipped, signedFor, WAY } from '../../shared/order/mill.ts'
import { drawer, put } from './drawer.ts'

const ZONE = 'Asia/Taipei'
/** Thursday, 2026-11-26 10:00 in Taipei */
const NOW = Date.parse('2026-11-26T02:00:00Z')

let db: DeviceDb
const opened: DeviceDb[] = []
afterEach(() => opened.splice(0).forEach((each) => void each.close()))

async function open(...orders: Order[]): Promise<DeviceDb> {
  const made = await drawer(...orders)
  opened.push(made)
  return made
}

const order = (number: string, change: Partial<OrderForm> = {}, ...said: Said[]): Order => ({ ...orderIn(given(placed({ number, ...change }), ...said)), id: number })
const graded = (grade: Grade) => ({ customer: { ...form().customer, grade } })
const release = () => ask('SignGate', { gate: 'release', note: '' }, money)

async function numbersIn(filter: Filter, roles: Role[] = [], grade: Grade | null = null): Promise<string[]> {
  const { spans } = listingOf(filter, { roles, now: NOW, zone: ZONE, grade })
  return (await firstAcross(db, spans, { limit: 300 })).map((each) => each.number)
}
const countOf = (filter: Filter, roles: Role[] = []) => countIn(db, listingOf(filter, { roles, now: NOW, zone: ZONE, grade: null }).spans)

describe('the filters of the orders', () => {
  test('a week begins on Monday on the clock of the mill, not on that of the server', () => {
    expect(weekOf(NOW, ZONE)).toEqual({ from: '2026-11-22T16:00:00.000Z', before: '2026-11-29T16:00:00.000Z' })
    // Late on Sunday in Taipei it is still this week; in Greenwich the same.
    expect(weekOf(Date.parse('2026-11-29T15:59:59Z'), ZONE).from).toBe('2026-11-22T16:00:00.000Z')
    expect(weekOf(Date.parse('2026-11-29T16:00:00Z'), ZONE).from).toBe('2026-11-29T16:00:00.000Z')
  })

  test('what is promised for Sunday night belongs to this week, for Monday morning to the next', async () => {
    db = await open(
      order('SUN', { promisedAt: '2026-11-29T15:59:00.000Z' }),
      order('MON', { promisedAt: '2026-11-29T16:00:00.000Z' }),
      order('LAST', { promisedAt: '2026-11-22T15:59:00.000Z' }),
    )
    expect(await numbersIn('week')).toEqual(['SUN'])
    expect(await countOf('week')).toBe(1)
  })

  test('each role finds what waits for its own signature, soonest promised first', async () => {
    db = await open(
      order('NEW', { promisedAt: '2026-11-30T00:00:00.000Z' }),
      order('TO-RELEASE', { promisedAt: '2026-11-28T00:00:00.000Z' }, confirmed()),
      order('TO-NOTICE', { promisedAt: '2026-11-27T00:00:00.000Z' }, confirmed(), release()),
    )
    expect(await numbersIn('mine', ['service'])).toEqual(['TO-NOTICE', 'NEW'])
    expect(await numbersIn('mine', ['finance'])).toEqual(['TO-RELEASE'])
    expect(await numbersIn('mine', ['finance', 'service'])).toEqual(['TO-NOTICE', 'TO-RELEASE', 'NEW'])
    expect(await countOf('mine', ['finance', 'service'])).toBe(3)
    expect(listingOf('mine', { roles: ['sales'], now: NOW, zone: ZONE, grade: null }).spans).toEqual([])
  })

  test('an order that owes two papers stands once in the list of a person who may sign both', async () => {
    const owing = order('OWES', {}, confirmed(), ask('OverrideNotice', { reason: '客戶停機' }, chief))
    db = await open(owing)
    expect(await numbersIn('mine', ['finance', 'service'])).toEqual(['OWES'])
    expect(await numbersIn('owed')).toEqual(['OWES'])
  })

  test('a date is at risk when less time is left than the rest of the way takes; an emergency is found too', async () => {
    const hours = (n: number) => new Date(NOW + n * 3_600_000).toISOString()
    db = await open(
      order('CONFIRM-20H', { promisedAt: hours(20) }),
      order('CONFIRM-30H', { promisedAt: hours(30) }),
      order('PICK-20H', { promisedAt: hours(20) }, confirmed()),
      order('PICK-11H', { promisedAt: hours(11) }, confirmed()),
      order('LATE', { promisedAt: hours(-40) }, confirmed()),
      order('URGENT', { promisedAt: hours(5) }, confirmed(), ask('MarkEmergency', { reason: '停機' }, chief)),
    )
    expect(await numbersIn('risk')).toEqual(['LATE', 'URGENT', 'PICK-11H', 'CONFIRM-20H'])
    expect(await countOf('risk')).toBe(4)
  })

  test('goods on their way are asked after when it is time, and whom to tell stands there at once', async () => {
    const at = (ms: number) => new Date(ms).toISOString()
    const sent = (number: string, dueAt: number, ...more: Said[]) => order(number, {}, ...Object.values(WAY).slice(1, -4), shipped({ advice: { phone: '', grams: 0, departsAt: null, arrivesAt: null, checks: [{ dueAt: at(dueAt), place: '泰安' }] } }), ...more)
    db = await open(sent('MISSED', NOW - 60_000), sent('SOON', NOW + 60_000, advised()), order('NEW'))
    expect(await numbersIn('advise')).toEqual(['MISSED'])
    expect(await numbersIn('checks')).toEqual(['MISSED', 'SOON'])
    const [missed] = await advicesDue(db)
    const said = (filter: Filter) => missed && rowView(missed, at(NOW), ABOUT[filter]).wait?.type
    expect([said('advise'), said('checks'), said('open')]).toEqual(['advice', 'check', 'step'])
    expect(await numbersIn('mine', ['service'])).toEqual(['MISSED', 'NEW'])
    expect((await advicesDue(db)).map((each) => each.number)).toEqual(['MISSED'])
    expect((await checksDue(db, at(NOW))).map((each) => each.number)).toEqual(['MISSED'])
    expect((await checksDue(db, at(NOW + 120_000))).map((each) => each.number)).toEqual(['MISSED', 'SOON'])
  })

  test('whoever was not there, and what has to come back, is found', async () => {
    const way = Object.values(WAY).slice(1)
    db = await open(
      order('ABSENT', {}, ...way.slice(0, -1), ask('ReportAbsent', { place: null, note: '', photos: [], againAt: null }, driver)),
      order('BACK', {}, ...way.slice(0, -1), signedFor([{ line: 1, accepted: 9, refused: 1, reason: '壓痕' }, { line: 2, accepted: 2_500_000 }])),
    )
    expect(await numbersIn('absent')).toEqual(['ABSENT'])
    expect(await numbersIn('back')).toEqual(['BACK'])
  })

  test('a grade is a list of its own wherever a list may be long', async () => {
    db = await open(order('A1', graded('A')), order('B1', graded('B')), order('A2', graded('A'), ask('CancelOrder', { reason: '重複' }, clerk)))
    expect(await numbersIn('open', [], 'A')).toEqual(['A1'])
    expect(await numbersIn('closed', [], 'A')).toEqual(['A2'])
    expect(await numbersIn('all', [], 'B')).toEqual(['B1'])
    for (const filter of ['week', 'open', 'closed', 'all'] as const) expect(listingOf(filter, { roles: [], now: NOW, zone: ZONE, grade: 'A' }).exact).toBe(true)
    expect(listingOf('exceptions', { roles: [], now: NOW, zone: ZONE, grade: 'A' }).exact).toBe(false)
  })

  test('what is over is looked back on from the newest', () => {
    expect(NEWEST_FIRST).toEqual(['closed', 'all'])
  })
})

describe('a window of a long list', () => {
  const many = Array.from({ length: 250 }, (_, i) => order(`N-${String(i).padStart(3, '0')}`, { promisedAt: new Date(NOW + i * 60_000).toISOString() }))
  const numbers = async (...at: Parameters<typeof ordersAt>) => (await ordersAt(...at)).map((each) => each.number)

  test('is the same rows that the whole list has there, forwards and backwards', async () => {
    db = await open(...many)
    const span = { list: 'open' }
    expect(await numbers(db, span, { offset: 0, limit: 2 })).toEqual(['N-000', 'N-001'])
    expect(await numbers(db, span, { offset: 180, limit: 3 })).toEqual(['N-180', 'N-181', 'N-182'])
    expect(await numbers(db, span, { offset: 248, limit: 60 })).toEqual(['N-248', 'N-249'])
    expect(await numbers(db, span, { offset: 250, limit: 60 })).toEqual([])
    expect(await numbers(db, span, { offset: 0, limit: 2, reverse: true })).toEqual(['N-249', 'N-248'])
    expect(await numbers(db, span, { offset: 120, limit: 3, reverse: true })).toEqual(['N-129', 'N-128', 'N-127'])
  })

  test('keeps to its part of the list, and counts it', async () => {
    db = await open(...many)
    const span = { list: 'open', from: new Date(NOW + 100 * 60_000).toISOString(), before: new Date(NOW + 110 * 60_000).toISOString() }
    expect(await countIn(db, [span])).toBe(10)
    expect(await numbers(db, span, { offset: 8, limit: 60 })).toEqual(['N-108', 'N-109'])
    expect(await numbers(db, span, { offset: 8, limit: 60, reverse: true })).toEqual(['N-101', 'N-100'])
  })

  test('the figure of a whole list follows what happens to its orders', async () => {
    db = await open(...many.slice(0, 3))
    expect(await countIn(db, [{ list: 'open' }])).toBe(3)
    const gone = and({ order: many[0] ?? null, events: [], count: 1 }, ask('CancelOrder', { reason: '重複' }, clerk))
    await put(db, orderIn(gone))
    expect(await countIn(db, [{ list: 'open' }, { list: 'closed' }])).toBe(3)
    expect(await countIn(db, [{ list: 'closed' }])).toBe(1)
  })
})
