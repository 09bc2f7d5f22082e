/** Keys that a symbol carries without an identifier: EAN-13, EAN-8, UPC-A, UPC-E, ITF-14, and an SSCC in plain digits. */
import { checkDigitOf, gtin14Of, isGtin, isSscc, upcOfUpcE } from './digits.ts'
import type { Element, Read, ReadError } from './element.ts'

const gtin = (digits: string): Element => ({ ai: '01', value: gtin14Of(digits) })

/** Of an EAN or UPC symbol. UPC-E comes short, as eight digits, or as the thirteen it stands for. */
export function readEan(digits: string, modifier: string): Read<Element> {
  const [wanted, least, most] = modifier === '4' ? ['8', 8, 8] : ['8, 12, 13', digits.length === 8 ? 8 : 12, 13]
  const wrong = (type: Extract<ReadError, { wanted: string }>['type']) => ({ error: { type, wanted, came: digits } as ReadError })
  if (digits.length < least) return wrong('too-few-digits')
  if (digits.length > most) return wrong('too-many-digits')
  if (!/^\d+$/.test(digits)) return wrong('digits-only')
  const full = digits.length === 8 && modifier !== '4' ? upcOfUpcE(digits) : digits
  return full !== null && isGtin(full) ? { value: gtin(full) } : wrong('check-digit')
}

/** Of an ITF symbol (AIM `]I2`: its scanner took the check digit away). Null: it holds something else. */
export function readItf(digits: string, modifier: string): Element | null {
  const full = modifier === '2' && /^\d{13}$/.test(digits) ? digits + checkDigitOf(digits) : digits
  return full.length === 14 ? readDigits(full) : null
}

/** Bare digits, from a hand or a scanner that does not say which symbol it saw; null if they are no key. */
export function readDigits(digits: string): Element | null {
  if (isSscc(digits)) return { ai: '00', value: digits }
  if (isGtin(digits)) return gtin(digits)
  const upc = upcOfUpcE(digits)
  return upc !== null && isGtin(upc) ? gtin(upc) : null
}
