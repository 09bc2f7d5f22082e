import { describe, expect, test } from 'vitest'
import { CHECKS } from '../../../../shared/scan/gs1/checks.ts'
import type { Fault } from '../../../../shared/scan/gs1/fault.ts'
import { isHere, readJson } from './official.ts'

type Vector = { linter: keyof typeof CHECKS; input: string; valid: boolean; error?: string; highlight?: string }
const { vectors } = readJson<{ vectors: Vector[] }>('linter-vectors.json', { vectors: [] })

const marked = (text: string, fault: Fault | null) => fault && `${text.slice(0, fault.at)}*${text.slice(fault.at, fault.at + fault.length)}*${text.slice(fault.at + fault.length)}`
const named = (error = '') => error.toLowerCase().replaceAll('_', '-')

describe.skipIf(!isHere)('what GS1 says of a component', () => {
  test('is 1,155 verdicts', () => expect(vectors).toHaveLength(1155))
  for (const name of new Set(vectors.map(({ linter }) => linter)))
    test(`${name}: is right or wrong for the same reason, at the same characters`, () => {
      for (const { input, valid, error, highlight } of vectors.filter(({ linter }) => linter === name)) {
        const fault = CHECKS[name](input)
        expect([input, fault?.reason ?? null, marked(input, fault)], `${name} ${JSON.stringify(input)}`).toEqual([input, valid ? null : named(error), valid ? null : highlight])
      }
    })
})
