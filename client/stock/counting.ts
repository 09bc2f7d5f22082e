/** A place that is counted whole: what should lie there, what was found, and what nobody has looked for yet. */
import type { Product, Stock } from '../../shared/product/product.ts'
import { isAskedAbout } from '../../shared/stock/differs.ts'
import type { Act } from '../issue.ts'
import { type Lying, weightOf } from './shelves.ts'

export type Found = { product: Product; lot: string; counted: number }
/** `expected`: by the books, as they are now. */
export type Counted = Lying & { counted: number; difference: number; /** the supervisor will be asked */ asks: boolean }

export const keyOf = ({ product, lot }: { product: Pick<Product, 'id'>; lot: string }): string => JSON.stringify([product.id, lot])
const keyAt = ({ product, entry }: Lying) => keyOf({ product, lot: entry.lot })

/** What was found counts as it was found, and of the rest there is nothing. `today`: for what nobody knew of. */
export function countOf(place: string, lying: readonly Lying[], found: ReadonlyMap<string, Found>, today: string): Counted[] {
  const known = new Set(lying.map(keyAt))
  const strangers = [...found.values()].filter((each) => !known.has(keyOf(each))).map(({ product, lot }): Lying => ({ product, entry: strangerAt(place, product, lot, today) }))
  return [...lying, ...strangers].map((each): Counted => {
    const counted = found.get(keyAt(each))?.counted ?? 0
    return { ...each, counted, difference: counted - each.entry.quantity, asks: isAskedAbout(each.entry.quantity, counted) }
  })
}
/** It came in when the rest of its lot did. */
function strangerAt(location: string, { stock }: Product, lot: string, today: string): Stock {
  const other = stock.find((each) => each.lot === lot)
  return { location, lot, quantity: 0, grams: 0, receivedOn: other?.receivedOn ?? today }
}

/** Each count is a fact of its own (M38). */
export const actsOf = (counts: readonly Counted[]): Act[] =>
  counts.map(({ product, entry: { location, lot, quantity, grams, receivedOn }, entry, counted }) => ({
    type: 'CountStock',
    doc: product.id,
    payload: { location, lot, expected: quantity, counted, grams: weightOf(product, entry, counted) - grams, receivedOn },
  }))
