/**
 * What an inspection says of a lot: a proposal with its reasons. What becomes of the goods, a person decides (disposition.ts).
 *
 * What is counted is nonconformities, a unit with two of them twice: MIL-STD-105E allows it for every AQL, and it is never milder
 * than counting units. A reading beyond its limits is one too.
 */
import type { LotReport, Measured } from './report.ts'
import { plansFor, type Plans, sizeOf } from './sample.ts'
import { DEFECTS, type Defect, type Sampling } from './terms.ts'

export type LotFound = Pick<LotReport, 'size' | 'severity' | 'all' | 'looked' | 'measures' | 'defects'>

/** `n`: how many units this class is judged by. */
export type ClassFound = { defect: Defect; n: number; found: number; ac: number; re: number; result: 'accept' | 'between' | 'reject' | 'open' }
export type JudgeReason =
  | { type: 'found'; defect: Defect; found: number; re: number }
  /** only reduced plans leave a gap: the lot is accepted, and the next one is inspected normally */
  | { type: 'between'; defect: Defect; found: number; ac: number; re: number }
  | { type: 'values-missing'; checks: string[] }
  | { type: 'units-missing'; looked: number; drawn: number }
export type Judgement = { proposal: 'accept' | 'reject' | 'unfinished'; classes: ClassFound[] }

/** Enough defects reject a lot at once; to accept it the whole sample must have been looked at, and measured as the standard asks. */
export function judge(sampling: Sampling, lot: LotFound): Judgement {
  const plans = plansFor({ sampling, size: lot.size, severity: lot.severity })
  const classes = DEFECTS.map((defect) => classOf({ ...lot, all: lot.all || sampling.all === true }, plans, defect))
  const has = (result: ClassFound['result']) => classes.some((each) => each.result === result)
  return { proposal: has('reject') ? 'reject' : has('open') ? 'unfinished' : 'accept', classes }
}

/** A lot that is inspected whole is judged by the same Ac. */
function classOf(lot: LotFound, plans: Plans, defect: Defect): ClassFound {
  const { ac, re } = plans[defect]
  const n = sizeOf(plans[defect], lot.size, lot.all)
  const found = foundOf(lot, defect)
  const open = lot.looked < n || lot.measures.some((each) => each.defect === defect && isMissing(each))
  return { defect, n, found, ac, re, result: found >= re ? 'reject' : open ? 'open' : found > ac ? 'between' : 'accept' }
}

/** What was found of one class of defect. */
export function foundOf({ measures, defects }: Pick<LotFound, 'measures' | 'defects'>, defect: Defect): number {
  const counted = defects.reduce((sum, each) => sum + (each.defect === defect ? each.count : 0), 0)
  return measures.reduce((sum, each) => sum + (each.defect === defect ? each.values.filter((value) => !isWithin(each, value)).length : 0), counted)
}

/** Limits are inclusive. */
export function isWithin({ lower, upper }: Pick<Measured, 'lower' | 'upper'>, value: number): boolean {
  return (lower === null || value >= lower) && (upper === null || value <= upper)
}
export function isMissing({ asked, values, samples = 1 }: Pick<Measured, 'asked' | 'values' | 'samples'>): boolean {
  return asked && values.length < samples
}
