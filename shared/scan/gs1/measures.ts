/**
 * Weights and sizes (General Specifications, 3.6): the fourth digit of the identifier says how many of the six digits are decimals, its title what
 * is measured, in which unit, and whether of a logistic unit. They come out as integers: grams, millimetres, millilitres, thousandths of a square
 * metre.
 */
import type { Element } from './element.ts'
import { identifierOf } from './identifiers.ts'

const NAMES = { WEIGHT: 'grams', LENGTH: 'lengthMillimetres', WIDTH: 'widthMillimetres', HEIGHT: 'heightMillimetres', AREA: 'areaThousandths', VOLUME: 'millilitres' } as const
type Measure = (typeof NAMES)[keyof typeof NAMES] | 'gramsPerSquareMetre'
export type Measures = { [measure in Measure]?: number }

const [INCH, FOOT, YARD, QUART] = [25.4, 304.8, 914.4, 946.352946]
/**
 * One of each in our unit; the foot and the pound of 1959, the gallon of the United States. (An 'oz', AI 357n, is not among them: ounces of weight
 * or of volume, which of them it does not say.)
 */
const UNITS: { [unit: string]: number } = {
  'kg': 1000,
  'lb': 453.59237,
  'tr oz': 31.1034768,
  'm': 1000,
  'in': INCH,
  'ft': FOOT,
  'yd': YARD,
  'm²': 1000,
  'in²': INCH ** 2 / 1000,
  'ft²': FOOT ** 2 / 1000,
  'yd²': YARD ** 2 / 1000,
  'l': 1000,
  'm³': 1_000_000,
  'in³': INCH ** 3 / 1000,
  'ft³': FOOT ** 3 / 1000,
  'yd³': YARD ** 3 / 1000,
  'qt': QUART,
  'gal': 4 * QUART,
}

/** Null for what is no measure. */
export function measureOf({ ai, value }: Element): { of: 'trade' | 'logistic'; measure: Measure; amount: number } | null {
  if (!/^3[1-6]\d\d$/.test(ai)) return null
  const amount = (unit: number) => Math.round((Number(value) * unit) / 10 ** Number(ai[3]))
  const title = identifierOf(ai)?.title ?? ''
  if (title === 'KG PER m²') return { of: 'trade', measure: 'gramsPerSquareMetre', amount: amount(1000) }
  const [, gross, quantity, unit = '', logistic] = /^(GROSS )?(?:NET )?(\w+) \(([a-z ²³]+).*?\)(, log)?$/.exec(title) ?? []
  const inOurs = UNITS[unit.trim()]
  if (inOurs === undefined) return null
  return { of: gross || logistic ? 'logistic' : 'trade', measure: NAMES[quantity as keyof typeof NAMES], amount: amount(inOurs) }
}
