import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toBracketed } from '../../../../shared/scan/gs1/brackets.ts'
import type { CheckName } from '../../../../shared/scan/gs1/checks.ts'
import { toDigitalLink } from '../../../../shared/scan/gs1/digital-link.ts'
import { checkDigitOf } from '../../../../shared/scan/gs1/digits.ts'
import { type Element, errorOf, GS } from '../../../../shared/scan/gs1/element.ts'
import { toElementString } from '../../../../shared/scan/gs1/element-string.ts'
import { allIdentifiers, type Component, identifierOf } from '../../../../shared/scan/gs1/identifiers.ts'
import { parseGs1 } from '../../../../shared/scan/gs1/parse.ts'

const RS = '\u001E'
function elements(text: string): unknown {
  const reading = parseGs1(text)
  return reading.is === 'elements' ? reading.elements : reading
}

const SIGNS = { N: '0123456789', X: '!"%&\'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz', Y: '#-/0123456789ABCXYZ', Z: '0123456789ABCabc-_' }
/** Of what a random text hardly ever is. */
const SAMPLES: { [name in CheckName]?: string } = {
  yymmdd: '261130',
  yymmd0: '261100',
  yyyymmdd: '20261130',
  hhmi: '2359',
  hh: '23',
  mi: '59',
  ss: '59',
  csumalpha: '1987654Ad4X4bL5ttr2310c2K',
  iso3166: '158',
  iso3166999: '999',
  iso3166alpha2: 'TW',
  iso4217: '901',
  iso5218: '9',
  packagetype: '201',
  mediatype: '03',
  latitude: '0279085848',
  longitude: '3600000000',
  yesno: '1',
  winding: '9',
  zero: '0',
  hyphen: '-',
  importeridx: 'A',
  pieceoftotal: '0102',
  posinseqslash: '1/2',
  nozeroprefix: '12',
  iban: 'GB98MIDL07009312345678',
  pcenc: 'A%20B',
  couponcode: '012345612345611110123',
  couponposoffer: '001234561234560123456',
}
function componentText({ set, min, max, checks, optional }: Component): fc.Arbitrary<string> {
  const [sample] = checks.flatMap((name) => SAMPLES[name] ?? [])
  const random = fc.string({ unit: fc.constantFrom(...SIGNS[set]), minLength: min, maxLength: max })
  const checked = random.map((value) => {
    if (checks.includes('csum')) return value.slice(0, -1) + checkDigitOf(value.slice(0, -1))
    return checks.includes('gcppos1') ? `9520${value}`.slice(0, max) : value
  })
  const text = sample === undefined ? checked : fc.constant(sample)
  return optional ? fc.option(text, { nil: '' }) : text
}
const element: fc.Arbitrary<Element> = fc
  .constantFrom(...allIdentifiers().values())
  .chain((identifier) =>
    fc
      .tuple(...identifier.components.map(componentText))
      .map((texts) => ({ ai: identifier.ai, value: texts.join('') }))
      .filter(({ value }) => errorOf(identifier, value) === null),
  )
const label = fc.array(element, { minLength: 1, maxLength: 12 })
/** One that is likely to have a link. */
const keyed = element.filter(({ ai }) => !!identifierOf(ai)?.qualifiers)
const attributes = fc.array(element.filter(({ ai }) => identifierOf(ai)?.attribute === true), { maxLength: 8 })
const linked = fc.tuple(keyed, attributes).map(([key, rest]) => [key, ...rest])

describe('any label', () => {
  test('is read as it was written', () =>
    fc.assert(
      fc.property(label, (all) => {
        expect(elements(toElementString(all))).toEqual(all)
        expect(elements(toElementString(all, '^'))).toEqual(all)
        expect(elements(`]C1${toElementString(all).slice(1)}`)).toEqual(all)
        expect(elements(toBracketed(all))).toEqual(all)
      }),
      { numRuns: 300, seed: 20261127 },
    ))
  test('that has a link says the same in it, once', () => {
    let links = 0
    fc.assert(
      fc.property(linked, (all) => {
        const link = toDigitalLink(all)
        if (link === null) return
        links += 1
        const once = all.filter(({ ai }, at) => all.findIndex((other) => other.ai === ai) === at)
        const reading = parseGs1(link)
        const byIdentifier = (some: readonly Element[]) => some.toSorted((one, other) => (one.ai < other.ai ? -1 : 1))
        expect(reading.is === 'elements' ? byIdentifier(reading.elements) : reading).toEqual(byIdentifier(once))
      }),
      { numRuns: 300, seed: 20261127 },
    )
    expect(links).toBeGreaterThan(200)
  })
})

const LONG = 10_000
/** What grows with the square of the length takes twenty times as long. */
const MOST_US = 50_000
describe('whatever is typed', () => {
  const beginnings = ['', ']C1', ']Q1', ']E0', '^', '(', 'https://a/', `[)>${RS}06${GS}`, GS]
  const bits = ['01', '10', '(', ')', '\\(', '/', '=', '&', '?', '%', '%zz', GS, RS, '^', '|^', '|', '89', '99', 'A', 'ｱ', '％', '\ud800', '09520123456788', ']', '\0']
  const rests = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(fc.constantFrom(...bits), { maxLength: 40 }).map((all) => all.join('')))
  test('is answered, never with a fault', () =>
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), rests, fc.boolean(), (beginning, rest, lenient) => {
        expect(['elements', 'fields', 'text', 'wrong']).toContain(parseGs1(beginning + rest, { lenient, fnc1: ['|'] }).is)
      }),
      { numRuns: 3000, seed: 20261127 },
    ))
  test('ten thousand characters are answered at once', () => {
    for (const beginning of [...beginnings, 'https://a/01/09520123456788/10/', 'https://a/01/09520123456788?', '(99)', ']Q3', '01095201234567889'])
      for (const bit of [...bits, '99=1&', '/10/A', ' ', '%41', `99A${GS}`, '(99)A', '\\\\(', `Q1${GS}`, `8110${'0'.repeat(60)}`]) {
        const text = (beginning + bit.repeat(LONG)).slice(0, LONG)
        for (const lenient of [true, false]) {
          // Of this thread alone, and the least of several: what else the machine does, and what is swept up meanwhile, is not what is measured.
          const costs: number[] = []
          while (costs.length < 5 && (costs.at(-1) ?? Number.POSITIVE_INFINITY) >= MOST_US) {
            const before = process.threadCpuUsage()
            parseGs1(text, { lenient, fnc1: ['|', '%'] })
            const { user, system } = process.threadCpuUsage(before)
            costs.push(user + system)
          }
          expect(costs.at(-1), JSON.stringify(text.slice(0, 40))).toBeLessThan(MOST_US)
        }
      }
  })
})
