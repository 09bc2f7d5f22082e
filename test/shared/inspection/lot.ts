/** A small standard and units on a bench: what the tests of judging are told with. */
import type { Plan, Severity } from '../../../shared/inspection/plan.ts'
import { type Inspected, judge, type Judgement, type UnitFound } from '../../../shared/inspection/judge.ts'
import { drawnFor, type Plans, plansFor } from '../../../shared/inspection/sample.ts'
import type { Check, Defect, Standard } from '../../../shared/inspection/standard.ts'

const yesNo = (id: string, defect: Defect): Check => ({ type: 'yes-no', id, name: { text: id }, area: 'appearance', defect, photo: true })
export const STANDARD: Standard = {
  id: 'bench',
  name: { text: 'bench' },
  checks: [
    yesNo('clean', 'critical'),
    { type: 'measured', id: 'width', name: { text: 'width' }, area: 'properties', defect: 'major', photo: false, unit: 'mm', thousandths: { type: 'around', below: 3000, above: 3000, of: 'unit' } },
    yesNo('edges', 'minor'),
  ],
  sampling: { level: 'II', aql: { critical: '0.40', major: '2.5', minor: '4.0' } },
}
export const TARGETS = { width: 787_000 }

export const GOOD: UnitFound['answers'] = { clean: { type: 'yes-no', passed: true }, width: { type: 'measured', thousandths: 787_000 }, edges: { type: 'yes-no', passed: true } }
export const BAD: Record<Defect, UnitFound['answers']> = {
  critical: { ...GOOD, clean: { type: 'yes-no', passed: false } },
  major: { ...GOOD, width: { type: 'measured', thousandths: 790_001 } },
  minor: { ...GOOD, edges: { type: 'yes-no', passed: false } },
}
export const NONE = { critical: 0, major: 0, minor: 0 }

/** Units in the order drawn: `C` critical, `M` major, `m` minor, anything else good. */
export function units(word: string): UnitFound[] {
  const kinds: Record<string, UnitFound['answers']> = { C: BAD.critical, M: BAD.major, m: BAD.minor }
  return [...word].map((sign, index) => ({ unit: `R${index + 1}`, answers: kinds[sign] ?? GOOD, others: NONE }))
}

export const plans = (lot: number, severity: Severity = 'normal'): Plans => plansFor({ standard: STANDARD, lot, severity: { critical: severity, major: severity, minor: severity } })
/** A plan of its own for each class, as n Ac/Re. */
export function madeUp(critical: [number, number, number], major: [number, number, number], minor: [number, number, number]): Plans {
  const plan = ([n, ac, re]: [number, number, number]): Plan => ({ code: 'A', n, ac, re, inspectAll: false })
  return { critical: plan(critical), major: plan(major), minor: plan(minor) }
}

/** The whole sample of a lot, its first units as `word` says. */
export function judged(lot: number, word: string, changed: Partial<Inspected> = {}): Judgement {
  const used = changed.plans ?? plans(lot)
  return judge({ standard: STANDARD, lot, targets: TARGETS, plans: used, units: units(word.padEnd(drawnFor(used, lot), '.')), ...changed })
}
