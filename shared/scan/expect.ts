/** What a scan means for the order in hand: what was read against what is wanted. Never more than the order expects. */
import type { Order, Pick } from '../order/order.ts'
import type { Product } from '../product/product.ts'
import { type Source, type Stop, takeOf } from '../work/walk.ts'
import { lotOf, namesLot, namesPlace, namesProduct, type Scan, saysProduct } from './scan.ts'

export type Answer =
  /** the lot or roll that is wanted, or the product it is wanted of: take it */
  | { is: 'right'; line: number; take: Source }
  /** the goods that are wanted, and with them it would be more than is allowed: of weighed goods the last roll */
  | { is: 'over'; line: number; take: Source; most: number }
  /** the place where it lies, or another one */
  | { is: 'place'; right: boolean; line: number; wanted: string }
  /** the same product, another lot or roll than the one that came in first: the person decides */
  | { is: 'other-lot'; line: number; take: Source; wanted: Source }
  /** another open line of this order */
  | { is: 'other-line'; line: number; take: Source }
  /** other open lines have a lot of this number, too, and the code does not say of which product it is */
  | { is: 'same-lot'; line: number; take: Source; others: number[] }
  /** reported missing, and now it is here */
  | { is: 'found'; line: number; take: Source }
  /** nobody knows this lot of what is wanted: this may be one */
  | { is: 'unlisted'; line: number; take: Source }
  /** this very roll or lot lies in the pile already */
  | { is: 'again'; line: number; pick: Pick }
  /** of this line nothing is wanted any more */
  | { is: 'enough'; line: number }
  | { is: 'unknown' }

export type Expected = { order: Order; walk: readonly Stop[]; at: Stop | null; products: ReadonlyMap<string, Product> }

export function expect(scan: Scan, { order, walk, at, products }: Expected): Answer {
  const isProduct = ({ line }: Stop) => namesProduct(scan, { sku: line.sku, barcode: products.get(line.sku)?.barcode ?? '' })
  const mayBe = (stop: Stop) => !saysProduct(scan) || isProduct(stop)
  const lotAt = (stop: Stop) => (mayBe(stop) ? stop.sources.find((source) => namesLot(scan, source.lot)) : undefined)
  const takes = (stop: Stop, source?: Source | null, wanted?: number) => weighed(stop, takeOf(stop, source, wanted), scan)

  if (at && at.open > 0) {
    const [wanted] = at.sources
    const lot = lotAt(at)
    if (wanted && lot) {
      const take = namesLot(scan, wanted.lot) ? takes(at) : takes(at, lot)
      const others = walk.filter((stop) => stop !== at && stop.open > 0 && stop.line.sku !== at.line.sku && lotAt(stop)).map((stop) => stop.line.no)
      if (others.length > 0) return { is: 'same-lot', line: at.line.no, take, others }
      return namesLot(scan, wanted.lot) ? right(at, take) : { is: 'other-lot', line: at.line.no, take, wanted }
    }
    // A label that names a lot is of that lot alone.
    if (isProduct(at)) return scan.is === 'label' && scan.lots.length > 0 ? unlisted(order, at, scan) : right(at, takes(at))
    const here = wanted?.location ?? ''
    if (namesPlace(scan, here)) return { is: 'place', right: true, line: at.line.no, wanted: here }
  }
  const others = walk.filter((stop) => stop !== at || stop.open === 0)
  for (const stop of [...others.filter(({ open }) => open > 0), ...others.filter(({ open }) => open === 0)]) {
    const lot = lotAt(stop)
    if (!lot && !isProduct(stop)) continue
    const line = stop.line.no
    if (stop.open > 0) return { is: 'other-line', line, take: takes(stop, lot) }
    const lacks = stop.line.quantity - stop.picked
    if (stop.short > 0 && lacks > 0) return { is: 'found', line, take: takes(stop, lot, lacks) }
    // A lot that is in the pile and on the shelf too is said to be in the pile, below.
    if (!order.picks.some((pick) => namesLot(scan, pick.lot))) return { is: 'enough', line }
  }
  const again = inPile(order, scan)
  if (again) return { is: 'again', line: again.line, pick: again }
  if (at && at.open > 0) {
    if (walk.some((stop) => stop.sources.some((source) => namesPlace(scan, source.location)))) return { is: 'place', right: false, line: at.line.no, wanted: at.sources[0]?.location ?? '' }
    if (at.sources.length === 0 && scan.is === 'plain') return { is: 'unlisted', line: at.line.no, take: { ...takes(at), lot: lotOf(scan) } }
  }
  return { is: 'unknown' }
}

const right = ({ line, most }: Stop, take: Source): Answer => (take.quantity > most ? { is: 'over', line: line.no, take, most } : { is: 'right', line: line.no, take })

const inPile = (order: Order, scan: Scan) => order.picks.findLast((pick) => namesLot(scan, pick.lot) && pick.quantity > pick.back)

function unlisted(order: Order, at: Stop, scan: Extract<Scan, { is: 'label' }>): Answer {
  const again = inPile(order, scan)
  if (again) return { is: 'again', line: again.line, pick: again }
  return { is: 'unlisted', line: at.line.no, take: { ...weighed(at, takeOf(at), scan), lot: lotOf(scan) } }
}

/** Goods that are weighed one by one say what they weigh: that counts, not what was reckoned (catch weight). */
function weighed({ line }: Stop, take: Source, scan: Scan): Source {
  if (scan.is !== 'label' || scan.grams === null || scan.grams === 0) return take
  if (line.unit === 'kg') return { ...take, quantity: scan.grams, grams: scan.grams }
  return take.quantity === 1 ? { ...take, grams: scan.grams } : take
}
