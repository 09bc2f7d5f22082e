/** Element strings one after the other, as symbols carry them (General Specifications, 7.8): FNC1 arrives as GS. */
import { type Element, errorOf, GS, MOST_ELEMENTS, mostCharactersOf, type Read } from './element.ts'
import { identifierAt, identifierOf, predefinedLength } from './identifiers.ts'

/** Without the FNC1 in the first position, which says only that this is GS1's. */
export function readElementString(data: string, { lenient = false, composite = false }: { lenient?: boolean; composite?: boolean } = {}): Read<Element[]> {
  const elements: Element[] = []
  const mark = composite ? { composite: true as const } : {}
  let at = 0
  while (at < data.length) {
    if (elements.length === MOST_ELEMENTS) return { error: { type: 'too-many', most: MOST_ELEMENTS } }
    const separator = data.indexOf(GS, at)
    const end = separator < 0 ? data.length : separator
    const identifier = identifierAt(data, at)
    if (identifier) {
      const from = at + identifier.ai.length
      const to = identifier.predefined ? Math.min(end, from + mostCharactersOf(identifier)) : end
      // An identifier that a separator cuts in two is none.
      const value = data.slice(from, to)
      const error = errorOf(identifier, value)
      if (error) return { error }
      elements.push({ ai: identifier.ai, value, ...mark })
      at = to
    } else if (lenient) {
      const to = Math.min(end, at + (predefinedLength(data.slice(at)) ?? data.length))
      if (to > at) elements.push({ ai: '', value: data.slice(at, to), ...mark })
      at = to
    } else return { error: { type: 'unknown-identifier', came: data.slice(at, at + 4) } }
    if (data[at] === GS) at += 1
  }
  return elements.length === 0 ? { error: { type: 'nothing-read' } } : { value: elements }
}

/**
 * FNC1 first, and again after each value whose end its length does not tell. With `^` for it this is GS1's own test notation, in which `|^`
 * begins the second part of a composite symbol; scanners send that part without a mark.
 */
export function toElementString(elements: readonly Element[], fnc1: '^' | typeof GS = GS): string {
  let text = fnc1
  let isOpen = false
  let isComposite = false
  for (const { ai, value, composite = false } of elements) {
    if (fnc1 === '^' && composite && !isComposite) text += '|^'
    else if (isOpen) text += fnc1
    text += ai + value
    isOpen = predefinedLength(ai === '' ? value : ai) === undefined
    isComposite = composite
  }
  return text
}

/** Text in GS1's test notation: `^` is FNC1. */
export function readNotation(text: string, { lenient = false } = {}): Read<Element[]> {
  const second = text.indexOf('|^')
  const data = (part: string) => part.slice(1).replaceAll('^', GS)
  const linear = readElementString(data(second < 0 ? text : text.slice(0, second)), { lenient })
  if (second < 0 || 'error' in linear) return linear
  const composite = readElementString(data(text.slice(second + 1)), { lenient, composite: true })
  return 'error' in composite ? composite : { value: [...linear.value, ...composite.value] }
}

export const isKnown = ({ ai }: Element): boolean => identifierOf(ai) !== undefined
