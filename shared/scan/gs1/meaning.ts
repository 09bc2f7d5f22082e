/** What the elements of one item say, in the words and units of the floor. */
import { dateOf } from './dates.ts'
import type { Element } from './element.ts'
import { identifierOf } from './identifiers.ts'
import { type Measures, measureOf } from './measures.ts'

/** An amount as the label has it: 1299 with two decimals is 12.99. */
export type Amount = {
  is: 'payable' | 'price'
  digits: number
  decimals: number
  /** ISO 4217, its three digits; null: of the place where it is sold. */
  currency: string | null
}

/** Each once: of what was scanned twice and differs the first counts (see `togetherErrors`), the other stays in `others`. */
export type Meaning = {
  [name in TextName | DateName]?: string
} & {
  /** How many trade items are inside (37), or this one is counted as (30). */
  count?: number
  /** This is piece so-and-so of a trade item in so many pieces (8006, 8026). */
  piece?: { number: number; of: number }
  measures: Measures
  logistic: Measures
  amounts: Amount[]
  /** Everything else, shown as it is; without a title where nobody knows the identifier. */
  others: { ai: string; title: string; value: string }[]
}

const TEXTS = {
  '00': 'sscc',
  '01': 'gtin',
  '02': 'contentGtin',
  '03': 'madeToOrderGtin',
  '10': 'lot',
  '20': 'variant',
  '21': 'serial',
  '240': 'additionalId',
  '241': 'customerPartNumber',
  '250': 'secondarySerial',
  '251': 'sourceReference',
  '400': 'orderNumber',
  '401': 'consignment',
  '402': 'shipment',
  '403': 'route',
  '410': 'shipTo',
  '411': 'billTo',
  '412': 'purchasedFrom',
  '413': 'shipFor',
  '414': 'location',
  '416': 'producedAt',
  '417': 'party',
  '420': 'shipToPostcode',
  '422': 'countryOfOrigin',
} as const
type TextName = (typeof TEXTS)[keyof typeof TEXTS]

/** Dates that begin with six digits; the hours of 7003 and 8008 stay in `others`, too. */
const DATES = {
  '11': 'producedOn',
  '12': 'dueOn',
  '13': 'packedOn',
  '15': 'bestBefore',
  '16': 'sellBy',
  '17': 'expiresOn',
  '7003': 'expiresOn',
  '7006': 'frozenOn',
  '8008': 'producedOn',
} as const
type DateName = (typeof DATES)[keyof typeof DATES]

/** `today`, an ISO date, gives the dates their century. */
export function meaningOf(elements: readonly Element[], today: string): Meaning {
  const meaning: Meaning = { measures: {}, logistic: {}, amounts: [], others: [] }
  for (const element of elements) if (!take(meaning, element, today)) meaning.others.push({ ai: element.ai, title: identifierOf(element.ai)?.title ?? '', value: element.value })
  return meaning
}

/** Whether the meaning tells the element wholly: one that differs from what was said before stays beside it. */
function take(meaning: Meaning, element: Element, today: string): boolean {
  const { ai, value } = element
  if (isOf(TEXTS, ai)) return say(meaning, TEXTS[ai], value)
  if (isOf(DATES, ai)) {
    const date = dateOf(value.slice(0, 6), today)
    return date !== null && say(meaning, DATES[ai], date) && value.length === 6
  }
  if (ai === '30' || ai === '37') return say(meaning, 'count', Number(value))
  if (ai === '8006' || ai === '8026') {
    const isGtin = say(meaning, ai === '8006' ? 'gtin' : 'contentGtin', value.slice(0, 14))
    meaning.piece ??= { number: Number(value.slice(14, 16)), of: Number(value.slice(16)) }
    return isGtin
  }
  const measured = measureOf(element)
  if (measured) return say(measured.of === 'trade' ? meaning.measures : meaning.logistic, measured.measure, measured.amount)
  const amount = amountOf(element)
  if (amount) meaning.amounts.push(amount)
  return amount !== null
}

function say<Told extends object, Name extends keyof Told>(told: Told, name: Name, value: NonNullable<Told[Name]>): boolean {
  told[name] ??= value
  return told[name] === value
}

const isOf = <Table extends object>(table: Table, ai: string): ai is keyof Table & string => Object.hasOwn(table, ai)

/** 390n to 393n: the fourth digit is how many decimals; 391n and 393n begin with a currency. */
function amountOf({ ai, value }: Element): Amount | null {
  const [, family = '', decimals = ''] = /^39([0-3])(\d)$/.exec(ai) ?? []
  if (family === '') return null
  const currency = family === '1' || family === '3' ? value.slice(0, 3) : null
  return { is: family < '2' ? 'payable' : 'price', digits: Number(value.slice(currency?.length ?? 0)), decimals: Number(decimals), currency }
}
