/** Lots one after another, written as a word: `+` accepted without a defect, `-` not accepted, `~` found between Ac and Re. */
import fc from 'fast-check'
import { SEVERITIES, type Severity } from '../../../shared/inspection/plan.ts'
import type { Past } from '../../../shared/inspection/switching.ts'

export type Lot = Extract<Past, { type: 'LotJudged' }>

export function lots(severity: Severity, word: string): Lot[] {
  const [ac, re] = severity === 'reduced' ? [1, 4] : [3, 4]
  return [...word].map((sign) => ({ type: 'LotJudged', original: true, severity, found: sign === '+' ? 0 : sign === '~' ? ac + 1 : re, ac, re }))
}

const lot: fc.Arbitrary<Past> = fc
  .record({
    original: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    severity: fc.constantFrom(...SEVERITIES),
    acRe: fc.constantFrom([0, 1], [1, 2], [3, 4], [1, 4], [5, 8]),
    over: fc.integer({ min: -6, max: 4 }),
  })
  .map(({ original, severity, acRe, over }) => {
    const [ac = 0, re = 1] = acRe
    return { type: 'LotJudged', original, severity, ac, re, found: Math.max(0, ac + over) }
  })
const said: fc.Arbitrary<Past> = fc.constantFrom('ProductionUpset', 'ProductionSteadied', 'ReducedWanted', 'ReducedUnwanted', 'InspectionResumed').map((type) => ({ type }))
/** Runs of like lots and of good ones that earn reduced inspection, so that switches happen at all. */
const run = fc.tuple(lot, fc.integer({ min: 1, max: 16 })).map(([each, times]) => Array.from({ length: times }, () => each))
const earned = fc.constantFrom(9, 10, 11).map((times): Past[] => [{ type: 'ProductionSteadied' }, { type: 'ReducedWanted' }, ...lots('normal', '+'.repeat(times))])
const alone = fc.oneof(lot, said).map((each) => [each])
const part = fc.oneof({ weight: 4, arbitrary: run }, { weight: 6, arbitrary: alone }, { weight: 3, arbitrary: earned })
export const histories: fc.Arbitrary<Past[]> = fc.array(part, { maxLength: 24 }).map((parts) => parts.flat())
