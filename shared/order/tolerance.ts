/**
 * How far what is delivered may differ from what was ordered (允許誤差, M5), read from what the order form says: goods by
 * weight or length are cut and weighed one by one (catch weight), so 2,000 kg may be 1,986.5. Counted goods are counted.
 */
import type { Line } from './form.ts'
import { scaleOf } from './quantity.ts'

type Bound = { percent: number } | { amount: number; unit: 'kg' | 'm' }
export type Tolerance = { under: Bound; over: Bound }
export type Allowed = { min: number; max: number }

const NUMBER = '(\\d+(?:\\.\\d+)?)'
const UNIT = '(%|kg|公斤|千克|t|噸|吨|g|公克|克|m|公尺|米)'
const BOTH = new RegExp(`^±?${NUMBER}${UNIT}$`, 'u')
const ONE = new RegExp(`^([+-])${NUMBER}${UNIT}$`, 'u')
const TWO = new RegExp(`^([+-])${NUMBER}${UNIT}?[/~,、]?([+-])${NUMBER}${UNIT}$`, 'u')
/** Each as one of the unit that is stored: its factor, and which unit that is. */
const UNITS: { readonly [unit: string]: readonly [factor: number, unit: 'kg' | 'm'] } = {
  kg: [1, 'kg'], 公斤: [1, 'kg'], 千克: [1, 'kg'], t: [1000, 'kg'], 噸: [1000, 'kg'], 吨: [1000, 'kg'], g: [0.001, 'kg'], 公克: [0.001, 'kg'], 克: [0.001, 'kg'],
  m: [1, 'm'], 公尺: [1, 'm'], 米: [1, 'm'],
}
const NONE: Bound = { percent: 0 }

const said = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '').replaceAll(/[−–—]/gu, '-').replaceAll(/(\d),(?=\d{3})/gu, '$1').replaceAll(/正負|正负|上下|\+\/?-(?=\d)/gu, '±').replaceAll(/以內|以内|之內|之内|內|内/gu, '')

const known = new Map<string, Tolerance | null>()
const MOST_KNOWN = 500
/** Null when nobody could tell what is meant: then it is shown, and the ordered quantity holds. */
export function readTolerance(text: string): Tolerance | null {
  const before = known.get(text)
  if (before !== undefined) return before
  const read = toleranceIn(said(text))
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(text, read)
  return read
}

function toleranceIn(text: string): Tolerance | null {
  const both = BOTH.exec(text)
  if (both) {
    const bound = boundOf(both[1], both[2])
    return bound && { under: bound, over: bound }
  }
  const one = ONE.exec(text)
  if (one) {
    const bound = boundOf(one[2], one[3])
    return bound && (one[1] === '+' ? { under: NONE, over: bound } : { under: bound, over: NONE })
  }
  const two = TWO.exec(text)
  // Twice up or twice down says nothing of the other side.
  if (!two || two[1] === two[4]) return null
  const [first, second] = [boundOf(two[2], two[3] ?? two[6]), boundOf(two[5], two[6])]
  if (!first || !second) return null
  return two[1] === '+' ? { over: first, under: second } : { over: second, under: first }
}

function boundOf(number = '', unit = ''): Bound | null {
  const value = Number(number)
  if (unit === '%') return value <= 100 ? { percent: value } : null
  const [factor, of] = UNITS[unit] ?? []
  return factor === undefined || of === undefined ? null : { amount: Math.round(value * factor * 1000), unit: of }
}

/** What of a line may be delivered, in its stored unit; exactly what was ordered where no tolerance applies. */
export function allowedOf(line: Pick<Line, 'unit' | 'quantity'>, tolerance: Tolerance | null): Allowed {
  const { quantity, unit } = line
  if (!tolerance || scaleOf(unit) === 1) return { min: quantity, max: quantity }
  const by = (bound: Bound) => ('percent' in bound ? (quantity * bound.percent) / 100 : bound.unit === unit ? bound.amount : 0)
  return { min: Math.max(1, Math.ceil(quantity - by(tolerance.under) - 1e-6)), max: Math.floor(quantity + by(tolerance.over) + 1e-6) }
}
