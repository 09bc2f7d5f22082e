import { describe, expect, test } from 'vitest'
import { allIdentifiers, type Component, type Identifier, identifierAt, isMeant } from '../../../../shared/scan/gs1/identifiers.ts'
import { isHere, read, readJson } from './official.ts'

type OfficialComponent = { type: string; min: number; max: number; linters: string[]; optional: boolean }
type Official = { ai: string; title: string; fnc1: boolean; dlAttribute: boolean; components: OfficialComponent[]; req?: string[]; ex?: string[]; dlpkey?: (true | string)[] }
const { ais } = readJson<{ ais: Official[] }>('ai-table.json', { ais: [] })

const component = ({ set, min, max, checks, optional }: Component): OfficialComponent => ({ type: set, min, max, linters: [...checks], optional })
/** Ours in the words of GS1's. */
function official({ ai, title, components, required, excluded, qualifiers, attribute, predefined }: Identifier): Official {
  return {
    ai,
    title,
    fnc1: !predefined,
    dlAttribute: attribute,
    components: components.map(component),
    ...(required.length > 0 && { req: required.map((ways) => ways.map((way) => way.join('+')).join(',')) }),
    ...(excluded.length > 0 && { ex: [excluded.join(',')] }),
    ...(qualifiers && { dlpkey: [qualifiers.map((sequence) => sequence.join(',')).join('|') || true] }),
  }
}

/** Optional components with a check are in the dictionary (`[N3],iso3166`) and not in the table that was made of it. */
const SHORTENED = ['423', '425', '4330', '4331', '4332', '4333', '7007', '7011', '8008']

describe.skipIf(!isHere)('what GS1 says of its 541 identifiers', () => {
  test('is known of each, and of no other', () => expect([...allIdentifiers().keys()].sort()).toEqual(ais.map(({ ai }) => ai).sort()))

  test('is the same', () => {
    expect(ais).toHaveLength(541)
    for (const theirs of ais) {
      const ours = official(allIdentifiers().get(theirs.ai) as Identifier)
      const components = SHORTENED.includes(theirs.ai) ? ours.components.slice(0, theirs.components.length) : ours.components
      expect({ ...ours, components }, theirs.ai).toEqual(theirs)
    }
  })

  test('is the same, component by component, in the dictionary', () => {
    let seen = 0
    for (const line of read('gs1-syntax-dictionary.txt').split('\n')) {
      const [, first = '', last = first, rest = ''] = /^(\d+)(?:-(\d+))?\s+(.*)$/.exec(line) ?? []
      if (first === '') continue
      const theirs = (rest.split(/\s#\s/)[0] ?? '').split(/\s+/).filter((word) => /^\[?[NXYZ][.\d]/.test(word))
      for (let number = Number(first); number <= Number(last); number += 1) {
        const { components } = allIdentifiers().get(String(number).padStart(first.length, '0')) as Identifier
        const ours = components.map(({ set, min, max, checks, optional }) => {
          const format = `${set}${min === max ? max : `..${max}`}`
          return [optional ? `[${format}]` : format, ...checks].join(',')
        })
        expect(ours, first).toEqual(theirs)
        seen += 1
      }
    }
    expect(seen).toBe(541)
  })
})

test('no identifier is the beginning of another, so a code can be read from its left', () => {
  const all = [...allIdentifiers().keys()]
  expect(all.filter((ai) => all.some((other) => other !== ai && other.startsWith(ai)))).toEqual([])
  expect(identifierAt('xx3103000195', 2)?.title).toBe('NET WEIGHT (kg)')
  expect(identifierAt('89ABC', 0)).toBeUndefined()
})

test('a pattern means as many digits as it has', () => {
  expect(isMeant('31nn', '3103')).toBe(true)
  expect(isMeant('31nn', '31')).toBe(false)
  expect(isMeant('31nn', '3203')).toBe(false)
})
