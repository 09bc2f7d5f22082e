/** Between what a measured value must lie, by the standard and by what was ordered. */
import type { MeasuredCheck, Targets } from './standard.ts'

/** Both limits, inclusive, in thousandths of the unit; null where there is none. Null for both: it isn't known what was ordered. */
export function limitsOf(check: MeasuredCheck, targets: Targets): { lower: number | null; upper: number | null } | null {
  const { thousandths } = check
  if (thousandths.type === 'fixed') return { lower: thousandths.lower, upper: thousandths.upper }
  const target = targets[check.id]
  if (target === undefined) return null
  const step = (thousandth: number) => (thousandths.of === 'unit' ? thousandth : (Math.abs(target) * thousandth) / 1000)
  // A limit between two thousandths is drawn inwards.
  return { lower: Math.ceil(target - step(thousandths.below)), upper: Math.floor(target + step(thousandths.above)) }
}
