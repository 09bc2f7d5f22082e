/** What a scanned or typed code means for the order in hand: what was read against what is wanted. Never more than the order expects. */
import type { Order, Pick } from '../order/order.ts'
import type { Product } from '../product/product.ts'
import { codeOf } from '../work/lists.ts'
import { type Source, type Stop, takeOf } from '../work/walk.ts'

export type Answer =
  /** the lot or roll that is wanted, or the product it is wanted of: take it */
  | { is: 'right'; line: number; take: Source }
  /** the same product, another lot or roll than the one that came in first: the person decides */
  | { is: 'other-lot'; line: number; take: Source; wanted: Source }
  /** another open line of this order */
  | { is: 'other-line'; line: number; take: Source }
  /** reported missing, and now it is here */
  | { is: 'found'; line: number; take: Source }
  /** nobody knows the lots of what is wanted: this may be one */
  | { is: 'unlisted'; line: number; take: Source }
  /** this very roll or lot lies in the pile already */
  | { is: 'again'; line: number; pick: Pick }
  /** of this line nothing is wanted any more */
  | { is: 'enough'; line: number }
  | { is: 'unknown' }

export function expect(code: string, { order, walk, at, products }: { order: Order; walk: readonly Stop[]; at: Stop | null; products: ReadonlyMap<string, Product> }): Answer {
  const read = codeOf(code)
  const isLot = (source: { lot: string }) => source.lot !== '' && codeOf(source.lot) === read
  const isProduct = ({ line }: Stop) => codeOf(line.sku) === read || (products.get(line.sku)?.barcode !== '' && codeOf(products.get(line.sku)?.barcode ?? '') === read)

  if (at && at.open > 0) {
    const [wanted] = at.sources
    const lot = at.sources.find(isLot)
    if (wanted && lot) return lot === wanted || isLot(wanted) ? { is: 'right', line: at.line.no, take: takeOf(at) } : { is: 'other-lot', line: at.line.no, take: takeOf(at, lot), wanted }
    if (isProduct(at)) return { is: 'right', line: at.line.no, take: takeOf(at) }
  }
  const others = walk.filter((stop) => stop !== at || stop.open === 0)
  for (const stop of [...others.filter(({ open }) => open > 0), ...others.filter(({ open }) => open === 0)]) {
    const lot = stop.sources.find(isLot)
    if (!lot && !isProduct(stop)) continue
    const line = stop.line.no
    if (stop.open > 0) return { is: 'other-line', line, take: takeOf(stop, lot) }
    const lacks = stop.line.quantity - stop.picked
    if (lacks > 0) return { is: 'found', line, take: takeOf(stop, lot, lacks) }
    // A lot that is in the pile and on the shelf too is said to be in the pile, below.
    if (!order.picks.some(isLot)) return { is: 'enough', line }
  }
  const again = order.picks.findLast((pick) => isLot(pick) && pick.quantity > pick.back)
  if (again) return { is: 'again', line: again.line, pick: again }
  if (at && at.open > 0 && at.sources.length === 0) return { is: 'unlisted', line: at.line.no, take: { ...takeOf(at), lot: code.trim().slice(0, 80) } }
  return { is: 'unknown' }
}
