/** Which line of an order a scan at the inspection means: a lot or roll of it before its product. */
import type { Order } from '../order/order.ts'
import { namesLot, namesProduct, type Scan, saysProduct } from './scan.ts'

/** Null: none of those in the pile. `barcodes`: by the number of the product, as far as this device knows them. */
export function lineOfScan(scan: Scan, order: Order, barcodes: ReadonlyMap<string, string>): number | null {
  const isProduct = (sku: string) => namesProduct(scan, { sku, barcode: barcodes.get(sku) ?? '' })
  const inPile = order.lines.filter(({ no }) => order.picks.some((pick) => pick.line === no && pick.quantity > pick.back))
  const hasLot = (no: number) => order.picks.some((pick) => pick.line === no && pick.quantity > pick.back && namesLot(scan, pick.lot))
  const byLot = inPile.find(({ no, sku }) => hasLot(no) && (!saysProduct(scan) || isProduct(sku)))
  if (byLot) return byLot.no
  // A label that names a lot is of that lot alone.
  if (scan.is === 'label' && scan.lots.length > 0) return null
  return inPile.find(({ sku }) => isProduct(sku))?.no ?? null
}
