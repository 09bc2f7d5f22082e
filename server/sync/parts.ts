/**
 * An order that was split, or of which something is delivered again, places the order of its rest: in the same transaction, by the same command, so that it is there once
 * or not at all, whoever else decides about the same short order out of reach.
 */
import type { Act } from '../../shared/order/order.ts'
import { type DocEvent, evolveBody } from '../../shared/sync/doc.ts'
import type { Followed, Shelf } from './trips.ts'

/** What the events on order `id` place beside it. */
export async function partFollows(events: readonly DocEvent[], id: string, act: Act, shelf: Shelf): Promise<Followed[]> {
  const follows: Followed[] = []
  for (const split of events) {
    if (split.type !== 'OrderSplit' && split.type !== 'RestOrdered') continue
    const first = await shelf.doc(id)
    // Its id is that of the command: nobody has it already but who means harm, and nobody is held up by that.
    if (!first || (await shelf.doc(split.id))) continue
    const event: DocEvent = { type: 'OrderPlaced', act, site: first.body.site, form: split.form }
    follows.push({ event, doc: { body: evolveBody(null, event, split.id), applied: {} } })
  }
  return follows
}
