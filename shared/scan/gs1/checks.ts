/** What a component's characters have to add up to: GS1's syntax tests, by the names that the dictionary gives them. */
import { cset39, cset64, cset82, digits } from './characters.ts'
import { COUNTRIES, COUNTRY_NUMBERS, CURRENCY_NUMBERS, PACKAGES } from './codes.ts'
import { couponcode, couponposoffer } from './coupon.ts'
import { hh, hhmi, mi, ss, yymmd0, yymmdd, yyyymmd0, yyyymmdd } from './dates.ts'
import { csum, csumalpha } from './digits.ts'
import { type Check, type Fault, firstOf, part, type Reason, shifted, whole } from './fault.ts'

const unless = (reason: Reason, holds: (text: string) => boolean): Check => (text) => (holds(text) ? null : whole(text, reason))
const inList = (reason: Reason, list: ReadonlySet<string>) => unless(reason, (text) => list.has(text))

/** A GS1 company prefix begins at this character: four digits at least. */
const prefixAt = (from: number): Check => (text) => {
  const prefix = text.slice(from, from + 4)
  if (prefix.length < 4) return part('too-short-for-gcp', Math.min(from, text.length), prefix.length)
  const at = prefix.search(/\D/)
  return at < 0 ? null : part('invalid-gcp-prefix', from + at, 1)
}

/** Ten digits, ten millionths of a degree counted from the south pole or the antimeridian (AI 4309). */
const degrees = (axis: 'latitude' | 'longitude', most: string): Check => (text) => {
  if (text.length !== 10) return whole(text, `${axis}-invalid-length`)
  return firstOf(digits(text), text > most && whole(text, `invalid-${axis}`))
}

function pieceoftotal(text: string): Fault | null {
  const half = text.length / 2
  if (half === 0 || !Number.isInteger(half)) return whole(text, 'invalid-length-for-piece-of-total')
  const [piece, total] = [text.slice(0, half), text.slice(half)]
  return firstOf(
    digits(text),
    /^0+$/.test(piece) && part('zero-piece-number', 0, half),
    /^0+$/.test(total) && part('zero-total-pieces', half, half),
    piece > total && whole(text, 'piece-number-exceeds-total'),
  )
}

function posinseqslash(text: string): Fault | null {
  const [, place = '', end = ''] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  if (place === '') return whole(text, 'position-in-sequence-malformed')
  return firstOf(
    place.startsWith('0') && part('illegal-zero-prefix', 0, place.length),
    end.startsWith('0') && part('illegal-zero-prefix', place.length + 1, end.length),
    Number(place) > Number(end) && whole(text, 'position-exceeds-end'),
  )
}

/** ISO 13616: the number after its country, two check digits that make it 1 modulo 97; the shortest, Norway's, has 15. */
function iban(text: string): Fault | null {
  if (text.length > 34) return whole(text, 'iban-too-long')
  if (text.length <= 4) return whole(text, 'iban-too-short')
  if (!COUNTRIES.has(text.slice(0, 2))) return part('illegal-iban-country-code', 0, 2)
  const stranger = text.search(/[^0-9A-Z]/u)
  if (stranger >= 0) return part('invalid-iban-character', stranger, 1)
  if (text.length < 15) return whole(text, 'iban-too-short')
  let rest = 0
  for (const sign of text.slice(4) + text.slice(0, 4)) rest = Number(`${rest}${Number.parseInt(sign, 36)}`) % 97
  return rest === 1 ? null : part('incorrect-iban-checksum', 2, 2)
}

function pcenc(text: string): Fault | null {
  const at = text.search(/%(?![0-9A-Fa-f]{2})/)
  return at < 0 ? null : part('invalid-percent-sequence', at, Math.min(3, text.length - at))
}

const nothing: Check = () => null

export const CHECKS = {
  csetnumeric: digits,
  cset82,
  cset39,
  cset64,
  csum,
  csumalpha,
  gcppos1: prefixAt(0),
  gcppos2: prefixAt(1),
  yymmdd,
  yymmd0,
  yyyymmdd,
  yyyymmd0,
  hh,
  mi,
  ss,
  hhmi,
  iso3166: inList('not-iso3166', COUNTRY_NUMBERS),
  iso3166999: unless('not-iso3166-or-999', (text) => text === '999' || COUNTRY_NUMBERS.has(text)),
  iso3166alpha2: inList('not-iso3166-alpha2', COUNTRIES),
  iso4217: inList('not-iso4217', CURRENCY_NUMBERS),
  iso5218: unless('invalid-biological-sex-code', (text) => /^[0129]$/.test(text)),
  packagetype: inList('invalid-package-type', PACKAGES),
  mediatype: unless('invalid-media-type', (text) => /^(0[1-9]|10|[89]\d)$/.test(text)),
  latitude: degrees('latitude', '1800000000'),
  longitude: degrees('longitude', '3600000000'),
  hyphen: unless('not-hyphen', (text) => /^-+$/.test(text)),
  zero: unless('not-zero', (text) => /^0+$/.test(text)),
  yesno: unless('not-zero-or-one', (text) => /^[01]$/.test(text)),
  winding: unless('invalid-winding-direction', (text) => /^[019]$/.test(text)),
  importeridx: unless('invalid-import-idx-character', (text) => /^[0-9A-Za-z_-]$/.test(text)),
  hasnondigit: unless('requires-non-digit-character', (text) => /\D/.test(text)),
  nonzero: (text) => firstOf(digits(text), /^0*$/.test(text) && whole(text, 'illegal-zero-value')),
  nozeroprefix: (text) => firstOf(digits(text), text.startsWith('0') && part('illegal-zero-prefix', 0, 1)),
  pieceoftotal,
  posinseqslash,
  iban,
  pcenc,
  couponcode,
  couponposoffer,
  // Names that GS1 keeps for tables of other years: nothing is tested any more.
  iso3166list: nothing,
  key: nothing,
  keyoff1: nothing,
  yymmddhh: nothing,
} satisfies Record<string, Check>
export type CheckName = keyof typeof CHECKS

const OF_SET = { N: digits, X: cset82, Y: cset39, Z: cset64 }

/** The first fault of one component: its characters, then each check in its order. */
export function faultOf(text: string, set: keyof typeof OF_SET, checks: readonly CheckName[], at: number): Fault | null {
  return shifted(OF_SET[set](text) ?? checks.reduce<Fault | null>((fault, name) => fault ?? CHECKS[name](text), null), at)
}
