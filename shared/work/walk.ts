/**
 * How a picker walks through an order: line by line in the order of the places, at each the lots that expire or came in first (M19).
 * Products say what lies there now (stock/follow.ts); what was picked since they were read is subtracted here.
 */
import type { Line } from '../order/form.ts'
import { allowedIn, type Order, openOf, pickedOf, shortOf, toleranceOf } from '../order/order.ts'
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
/** `known`: the order as it was when the products were read. `usual`: the site's tolerance, for an order that names none. */
export function walkOf(order: Order, products: ReadonlyMap<string, Product>, known: Order = order, usual = ''): Stop[] {
  const tolerance = toleranceOf(order) || usual
  const taken = takenSince(known, order)
  const promised = new Map<string, number>()
  const linesOf = Map.groupBy(order.lines, ({ sku }) => sku)
  const stops = order.lines.map((line): Stop => {
    const open = openOf(order, line)
    const all = sourcesOf(products.get(line.sku), line, taken)
    const sources = (linesOf.get(line.sku)?.length ?? 0) > 1 ? sharedOut(all, line.sku, open, promised) : all
    const began = order.picks.find((pick) => pick.line === line.no && pick.quantity > pick.back && pick.from !== '')
    const picked = pickedOf(order, line.no)
    const allowed = allowedIn(order, line, tolerance)
    return {
      line,
      open,
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

const shelfKey = (sku: string, lot: string, location: string): string => JSON.stringify([sku, lot, location])

/** Lines of one product share its lots: what the earlier ones are sent to comes last, and all of it may be taken for any of them. */
function sharedOut(sources: Source[], sku: string, wanted: number, promised: Map<string, number>): Source[] {
  const keyOf = ({ lot, location }: Source) => shelfKey(sku, lot, location)
  const left = (source: Source) => source.quantity - (promised.get(keyOf(source)) ?? 0)
  const [free, others] = [sources.filter((each) => left(each) > 0), sources.filter((each) => left(each) <= 0)]
  let rest = wanted
  for (const source of free) {
    const share = Math.min(rest, left(source))
    rest -= share
    promised.set(keyOf(source), source.quantity - left(source) + share)
  }
  return [...free, ...others]
}

/** What left the shelves between the two, or less than nothing where it came back. */
function takenSince(known: Order, order: Order): Map<string, number> {
  const taken = new Map<string, number>()
  if (known.picks === order.picks) return taken
  const before = new Map(known.picks.map((pick) => [pick.command, pick.quantity - pick.back]))
  const skus = new Map(order.lines.map((line) => [line.no, line.sku]))
  for (const { command, line, lot, from, quantity, back } of order.picks) {
    const since = quantity - back - (before.get(command) ?? 0)
    const key = shelfKey(skus.get(line) ?? '', lot, from)
    if (since !== 0) taken.set(key, (taken.get(key) ?? 0) + since)
  }
  return taken
}

/** What expires first, then what came in first; of one day, by place. What quality holds is nobody's to take. */
function sourcesOf(product: Product | undefined, line: Line, taken: ReadonlyMap<string, number>): Source[] {
  if (!product) return []
  const stock = product.stock
    .filter((each) => each.held !== true)
    .sort((a, b) => compareDays(a.expires ?? LATEST, b.expires ?? LATEST) || compareDays(a.receivedOn, b.receivedOn) || comparePlaces(a.location, b.location) || comparePlaces(a.lot, b.lot))
  return stock.flatMap(({ location, lot, quantity, grams }): Source[] => {
    // Counted in another unit than the order's: it says where to look, and not how much is there.
    if (product.unit !== line.unit) return quantity > 0 ? [{ location, lot, quantity: line.quantity, grams: 0 }] : []
    const rest = quantity - (taken.get(shelfKey(product.sku, lot, location)) ?? 0)
    return rest > 0 ? [{ location, lot, quantity: rest, grams: Math.round((grams * rest) / quantity) }] : []
  })
}
const LATEST = '9999'
const compareDays = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

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
