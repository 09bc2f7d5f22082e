/** What the bar codes of a package say (GS1 logistic label): its SSCC, and, of one kind of goods, which, how many, which lot, how heavy. */
import { lineOf, type Order, type Package } from '../order/order.ts'
import { scaleOf } from '../order/quantity.ts'
import type { Product } from '../product/product.ts'
import { gtin14Of, isGtin, isSscc } from '../scan/gs1/digits.ts'
import type { Element } from '../scan/gs1/element.ts'

export type Boxed = Pick<Package, 'grams' | 'contents' | 'code'>
/** `key`: of the package. `content`: what may stand beside it, the most important first. Both empty without an SSCC: nothing of GS1's without GS1's key. */
export type Said = { key: Element[]; content: Element[] }

export function saidOf(order: Order, parcel: Boxed, products: ReadonlyMap<string, Product>): Said {
  const { code = '', grams } = parcel
  if (!isSscc(code)) return { key: [], content: [] }
  return { key: [{ ai: '00', value: code }], content: [...goods(order, parcel, products), ...weight(grams)] }
}

/** (02) and (37) are always together, and (10) is of what they name. */
function goods(order: Order, { contents }: Boxed, products: ReadonlyMap<string, Product>): Element[] {
  const lines = [...new Set(contents.map((each) => each.line))]
  const line = lines.length === 1 && lines[0] !== undefined ? lineOf(order, lines[0]) : undefined
  const barcode = products.get(line?.sku ?? '')?.barcode.trim() ?? ''
  const count = contents.reduce((sum, each) => sum + each.quantity, 0)
  if (!line || !isGtin(barcode) || scaleOf(line.unit) !== 1 || count > MOST_COUNT) return []
  const lot = lotOf(contents)
  return [{ ai: '02', value: gtin14Of(barcode) }, { ai: '37', value: String(count) }, ...(SIGNS.test(lot) ? [{ ai: '10', value: lot }] : [])]
}
const MOST_COUNT = 99_999_999
/** Of the characters that (10) may have, without brackets: those mark identifiers in the text that is made of it. */
const SIGNS = /^[!"%&'*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/

/** The lot that all of it is of, '' if it is of several. */
export function lotOf(contents: Boxed['contents']): string {
  const lots = [...new Set(contents.map((each) => each.lot ?? ''))]
  return lots.length === 1 ? (lots[0] ?? '') : ''
}

/** (330n): six digits of kilograms, n of them after the point, as many as there is room for. */
function weight(grams: number): Element[] {
  if (grams <= 0) return []
  const decimals = [3, 2, 1, 0].find((places) => Math.round(grams / 10 ** (3 - places)) < 1_000_000)
  return decimals === undefined ? [] : [{ ai: `330${decimals}`, value: String(Math.round(grams / 10 ** (3 - decimals))).padStart(6, '0') }]
}

/** As GS1 writes it under the bars. */
export const bracketed = (elements: readonly Element[]): string => elements.map(({ ai, value }) => `(${ai})${value}`).join('')
