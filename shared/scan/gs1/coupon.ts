/**
 * North American coupons, AI (8110) and (8112): fields of which the length is told by a digit before them, the VLI (North American Coupon
 * Application Guideline Using GS1 DataBar Expanded Symbols; Positive Offer Coupon).
 */
import { digits } from './characters.ts'
import { yymmdd } from './dates.ts'
import { type Fault, part, type Reason, whole } from './fault.ts'

/** Reads on until a field is wrong: the first fault stays. */
class Reader {
  readonly text: string
  at = 0
  fault: Fault | null
  constructor(text: string) {
    this.text = text
    this.fault = digits(text)
  }
  get rest(): number {
    return this.fault ? 0 : this.text.length - this.at
  }
  /** Where nothing is left to point at, the whole is. */
  fail(reason: Reason, length = this.text.length - this.at): void {
    this.fault ??= length === 0 || this.at === this.text.length ? whole(this.text, reason) : part(reason, this.at, length)
  }
  digit(field: string, allowed: string): number {
    if (this.fault) return 0
    const digit = this.text[this.at]
    if (digit === undefined) this.fail(`coupon-missing-${field}`)
    else if (!allowed.includes(digit)) this.fail(`coupon-invalid-${field}`, 1)
    else this.at += 1
    return Number(digit ?? 0)
  }
  field(field: string, length: number): string {
    if (this.fault) return ''
    if (this.text.length - this.at < length) this.fail(`coupon-truncated-${field}`)
    const read = this.text.slice(this.at, this.at + length)
    if (!this.fault) this.at += length
    return read
  }
  /** A field after the digit that tells its length, beyond so many. */
  measured(field: string, allowed: string, beyond: number): void {
    const length = this.digit(`${field}-vli`, allowed)
    if (!this.fault) this.field(field, length + beyond)
  }
  /** Whether an optional field, told by its number, begins here. */
  begins(number: string): boolean {
    if (this.rest === 0 || this.text[this.at] !== number) return false
    this.at += 1
    return true
  }
}

const PREFIX = '0123456'
const ANY = '0123456789'

export function couponcode(text: string): Fault | null {
  const coupon = new Reader(text)
  coupon.measured('gcp', PREFIX, 6)
  coupon.field('offer-code', 6)
  coupon.measured('save-value', '12345', 0)
  purchase(coupon, '1st')
  if (coupon.begins('1')) {
    coupon.digit('additional-purchase-rules-code', '0123')
    otherPurchase(coupon, '2nd')
  }
  if (coupon.begins('2')) otherPurchase(coupon, '3rd')
  if (coupon.begins('3')) day(coupon, 'expiration-date')
  if (coupon.begins('4')) day(coupon, 'start-date')
  if (coupon.begins('5')) coupon.measured('serial-number', ANY, 6)
  if (coupon.begins('6')) coupon.measured('retailer-gcp-or-gln', '1234567', 6)
  if (coupon.begins('9')) {
    coupon.digit('save-value-code', '01256')
    coupon.digit('save-value-applies-to-item', '012')
    coupon.digit('store-coupon-flag', ANY)
    coupon.digit('dont-multiply-flag', '01')
  }
  if (coupon.rest > 0) coupon.fail('coupon-excess-data')
  return coupon.fault
}

export function couponposoffer(text: string): Fault | null {
  const coupon = new Reader(text)
  coupon.digit('format-code', '01')
  coupon.measured('funder', PREFIX, 6)
  coupon.field('offer-code', 6)
  coupon.measured('serial-number', ANY, 6)
  if (coupon.rest > 0) coupon.fail('coupon-excess-data')
  return coupon.fault
}

function purchase(coupon: Reader, nth: string): void {
  coupon.measured(`${nth}-purchase-requirement`, '12345', 0)
  coupon.digit(`${nth}-purchase-requirement-code`, '012349')
  coupon.field(`${nth}-purchase-family-code`, 3)
}

function otherPurchase(coupon: Reader, nth: string): void {
  purchase(coupon, nth)
  const length = coupon.digit(`${nth}-purchase-gcp-vli`, `${PREFIX}9`)
  // 9: of the same company as the first.
  if (length !== 9) coupon.field(`${nth}-purchase-gcp`, length + 6)
}

function day(coupon: Reader, field: string): void {
  const at = coupon.at
  const date = coupon.field(field, 6)
  if (!coupon.fault && yymmdd(date)) coupon.fault = part(`coupon-invalid-${field}`, at, 6)
}
