/** What is wrong with a value, and which characters of it: what a screen marks. */
export type Fault = { reason: Reason; at: number; length: number }

/** After the names of GS1's own syntax tests, so that what they say can be looked up. */
export type Reason =
  | 'non-digit-character'
  | 'invalid-cset82-character'
  | 'invalid-cset39-character'
  | 'invalid-cset64-character'
  | 'invalid-cset64-padding'
  | 'incorrect-check-digit'
  | 'incorrect-check-pair'
  | 'too-short-for-check-pair'
  | 'too-long-for-check-pair-implementation'
  | 'too-short-for-gcp'
  | 'invalid-gcp-prefix'
  | `date-too-${'short' | 'long'}`
  | `${'hour' | 'minute' | 'second' | 'hour-with-minute'}-too-${'short' | 'long'}`
  | `illegal-${'month' | 'day' | 'hour' | 'minute' | 'second' | 'zero-value' | 'zero-prefix' | 'iban-country-code'}`
  | 'not-iso3166'
  | 'not-iso3166-or-999'
  | 'not-iso3166-alpha2'
  | 'not-iso4217'
  | 'not-hyphen'
  | 'not-zero'
  | 'not-zero-or-one'
  | 'requires-non-digit-character'
  | `invalid-${'biological-sex-code' | 'import-idx-character' | 'latitude' | 'longitude' | 'media-type' | 'package-type' | 'percent-sequence' | 'winding-direction'}`
  | `${'latitude' | 'longitude'}-invalid-length`
  | 'invalid-length-for-piece-of-total'
  | 'zero-piece-number'
  | 'zero-total-pieces'
  | 'piece-number-exceeds-total'
  | 'position-in-sequence-malformed'
  | 'position-exceeds-end'
  | `iban-too-${'short' | 'long'}`
  | 'invalid-iban-character'
  | 'incorrect-iban-checksum'
  | `coupon-${'missing' | 'truncated' | 'invalid'}-${string}`
  | 'coupon-excess-data'

export type Check = (text: string) => Fault | null

export const whole = (text: string, reason: Reason): Fault => ({ reason, at: 0, length: text.length })
export const part = (reason: Reason, at: number, length: number): Fault => ({ reason, at, length })
/** The same fault in the text that this one is a part of. */
export const shifted = (fault: Fault | null, by: number): Fault | null => fault && { ...fault, at: fault.at + by }
/** The first fault that one of these checks finds. */
export function firstOf(...faults: (Fault | null | false)[]): Fault | null {
  return faults.find((fault): fault is Fault => !!fault) ?? null
}
