/** What a label says of goods that come in: lot, supplier's lot, expiry, weight and how many. */
import type { Unit } from '../order/quantity.ts'
import type { Product } from '../product/product.ts'
import { namesProduct, type Scan } from '../scan/scan.ts'

export type Label = Extract<Scan, { is: 'label' }>
/** `quantity` in the product's unit, null where the label does not say it. */
export type Labelled = { lot: string; supplierLot: string; expires: string; grams: number | null; quantity: number | null }
/** Another product than the one that comes in; or how many of something, of what is kept by weight or length. */
export type Misfit = { wrong: 'product'; came: string } | { wrong: 'unit'; wanted: Unit; came: number }

/** `product`: what comes in, null where nobody knows it yet; then by `unit`. */
export function labelled(label: Label, product: Pick<Product, 'sku' | 'barcode'> | null, unit: Unit): Labelled | Misfit {
  const { meaning, lots, grams, products } = label
  if (product && products.length > 0 && !namesProduct(label, product)) return { wrong: 'product', came: products[0] ?? '' }
  const measured = unit === 'kg' ? grams : unit === 'm' ? (meaning.measures.lengthMillimetres ?? null) : null
  const byMeasure = unit === 'kg' || unit === 'm'
  if (byMeasure && measured === null && meaning.count !== undefined) return { wrong: 'unit', wanted: unit, came: meaning.count }
  // A roll has a number of its own; the lot beside it is the one it was made in.
  const single = unit === 'roll' && meaning.serial !== undefined && meaning.lot !== undefined
  return {
    lot: (single ? meaning.serial : lots[0]) ?? '',
    supplierLot: single ? (meaning.lot ?? '') : '',
    expires: meaning.expiresOn ?? meaning.bestBefore ?? '',
    grams,
    quantity: byMeasure ? measured : unit === 'roll' && lots.length > 0 ? 1 : (meaning.count ?? null),
  }
}
