/** GS1 Digital Link URIs (GS1 Digital Link Standard: URI Syntax, release 1.6), uncompressed, with numeric identifiers. */
import { type Element, errorOf, type LinkReason, MOST_ELEMENTS, type Read, type ReadError } from './element.ts'
import { allIdentifiers, type Identifier, identifierOf } from './identifiers.ts'
import { gtin14Of } from './digits.ts'

export type Link = {
  elements: Element[]
  /** Parts of the query that are nobody's identifier. */
  ignored: string[]
}
type Options = { lenient?: boolean; shortGtins?: boolean }

/** `shortGtins`: a GTIN of 8, 12 or 13 digits is filled up, as in links of older releases. */
export function readLink(uri: string, { lenient = false, shortGtins = true }: Options = {}): Read<Link> {
  if (/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/u.test(uri)) return wrong('characters', uri)
  const [, domain = '', path = '', query = ''] = /^https?:\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?/i.exec(uri) ?? []
  if (domain === '' || path === '') return wrong(domain !== '' && uri.includes(`${domain}/`) ? 'no-key' : 'no-path', uri)
  if (!/^[A-Za-z0-9\-._:[\]]+$/.test(domain)) return wrong('domain', domain)

  const inPath = pathElements(path.split('/'))
  if ('error' in inPath) return inPath
  const [first] = inPath.value
  const key = first && identifierOf(first[0])
  if (!key?.qualifiers) return wrong('no-key', path)
  const used = inPath.value.slice(1).map(([ai]) => ai)
  if (!key.qualifiers.some((sequence) => isInOrder(used, sequence))) return wrong('qualifiers', path)

  const parts = query.split(/[&;]/).map((part) => part.split(/=(.*)/s, 2))
  const isNumeric = ([ai = '', value]: string[]) => value !== undefined && /^\d+$/.test(ai)
  const pairs = [...inPath.value, ...parts.filter(isNumeric).map(([ai = '', value = '']): Pair => [ai, value.replaceAll('+', '%20')])]
  if (pairs.length > MOST_ELEMENTS) return { error: { type: 'too-many', most: MOST_ELEMENTS } }
  const elements: Element[] = []
  for (const [at, [ai, raw]] of pairs.entries()) {
    const identifier = identifierOf(ai)
    const error = at > used.length ? misplaced(ai, identifier, key, elements, lenient) : null
    if (error) return { error }
    const decoded = decode(raw)
    if (decoded === null) return wrong('percent-encoding', raw)
    if (decoded.includes('\0')) return wrong('null-character', raw)
    const value = ai === '01' && shortGtins && /^(\d{8}|\d{12,13})$/.test(decoded) ? gtin14Of(decoded) : decoded
    const fault = identifier && errorOf(identifier, value)
    if (fault) return { error: fault }
    elements.push({ ai, value })
  }
  return { value: { elements, ignored: parts.filter((part) => !isNumeric(part)).map((part) => part.join('=')).filter((part) => part !== '') } }
}

type Pair = [ai: string, value: string]

/** From the right, two by two, to the nearest key: before it anything may stand. */
function pathElements(segments: string[]): Read<Pair[]> {
  const pairs: Pair[] = []
  for (let at = segments.length - 2; at >= 0 && pairs.length < MOST_ELEMENTS; at -= 2) {
    const [ai = '', value = ''] = segments.slice(at, at + 2)
    const identifier = identifierOf(ai)
    if (!identifier) break
    if (value === '') return wrong('empty-value', segments.slice(at).join('/'))
    pairs.unshift([ai, value])
    if (identifier.qualifiers) return { value: pairs }
  }
  return wrong('no-key', segments.join('/'))
}

function misplaced(ai: string, identifier: Identifier | undefined, key: Identifier, before: readonly Element[], lenient: boolean): ReadError | null {
  if (!identifier) return lenient ? null : { type: 'unknown-identifier', came: ai }
  if (before.some((element) => element.ai === ai)) return linkError('repeated', ai)
  if (key.qualifiers?.flat().includes(ai)) return linkError('belongs-in-path', ai)
  return identifier.attribute ? null : linkError('no-attribute', ai)
}

/** Whether these stand in the sequence in its order, though some may be left out. */
function isInOrder(ais: readonly string[], sequence: readonly string[]): boolean {
  let at = -1
  return ais.every((ai) => {
    const next = sequence.indexOf(ai, at + 1)
    at = next
    return next >= 0
  })
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const linkError = (reason: LinkReason, came: string): ReadError => ({ type: 'link', reason, came })
const wrong = (reason: LinkReason, came: string): { error: ReadError } => ({ error: linkError(reason, came) })

const encode = (text: string) => encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * The canonical URI: the first key, its qualifiers in their order, then attributes, those of predefined length first. Null if there is no key,
 * or an element that has no place in a link (section 4 of the standard).
 */
export function toDigitalLink(elements: readonly Element[], domain = 'https://id.gs1.org'): string | null {
  const once = elements.filter(({ ai }, at) => elements.findIndex((other) => other.ai === ai) === at)
  const key = once.find(({ ai }) => identifierOf(ai)?.qualifiers)
  const sequences = key && identifierOf(key.ai)?.qualifiers
  if (!key || !sequences) return null
  const qualifiers = once.filter(({ ai }) => sequences.flat().includes(ai))
  const sequence = sequences.find((each) => qualifiers.every(({ ai }) => each.includes(ai)))
  if (!sequence) return null
  const path = [key, ...qualifiers.toSorted((one, other) => sequence.indexOf(one.ai) - sequence.indexOf(other.ai))]
  const rest = once.filter((element) => !path.includes(element))
  if (rest.some(({ ai }) => !allIdentifiers().get(ai)?.attribute)) return null
  const isPredefined = ({ ai }: Element) => identifierOf(ai)?.predefined === true
  const attributes = [...rest.filter(isPredefined), ...rest.filter((element) => !isPredefined(element))]
  const query = attributes.map(({ ai, value }) => `${ai}=${encode(value)}`).join('&')
  return `${domain.replace(/\/+$/, '')}/${path.map(({ ai, value }) => `${ai}/${encode(value)}`).join('/')}${query && `?${query}`}`
}
