/** What is picked for an order leaves the shelf in the same transaction, and what is put back lies there again. */
import { productIdOf } from '../../shared/product/product.ts'
import { bookingsOf, movesStock, stockEventOf } from '../../shared/stock/follow.ts'
import { type Doc, type DocEvent, foldDoc } from '../../shared/sync/doc.ts'
import type { OrderEvent } from '../../shared/order/events.ts'
import type { Followed } from './trips.ts'

export type Shelves = {
  /** the product of a number as it is at this point of the batch; of several the first by id */
  product(sku: string): Promise<Doc | null>
  /** the site, where anything was ever put down there; null where nobody keeps any stock */
  keeping(): Promise<string | null>
  /** whether any doc has this id, whatever it is of */
  taken(id: string): Promise<boolean>
}

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
    const before = follows.get(booked.sku) ?? stored
    const site = before ? null : await shelves.keeping()
    const id = before?.body.id ?? productIdOf(site ?? '', booked.sku)
    if (site !== null && (await shelves.taken(id))) continue
    const event = stockEventOf(before?.body.kind === 'product' ? before.body : null, booked, site)
    const doc = event && foldDoc(before, [event], id, by)
    if (!event || !doc) continue
    follows.set(booked.sku, doc)
    list.push({ doc, event })
  }
  return list
}
