/** What a scan means for goods that go back to their shelf: which of them is in hand, and whether this is where it came from. */
import type { Pick } from '../order/order.ts'
import { namesLot, namesPlace, namesProduct, type Scan, saysProduct } from './scan.ts'

export type BackAnswer =
  /** it is in hand now; its place comes next */
  | { is: 'goods'; pick: Pick }
  /** goods and place, whichever came first: it is back */
  | { is: 'put'; pick: Pick }
  /** where some of them came from; which of them comes next */
  | { is: 'place'; place: string }
  /** some of them came from there, and not what is in hand */
  | { is: 'other-place'; pick: Pick }
  /** it lies there again already */
  | { is: 'again'; pick: Pick }
  | { is: 'unknown' }

/** `at`: what is in hand; `here`: the place that was scanned last, ''; `goodsOf`: which product a pick is of. */
export type Returning = { picks: readonly Pick[]; gone: readonly Pick[]; at: Pick | null; here: string; goodsOf(pick: Pick): { sku: string; barcode: string } }

export function expectBack(scan: Scan, { picks, gone, at, here, goodsOf }: Returning): BackAnswer {
  const fits = (pick: Pick) => !saysProduct(scan) || namesProduct(scan, goodsOf(pick))
  const named = (all: readonly Pick[]) => {
    const lots = all.filter((pick) => namesLot(scan, pick.lot) && fits(pick))
    // A label that names a lot is of that lot alone.
    if (lots.length > 0 || (scan.is === 'label' && scan.lots.length > 0)) return lots
    return all.filter((pick) => namesProduct(scan, goodsOf(pick)))
  }
  const goods = named(picks)
  const pick = goods.find(({ from }) => from !== '' && from === here) ?? goods.find((each) => each === at) ?? goods[0]
  if (pick) return pick.from !== '' && pick.from === here ? { is: 'put', pick } : { is: 'goods', pick }
  if (at && namesPlace(scan, at.from)) return { is: 'put', pick: at }
  const from = picks.find((each) => namesPlace(scan, each.from))
  if (from) return at ? { is: 'other-place', pick: at } : { is: 'place', place: from.from }
  const [back] = named(gone)
  return back ? { is: 'again', pick: back } : { is: 'unknown' }
}
