import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge, UnitFound } from '../../../shared/inspection/judge.ts'
import { PAPER_ROLLS, PAPER_SHEETS } from '../../../shared/inspection/paper.ts'
import { SEVERITIES } from '../../../shared/inspection/plan.ts'
import { checksFor, drawnFor, plansFor } from '../../../shared/inspection/sample.ts'
import type { Check } from '../../../shared/inspection/standard.ts'
import { BAD, GOOD, judged, madeUp, NONE, plans, STANDARD, units } from './lot.ts'

describe('the sample', () => {
  test('every class has its own plan, and no critical defect is ever accepted', () => {
    expect(plans(500)).toMatchObject({ critical: { n: 32, ac: 0, re: 1 }, major: { n: 50, ac: 3, re: 4 }, minor: { n: 50, ac: 5, re: 6 } })
    expect(plans(3000)).toMatchObject({ critical: { n: 125, ac: 0, re: 1 } })
    expect(plans(3000, 'reduced')).toMatchObject({ critical: { n: 50, ac: 0, re: 1 }, major: { n: 50, ac: 3, re: 6 } })
  })
  test('a class may be tightened while the others are not', () => {
    const mixed = plansFor({ standard: STANDARD, lot: 500, severity: { critical: 'normal', major: 'tightened', minor: 'reduced' } })
    expect([mixed.major.ac, mixed.minor.n]).toEqual([2, 20])
  })
  test('is as large as the largest of the three, and never larger than the lot', () => {
    expect(drawnFor(plans(500), 500)).toBe(50)
    expect(drawnFor(plans(20), 20)).toBe(20)
    expect(drawnFor(plans(1), 1)).toBe(1)
  })
  test('a unit beyond the sample of a class is not asked about it', () => {
    const asked = (index: number) => checksFor({ standard: STANDARD, plans: plans(500), lot: 500 }, index).map((check) => check.id)
    expect(asked(31)).toEqual(['clean', 'width', 'edges'])
    expect(asked(32)).toEqual(['width', 'edges'])
    expect(asked(50)).toEqual([])
  })
})

describe('the proposal', () => {
  test('a sample without a defect is accepted', () => {
    expect(judged(500, '')).toMatchObject({ proposal: 'accept', failed: [], reasons: [] })
  })
  test('up to Ac failed units are accepted, and put aside all the same', () => {
    const { proposal, failed, classes } = judged(500, 'MMMmm')
    expect(proposal).toBe('accept')
    expect(failed).toHaveLength(5)
    expect(failed[0]).toEqual({ unit: 'R1', defect: 'major', checks: ['width'] })
    expect(classes).toEqual([
      { defect: 'critical', n: 32, found: 0, ac: 0, re: 1, result: 'accept' },
      { defect: 'major', n: 50, found: 3, ac: 3, re: 4, result: 'accept' },
      { defect: 'minor', n: 50, found: 2, ac: 5, re: 6, result: 'accept' },
    ])
  })
  test('from Re on it is rejected, with the class and the numbers', () => {
    expect(judged(500, 'MMMM')).toMatchObject({ proposal: 'reject', reasons: [{ type: 'failed-units', defect: 'major', found: 4, re: 4 }] })
    expect(judged(500, 'mmmmmm')).toMatchObject({ proposal: 'reject', reasons: [{ type: 'failed-units', defect: 'minor', found: 6, re: 6 }] })
  })
  test('one critical defect is enough, also in a unit that was drawn for the other classes only', () => {
    expect(judged(500, 'C')).toMatchObject({ proposal: 'reject', reasons: [{ defect: 'critical', found: 1, re: 1 }] })
    expect(judged(500, `${'.'.repeat(49)}C`)).toMatchObject({ proposal: 'reject' })
  })
  test('between Ac and Re of a reduced plan it is accepted, and says so', () => {
    const reduced = { plans: plans(500, 'reduced') }
    expect(judged(500, 'M', reduced)).toMatchObject({ proposal: 'accept', reasons: [] })
    expect(judged(500, 'MMM', reduced)).toMatchObject({ proposal: 'accept', reasons: [{ type: 'between', defect: 'major', found: 3, ac: 1, re: 4 }] })
    expect(judged(500, 'MMMM', reduced)).toMatchObject({ proposal: 'reject' })
  })
  test('a small lot is inspected whole', () => {
    expect(judged(3, '')).toMatchObject({ proposal: 'accept', classes: [{ n: 3 }, { n: 3 }, { n: 3 }] })
    expect(judged(3, '', { units: units('..') })).toMatchObject({ proposal: 'unfinished', reasons: [{ type: 'units-missing', inspected: 2, drawn: 3 }] })
    expect(judged(3, '..M')).toMatchObject({ proposal: 'reject' })
  })
})

describe('what a unit counts as', () => {
  test('its gravest defect, once', () => {
    const worst = { unit: 'R1', answers: { ...BAD.major, edges: BAD.minor.edges ?? GOOD.edges }, others: { critical: 0, major: 3, minor: 2 } } as UnitFound
    const { classes, failed } = judged(500, '', { units: [worst, ...units('.'.repeat(50)).slice(1)] })
    expect(classes.map(({ found }) => found)).toEqual([0, 1, 0])
    expect(failed).toEqual([{ unit: 'R1', defect: 'major', checks: ['width', 'edges'] }])
  })
  test('a defect that no check names counts by its class', () => {
    const seen = units('.'.repeat(50)).map((each, index) => ({ ...each, others: { ...NONE, minor: index < 6 ? 1 : 0 } }))
    expect(judged(500, '', { units: seen })).toMatchObject({ proposal: 'reject', reasons: [{ defect: 'minor', found: 6 }] })
  })
  test('units drawn for a larger sample do not fail a class that is judged by fewer', () => {
    const few = madeUp([2, 0, 1], [3, 0, 1], [6, 1, 2])
    expect(judged(100, '...MMM', { plans: few })).toMatchObject({ proposal: 'accept', failed: [{}, {}, {}] })
    expect(judged(100, '..M', { plans: few })).toMatchObject({ proposal: 'reject' })
  })
  test('a unit that is entered twice is one unit, as it was entered last', () => {
    const again = (answers: UnitFound['answers']) => judged(500, '', { units: [...units('M'.padEnd(50, '.')), { unit: 'R1', answers, others: NONE }] })
    expect(again(GOOD).failed).toEqual([])
    expect(again(BAD.minor)).toMatchObject({ failed: [{ unit: 'R1', defect: 'minor' }] })
    const same = units('.').flatMap((each) => Array.from({ length: 50 }, () => each))
    expect(judged(500, '', { units: same })).toMatchObject({ proposal: 'unfinished', reasons: [{ inspected: 1, drawn: 50 }] })
  })
  test('limits are inclusive', () => {
    const failing = (thousandths: number) => judged(1, '', { units: [{ unit: 'R1', answers: { ...GOOD, width: { type: 'measured', thousandths } }, others: NONE }] }).failed.length
    expect([783_999, 784_000, 790_000, 790_001].map(failing)).toEqual([1, 0, 0, 1])
  })
})

describe('an unfinished inspection', () => {
  /** A sample whose first unit has no answer to one check. */
  const without = (id: string, word = '') => {
    const [first, ...rest] = units(word.padEnd(50, '.'))
    return first ? [{ ...first, answers: Object.fromEntries(Object.entries(first.answers).filter(([check]) => check !== id)) }, ...rest] : []
  }
  test('names the units that are missing, and the answers', () => {
    expect(judged(500, '', { units: units('.'.repeat(49)) })).toMatchObject({ proposal: 'unfinished', reasons: [{ type: 'units-missing', inspected: 49, drawn: 50 }] })
    expect(judged(500, '', { units: without('edges') })).toMatchObject({ proposal: 'unfinished', reasons: [{ type: 'answers-missing', unit: 'R1', checks: ['edges'] }] })
  })
  test('says once when nobody said what was ordered', () => {
    expect(judged(500, '', { targets: {} })).toMatchObject({ proposal: 'unfinished', reasons: [{ type: 'target-missing', check: 'width' }] })
    expect(judged(500, '', { targets: {} }).reasons).toHaveLength(1)
  })
  test('an answer of another kind is no answer', () => {
    const odd = units('.'.repeat(50)).map((each) => ({ ...each, answers: { ...GOOD, edges: { type: 'measured', thousandths: 1 } as const } }))
    expect(judged(500, '', { units: odd }).proposal).toBe('unfinished')
  })
  test('is rejected already when enough failed', () => {
    expect(judged(500, '', { units: units('MMMM') })).toMatchObject({ proposal: 'reject', reasons: [{ type: 'failed-units' }] })
    expect(judged(500, '', { units: units('C') }).reasons).toHaveLength(1)
  })
  test('a unit that failed is not asked for what could not make it worse', () => {
    expect(judged(500, '', { units: without('edges', 'M') }).proposal).toBe('accept')
    expect(judged(500, '', { units: without('width', 'm') })).toMatchObject({ proposal: 'unfinished', reasons: [{ unit: 'R1', checks: ['width'] }] })
  })
})

test('a roll of the mill, as ordered, passes its standard; and a sheet', () => {
  const targets = { grammage: 80_000, thickness: 96_000, width: 787_000, diameter: 1_000_000, 'core-bore': 76_000, weight: 612_500, length: 1_092_000 }
  for (const standard of [PAPER_ROLLS, PAPER_SHEETS]) {
    const found = { ...targets, moisture: 6_200, 'out-of-square': 1_500 }
    const answerTo = ({ type, id }: Check) => (type === 'yes-no' ? { type, passed: true } : { type, thousandths: found[id as keyof typeof found] })
    const answers = Object.fromEntries(standard.checks.map((check) => [check.id, answerTo(check)]))
    const used = plansFor({ standard, lot: 1, severity: { critical: 'normal', major: 'normal', minor: 'normal' } })
    const judgement = judge({ standard, lot: 1, targets, plans: used, units: [UnitFound.parse({ unit: '2611-0042', answers, others: NONE })] })
    expect(judgement).toMatchObject({ proposal: 'accept', reasons: [] })
  }
})

test('as counted by hand, for any lot, severity and order of units (seed 15)', () => {
  const asked = fc.record({
    lot: fc.integer({ min: 1, max: 700 }),
    severity: fc.constantFrom(...SEVERITIES),
    word: fc.array(fc.constantFrom(...'........mM'), { maxLength: 60 }),
    critical: fc.integer({ min: 0, max: 400 }),
  })
  const seen = new Set<string>()
  fc.assert(
    fc.property(asked, ({ lot, severity, word, critical }) => {
      const used = plans(lot, severity)
      const signs = word.join('').padEnd(drawnFor(used, lot), '.').split('')
      if (critical < signs.length) signs[critical] = 'C'
      const { proposal, failed } = judged(lot, '', { plans: used, units: units(signs.join('')) })
      const count = (sign: string, plan: { n: number }) => signs.slice(0, Math.min(plan.n, lot)).filter((each) => each === sign).length
      const bad = signs.includes('C') || count('M', used.major) >= used.major.re || count('m', used.minor) >= used.minor.re
      seen.add(proposal)
      expect(proposal).toBe(bad ? 'reject' : 'accept')
      expect(failed).toHaveLength(signs.filter((each) => each !== '.').length)
    }),
    { seed: 15, numRuns: 400 },
  )
  expect(seen).toEqual(new Set(['accept', 'reject']))
})
