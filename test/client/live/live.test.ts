/** What a screen reads follows what is written, also after an act of its own, for which everything else waits until it is drawn. */
import { Dexie } from 'dexie'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EffectScope, effectScope, type ShallowRef, watch } from 'vue'
import type { DeviceDb } from '../../../client/db.ts'
import { ordersIn } from '../../../client/live/docs.ts'
import { drawFirst } from '../../../client/live/drawing.ts'
import { useLive } from '../../../client/live/live.ts'
import type { Order } from '../../../shared/order/order.ts'
import { and, ask, departed, driver, orderIn, upTo } from '../../shared/order/mill.ts'
import { drawer, put } from '../orders/drawer.ts'

const { indexedDB } = Dexie.dependencies
const frame = globalThis.requestAnimationFrame
let db: DeviceDb
let scope: EffectScope
let orders: Readonly<ShallowRef<Order[] | undefined>>

beforeEach(async () => {
  // Without the one of a browser no live query asks at all, and nothing is drawn.
  Dexie.dependencies.indexedDB = new IDBFactory()
  globalThis.requestAnimationFrame = (draw) => Number(setTimeout(draw, 1))
  db = await drawer()
  await put(db, orderIn(shipped))
  scope = effectScope()
  const asked = answered()
  orders = (scope.run(() => useLive(() => ordersIn(db, 'trip:t1'))) as { value: typeof orders }).value
  await asked
})
afterEach(async () => {
  scope.stop()
  await db.close()
  Dexie.dependencies.indexedDB = indexedDB
  globalThis.requestAnimationFrame = frame
})

const shipped = upTo('shipped')
/** Until the screen has another answer. */
const answered = () => new Promise<void>((done) => queueMicrotask(() => watch(() => orders.value, () => done(), { once: true, flush: 'sync' })))

test('after the first act of a screen, its second is seen, too', async () => {
  const moved = and(shipped, ask('MoveStop', { trip: 't1', stop: 4 }, driver))
  for (const order of [orderIn(moved), orderIn(and(moved, departed()))]) {
    const draw = drawFirst()
    const next = answered()
    await put(db, order)
    draw()
    await next
    expect(orders.value).toEqual([order])
  }
})
