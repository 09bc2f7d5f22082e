/** What a scanner, a camera or a hand gives, as GS1 elements: the one door to this folder. */
import { readBrackets } from './brackets.ts'
import { type Link, readLink } from './digital-link.ts'
import { type Element, GS, type Read, type ReadError } from './element.ts'
import { readElementString, readNotation } from './element-string.ts'
import { type Field, isEnvelope, readEnvelope } from './envelope.ts'
import { identifierAt } from './identifiers.ts'
import { readDigits, readEan, readItf } from './primary.ts'

export type Form = 'element-string' | 'brackets' | 'link' | 'digits'
export type Reading =
  /** `symbol` is the AIM identifier without its `]` (ISO/IEC 15424), null if none came; `ignored` what a link holds beside. */
  | { is: 'elements'; form: Form; elements: Element[]; symbol: string | null; ignored: string[] }
  | { is: 'fields'; fields: Field[]; elements: Element[]; symbol: string | null }
  /** None of the forms: a code of the site's own. */
  | { is: 'text'; text: string; symbol: string | null }
  /** One of the forms, and wrong in it. What no symbol identifier proved to be GS1's may still be a code of the site's own. */
  | { is: 'wrong'; error: ReadError; text: string; symbol: string | null }

export type Options = {
  /** What stands for FNC1 at a site whose scanners type like a keyboard, which has no GS: '|', '{GS}'. */
  fnc1?: readonly string[]
  /** Unknown identifiers are kept with what follows them, instead of being an error. */
  lenient?: boolean
  /** In links: GTINs of 8, 12 and 13 digits are filled up. */
  shortGtins?: boolean
}

/** Symbols whose first character is an FNC1: their scanners take it away. */
const OF_GS1 = ['C1', 'e0', 'd2', 'd5', 'Q3', 'Q4', 'J1', 'J4']

/** Never throws; the time is linear in the length of the text. */
export function parseGs1(scanned: string, options: Options = {}): Reading {
  const text = narrow(scanned).trim()
  if (!text.startsWith(']')) return readPlain(text, null, options)
  const [, symbol = ''] = /^\]([A-Za-z][0-9A-Fa-f])/.exec(text) ?? []
  if (symbol === '') return { is: 'wrong', error: { type: 'unknown-symbol', came: text.slice(0, 3) }, text, symbol: null }
  const data = text.slice(3)
  if (OF_GS1.includes(symbol)) {
    if (data.includes('^')) return { is: 'wrong', error: { type: 'separator-sign', came: data }, text: data, symbol }
    return elementsOf('element-string', readElementString(separated(data, options), options), data, symbol)
  }
  if (/^E[0-4]$/.test(symbol)) return readEanSymbol(data, symbol, options)
  const itf = /^I[0-2]$/.test(symbol) ? readItf(data, symbol.slice(1)) : null
  return itf ? { is: 'elements', form: 'digits', elements: [itf], symbol, ignored: [] } : readPlain(data, symbol, options)
}

/** What begins or looks like one of the forms, without a symbol that would tell. */
function readPlain(text: string, symbol: string | null, options: Options): Reading {
  if (/^https?:\/\//i.test(text)) return linkOf(readLink(text, options), text, symbol)
  if (isEnvelope(text)) {
    const read = readEnvelope(separated(text, options), options)
    return 'error' in read ? { is: 'wrong', error: read.error, text, symbol } : { is: 'fields', ...read.value, symbol }
  }
  if (/^\(\d/.test(text)) return elementsOf('brackets', readBrackets(text, options), text, symbol)
  // GS1's test notation, by hand only: in a symbol that is not GS1's a '^' is a '^'.
  if (text.startsWith('^') && symbol === null) return elementsOf('element-string', readNotation(text, options), text, symbol)
  const data = separated(text, options)
  if (data.startsWith(GS)) return elementsOf('element-string', readElementString(data.slice(1), options), text, symbol)
  const key = readDigits(data)
  if (key) return { is: 'elements', form: 'digits', elements: [key], symbol, ignored: [] }
  const read = readElementString(data, options)
  const isMeant = 'value' in read ? data.includes(GS) || beginsWithKey(data) : text.includes(GS) ? !!identifierAt(text, 0) : data.includes(GS) && beginsWithElement(data)
  return isMeant ? elementsOf('element-string', read, text, symbol) : { is: 'text', text, symbol }
}

/** Without a separator or a symbol that tells, only a key with a check digit proves that digits are not a code of the site's own. */
const beginsWithKey = (data: string) => /^(00\d{18}|0[12]\d{14})/.test(data)
/** What a site puts for a separator may stand in its own codes: only a whole element before it shows that it is one. */
const beginsWithElement = (data: string) => !('error' in readElementString(data.slice(0, data.indexOf(GS))))

/** An add-on of two or five digits is not part of the number; the second part of a composite follows `|]e0`. */
function readEanSymbol(data: string, symbol: string, options: Options): Reading {
  const [primary = '', second] = data.split('|]e0', 2)
  const digits = symbol === 'E3' ? primary.slice(0, 13) : primary
  const read = readEan(digits, symbol.slice(1))
  if ('error' in read) return { is: 'wrong', error: read.error, text: data, symbol }
  const ignored = [primary.slice(digits.length)].filter((rest) => rest !== '')
  if (second === undefined) return { is: 'elements', form: 'digits', elements: [read.value], symbol, ignored }
  const composite = readElementString(separated(second, options), { ...options, composite: true })
  if ('error' in composite) return { is: 'wrong', error: composite.error, text: data, symbol }
  return { is: 'elements', form: 'digits', elements: [read.value, ...composite.value], symbol, ignored }
}

function elementsOf(form: Form, read: Read<Element[]>, text: string, symbol: string | null): Reading {
  return 'error' in read ? { is: 'wrong', error: read.error, text, symbol } : { is: 'elements', form, elements: read.value, symbol, ignored: [] }
}

function linkOf(read: Read<Link>, text: string, symbol: string | null): Reading {
  return 'error' in read ? { is: 'wrong', error: read.error, text, symbol } : { is: 'elements', form: 'link', ...read.value, symbol }
}

const separated = (text: string, { fnc1 = [] }: Options): string => fnc1.filter((sign) => sign !== '').reduce((data, sign) => data.replaceAll(sign, GS), text)

/** A keyboard scanner that meets a Chinese input method types wide characters; no code has any. */
const narrow = (text: string): string => text.replaceAll(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
