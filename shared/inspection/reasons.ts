/** Why a lot was judged so: for the screens, which are loaded when somebody inspects. */
import { isMissing, type Judgement, type JudgeReason, type LotFound } from './judge.ts'

/** Why it was judged so; what an unfinished inspection still lacks. */
export function reasonsOf({ proposal, classes }: Judgement, { looked, measures }: LotFound): JudgeReason[] {
  const reasons = classes.flatMap(({ defect, found, ac, re, result }): JudgeReason[] =>
    result === 'reject' ? [{ type: 'found', defect, found, re }] : result === 'between' ? [{ type: 'between', defect, found, ac, re }] : [],
  )
  if (proposal !== 'unfinished') return reasons
  const missing = measures.filter(isMissing).map(({ check }) => check)
  const drawn = Math.max(...classes.map(({ n }) => n))
  if (missing.length > 0) reasons.push({ type: 'values-missing', checks: missing })
  if (looked < drawn) reasons.push({ type: 'units-missing', looked, drawn })
  return reasons
}
