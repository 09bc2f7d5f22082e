/** Closed orders of a first load are bundled: every question is answered as if each had a row of its own. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { DeviceDb } from '../../client/db.ts'
import { writeDocs } from '../../client/docs.ts'
import { rowsById } from '../../client/rows.ts'
import { countOf, orderById, ordersIn, search } from '../../client/live/docs.ts'
import { countIn, ordersAt } from '../../client/live/orders.ts'
import { unbundle } from '../../client/sync/bundling.ts'
import { applySnapshot } from '../../client/sync/settle.ts'
import type { OrderForm } from '../../shared/order/form.ts'
import type { Order } from '../../shared/order/order.ts'
import { listsOf, textOf } from '../../shared/work/lists.ts'
import { findsIn, folded } from '../../shared/work/text.ts'
import { registered } from '../../shared/work/register.ts'
import type { Doc } from '../../shared/sync/doc.ts'
import { and, cancelled, confirmed, form, given, minute, orderIn, placed, type Scene, upTo } from '../shared/order/mill.ts'
import { drawer, put } from './orders/drawer.ts'

const SITE = 'site:north'
const opened: DeviceDb[] = []
afterEach(() => opened.splice(0).forEach((each) => void each.close()))
async function empty(): Promise<DeviceDb> {
  const db = await drawer()
  opened.push(db)
  return db
}

const named = (nth: number, scene: Scene, change: Partial<OrderForm> = {}): Order => ({ ...orderIn(scene), id: `o${String(nth).padStart(3, '0')}`, number: `SO-2611-${String((nth * 7) % 100).padStart(4, '0')}`, placedAt: minute((nth * 13) % 50), ...change })
const GRADES = ['A', 'B', 'C'] as const
/** Thirty of each end, and some that are open, by ids among them. */
const orders = Array.from({ length: 90 }, (_, i) => {
  const customer = { ...form().customer, name: i % 4 === 0 ? '大𠮷紙業' : '立德包裝', grade: GRADES[i % 3] ?? 'A' }
  return named(i, i % 9 === 0 ? given(placed(), confirmed()) : i % 2 === 0 ? upTo('signedFor') : and(given(placed()), cancelled()), { customer })
})
const docs = orders.map((body) => ({ body, applied: {} }))
const inside = (db: DeviceDb, work: () => Promise<unknown>) => db.transaction('rw', [...db.copies(), db.meta], async () => work())
const write = (db: DeviceDb, bodies: readonly Order[]) => inside(db, () => writeDocs(db, new Map(bodies.map((body) => [body.id, { doc: { body, applied: {} }, scope: SITE }]))))

const EPOCH = 'e'
/** One page of a first load, as it comes. */
async function load(db: DeviceDb, part: readonly Doc[]): Promise<void> {
  const { closed, register, rest } = registered(part)
  await db.put('epoch', EPOCH)
  const page = { epoch: EPOCH, position: 1, docs: rest, next: 'more', closed: { ...register, packed: gzipSync(JSON.stringify(closed)) } }
  const before = (await db.read('loads'))?.[SITE] ?? null
  expect(await applySnapshot(db, SITE, before, page)).toMatchObject({ after: page.next })
}
/** A first load, in pages of twenty. */
async function loaded(): Promise<DeviceDb> {
  const db = await empty()
  for (let from = 0; from < docs.length; from += 20)
    await load(db, docs.slice(from, from + 20))
  return db
}
/** What stands in the place of the bundles: a row for each. */
async function plain(): Promise<DeviceDb> {
  const db = await empty()
  await put(db, ...orders)
  return db
}

const LISTS = ['all', 'all.A', 'closed', 'closed.B', 'open', 'trip:t1', 'pick.promised', 'confirm.promised', 'no-such-list']
const numbers = (found: readonly Order[]) => found.map((order) => order.number)
const sorted = (found: readonly { id: string }[]) => found.map(({ id }) => id).sort()
async function sameAnswers(bundled: DeviceDb, rows: DeviceDb): Promise<void> {
  for (const list of LISTS) {
    const whole = numbers(await ordersIn(rows, list, { limit: 500 }))
    expect(numbers(await ordersIn(bundled, list, { limit: 500 })), list).toEqual(whole)
    expect(await countOf(bundled, list), list).toBe(whole.length)
    for (const reverse of [false, true])
      for (const offset of [0, 1, 7, 40, 89, 200]) {
        const window = { offset, limit: 11, reverse }
        expect(numbers(await ordersAt(bundled, { list }, window)), `${list} ${JSON.stringify(window)}`).toEqual(numbers(await ordersAt(rows, { list }, window)))
      }
    const part = { list, from: minute(10), before: minute(35) }
    expect(await countIn(bundled, [part]), list).toBe(await countIn(rows, [part]))
    expect(numbers(await ordersAt(bundled, part, { offset: 3, limit: 9 })), list).toEqual(numbers(await ordersAt(rows, part, { offset: 3, limit: 9 })))
  }
  for (const typed of ['SO-2611-0042', '0042', '𠮷', '吉', '紙業', 'do-2611', '立德 so-2611-00', 'C-0201', 'R-1', 'nobody'])
    expect(sorted(await search(bundled, typed, 500)), typed).toEqual(sorted(await search(rows, typed, 500)))
  for (const { id } of orders) expect(await orderById(bundled, id), id).toEqual(await orderById(rows, id))
  expect(await orderById(bundled, 'o0005')).toBeNull()
}

describe('bundled orders', () => {
  test('answer as rows do', async () => {
    const bundled = await loaded()
    expect(await bundled.docs.count()).toBe(10)
    expect(await bundled.bundles.count()).toBe(5)
    await sameAnswers(bundled, await plain())
  })
  test('have a row as soon as anything is written to them, or are gone, and are listed once', async () => {
    const [bundled, rows] = [await loaded(), await plain()]
    await sameAnswers(bundled, rows)
    const changed = orders.filter((_, i) => i % 5 === 1).map((order): Order => ({ ...order, memo: 'seen', version: order.version + 1 }))
    const again = orders.filter((_, i) => i % 10 === 3).map((order): Order => ({ ...orderIn(given(placed(), confirmed())), id: order.id, number: order.number }))
    const gone = orders.filter((_, i) => i % 10 === 7).map(({ id }) => id)
    for (const db of [bundled, rows]) {
      await write(db, [...changed, ...again])
      await inside(db, () => writeDocs(db, new Map(gone.map((id) => [id, null]))))
    }
    await sameAnswers(bundled, rows)
    const back = orders.filter(({ id }) => gone.includes(id))
    for (const db of [bundled, rows]) await write(db, back)
    await sameAnswers(bundled, rows)
  })
  test('leave no trace when their scope is lost, and come again', async () => {
    const db = await loaded()
    await write(db, orders.slice(1, 4))
    await inside(db, async () => {
      await unbundle(db, SITE)
      await writeDocs(db, new Map((await db.docs.toCollection().primaryKeys()).map((id) => [id, null])))
    })
    expect(Object.values((await db.read('counts')) ?? {}).filter((count) => count !== 0)).toEqual([])
    expect((await rowsById(db, orders.map(({ id }) => id))).size).toBe(0)
    expect(await ordersIn(db, 'all')).toEqual([])
    await load(db, docs)
    await sameAnswers(db, await plain())
  })
  test('are closed, without an open question', () => {
    const { closed, register, rest } = registered(docs)
    expect(rest.map(({ body }) => body.id)).toEqual(orders.filter((order) => listsOf(order).some((entry) => entry.startsWith('open'))).map(({ id }) => id))
    expect(register.ids).toEqual(closed.map(({ body }) => body.id))
    expect(closed.length + rest.length).toBe(docs.length)
  })
  test('that are here already count once, by their rows', async () => {
    const [db, rows] = [await empty(), await plain()]
    // As of a driver who reads the site from now on.
    await write(db, orders.slice(1, 8))
    await load(db, docs)
    expect(await db.struck.count()).toBe(7)
    await sameAnswers(db, rows)
  })
  test('and rows are found together, those that were made last first, as many as are wanted', async () => {
    const db = await loaded()
    const open = orders.filter((order) => listsOf(order).some((entry) => entry.startsWith('open'))).map(({ id }) => id)
    const closed = orders.map(({ id }) => id).filter((id) => !open.includes(id))
    const found = (await search(db, 'so', 500)).map(({ id }) => id)
    expect(found).toEqual([...open.toReversed(), ...closed.toReversed()])
    expect((await search(db, 'so', 12)).map(({ id }) => id)).toEqual(found.slice(0, 12))
  })
  test('and rows are found by what was last written', async () => {
    const db = await loaded()
    const [open, closed] = [orders[0], orders[2]]
    if (!open || !closed) throw new Error('too few orders')
    await write(db, [open, closed].map((order, i) => ({ ...order, number: `XX-999${i}`, version: order.version + 1 })))
    for (const { number } of [open, closed]) expect(await search(db, number)).toEqual([])
    expect((await search(db, 'XX-999')).map(({ id }) => id)).toEqual([closed.id, open.id])
    await inside(db, () => writeDocs(db, new Map([[open.id, null]])))
    expect((await search(db, 'XX-999')).map(({ id }) => id)).toEqual([closed.id])
    expect(await db.texts.get(open.id)).toBeUndefined()
  })
})

/** What somebody may begin to type: whole words, their parts between joints, and of Han text every tail. */
function wordsOf(texts: readonly string[]): string[] {
  const han = /\p{Script=Han}/u
  return texts.flatMap((text) => folded(text).split(/[\s,;()（）、，]+/u)).filter((word) => word !== '').flatMap((word) => {
    const chars = [...word]
    const tails = chars.flatMap((char, i) => (i > 0 && (han.test(char) || han.test(chars[i - 1] ?? '')) ? [chars.slice(i).join('')] : []))
    return [word, ...word.split(/[-_/.·]+/u).filter((part) => part !== ''), ...tails]
  })
}

test('a text finds all that its words begin with', () => {
  const text = fc.array(fc.constantFrom(...'ab1-_/.· ,（𠮷吉紙é'), { maxLength: 12 }).map((chars) => chars.join(''))
  fc.assert(
    fc.property(text, text, fc.nat(), fc.integer({ min: 1, max: 6 }), (number, name, at, length) => {
      const body: Order = { ...orderIn(given(placed())), number, customer: { id: '', name, grade: 'A' }, lines: [] }
      const words = [...new Set(wordsOf([number, name]))]
      for (const word of words) expect(findsIn(textOf(body), [...word].slice(0, length).join('')), word).toBe(true)
      const some = words[at % Math.max(1, words.length)]
      // What is no beginning of a word, from any of its places, is not found.
      const inner = some && [...some].slice(1).join('')
      if (inner && /^[ab1é]+$/.test(some) && !words.some((word) => word.includes(inner) && word !== some)) expect(findsIn(textOf(body), inner)).toBe(some.startsWith(inner))
    }),
  )
})
