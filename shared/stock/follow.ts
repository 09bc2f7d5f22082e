/**
 * What happens to an order's pile happens to the shelf: from each event of an order, what lies more or less at which place, once. The
 * server writes it to the product in the transaction that accepts the fact; a device keeps it beside the fact that waits, and
 * subtracts it from what the server says until the server's copy has it.
 */
import type { OrderEvent } from '../order/events.ts'
import { evolve } from '../order/evolve.ts'
import { type Act, lineOf, type Order } from '../order/order.ts'
import type { Unit } from '../order/quantity.ts'
import type { Product } from '../product/product.ts'
import type { StockEvent } from './events.ts'
import { evolveStock, keeps } from './evolve.ts'

/** In the order line's unit; `quantity` and `grams` are what lies there more, or less. `held`: it came back damaged. */
export type Booking = { sku: string; unit: Unit; order: string; location: string; lot: string; quantity: number; grams: number; held?: true }
type Booked = Booking & { act: Act }

/** The events that do. */
const MOVES: readonly string[] = ['LinePicked', 'PickPutBack', 'GoodsPutAway'] satisfies OrderEvent['type'][]
export const movesStock = ({ type }: { type: string }): boolean => MOVES.includes(type)

/** What the events do to the shelves, the order being as it was before them. Nothing for a line that nobody knows. */
export function bookingsOf(before: Order | null, events: readonly OrderEvent[], id: string): Booked[] {
  const found: Booked[] = []
  let order = before
  for (const [i, event] of events.entries()) {
    if (order) found.push(...bookingsOfEvent(order, event))
    if (i + 1 < events.length) order = evolve(order, event, id)
  }
  return found
}

function bookingsOfEvent(order: Order, event: OrderEvent): Booked[] {
  switch (event.type) {
    case 'LinePicked': {
      const { line, quantity, grams, lot, from, back: _, ...act } = event.pick
      return booked(order, line, { location: from, lot, quantity: -quantity, grams: -grams }, act)
    }
    case 'PickPutBack': {
      const pick = order.picks.find((each) => each.command === event.pick)
      // No more than lay in the pile: the rest of it is an exception of the order.
      const quantity = pick ? Math.min(event.quantity, pick.quantity - pick.back) : 0
      if (!pick || quantity === 0) return []
      return booked(order, pick.line, { location: pick.from, lot: pick.lot, quantity, grams: Math.round((pick.grams * quantity) / pick.quantity) }, event.act)
    }
    case 'GoodsPutAway': {
      const { act, line, lot, quantity, to } = event
      const pick = order.picks.findLast((each) => each.line === line && each.lot === lot)
      const came = order.returns?.flatMap((back) => back.goods).find(({ id }) => id === event.goods)
      const grams = pick ? Math.round((pick.grams * quantity) / pick.quantity) : 0
      return booked(order, line, { location: to, lot, quantity, grams, ...(came?.damaged && { held: true }) }, act)
    }
    default:
      return []
  }
}

function booked(order: Order, no: number, where: Pick<Booking, 'location' | 'lot' | 'quantity' | 'grams' | 'held'>, act: Act): Booked[] {
  const line = lineOf(order, no)
  return line ? [{ sku: line.sku, unit: line.unit, order: order.id, act, ...where }] : []
}

/** What it is to the product; null where its stock is not kept, or in a unit that the booking does not tell. */
export function stockEventOf(product: Product | null, { act, unit, order, location, lot, quantity, grams, held }: Booked): StockEvent | null {
  if (!keeps(product)) return null
  const inUnit = quantityIn(product.unit, { unit, lot, quantity, grams })
  return inUnit === 0 ? null : { type: 'StockBooked', act, order, location, lot, quantity: inUnit, grams, ...(held && { held }) }
}

/** What is sold by weight may be kept by the roll: a lot that was taken is then one roll of it. */
function quantityIn(unit: Unit, { unit: from, lot, quantity, grams }: Pick<Booking, 'unit' | 'lot' | 'quantity' | 'grams'>): number {
  if (unit === from) return quantity
  if (unit === 'kg') return grams
  return unit === 'roll' && from === 'kg' && lot !== '' ? Math.sign(quantity) : 0
}

/** A product as it is with what waits on this device. */
export function withBookings(product: Product, bookings: readonly Booked[]): Product {
  return bookings.reduce((state, each) => {
    const event = each.sku === state.sku ? stockEventOf(state, each) : null
    return event ? { ...evolveStock(state, event, state.id), version: state.version } : state
  }, product)
}
export type { Booked }
