/** A product and where it lies: one entry per place and lot, in the product's unit. */
import type { Unit } from '../order/quantity.ts'

export type Stock = { location: string; lot: string; quantity: number; grams: number; receivedOn: string }
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
}
