import { describe, expect, test } from 'vitest'
import { GENERAL, PAPER_ROLLS, PAPER_SHEETS, STANDARDS } from '../../../shared/inspection/paper.ts'
import { limitsOf } from '../../../shared/inspection/limits.ts'
import { type MeasuredCheck, Standard } from '../../../shared/inspection/standard.ts'

const measured = (thousandths: MeasuredCheck['thousandths']): MeasuredCheck => ({ type: 'measured', id: 'width', name: { text: '幅寬' }, area: 'properties', defect: 'major', photo: false, unit: 'mm', thousandths })
const withChecks = (...checks: unknown[]) => ({ ...PAPER_ROLLS, checks })
const problems = (standard: unknown) => Standard.safeParse(standard).error?.issues.map((issue) => issue.path.join('.')) ?? []

describe('the standards that the app brings', () => {
  test('are standards, and survive being sent', () => {
    for (const standard of STANDARDS) expect(Standard.parse(JSON.parse(JSON.stringify(standard)))).toEqual(standard)
    expect(new Set(STANDARDS.map(({ id }) => id)).size).toBe(STANDARDS.length)
  })
  test('name everything by a key, never in words', () => {
    const names = STANDARDS.flatMap((standard) => [standard.name, ...standard.checks.map((check) => check.name)])
    for (const name of names) expect(name).toMatchObject({ key: expect.stringMatching(/^inspection\.(standards|checks)\.[a-zA-Z]+$/) })
    expect(names).toContainEqual({ key: 'inspection.checks.labelPrint' })
  })
  test('look at each part of M15 and at the paper itself', () => {
    const areas = ({ checks }: Standard) => new Set(checks.map((check) => check.area))
    for (const standard of [PAPER_ROLLS, PAPER_SHEETS]) expect(areas(standard)).toEqual(new Set(['quantity', 'appearance', 'labels', 'properties']))
    expect(areas(GENERAL)).toEqual(new Set(['quantity', 'appearance', 'labels']))
  })
})

describe('a standard', () => {
  test('has checks, each with an id of its own', () => {
    expect(problems(withChecks(...PAPER_ROLLS.checks.slice(0, 2)))).toEqual([])
    expect(problems(withChecks())).toEqual(['checks'])
    expect(problems(withChecks(PAPER_ROLLS.checks[0], PAPER_ROLLS.checks[0]))).toEqual(['checks'])
  })
  test('counts units, so an AQL above 10 has no meaning for it', () => {
    const aql = (major: string) => ({ ...PAPER_ROLLS, sampling: { level: 'II', aql: { critical: '0.40', major, minor: '4.0' } } })
    expect(problems(aql('10'))).toEqual([])
    expect(problems(aql('15'))).toEqual(['sampling.aql.major'])
    expect(problems(aql('2.50'))).toEqual(['sampling.aql.major'])
  })
  test('measures in whole thousandths, with a limit on at least one side, and in order', () => {
    const fixed = (lower: number | null, target: number | null, upper: number | null) => problems(withChecks(measured({ type: 'fixed', lower, target, upper }))).length
    expect([fixed(4000, 6000, 8000), fixed(null, null, 2000), fixed(0, null, null), fixed(5, 5, 5)]).toEqual([0, 0, 0, 0])
    expect([fixed(null, 6000, null), fixed(8000, 6000, 4000), fixed(4000, null, 3000), fixed(4000, 9000, 8000), fixed(4000.5, null, null)]).toEqual([1, 1, 1, 1, 1])
    expect(problems(withChecks({ ...measured({ type: 'around', below: -1, above: 0, of: 'unit' }) }))).toHaveLength(1)
    expect(problems(withChecks({ ...measured({ type: 'around', below: 1, above: 0, of: 'unit' }), unit: 'inch' }))).toEqual(['checks.0.unit'])
  })
})

describe('limits', () => {
  test('lie where the standard puts them, or around what was ordered', () => {
    expect(limitsOf(measured({ type: 'fixed', lower: 4000, target: 6000, upper: null }), {})).toEqual({ lower: 4000, upper: null })
    expect(limitsOf(measured({ type: 'around', below: 3000, above: 1000, of: 'unit' }), { width: 787_000 })).toEqual({ lower: 784_000, upper: 788_000 })
    expect(limitsOf(measured({ type: 'around', below: 40, above: 50, of: 'target' }), { width: 80_000 })).toEqual({ lower: 76_800, upper: 84_000 })
  })
  test('between two thousandths are drawn inwards, below zero too', () => {
    expect(limitsOf(measured({ type: 'around', below: 40, above: 40, of: 'target' }), { width: 80_010 })).toEqual({ lower: 76_810, upper: 83_210 })
    expect(limitsOf(measured({ type: 'around', below: 40, above: 40, of: 'target' }), { width: -80_010 })).toEqual({ lower: -83_210, upper: -76_810 })
  })
  test('are not known where nobody said what was ordered', () => {
    expect(limitsOf(measured({ type: 'around', below: 1, above: 1, of: 'unit' }), { length: 5 })).toBeNull()
  })
})
