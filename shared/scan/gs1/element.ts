/** An identifier with its value, and how a reading of such can go wrong. */
import { faultOf } from './checks.ts'
import type { Reason } from './fault.ts'
import type { Identifier } from './identifiers.ts'

export type Element = {
  /** '' where nobody knows how long the identifier is: the value is all that came, up to the next separator (only if lenient). */
  ai: string
  value: string
  /** Of the two-dimensional part of a composite symbol, where what was read tells. */
  composite?: true
}

export type LinkReason =
  | 'no-path'
  | 'domain'
  | 'characters'
  | 'no-key'
  | 'empty-value'
  | 'qualifiers'
  | 'belongs-in-path'
  | 'no-attribute'
  | 'repeated'
  | 'null-character'
  | 'percent-encoding'

/** Each with what came, and what was wanted where that can be said. */
export type ReadError =
  | { type: 'unknown-symbol'; came: string }
  | { type: 'nothing-read' }
  | { type: 'unknown-identifier'; came: string }
  | { type: 'too-short' | 'too-long'; ai: string; wanted: string; came: string }
  /** `at` and `length` are the characters of the value that are wrong. */
  | { type: 'wrong-value'; ai: string; came: string; reason: Reason; at: number; length: number }
  | { type: 'separator-sign'; came: string }
  | { type: 'brackets'; wanted: string; came: string }
  | { type: 'too-many'; most: number }
  | { type: 'digits-only' | 'too-few-digits' | 'too-many-digits' | 'check-digit'; wanted: string; came: string }
  | { type: 'link'; reason: LinkReason; came: string }
  | { type: 'envelope'; wanted: string; came: string }

export const GS = '\u001D'
/** More elements than this are no label: what GS1's own engine reads, too. */
export const MOST_ELEMENTS = 64

export type Read<Value> = { value: Value } | { error: ReadError }

/** Components as they are written in the General Specifications: `N13 [X..17]`. */
export function formatOf({ components }: Identifier): string {
  return components
    .map(({ set, min, max, optional }) => {
      const format = `${set}${min === max ? '' : '..'}${max}`
      return optional ? `[${format}]` : format
    })
    .join(' ')
}

export const mostCharactersOf = ({ components }: Identifier): number => components.reduce((sum, { max }) => sum + max, 0)

/** What is wrong with a value, component by component: optional ones may be left out together, from the end. */
export function errorOf(identifier: Identifier, value: string): ReadError | null {
  const { ai } = identifier
  let at = 0
  for (const { set, min, max, checks, optional } of identifier.components) {
    if (optional && at === value.length) break
    const text = value.slice(at, at + max)
    if (text.length < min) return { type: 'too-short', ai, wanted: formatOf(identifier), came: value }
    const fault = faultOf(text, set, checks, at)
    if (fault) return { type: 'wrong-value', ai, came: value, ...fault }
    at += text.length
  }
  return at < value.length ? { type: 'too-long', ai, wanted: formatOf(identifier), came: value } : null
}
