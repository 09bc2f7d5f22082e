/**
 * How a picker walks through an order: line by line in the order of the places, at each the lots that came in first (M19).
 * The stock list of a product is not booked down by picks: what this order and others have taken is subtracted here.
 */
import { allowedIn, type Line, type Order, openOf, pickedOf, shortOf, toleranceOf } from '../order/order.ts'
import type { Allowed } from '../order/tolerance.ts'
import { scaleOf } from '../order/quantity.ts'
import type { Product } from '../product/product.ts'

/** What lies somewhere of a lot or roll. `grams`: what all of it weighs, 0 if unknown. */
export type Source = { location: string; lot: string; quantity: number; grams: number }
export type Stop = {
  line: Line
  /** still to pick */
  open: number
  picked: number
  /** what may be delivered of the line, and what of that is not picked yet */
  allowed: Allowed
  most: number
  /** reported missing */
  short: number
  /** where it may be taken from, first in first out; empty when nobody knows */
  sources: Source[]
  /** the place the walk is sorted by: it stays while the line is worked on. '' when nobody knows */
  place: string
}
/** How much of a lot has been taken, by `lotKey`. */
export type Taken = ReadonlyMap<string, number>

/** Goods without a lot number are told apart by where they lie. */
export const lotKey = (sku: string, lot: string, location: string): string => (lot === '' ? `${sku} @${location}` : `${sku} ${lot}`)

/** `usual`: the site's tolerance, for an order that names none. */
export function walkOf(order: Order, products: ReadonlyMap<string, Product>, elsewhere: Taken = new Map(), usual = ''): Stop[] {
  const tolerance = toleranceOf(order) || usual
  const taken = new Map(elsewhere)
  for (const [key, quantity] of takenBy(order)) taken.set(key, (taken.get(key) ?? 0) + quantity)
  const stops = order.lines.map((line): Stop => {
    const sources = sourcesOf(products.get(line.sku), line, taken)
    const began = order.picks.find((pick) => pick.line === line.no && pick.quantity > pick.back && pick.from !== '')
    const picked = pickedOf(order, line.no)
    const allowed = allowedIn(order, line, tolerance)
    return {
      line,
      open: openOf(order, line),
      picked,
      allowed,
      most: Math.max(0, allowed.max - picked),
      short: shortOf(order, line.no),
      sources,
      place: began?.from ?? sources[0]?.location ?? '',
    }
  })
  return stops.sort((a, b) => comparePlaces(a.place, b.place) || a.line.no - b.line.no)
}

/** What lies in an order's pile, lot by lot. */
export function takenBy(order: Order): Map<string, number> {
  const skus = new Map(order.lines.map((line) => [line.no, line.sku]))
  const taken = new Map<string, number>()
  for (const { line, lot, from, quantity, back } of order.picks) {
    const key = lotKey(skus.get(line) ?? '', lot, from)
    if (quantity > back) taken.set(key, (taken.get(key) ?? 0) + quantity - back)
  }
  return taken
}

/** First in first out; what came in on one day, by place. */
function sourcesOf(product: Product | undefined, line: Line, taken: Map<string, number>): Source[] {
  if (!product) return []
  const stock = [...product.stock].sort(
    (a, b) => (a.receivedOn < b.receivedOn ? -1 : a.receivedOn > b.receivedOn ? 1 : comparePlaces(a.location, b.location) || comparePlaces(a.lot, b.lot)),
  )
  const left = new Map(taken)
  return stock.flatMap(({ location, lot, quantity, grams }): Source[] => {
    // Counted in another unit than the order's: it says where to look, and not how much is there.
    if (product.unit !== line.unit) return [{ location, lot, quantity: line.quantity, grams: 0 }]
    const key = lotKey(product.sku, lot, location)
    const gone = Math.min(quantity, left.get(key) ?? 0)
    left.set(key, (left.get(key) ?? 0) - gone)
    const rest = quantity - gone
    return rest > 0 ? [{ location, lot, quantity: rest, grams: Math.round((grams * rest) / quantity) }] : []
  })
}

const collator = new Intl.Collator('en', { numeric: true })
/** A-2 before A-10 before B-1; who knows where comes last. */
export function comparePlaces(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1
  return collator.compare(a, b)
}

/** The next open stop after line `no`, around the end to the beginning; null when nothing is open. Without `no`, the first. */
export function nextStop(walk: readonly Stop[], no: number | null = null): Stop | null {
  const at = no === null ? -1 : walk.findIndex((stop) => stop.line.no === no)
  return [...walk.slice(at + 1), ...walk.slice(0, at + 1)].find((stop) => stop.open > 0) ?? null
}

/** What to take next at a stop: a roll is one pick, of anything else as much as is wanted and lies there; goods by weight whole, where they may be. */
export function takeOf(stop: Stop, from: Source | null = stop.sources[0] ?? null, wanted = stop.open): Source {
  const most = stop.line.unit === 'roll' ? Math.min(1, wanted) : wanted
  const whole = scaleOf(stop.line.unit) > 1 && wanted > 0 && from !== null && from.quantity <= stop.most
  const quantity = from ? (whole ? from.quantity : Math.min(most, from.quantity)) : most
  return { location: from?.location ?? '', lot: from?.lot ?? '', quantity, grams: gramsOf(stop.line, from, quantity) }
}

/** What a quantity of a source weighs: by its own weight where it is known, else by the line's. */
export function gramsOf(line: Line, from: Source | null, quantity: number): number {
  if (line.unit === 'kg') return quantity
  if (from && from.grams > 0 && from.quantity > 0) return Math.round((from.grams * quantity) / from.quantity)
  return line.unit === 'm' ? 0 : line.grams * quantity
}
