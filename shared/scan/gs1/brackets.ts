/** Text as it stands below a symbol: `(01)09520123456788(10)ABC`. A bracket of a value is written `\(`. */
import { type Element, errorOf, MOST_ELEMENTS, type Read } from './element.ts'
import { identifierOf } from './identifiers.ts'

const wanted = '(01)09520123456788(10)ABC'

export function readBrackets(text: string, { lenient = false } = {}): Read<Element[]> {
  const elements: Element[] = []
  let at = 0
  let mark: { composite?: true } = {}
  while (at < text.length) {
    if (elements.length === MOST_ELEMENTS) return { error: { type: 'too-many', most: MOST_ELEMENTS } }
    const close = text.indexOf(')', at)
    if (text[at] !== '(' || close < 0) return { error: { type: 'brackets', wanted, came: text.slice(at, at + 20) } }
    const ai = text.slice(at + 1, close)
    const identifier = identifierOf(ai)
    if (!identifier && !(lenient && /^\d{2,4}$/.test(ai))) return { error: { type: 'unknown-identifier', came: ai } }
    const end = openBracket(text, close + 1)
    const isLinearEnd = text[end - 1] === '|' && end < text.length
    const value = text.slice(close + 1, isLinearEnd ? end - 1 : end).replaceAll('\\(', '(')
    if (value.includes('^')) return { error: { type: 'separator-sign', came: value } }
    const error = identifier && errorOf(identifier, value)
    if (error) return { error }
    elements.push({ ai, value, ...mark })
    if (isLinearEnd) mark = { composite: true }
    at = end
  }
  return elements.length === 0 ? { error: { type: 'nothing-read' } } : { value: elements }
}

function openBracket(text: string, from: number): number {
  let at = text.indexOf('(', from)
  while (at > 0 && text[at - 1] === '\\') at = text.indexOf('(', at + 1)
  return at < 0 ? text.length : at
}

/** The text of `readBrackets`, for people. What has no identifier stands in empty brackets. */
export function toBracketed(elements: readonly Element[]): string {
  return elements
    .map(({ ai, value, composite }, at) => `${composite && at > 0 && !elements[at - 1]?.composite ? '|' : ''}(${ai})${value.replaceAll('(', '\\(')}`)
    .join('')
}
