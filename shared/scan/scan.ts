/** What was scanned, whichever way it came: a command of ours, a label, or a code of the site's own. */
import { codeOf } from '../work/text.ts'
import { gtin14Of, isGtin } from './gs1/digits.ts'
import type { ReadError } from './gs1/element.ts'
import { type Meaning, meaningOf } from './gs1/meaning.ts'
import { parseGs1, type Reading } from './gs1/parse.ts'
import { type Printed, printedIn } from './printed.ts'

/** As `PickLine` takes it. */
const LONGEST_LOT = 80

/** `text` as it was read; `code` the same, as codes are compared. */
export type Scan = { text: string; code: string } & (
  | Printed
  /** of which products (GTINs as 14 digits, part numbers), which lots or rolls, with its own weight */
  | { is: 'label'; meaning: Meaning; products: string[]; lots: string[]; grams: number | null }
  | { is: 'plain' }
  /** a label, and wrong in it */
  | { is: 'wrong'; error: ReadError }
)

export const isPrinted = (scan: Scan): scan is Extract<Scan, Printed> => scan.is === 'command' || scan.is === 'choice' || scan.is === 'digit'

/** `today` is an ISO date: it gives the dates their century. `fnc1`: what a site's scanners type for FNC1. */
export function scanOf(text: string, { today, fnc1 = [] }: { today: string; fnc1?: readonly string[] }): Scan {
  const code = codeOf(text)
  const printed = printedIn(text)
  if (printed) return { text, code, ...printed }
  const reading = parseGs1(text, { lenient: true, fnc1 })
  switch (reading.is) {
    case 'text':
      return { text, code: codeOf(reading.text), is: 'plain' }
    case 'wrong':
      // What no symbol proved to be GS1's may be a code of the site's own that looks like it.
      return reading.symbol === null ? { text, code: codeOf(reading.text), is: 'plain' } : { text, code: codeOf(reading.text), is: 'wrong', error: reading.error }
    case 'elements':
    case 'fields':
      return { text, code, ...labelOf(reading, today) }
  }
}

/** Data identifiers (ANSI MH10.8.2) of a format 06 label that name a product or its lot. */
const PRODUCT_FIELDS = ['P', '1P']
const LOT_FIELDS = ['1T', 'S', 'T']

type Label = Extract<Scan, { is: 'label' }>
function labelOf(reading: Extract<Reading, { elements: unknown }>, today: string): Omit<Label, 'text' | 'code'> {
  const meaning = meaningOf(reading.elements, today)
  const fields = reading.is === 'fields' ? reading.fields : []
  const valuesOf = (identifiers: readonly string[]) => fields.flatMap(({ di, value }) => (identifiers.includes(di) ? [value] : []))
  const gtins = [meaning.gtin, meaning.contentGtin].flatMap((gtin) => gtin ?? [])
  const lots = [meaning.lot, meaning.serial, ...valuesOf(LOT_FIELDS)].flatMap((lot) => (lot ? [lot] : []))
  const parts = valuesOf(PRODUCT_FIELDS).map(codeOf)
  return { is: 'label', meaning, products: [...gtins, ...parts], lots: [...new Set(lots)], grams: meaning.measures.grams ?? null }
}

/** Whether it is the number of the product, its barcode however many zeros it has in front, or what a label says it is. */
export function namesProduct(scan: Scan, { sku, barcode }: { sku: string; barcode: string }): boolean {
  const names = [codeOf(sku), barcodeOf(barcode)].filter((name) => name !== '')
  return names.includes(scan.code) || (scan.is === 'label' && scan.products.some((product) => names.includes(product)))
}
export const namesLot = (scan: Scan, lot: string): boolean => lot !== '' && (scan.code === codeOf(lot) || (scan.is === 'label' && scan.lots.some((each) => codeOf(each) === codeOf(lot))))
/** The lot or roll it names, as it is written and as long as a pick keeps it; '' if none. Of a plain code it is the whole. */
export const lotOf = (scan: Scan): string => ((scan.is === 'label' ? scan.lots[0] : scan.is === 'plain' ? scan.text.trim() : '') ?? '').slice(0, LONGEST_LOT)
export const namesPlace = (scan: Scan, place: string): boolean => place !== '' && scan.code === codeOf(place)
/** Its SSCC, as a label or as bare digits, or the site's own number. */
export const namesPackage = (scan: Scan, code: string): boolean => code !== '' && (scan.code === codeOf(code) || (scan.is === 'label' && scan.meaning.sscc === code))
/** Says itself of which product it is: a lot of the same number of another one is not meant. */
export const saysProduct = (scan: Scan): boolean => scan.is === 'label' && scan.products.length > 0

const barcodeOf = (barcode: string): string => (isGtin(barcode) ? gtin14Of(barcode) : codeOf(barcode))
