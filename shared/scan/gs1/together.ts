/**
 * Whether elements belong together (General Specifications, section 4.14): asked of all that was scanned of one item, since one symbol may hold
 * what another requires.
 */
import type { Element } from './element.ts'
import { identifierOf, isMeant } from './identifiers.ts'

export type TogetherError =
  | { type: 'required'; ai: string; wanted: readonly (readonly string[])[] }
  | { type: 'excluded'; ai: string; beside: string }
  | { type: 'differs'; ai: string; came: string[] }
  /** A digital signature is of one thing: its key has to have a serial part. */
  | { type: 'serial-missing'; ai: string; beside: '8030' }

export function togetherErrors(elements: readonly Element[]): TogetherError[] {
  const values = new Map<string, Set<string>>()
  for (const { ai, value } of elements) if (identifierOf(ai)) values.set(ai, (values.get(ai) ?? new Set()).add(value))
  const ais = [...values.keys()]
  return ais.flatMap((ai) => {
    const others = ais.filter((other) => other !== ai)
    return [...excludedBy(ai, others), ...requiredBy(ai, others), ...differing(ai, values.get(ai)), ...unserialised(ai, values)]
  })
}

function excludedBy(ai: string, others: readonly string[]): TogetherError[] {
  const excluded = identifierOf(ai)?.excluded ?? []
  return others.filter((other) => excluded.some((pattern) => isMeant(pattern, other))).map((beside) => ({ type: 'excluded', ai, beside }))
}

function requiredBy(ai: string, others: readonly string[]): TogetherError[] {
  const isThere = (pattern: string) => others.some((other) => isMeant(pattern, other))
  const unmet = (identifierOf(ai)?.required ?? []).filter((ways) => !ways.some((way) => way.every(isThere)))
  return unmet.map((wanted) => ({ type: 'required', ai, wanted }))
}

const differing = (ai: string, values: ReadonlySet<string> = new Set()): TogetherError[] => (values.size > 1 ? [{ type: 'differs', ai, came: [...values] }] : [])

/** Characters of the keys whose serial part is optional, without it. */
const UNSERIALISED: Record<string, number> = { '253': 13, '255': 13, '8003': 14 }

function unserialised(ai: string, values: ReadonlyMap<string, ReadonlySet<string>>): TogetherError[] {
  const length = UNSERIALISED[ai]
  const isBare = length !== undefined && values.has('8030') && [...(values.get(ai) ?? [])].some((value) => value.length === length)
  return isBare ? [{ type: 'serial-missing', ai, beside: '8030' }] : []
}
