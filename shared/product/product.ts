/** A product and where it lies: one entry per place and lot, in the product's unit. */
import type { Act } from '../order/order.ts'
import type { Unit } from '../order/quantity.ts'
import { checksum } from '../sync/checksum.ts'

/** `lot`: as it is called here; `supplierLot`: as who made it calls it, where that is another. `expires`: last day of use. `held`: not passed by quality (M15): it lies there, and nobody is sent to take it. Below zero: more was taken than anybody knew of. */
export type Stock = { location: string; lot: string; quantity: number; grams: number; receivedOn: string; expires?: string; supplierLot?: string; held?: true }
/**
 * Asked of a supervisor, and in nobody's way. `negative` stands as long as less than nothing lies there, `unplaced` as long as something lies where nobody knows (''). `count-differs`:
 * `difference` of all counts since it was first asked; `late`: what was booked there afterwards and done before it was counted.
 */
export type StockQuestion = Act & { id: string; location: string; lot: string } & (
    | { kind: 'negative' }
    | { kind: 'unplaced' }
    | { kind: 'count-differs'; expected: number; counted: number; difference: number; late: number }
  )
export type Product = {
  kind: 'product'
  id: string
  site: string
  version: number
  sku: string
  name: string
  spec: string
  unit: Unit
  grams: number
  barcode: string
  stock: Stock[]
  /** nobody has put it down yet: it is known from the orders it was picked for, in whose unit it is kept until it comes in */
  unreceived?: true
  /** the open ones; what was decided of others is in the log */
  questions?: StockQuestion[]
}

/** Of a product that nobody has put down yet: two devices that receive it at the same time without a network mean the same one. */
export const productIdOf = (site: string, sku: string): string => `product-${checksum([site, sku]).toString(36)}`
