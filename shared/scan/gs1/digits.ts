/** Check digits and check pairs (General Specifications, 7.9), once for all keys, and the keys that are made here. */
import { CSET82, cset82, digits } from './characters.ts'
import { type Fault, firstOf, part, whole } from './fault.ts'

/** Of the digits before it (7.9.1): weights of 3 and 1 in turn, from the right. */
export function checkDigitOf(body: string): string {
  let sum = 0
  for (let at = body.length - 1, weight = 3; at >= 0; at -= 1, weight = 4 - weight) sum += Number(body[at]) * weight
  return String((10 - (sum % 10)) % 10)
}

export const isChecked = (code: string): boolean => /^\d{2,}$/.test(code) && checkDigitOf(code.slice(0, -1)) === code.at(-1)

const isOfLength = (code: string, ...lengths: number[]) => lengths.includes(code.length) && isChecked(code)
export const isGtin = (code: string): boolean => isOfLength(code, 8, 12, 13, 14)
export const isGtin8 = (code: string): boolean => isOfLength(code, 8)
export const isGtin12 = (code: string): boolean => isOfLength(code, 12)
export const isGtin13 = (code: string): boolean => isOfLength(code, 13)
export const isGtin14 = (code: string): boolean => isOfLength(code, 14)
export const isSscc = (code: string): boolean => isOfLength(code, 18)

/** As AI (01) carries it, and as two GTINs are compared: '9520123456788' and '09520123456788' are one. */
export const gtin14Of = (gtin: string): string => gtin.padStart(14, '0')

/**
 * An SSCC (2.2.1): `prefix` is the extension digit and the GS1 company prefix, 5 to 13 digits together; `serial` the reference that this site
 * counts, filled up with zeros. Throws a RangeError if the two are no digits or have no room in 17.
 */
export function ssccOf(prefix: string, serial: string | number): string {
  const reference = String(serial)
  if (!/^\d{5,13}$/.test(prefix)) throw new RangeError(`an SSCC begins with an extension digit and a company prefix, 5 to 13 digits, not '${prefix}'`)
  if (!/^\d+$/.test(reference) || prefix.length + reference.length > 17)
    throw new RangeError(`the serial reference of an SSCC that begins with ${prefix} has up to ${17 - prefix.length} digits, not '${reference}'`)
  const body = prefix + reference.padStart(17 - prefix.length, '0')
  return body + checkDigitOf(body)
}

/** A UPC-E of eight digits as the GTIN-12 it is short for (section 5.2); null if it begins with another digit than 0 and 1. */
export function upcOfUpcE(short: string): string | null {
  const [, system, body, check] = /^([01])(\d{6})(\d)$/.exec(short) ?? []
  if (system === undefined || body === undefined || check === undefined) return null
  const last = Number(body[5])
  const [company, item] =
    last <= 2
      ? [`${body.slice(0, 2)}${last}00`, `00${body.slice(2, 5)}`]
      : last === 3
        ? [`${body.slice(0, 3)}00`, `000${body.slice(3, 5)}`]
        : last === 4
          ? [`${body.slice(0, 4)}0`, `0000${body[4]}`]
          : [body.slice(0, 5), `0000${last}`]
  return system + company + item + check
}

export function csum(text: string): Fault | null {
  const last = text.length - 1
  return firstOf(digits(text), checkDigitOf(text.slice(0, last)) !== text[last] && part('incorrect-check-digit', Math.max(0, last), 1))
}

const PAIRS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** The most characters before a pair: there are no more weights (7.9.5). */
const WEIGHTS = 97

export function csumalpha(text: string): Fault | null {
  if (text.length < 2) return whole(text, 'too-short-for-check-pair')
  const body = text.slice(0, -2)
  if (body.length > WEIGHTS) return whole(text, 'too-long-for-check-pair-implementation')
  const stranger = cset82(body)
  if (stranger) return stranger
  const weights = primes(body.length)
  const sum = [...body].reverse().reduce((total, sign, at) => total + CSET82.indexOf(sign) * (weights[at] ?? 0), 0) % 1021
  return text.slice(-2) === `${PAIRS[sum >> 5]}${PAIRS[sum & 31]}` ? null : part('incorrect-check-pair', body.length, 2)
}

function primes(count: number): number[] {
  const found: number[] = []
  for (let number = 2; found.length < count; number += 1) if (found.every((prime) => number % prime !== 0)) found.push(number)
  return found
}
