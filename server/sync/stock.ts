/** What is picked for an order leaves the shelf in the same transaction, and what is put back lies there again. */
import { bookingsOf, movesStock, stockEventOf } from '../../shared/stock/follow.ts'
import { type Doc, type DocEvent, foldDoc } from '../../shared/sync/doc.ts'
import type { OrderEvent } from '../../shared/order/events.ts'
import type { Followed } from './trips.ts'

/** The product of a number as it is at this point of the batch; of several the first by id. */
export type Shelves = { product(sku: string): Promise<Doc | null> }

/**
 * `was`: the order before the events. The product's copy says whose command it has (`applied`), so that a device knows which of
 * the picks that wait there it must not subtract any more.
 */
export async function stockFollows(was: Doc | null, events: readonly DocEvent[], by: { device: string; seq: number }, shelves: Shelves): Promise<Followed[]> {
  if (was?.body.kind !== 'order' || !events.some(movesStock)) return []
  const follows = new Map<string, Doc>()
  const list: Followed[] = []
  for (const booked of bookingsOf(was.body, events as readonly OrderEvent[], was.body.id)) {
    const stored = await shelves.product(booked.sku)
    const before = (stored && follows.get(stored.body.id)) ?? stored
    const event = before?.body.kind === 'product' ? stockEventOf(before.body, booked) : null
    const doc = event && before ? foldDoc(before, [event], before.body.id, by) : null
    if (!event || !doc) continue
    follows.set(doc.body.id, doc)
    list.push({ doc, event })
  }
  return list
}
