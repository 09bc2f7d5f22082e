import { describe, expect, test } from 'vitest'
import { toBracketed } from '../../../../shared/scan/gs1/brackets.ts'
import { toDigitalLink } from '../../../../shared/scan/gs1/digital-link.ts'
import { type Element, GS, type ReadError } from '../../../../shared/scan/gs1/element.ts'
import { readNotation, toElementString } from '../../../../shared/scan/gs1/element-string.ts'
import { identifierOf } from '../../../../shared/scan/gs1/identifiers.ts'
import { type Options, parseGs1, type Reading } from '../../../../shared/scan/gs1/parse.ts'
import { type TogetherError, togetherErrors } from '../../../../shared/scan/gs1/together.ts'
import { type Carrier, transmissionOf } from './transmission.ts'
import { isHere, readJson } from './official.ts'

type Outcome =
  | { ok: true; elements: [string, string][] | null; bracketed?: string; dl_uri?: string; element_string?: string; sym?: string; dl_ignored?: string[] }
  | { ok: false; error: string; markup?: string }
type Vector = {
  id: string
  kind: string
  input: string
  upstream?: { valid: boolean; expect: string | null; source: string; context?: string }
  strict: Outcome | null
  syntax_only?: Outcome
}
const { vectors } = readJson<{ vectors: Vector[] }>('vectors.json', { vectors: [] })

const pairs = (elements: readonly Element[]): [string, string][] => elements.map(({ ai, value }) => [ai, value])
const elementsOf = (reading: Reading): Element[] => (reading.is === 'elements' ? reading.elements : [])

/** An EAN symbol's own digits are text to GS1's engine, and a GTIN to us. */
const beyondEngine = (input: string) => (/^\]E/.test(input) ? 1 : 0)

/** What the engine checks, in its order: each identifier's partners, then what is wanted, then the rest. */
const ENGINE_ORDER: TogetherError['type'][] = ['excluded', 'required', 'differs', 'serial-missing']

/** A reason in one word for each way in which something can be wrong: `togetherErrors` without what is required, if only the syntax is asked. */
function verdictOf(input: string, options: Options, { withRequired }: { withRequired: boolean }): { reason: string | null; reading: Reading } {
  const reading = parseGs1(input, options)
  if (reading.is === 'wrong') return { reason: reasonOf(reading.error), reading }
  const errors = togetherErrors(elementsOf(reading).slice(beyondEngine(input))).filter(({ type }) => withRequired || type !== 'required')
  const first = ENGINE_ORDER.find((type) => errors.some((error) => error.type === type))
  return { reason: first ?? null, reading }
}
const reasonOf = (error: ReadError) => (error.type === 'wrong-value' || error.type === 'link' ? `${error.type}: ${error.reason}` : error.type)

/** The engine's words for a fault, without what is of this case: 'AI (10) value is too short' is said of any identifier. */
const sayingOf = (message: string) => message.replaceAll(/\(\d*\)/g, '()').replace(/^AI \(\): /, '').replace(/(: |AI )[^a-z]*$/, '$1').replace(/(prefix of: |not satisfied: |Unrecognised AI: ).*$/, '$1')

/** The value up to the end of the component, with what is wrong between bars. */
function markupOf(reading: Reading): string | undefined {
  if (reading.is !== 'wrong' || reading.error.type !== 'wrong-value') return undefined
  const { ai, came, at, length } = reading.error
  let end = 0
  for (const { max } of identifierOf(ai)?.components ?? []) {
    if (end > at) break
    end = Math.min(end + max, came.length)
  }
  return `(${ai})${came.slice(0, at)}|${came.slice(at, at + length)}|${came.slice(at + length, end)}`
}

function agrees(theirs: Outcome, reading: Reading, input: string): void {
  if (!theirs.ok) return
  const elements = elementsOf(reading).slice(beyondEngine(input))
  expect(pairs(elements), 'elements').toEqual(theirs.elements ?? [])
  // The mark of a composite's second part is the engine's own in its answers.
  if (theirs.bracketed !== undefined) expect(toBracketed(elements).replace(/^\|/, ''), 'bracketed').toBe(theirs.bracketed)
  if (elements.length > 0) expect(toDigitalLink(elements), 'link').toBe(theirs.dl_uri ?? null)
  const { element_string: written } = theirs
  if (written?.startsWith('^')) {
    const read = readNotation(written)
    expect('value' in read && read.value, 'element string, read').toEqual(elements)
    // What was scanned stays as it was scanned with the engine: an FNC1 more than is needed is not written by us.
    const isCanonical = !/\^$/.test(written) && !input.startsWith(']') && !input.startsWith('^')
    const needless = (text: string) => text.replaceAll('^', '')
    if (isCanonical) expect(toElementString(elements, '^'), 'element string').toBe(written)
    else expect(needless(toElementString(elements, '^')), 'element string').toBe(needless(written))
  }
  if (reading.is === 'elements' && theirs.dl_ignored) expect(reading.ignored, 'ignored').toEqual(theirs.dl_ignored.filter((part) => part !== ''))
}

const SYMBOLS: Record<string, Carrier> = {
  QR: 'QR',
  DM: 'DataMatrix',
  DotCode: 'DotCode',
  DataBarExpanded: 'DataBar Expanded',
  GS1_128_CCA: 'GS1-128',
  DataBarOmni: 'DataBar',
  DataBarLimited: 'DataBar Limited',
  UPCE: 'UPC-E',
  EAN13: 'EAN-13',
  EAN8: 'EAN-8',
}
const SYM: Record<string, RegExp> = { QR: /^Q/, DM: /^d/, DotCode: /^J/, DataBarExpanded: /^e0/, GS1_128_CCA: /^C1/, EAN13: /^E0/, EAN8: /^E4/ }

/** A text as GS1's tests write it, where a '^' in front would be an FNC1. */
const escaped = (text: string) => text.replace(/^(?=\\*\^)/, '\\')

/** What GS1 wrote beside the input in its own test: each kind expects something else. */
function upstreamAgrees({ kind, input, upstream, strict }: Vector): void {
  if (!upstream) return
  const reading = parseGs1(input)
  const { valid, expect: expected, context } = upstream
  switch (kind) {
    case 'generate_scan_data': {
      const sent = transmissionOf(input, SYMBOLS[context ?? ''] as Carrier)
      expect(sent, 'scan data').toBe(expected)
      if (sent?.includes(']e0') || sent?.startsWith(']E') || (sent && input.startsWith('^'))) expect(parseGs1(sent).is, 'read again').toBe('elements')
      return
    }
    case 'generate_digital_link':
      expect(toDigitalLink(elementsOf(reading), context), 'link').toBe(expected)
      return
    case 'bracketed_errmarkup':
      expect(markupOf(reading)).toBe(expected)
      return
    case 'scan_data':
      expect(reading.is !== 'wrong').toBe(valid)
      if (reading.is === 'text') expect(escaped(reading.text), 'text').toBe(expected)
      else if (valid && strict?.ok && 'symbol' in reading) {
        const { symbol } = reading
        expect(symbol).toMatch(SYM[context ?? ''] ?? /^$/)
        const elements = elementsOf(reading)
        if (expected?.startsWith('^')) expect(readNotation(expected), 'elements').toEqual({ value: elements })
        else if (/^\d/.test(expected ?? '')) expect(expected, 'digits').toBe(input.slice(3).replace('|]e0', '|^').replaceAll(GS, '^'))
        else expect(expected, 'link').toBe(input.slice(3))
      }
      return
    default: {
      const isGs1 = reading.is === 'elements' && togetherErrors(reading.elements).every(({ type }) => type === 'required' && kind !== 'association')
      expect(isGs1, 'valid').toBe(valid)
      if (valid && expected?.startsWith('^')) expect(toElementString(elementsOf(reading), '^'), 'element string').toBe(expected)
    }
  }
}

describe.skipIf(!isHere)('what GS1 says of its own examples', () => {
  test('is said of 441', () => expect(vectors).toHaveLength(441))

  for (const kind of new Set(vectors.map((vector) => vector.kind)))
    test(`${kind}: read alike, or wrong for the same reason`, () => {
      for (const vector of vectors.filter((each) => each.kind === kind)) {
        const { id, input, strict, syntax_only: syntax } = vector
        const name = `${id} ${JSON.stringify(input).slice(0, 90)}`
        try {
          upstreamAgrees(vector)
          if (strict) {
            const { reason, reading } = verdictOf(input, { shortGtins: false }, { withRequired: true })
            const isRead = reason === null && (reading.is !== 'text' || input.startsWith(']'))
            expect(isRead, `strict, ${reason}`).toBe(strict.ok)
            agrees(strict, reading, input)
            if (!strict.ok && strict.markup) expect(markupOf(reading), 'markup').toBe(strict.markup)
          }
          const wanted = syntax ?? strict
          if (wanted) {
            const { reason, reading } = verdictOf(input, {}, { withRequired: false })
            expect(reason === null && (reading.is !== 'text' || input.startsWith(']')), `syntax, ${reason}`).toBe(wanted.ok)
            agrees(wanted, reading, input)
          }
        } catch (cause) {
          throw new Error(`${name}: ${(cause as Error).message}`, { cause })
        }
      }
    })

  test('each of their 100 ways to be wrong is one of ours, and each of a value or a link one of its own', () => {
    const ours = new Map<string, Set<string>>()
    const texts: string[] = []
    for (const { input, strict } of vectors) {
      if (!strict || strict.ok) continue
      const { reason, reading } = verdictOf(input, { shortGtins: false }, { withRequired: true })
      if (reading.is === 'text') texts.push(input)
      else ours.set(sayingOf(strict.error), (ours.get(sayingOf(strict.error)) ?? new Set()).add(reason ?? 'none'))
    }
    expect(texts, 'none of the forms').toEqual(['12345', '()12345', '('])
    expect([...ours].filter(([, reasons]) => reasons.size > 1)).toEqual([])
    const reasons = [...ours.values()].flatMap((each) => [...each])
    expect(reasons).toHaveLength(100)
    expect(reasons).not.toContain('none')
    const twice = new Set(reasons.filter((reason, at) => reasons.indexOf(reason) !== at))
    // Theirs depend on the form, ours say the same of each.
    expect([...twice].sort()).toEqual(['separator-sign', 'too-long', 'too-short', 'unknown-identifier', 'unknown-symbol'])
  })
})
