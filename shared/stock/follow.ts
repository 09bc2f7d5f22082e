/**
 * What happens to an order's pile happens to the shelf: from each event of an order, what lies more or less at which place, once. The
 * server writes it to the product in the transaction that accepts the fact; a device keeps it beside the fact that waits, and
 * subtracts it from what the server says until the server's copy has it.
 */
import type { OrderEvent } from '../order/events.ts'
import { evolve } from '../order/evolve.ts'
import { type Act, lineOf, type Order } from '../order/order.ts'
import type { Unit } from '../order/quantity.ts'
import { type Product, productIdOf } from '../product/product.ts'
import type { ProductCard } from './commands.ts'
import type { StockEvent } from './events.ts'
import { evolveStock } from './evolve.ts'
import { quantityIn } from './unit.ts'

/** In the order line's unit; `quantity` and `grams` are what lies there more, or less. `held`: it came back damaged. `card`: what the order says of the product. */
export type Booking = { sku: string; unit: Unit; order: string; location: string; lot: string; quantity: number; grams: number; held?: true; card?: Pick<ProductCard, 'name' | 'spec' | 'grams'> }
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
  if (!line) return []
  const { sku, unit, name, spec, grams } = line
  return [{ sku, unit, order: order.id, act, card: { name, spec, grams }, ...where }]
}

/**
 * What it is to the product; null in a unit that the booking does not tell. Of a product that nobody has put down, at a `site` that
 * keeps its stock, it begins one: what was taken lies less there all the same, and is asked about (M38).
 */
export function stockEventOf(product: Product | null, booked: Booked, site: string | null = null): StockEvent | null {
  const { act, sku, unit, order, location, lot, quantity, grams, held, card } = booked
  if (!product && site === null) return null
  const inUnit = quantityIn(product?.unit ?? unit, { unit, lot, quantity, grams })
  if (inUnit === 0) return null
  const begins = !product && site !== null ? { begins: { site, product: { sku, name: sku, spec: '', grams: 0, ...card, unit, barcode: '' } } } : {}
  return { type: 'StockBooked', act, ...begins, order, location, lot, quantity: inUnit, grams, ...(held && { held }) }
}

/** A product as it is with what waits on this device. */
export function withBookings(product: Product, bookings: readonly Booked[]): Product {
  return bookings.reduce((state, each) => booking(state, each, null) ?? state, product)
}
/** One that nobody has put down, as the server will begin it; null where none of the bookings does. */
export function begunBy(site: string, sku: string, bookings: readonly Booked[]): Product | null {
  return bookings.reduce<Product | null>((state, each) => (each.sku === sku ? (booking(state, each, site) ?? state) : state), null)
}
function booking(product: Product | null, booked: Booked, site: string | null): Product | null {
  const event = product === null || product.sku === booked.sku ? stockEventOf(product, booked, site) : null
  return event && { ...evolveStock(product, event, product?.id ?? productIdOf(site ?? '', booked.sku)), version: product?.version ?? 0 }
}
export type { Booked }
