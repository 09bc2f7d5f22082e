import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AQLS, type Aql, LEVELS, type Level, type Plan, planFor, SEVERITIES, type Severity } from '../../../shared/inspection/plan.ts'

const folder = '../shared/data/aql'
const here = existsSync(folder)
if (!here) console.info(`skipped: ${folder} is not there, so sampling plans are compared with the hash of all cells only, not cell by cell`)

type Case = Plan & { lot: number; level: Level; type: Severity; aql: Aql }
type Tables = {
  codeLetters: ({ lotMin: number; lotMax: number | null } & Record<Level, string>)[]
  plans: Record<Severity, { code: string; plans: Record<Aql, [n: number, ac: number, re: number]> }[]>
}
const read = <T>(name: string): T => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))

describe.skipIf(!here)('the tables of MIL-STD-105E', () => {
  test('the 200 drawn cases are read as they are printed', () => {
    const cases = read<Case[]>('cases')
    expect(cases).toHaveLength(200)
    for (const { lot, level, type, aql, ...plan } of cases) expect(planFor({ lot, level, severity: type, aql }), `${lot} ${level} ${type} ${aql}`).toEqual(plan)
  })
  test('every row of Table I has its letter at both ends', () => {
    const { codeLetters } = read<Tables>('single-sampling')
    expect(codeLetters).toHaveLength(15)
    for (const row of codeLetters)
      for (const level of LEVELS)
        for (const lot of [row.lotMin, row.lotMax ?? 9_000_000]) expect(planFor({ lot, level, severity: 'normal', aql: '1.0' }).code, `${lot} ${level}`).toBe(row[level])
  })
  test('every cell of Tables II-A, II-B and II-C', () => {
    const { codeLetters, plans } = read<Tables>('single-sampling')
    let cells = 0
    for (const severity of SEVERITIES)
      for (const { code, plans: columns } of plans[severity]) {
        const { lot, level } = lotOf(codeLetters, code)
        expect(Object.keys(columns)).toHaveLength(AQLS.length)
        for (const aql of AQLS) {
          const { n, ac, re } = planFor({ lot, level, severity, aql })
          expect([n, ac, re], `${severity} ${code} ${aql}`).toEqual(columns[aql])
          cells++
        }
      }
    expect(cells).toBe(3 * 16 * 26)
  })
})
function lotOf(letters: Tables['codeLetters'], code: string): { lot: number; level: Level } {
  for (const row of letters) for (const level of LEVELS) if (row[level] === code) return { lot: row.lotMin, level }
  throw new Error(`no lot has the letter ${code}`)
}

describe('a sampling plan', () => {
  const plan = (lot: number, level: Level, severity: Severity, aql: Aql) => {
    const { code, n, ac, re } = planFor({ lot, level, severity, aql })
    return `${code} ${n} ${ac}/${re}`
  }
  test('every cell is the one that was compared with the tables', () => {
    const lots = [2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10_001, 35_001, 150_001, 500_001]
    const cells = lots.flatMap((lot) => LEVELS.flatMap((level) => SEVERITIES.flatMap((severity) => AQLS.map((aql) => plan(lot, level, severity, aql)))))
    expect(createHash('sha256').update(cells.join(' ')).digest('hex')).toBe('efc4b15c48fd0b7402f300e23282b4b044235933e808d6e06337aeae29830696')
  })
  test('a lot of 500 rolls at level II', () => {
    expect(plan(500, 'II', 'normal', '2.5')).toBe('H 50 3/4')
    expect(plan(500, 'II', 'tightened', '2.5')).toBe('H 50 2/3')
    expect(plan(500, 'II', 'reduced', '2.5')).toBe('H 20 1/4')
  })
  test('arrows lead to the next plan, and the letter stays that of the lot', () => {
    expect(plan(500, 'II', 'normal', '0.10')).toBe('H 125 0/1')
    expect(plan(500, 'II', 'normal', '0.65')).toBe('H 80 1/2')
    expect(plan(900_000, 'III', 'normal', '10')).toBe('R 125 21/22')
  })
  test('the corners whose arrow points out of the table', () => {
    expect(plan(2, 'II', 'normal', '10')).toBe('A 5 1/2')
    expect(plan(900_000, 'III', 'normal', '0.015')).toBe('R 800 0/1')
    expect(plan(900_000, 'III', 'tightened', '0.015')).toBe('R 1250 0/1')
    expect(plan(900_000, 'III', 'tightened', '0.025')).toBe('R 3150 1/2')
    expect(plan(2, 'II', 'reduced', '1000')).toBe('A 2 30/31')
  })
  test('a lot that is not larger than its sample is inspected whole', () => {
    expect(planFor({ lot: 50, level: 'II', severity: 'normal', aql: '0.25' })).toMatchObject({ n: 50, inspectAll: true })
    expect(planFor({ lot: 51, level: 'II', severity: 'normal', aql: '0.25' })).toMatchObject({ n: 50, inspectAll: false })
  })
  test('a lot of one is inspected whole, whatever the table', () => {
    for (const severity of SEVERITIES) for (const level of LEVELS) for (const aql of AQLS) expect(planFor({ lot: 1, level, severity, aql }).inspectAll).toBe(true)
  })
  test('what the tables do not have is a fault that says what came', () => {
    for (const lot of [0, -3, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => plan(lot, 'II', 'normal', '1.0')).toThrow(`not ${lot}`)
    expect(() => plan(500, 'IV' as Level, 'normal', '1.0')).toThrow('one of S-1 S-2 S-3 S-4 I II III, not IV')
    expect(() => plan(500, 'II', 'normal', '0.65 ' as Aql)).toThrow('not 0.65 ')
  })
  test('tightened never accepts more of a sample than normal, reduced never inspects more than normal', () => {
    const asked = fc.record({ lot: fc.integer({ min: 1, max: 2_000_000 }), level: fc.constantFrom(...LEVELS), aql: fc.constantFrom(...AQLS) })
    fc.assert(
      fc.property(asked, (ask) => {
        const [normal, tightened, reduced] = SEVERITIES.map((severity) => planFor({ ...ask, severity })) as [Plan, Plan, Plan]
        expect(tightened.ac / tightened.n).toBeLessThanOrEqual(normal.ac / normal.n)
        expect(reduced.n).toBeLessThanOrEqual(normal.n)
        expect([normal.re - normal.ac, tightened.re - tightened.ac]).toEqual([1, 1])
        expect(reduced.re).toBeGreaterThan(reduced.ac)
      }),
      { seed: 105, numRuns: 2000 },
    )
  })
})
