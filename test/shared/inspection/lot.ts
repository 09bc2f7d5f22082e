/** A small standard and lots on a bench: what the tests of judging are told with. */
import { judge, type Judgement, type LotFound } from '../../../shared/inspection/judge.ts'
import type { Severity } from '../../../shared/inspection/plan.ts'
import type { Counted, Measured } from '../../../shared/inspection/report.ts'
import { drawnFor, type Plans, plansFor } from '../../../shared/inspection/sample.ts'
import type { Defect, Sampling } from '../../../shared/inspection/terms.ts'

export const SAMPLING: Sampling = { level: 'II', aql: { critical: '0.40', major: '2.5', minor: '4.0' } }
export const severities = (severity: Severity): Record<Defect, Severity> => ({ critical: severity, major: severity, minor: severity })
export const plans = (size: number, severity: Severity = 'normal'): Plans => plansFor({ sampling: SAMPLING, size, severity: severities(severity) })

export const width = (values: number[], more: Partial<Measured> = {}): Measured => ({
  ...{ check: 'width', name: { text: '幅寬' }, unit: 'mm', defect: 'major', lower: 784_000, upper: 790_000, asked: true, values },
  ...more,
})
export const counted = (defect: Defect, count: number, check = 'edges'): Counted => ({ check, defect, count, note: '', photos: [] })

/** A lot of which the whole sample was looked at, with so many defects: `C` critical, `M` major, `m` minor. */
export function lot(size: number, word: string, more: Partial<LotFound> = {}): LotFound {
  const severity = more.severity ?? severities('normal')
  const kinds: [string, Defect][] = [['C', 'critical'], ['M', 'major'], ['m', 'minor']]
  const defects = kinds.flatMap(([sign, defect]) => {
    const count = word.split(sign).length - 1
    return count > 0 ? [counted(defect, count)] : []
  })
  const looked = drawnFor(plansFor({ sampling: SAMPLING, size, severity }), size, more.all)
  return { size, severity, all: false, looked, measures: [], defects, ...more }
}
export const judged = (size: number, word: string, more: Partial<LotFound> = {}): Judgement => judge(SAMPLING, lot(size, word, more))
