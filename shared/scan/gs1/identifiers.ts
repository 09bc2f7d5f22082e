/** The application identifiers, from the sheet. */
import type { CheckName } from './checks.ts'
import { SHEET } from './sheet.ts'

export type CharacterSet = 'N' | 'X' | 'Y' | 'Z'
export type Component = { set: CharacterSet; min: number; max: number; checks: readonly CheckName[]; optional: boolean }
export type Identifier = {
  ai: string
  title: string
  components: readonly Component[]
  /** Each must be met by one of its ways; a way is the identifiers that have to be there together. */
  required: readonly (readonly (readonly string[])[])[]
  excluded: readonly string[]
  /** As the key of a Digital Link: the sequences of qualifiers it takes. Null: it is no key. */
  qualifiers: readonly (readonly string[])[] | null
  attribute: boolean
  /** The length is known from the first two digits: no FNC1 has to follow. */
  predefined: boolean
}

/** Element strings of predefined length (General Specifications, figure 7.8.5-2), by their first two digits; 18 and 19 await use. */
const PREDEFINED: Record<string, number> = { '00': 20, '01': 16, '02': 16, '03': 16, '04': 18, '20': 4, '41': 16, ...range(11, 19, 8), ...range(31, 36, 10) }
export const predefinedLength = (data: string): number | undefined => PREDEFINED[data.slice(0, 2)]

let identifiers: ReadonlyMap<string, Identifier> | null = null
/** Read from the sheet when the first code is scanned: some milliseconds that no first screen need wait for. */
export function allIdentifiers(): ReadonlyMap<string, Identifier> {
  identifiers ??= new Map(SHEET.trim().split('\n').flatMap(readLine))
  return identifiers
}
export const identifierOf = (ai: string): Identifier | undefined => allIdentifiers().get(ai)

/** The identifier a text begins with: no identifier is the beginning of another. */
export function identifierAt(text: string, from: number): Identifier | undefined {
  for (const length of [2, 3, 4]) {
    const found = identifierOf(text.slice(from, from + length))
    if (found) return found
  }
  return undefined
}

/** Whether an identifier is meant by a pattern such as `31nn`. */
export const isMeant = (pattern: string, ai: string): boolean => ai.length === pattern.length && [...pattern].every((sign, at) => sign === 'n' || sign === ai[at])

function readLine(line: string): [string, Identifier][] {
  const [head = '', tail = ''] = line.split(/ = /)
  const words = head.split(' ')
  const of = (sign: string) => words.filter((word) => word.startsWith(sign)).map((word) => word.slice(1))
  const components = words.filter((word) => /^[NXYZ]/.test(word)).flatMap(readComponent)
  const required = of('+').map((ways) => ways.split(',').map((way) => way.split('&')))
  const [keyed] = of('/')
  const qualifiers = keyed?.split('|').map((sequence) => (sequence === '' ? [] : sequence.split(','))) ?? null
  const attribute = !words.includes('!')
  const excludes = of('-').flatMap((pairs) => pairs.split(','))
  return tail.split('; ').flatMap((member) => {
    const [, first = '', last = first.slice(-1), title = ''] = /^(\d+)(?:-(\d))?(?: (.*))?$/.exec(member) ?? []
    const count = Number(last) - Number(first.slice(-1)) + 1
    return Array.from({ length: count }, (_, nth): [string, Identifier] => {
      const ai = first.slice(0, -1) + (Number(first.slice(-1)) + nth)
      const excluded = excludes.map((pair) => (pair === '=' ? `${ai.slice(0, 3)}n` : pair))
      const counted = title.replace(/#(\d+)/, (_sign, from) => String(Number(from) + nth))
      return [ai, { ai, title: counted, components, required, excluded, qualifiers, attribute, predefined: predefinedLength(ai) !== undefined }]
    })
  })
}

function readComponent(word: string): Component[] {
  const [, set, upTo, length, checks = '', optional, times = '1'] = /^([NXYZ])(\.\.)?(\d+)([.a-z0-9]*)(\?)?(?:\*(\d))?$/.exec(word) ?? []
  const component: Component = {
    set: set as CharacterSet,
    min: upTo ? 1 : Number(length),
    max: Number(length),
    checks: checks.split('.').filter((name) => name !== '') as CheckName[],
    optional: optional === '?',
  }
  return Array.from({ length: Number(times) }, () => component)
}

function range(from: number, to: number, length: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: to - from + 1 }, (_, nth) => [from + nth, length]))
}
