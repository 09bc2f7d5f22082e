/** The work of a step on a device: ranked by the site's rules, nobody starving, and ranked anew when the rules change. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DeviceDb } from '../../../client/db.ts'
import { writeDocs } from '../../../client/docs.ts'
import { countOf } from '../../../client/live/docs.ts'
import { workOf } from '../../../client/live/work.ts'
import { listPart, shownRanking } from '../../../client/ranking.ts'
import type { Line } from '../../../shared/order/form.ts'
import type { Order } from '../../../shared/order/order.ts'
import { type Site, siteDocId } from '../../../shared/site/site.ts'
import type { Body } from '../../../shared/sync/doc.ts'
import { MOST_RISEN, riseBefore } from '../../../shared/work/rise.ts'
import type { WorkRule } from '../../../shared/work/rule.ts'
import { minute, orderIn, START, upTo } from '../../shared/order/mill.ts'

let db: DeviceDb
beforeEach(() => {
  db = new DeviceDb('phone', { indexedDB: new IDBFactory(), IDBKeyRange })
})
afterEach(() => db.close())

const write = (...bodies: Body[]) =>
  db.transaction('rw', [...db.copies(), db.meta], () => writeDocs(db, new Map(bodies.map((body) => [body.id, { doc: { body, applied: {} }, scope: 'site:north' }]))))
const site = (workRules: WorkRule[], version = 1): Site => ({ kind: 'site', id: siteDocId('north'), site: 'north', version, name: '北廠', zone: 'Asia/Taipei', currency: 'TWD', workRules })
const confirmed = orderIn(upTo('confirmed'))
const [line] = confirmed.lines as [Line]
/** Confirmed `at` minutes after the start, so many rolls of one line. */
const order = (number: string, at: number, rolls: number, change: Partial<Order> = {}): Order => ({
  ...confirmed,
  id: number,
  number,
  placedAt: minute(at),
  lines: [{ ...line, quantity: rolls }],
  signed: { ...confirmed.signed, confirmation: { ...confirmed.placed, at: minute(at) } },
  ...change,
})
const NEVER = ''
const shown = async (before = NEVER, limit = 30) => (await workOf(db, { step: 'pick', before, limit })).orders.map(({ number }) => number)

test('as the site says: first by one rule, ties by the next', async () => {
  await write(site(['shortest', 'received']), order('big', 0, 90), order('later', 9, 1), order('small', 5, 1))
  while ((await listPart(db)) === 'more');
  expect(await shown()).toEqual(['small', 'later', 'big'])
})

describe('the rules change', () => {
  const many = Array.from({ length: 450 }, (_, i) => order(`n${String(i).padStart(3, '0')}`, i, 450 - i))

  test('every order is listed anew, a part at a time; until then the list is as it was', async () => {
    await write(site(['received']), ...many)
    while ((await listPart(db)) === 'more');
    const before = await shown()
    await write(site(['shortest'], 2))
    expect(await listPart(db)).toBe('more')
    expect(await shown()).toEqual(before)
    // What happens meanwhile stands in both.
    await write(order('new', -5, 1))
    expect((await shown()).slice(0, 2)).toEqual(['new', 'n000'])
    while ((await listPart(db)) === 'more');
    expect(await shownRanking(db)).toEqual(['shortest'])
    expect((await shown()).slice(0, 3)).toEqual(['n449', 'new', 'n448'])
    expect(await countOf(db, 'pick.shortest')).toBe(451)
  })
  test('back to what they were before it was done: nothing to do', async () => {
    await write(site(['received']), ...many)
    while ((await listPart(db)) === 'more');
    await write(site(['shortest'], 2))
    await listPart(db)
    await write(site(['received'], 3))
    expect(await listPart(db)).toBe('listed')
    expect((await shown()).slice(0, 2)).toEqual(['n000', 'n001'])
  })
  test('and once more, back and forth, with orders that changed between', async () => {
    await write(site(['received']), ...many)
    while ((await listPart(db)) === 'more');
    for (const [version, rule] of (['shortest', 'received', 'shortest'] as const).entries()) {
      await write(site([rule], version + 2), order('n100', 100, version === 2 ? 1 : 350))
      while ((await listPart(db)) === 'more');
    }
    expect((await shown()).slice(0, 2)).toEqual(['n100', 'n449'])
    expect(await countOf(db, 'pick.shortest')).toBe(450)
  })
})

describe('nobody starves', () => {
  const HOUR = 60
  const at = (hour: number) => riseBefore(START + hour * HOUR * 60_000, 24)

  test('what has waited longer than the site allows stands behind the emergencies, the longest first', async () => {
    const emergency = { ...confirmed.placed, reason: '停機待料' }
    await write(site(['shortest']), order('urgent', 30 * HOUR, 50, { emergency }), order('big', 0, 99), order('bigger', HOUR, 999), ...[1, 2, 3].map((n) => order(`small ${n}`, 29 * HOUR, n)))
    while ((await listPart(db)) === 'more');
    expect(await shown(at(24))).toEqual(['urgent', 'small 1', 'small 2', 'small 3', 'big', 'bigger'])
    expect(await shown(at(24.5))).toEqual(['urgent', 'big', 'small 1', 'small 2', 'small 3', 'bigger'])
    const { orders, risen } = await workOf(db, { step: 'pick', before: at(31), limit: 4 })
    expect(orders.map(({ number }) => number)).toEqual(['urgent', 'big', 'bigger', 'small 1'])
    expect([...risen]).toEqual([['big', minute(0)], ['bigger', minute(HOUR)]])
  })
  test(`no more than ${MOST_RISEN} at a time, so that the rules go on; what somebody has taken on makes room`, async () => {
    await write(site(['shortest']), ...Array.from({ length: 10 }, (_, i) => order(`old ${i}`, i, 100 - i)))
    while ((await listPart(db)) === 'more');
    expect((await shown(at(48))).slice(0, 5)).toEqual(['old 0', 'old 1', 'old 2', 'old 9', 'old 8'])
    await write(order('old 0', 0, 100, { claim: confirmed.placed }))
    expect((await shown(at(48))).slice(0, 5)).toEqual(['old 1', 'old 2', 'old 3', 'old 9', 'old 8'])
  })
  test('a large order is begun in the end, however many small ones keep coming', async () => {
    await write(site(['shortest']), order('large', 0, 900))
    while ((await listPart(db)) === 'more');
    let hours = 0
    for (let first = ''; first !== 'large'; hours++) {
      await write(...[1, 2, 3, 4].map((n) => order(`${hours}-${n}`, hours * HOUR + 1, n)))
      first = (await shown(at(hours)))[0] ?? ''
      await write(order(first, 0, 1, { pickingFinished: confirmed.placed }))
    }
    expect(hours).toBe(26)
  })
})
