import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWithin, judge } from '../../../shared/inspection/judge.ts'
import { reasonsOf } from '../../../shared/inspection/reasons.ts'
import { SEVERITIES } from '../../../shared/inspection/plan.ts'
import { drawnFor, plansFor, sizeOf } from '../../../shared/inspection/sample.ts'
import { DEFECTS } from '../../../shared/inspection/terms.ts'
import { counted, judged, lot, plans, SAMPLING, severities, width } from './lot.ts'

const reasons = (...asked: Parameters<typeof lot>) => reasonsOf(judged(...asked), lot(...asked))

describe('the sample', () => {
  test('every class has its own plan, and no critical defect is ever accepted', () => {
    expect(plans(500)).toMatchObject({ critical: { n: 32, ac: 0, re: 1 }, major: { n: 50, ac: 3, re: 4 }, minor: { n: 50, ac: 5, re: 6 } })
    expect(plans(3000)).toMatchObject({ critical: { n: 125, ac: 0, re: 1 } })
    expect(plans(3000, 'reduced')).toMatchObject({ critical: { n: 50, ac: 0, re: 1 }, major: { n: 50, ac: 3, re: 6 } })
  })
  test('a class may be tightened while the others are not', () => {
    const mixed = plansFor({ sampling: SAMPLING, size: 500, severity: { critical: 'normal', major: 'tightened', minor: 'reduced' } })
    expect([mixed.major.ac, mixed.minor.n]).toEqual([2, 20])
  })
  test('is as large as the largest of the three, never larger than the lot, and the lot where all of it is to be inspected', () => {
    expect([drawnFor(plans(500), 500), drawnFor(plans(20), 20), drawnFor(plans(1), 1), drawnFor(plans(500), 500, true)]).toEqual([50, 20, 1, 500])
  })
})

describe('the proposal', () => {
  test('a sample without a defect is accepted', () => {
    expect(judged(500, '').proposal).toBe('accept')
    expect(reasons(500, '')).toEqual([])
  })
  test('up to Ac it is accepted, with the numbers it was judged by', () => {
    expect(judged(500, 'MMMmm')).toEqual({
      proposal: 'accept',
      classes: [
        { defect: 'critical', n: 32, found: 0, ac: 0, re: 1, result: 'accept' },
        { defect: 'major', n: 50, found: 3, ac: 3, re: 4, result: 'accept' },
        { defect: 'minor', n: 50, found: 2, ac: 5, re: 6, result: 'accept' },
      ],
    })
  })
  test('from Re on it is rejected, with the class and the numbers', () => {
    expect(judged(500, 'MMMM').proposal).toBe('reject')
    expect(reasons(500, 'MMMM')).toEqual([{ type: 'found', defect: 'major', found: 4, re: 4 }])
    expect(reasons(500, 'mmmmmm')).toEqual([{ type: 'found', defect: 'minor', found: 6, re: 6 }])
  })
  test('one critical defect is enough, before the rest was looked at', () => {
    expect(judged(500, 'C', { looked: 1 }).proposal).toBe('reject')
    expect(reasons(500, 'C', { looked: 1 })).toEqual([{ type: 'found', defect: 'critical', found: 1, re: 1 }])
  })
  test('between Ac and Re of a reduced plan it is accepted, and says so', () => {
    const reduced = { severity: severities('reduced') }
    expect(judged(500, 'M', reduced).proposal).toBe('accept')
    expect(reasons(500, 'MMM', reduced)).toEqual([{ type: 'between', defect: 'major', found: 3, ac: 1, re: 4 }])
    expect(judged(500, 'MMM', reduced).proposal).toBe('accept')
    expect(judged(500, 'MMMM', reduced).proposal).toBe('reject')
  })
  test('a small lot is inspected whole', () => {
    expect(judged(3, '')).toMatchObject({ proposal: 'accept', classes: [{ n: 3 }, { n: 3 }, { n: 3 }] })
    expect(judged(3, '', { looked: 2 }).proposal).toBe('unfinished')
    expect(judged(3, 'M').proposal).toBe('reject')
  })
  test('who is told to inspect all of it has looked at all of it', () => {
    expect(judged(500, '', { all: true, looked: 499 }).proposal).toBe('unfinished')
    expect(judged(500, 'MMM', { all: true })).toMatchObject({ proposal: 'accept', classes: [{ n: 500 }, { n: 500, ac: 3 }, { n: 500 }] })
  })
})

describe('what was measured', () => {
  test('limits are inclusive, and one that is not there lets everything through', () => {
    expect([783_999, 784_000, 790_000, 790_001].map((value) => isWithin(width([]), value))).toEqual([false, true, true, false])
    expect([-1, 1e9].map((value) => isWithin({ lower: null, upper: null }, value))).toEqual([true, true])
    expect([isWithin({ lower: null, upper: 2000 }, -5), isWithin({ lower: 5, upper: null }, 4)]).toEqual([true, false])
  })
  test('each reading beyond its limits is a defect of its class', () => {
    expect(judged(500, 'M', { measures: [width([787_000, 791_000, 780_000])] })).toMatchObject({ proposal: 'accept', classes: [{}, { found: 3 }, {}] })
    expect(judged(500, 'MM', { measures: [width([791_000, 780_000])] }).proposal).toBe('reject')
  })
  test('what the standard asks for must have been measured; what it does not, need not', () => {
    expect(judged(500, '', { measures: [width([])] }).proposal).toBe('unfinished')
    expect(reasons(500, '', { measures: [width([])], looked: 3 })).toEqual([{ type: 'values-missing', checks: ['width'] }, { type: 'units-missing', looked: 3, drawn: 50 }])
    expect(judged(500, '', { measures: [width([], { asked: false })] }).proposal).toBe('accept')
    expect(judged(500, '', { measures: [width([999_000], { asked: false, lower: null, upper: null })] })).toMatchObject({ proposal: 'accept', classes: [{}, { found: 0 }, {}] })
  })
})

test('as counted by hand, for any lot, severity and number of defects (seed 15)', () => {
  const asked = fc.record({
    size: fc.integer({ min: 1, max: 5000 }),
    severity: fc.record({ critical: fc.constantFrom(...SEVERITIES), major: fc.constantFrom(...SEVERITIES), minor: fc.constantFrom(...SEVERITIES) }),
    counts: fc.record({ critical: fc.constantFrom(0, 0, 0, 0, 1), major: fc.integer({ min: 0, max: 9 }), minor: fc.integer({ min: 0, max: 9 }) }),
    readings: fc.array(fc.integer({ min: 783_000, max: 791_000 }), { maxLength: 3 }),
    all: fc.boolean(),
    missed: fc.constantFrom(0, 0, 1, 40),
  })
  const seen = new Set<string>()
  fc.assert(
    fc.property(asked, ({ size, severity, counts, readings, all, missed }) => {
      const used = plansFor({ sampling: SAMPLING, size, severity })
      const drawn = drawnFor(used, size, all)
      const looked = Math.max(0, drawn - missed)
      const defects = DEFECTS.flatMap((defect) => (counts[defect] > 0 ? [counted(defect, counts[defect])] : []))
      const { proposal } = judge(SAMPLING, { size, severity, all, looked, measures: [width(readings)], defects })
      const wrong = { critical: 0, major: readings.filter((value) => value < 784_000 || value > 790_000).length, minor: 0 }
      const bad = DEFECTS.some((defect) => counts[defect] + wrong[defect] >= used[defect].re)
      const open = readings.length === 0 || DEFECTS.some((defect) => looked < sizeOf(used[defect], size, all))
      seen.add(proposal)
      expect(proposal).toBe(bad ? 'reject' : open ? 'unfinished' : 'accept')
    }),
    { seed: 15, numRuns: 600 },
  )
  expect(seen).toEqual(new Set(['accept', 'reject', 'unfinished']))
})
