/**
 * Weights and sizes (General Specifications, 3.6): the fourth digit of the identifier says how many of the six digits are decimals. They come out
 * as integers: grams, millimetres, millilitres, thousandths of a square metre.
 */
import type { Element } from './element.ts'

export type Measures = { grams?: number; lengthMillimetres?: number; widthMillimetres?: number; heightMillimetres?: number; areaThousandths?: number; millilitres?: number; gramsPerSquareMetre?: number }
type Measure = keyof Measures

const [FOOT, INCH, YARD, POUND] = [304.8, 25.4, 914.4, 453.59237]
/** What one unit of the identifier is in ours; the international foot and pound of 1959, the gallon of the United States. */
const TRADE: Record<string, [Measure, number]> = {
  310: ['grams', 1000],
  311: ['lengthMillimetres', 1000],
  312: ['widthMillimetres', 1000],
  313: ['heightMillimetres', 1000],
  314: ['areaThousandths', 1000],
  315: ['millilitres', 1000],
  316: ['millilitres', 1_000_000],
  320: ['grams', POUND],
  321: ['lengthMillimetres', INCH],
  322: ['lengthMillimetres', FOOT],
  323: ['lengthMillimetres', YARD],
  324: ['widthMillimetres', INCH],
  325: ['widthMillimetres', FOOT],
  326: ['widthMillimetres', YARD],
  327: ['heightMillimetres', INCH],
  328: ['heightMillimetres', FOOT],
  329: ['heightMillimetres', YARD],
  337: ['gramsPerSquareMetre', 1000],
  350: ['areaThousandths', INCH ** 2 / 1000],
  351: ['areaThousandths', FOOT ** 2 / 1000],
  352: ['areaThousandths', YARD ** 2 / 1000],
  356: ['grams', 31.1034768],
  360: ['millilitres', 946.352946],
  361: ['millilitres', 3785.411784],
  364: ['millilitres', INCH ** 3 / 1000],
  365: ['millilitres', FOOT ** 3 / 1000],
  366: ['millilitres', YARD ** 3 / 1000],
}
/** Of a logistic unit, with what it is packed in: the same units, under identifiers of their own. */
const LOGISTIC: Record<string, string> = { 330: '310', 331: '311', 332: '312', 333: '313', 334: '314', 335: '315', 336: '316', 340: '320', 341: '321', 342: '322', 343: '323', 344: '324', 345: '325', 346: '326', 347: '327', 348: '328', 349: '329', 353: '350', 354: '351', 355: '352', 362: '360', 363: '361', 367: '364', 368: '365', 369: '366' }

/** Null for what is no measure. (357n is none: it is ounces of weight or of volume, and does not say which.) */
export function measureOf({ ai, value }: Element): { of: 'trade' | 'logistic'; measure: Measure; amount: number } | null {
  if (!/^3\d{3}$/.test(ai)) return null
  const family = ai.slice(0, 3)
  const trade = LOGISTIC[family]
  const [measure, unit] = TRADE[trade ?? family] ?? []
  if (measure === undefined || unit === undefined) return null
  return { of: trade === undefined ? 'trade' : 'logistic', measure, amount: Math.round((Number(value) * unit) / 10 ** Number(ai[3])) }
}
