/** An amount of a product in the unit that the product is kept in. */
import type { Unit } from '../order/quantity.ts'

/** What is sold by weight may be kept by the roll: a lot that was taken is then one roll of it. 0: the one does not tell the other. */
export function quantityIn(unit: Unit, { unit: from, lot, quantity, grams }: { unit: Unit; lot: string; quantity: number; grams: number }): number {
  if (unit === from) return quantity
  if (unit === 'kg') return grams
  return unit === 'roll' && from === 'kg' && lot !== '' ? Math.sign(quantity) : 0
}
