/**
 * North American coupons, AI (8110) and (8112) (North American Coupon Application Guideline Using GS1 DataBar Expanded Symbols; Positive Offer
 * Coupon). Their fields, one a word:
 *
 *   offer-code.6        six digits
 *   save-value-code!01  one digit, of these
 *   gcp~012+6           a digit of these, the VLI, which tells how many digits follow it, beyond six
 *   gcp~09=9            9: none follows
 *   expiration-date@    a date, YYMMDD
 *   ?3                  if a 3 comes here, what follows up to the next `?` is there
 */
import { digits } from './characters.ts'
import { yymmdd } from './dates.ts'
import { type Fault, part, type Reason, whole } from './fault.ts'

const requirement = (nth: string) => `${nth}-purchase-requirement~12345 ${nth}-purchase-requirement-code!012349 ${nth}-purchase-family-code.3`
const another = (nth: string) => `${requirement(nth)} ${nth}-purchase-gcp~01234569+6=9`
const ANY = '0123456789'
const CODE = `gcp~0123456+6 offer-code.6 save-value~12345 ${requirement('1st')}
?1 additional-purchase-rules-code!0123 ${another('2nd')} ?2 ${another('3rd')}
?3 expiration-date@ ?4 start-date@ ?5 serial-number~${ANY}+6 ?6 retailer-gcp-or-gln~1234567+6
?9 save-value-code!01256 save-value-applies-to-item!012 store-coupon-flag!${ANY} dont-multiply-flag!01`
const POSITIVE_OFFER = `format-code!01 funder~0123456+6 offer-code.6 serial-number~${ANY}+6`

export const couponcode = (text: string): Fault | null => digits(text) ?? read(text, CODE.split(/\s/))
export const couponposoffer = (text: string): Fault | null => digits(text) ?? read(text, POSITIVE_OFFER.split(' '))

function read(text: string, words: readonly string[]): Fault | null {
  let at = 0
  let isThere = true
  // Where nothing is left to point at, the whole is.
  const fail = (reason: Reason, length = text.length - at) => (at === text.length ? whole(text, reason) : part(reason, at, length))
  for (const word of words) {
    if (word.startsWith('?')) {
      isThere = text[at] === word[1]
      if (isThere) at += 1
    }
    const [, field = '', sign, told = '', beyond = '0', none] = /^([-\w]+)([.!~@])(\d*)(?:\+(\d))?(?:=(\d))?$/.exec(word) ?? []
    if (!isThere || field === '') continue
    let length = sign === '@' ? 6 : sign === '.' ? Number(told) : 0
    if (sign === '!' || sign === '~') {
      const name = sign === '~' ? `${field}-vli` : field
      const digit = text[at]
      if (digit === undefined) return fail(`coupon-missing-${name}`)
      if (!told.includes(digit)) return fail(`coupon-invalid-${name}`, 1)
      at += 1
      if (sign === '~' && digit !== none) length = Number(digit) + Number(beyond)
    }
    if (text.length - at < length) return fail(`coupon-truncated-${field}`)
    if (sign === '@' && yymmdd(text.slice(at, at + length))) return fail(`coupon-invalid-${field}`, length)
    at += length
  }
  return at < text.length ? fail('coupon-excess-data') : null
}
