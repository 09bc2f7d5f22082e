/** What an inspection says of a lot: a proposal with its reasons. What becomes of the goods, a person decides (disposition.ts). */
import * as z from 'zod/mini'
import { checksFor, type Plans, sizeOf } from './sample.ts'
import { type Check, DEFECTS, type Defect, limitsOf, type Standard, type Targets, Thousandths } from './standard.ts'

export const Answer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('yes-no'), passed: z.boolean() }),
  z.object({ type: z.literal('measured'), thousandths: Thousandths }),
])
export type Answer = z.infer<typeof Answer>
const Seen = z.int().check(z.minimum(0), z.maximum(10_000))

/** One roll, ream or pack as it was found. `others`: defects that no check names, by their class. */
export const UnitFound = z.object({
  unit: z.string().check(z.minLength(1), z.maxLength(60)),
  answers: z.record(z.string(), Answer),
  others: z.object({ critical: Seen, major: Seen, minor: Seen }),
})
export type UnitFound = z.infer<typeof UnitFound>

/** `units`: in the order in which they were drawn. */
export type Inspected = { standard: Standard; plans: Plans; lot: number; targets: Targets; units: readonly UnitFound[] }

export type FailedUnit = { unit: string; defect: Defect; checks: string[] }
/** `found`: units that failed, not defects. `n`: how many this class is judged by. */
export type ClassFound = { defect: Defect; n: number; found: number; ac: number; re: number; result: 'accept' | 'between' | 'reject' | 'open' }
export type JudgeReason =
  | { type: 'failed-units'; defect: Defect; found: number; re: number }
  /** only reduced plans leave a gap: the lot is accepted, and the next one is inspected normally */
  | { type: 'between'; defect: Defect; found: number; ac: number; re: number }
  | { type: 'units-missing'; inspected: number; drawn: number }
  | { type: 'answers-missing'; unit: string; checks: string[] }
  | { type: 'target-missing'; check: string }
/** `failed`: every unit with a defect. It is put aside also where the lot is accepted. */
export type Judgement = { proposal: 'accept' | 'reject' | 'unfinished'; classes: ClassFound[]; failed: FailedUnit[]; reasons: JudgeReason[] }

/**
 * Enough failed units reject a lot at once; to accept it the whole sample must have been answered. A lot that is inspected whole is
 * judged by the same Ac. A unit that is entered twice is one unit, as it was entered last.
 */
export function judge(inspected: Inspected): Judgement {
  const units = [...new Map(inspected.units.map((each) => [each.unit, each])).values()]
  const read = units.map((unit, index) => readUnit(inspected, unit, index))
  const classes = DEFECTS.map((defect) => classOf(inspected, defect, read))
  const rejected = classes.some(({ result }) => result === 'reject')
  const open = classes.some(({ result }) => result === 'open')
  return {
    proposal: rejected ? 'reject' : open ? 'unfinished' : 'accept',
    classes,
    failed: read.flatMap(({ failed }) => failed ?? []),
    reasons: [...classes.flatMap(reasonOf), ...(open && !rejected ? lacksOf(inspected, classes, read) : [])],
  }
}

function classOf({ plans, lot }: Inspected, defect: Defect, read: readonly Read[]): ClassFound {
  const { ac, re } = plans[defect]
  const n = sizeOf(plans[defect], lot)
  const found = read.filter((unit) => unit.counts === defect).length
  const open = read.length < n || read.some((unit) => unit.missing.some((check) => check.defect === defect))
  return { defect, n, found, ac, re, result: found >= re ? 'reject' : open ? 'open' : found > ac ? 'between' : 'accept' }
}

function reasonOf({ defect, found, ac, re, result }: ClassFound): JudgeReason[] {
  if (result === 'reject') return [{ type: 'failed-units', defect, found, re }]
  return result === 'between' ? [{ type: 'between', defect, found, ac, re }] : []
}

/** What an unfinished inspection still lacks. */
function lacksOf({ targets }: Inspected, classes: readonly ClassFound[], read: readonly Read[]): JudgeReason[] {
  const drawn = Math.max(...classes.map(({ n }) => n))
  const unknown = new Set(read.flatMap(({ missing }) => missing.filter((check) => isUnknown(check, targets)).map((check) => check.id)))
  const unanswered = read.map(({ unit, missing }) => ({ unit, checks: missing.map((check) => check.id).filter((id) => !unknown.has(id)) }))
  return [
    ...(read.length < drawn ? [{ type: 'units-missing', inspected: read.length, drawn } as const] : []),
    ...[...unknown].map((check) => ({ type: 'target-missing', check }) as const),
    ...unanswered.filter(({ checks }) => checks.length > 0).map((each) => ({ type: 'answers-missing', ...each }) as const),
  ]
}

type Read = { unit: string; failed: FailedUnit | null; counts: Defect | null; missing: Check[] }

/** A unit counts once, in its gravest class (MIL-STD-105E's nonconforming unit), of those that it was drawn for. */
function readUnit({ standard, plans, lot, targets }: Inspected, { unit, answers, others }: UnitFound, index: number): Read {
  const failing = standard.checks.filter((check) => passes(check, answers[check.id], targets) === false)
  const has = (defect: Defect) => others[defect] > 0 || failing.some((check) => check.defect === defect)
  const gravest = DEFECTS.find(has)
  // A critical defect counts wherever it was seen.
  const counts = DEFECTS.find((defect) => has(defect) && (defect === 'critical' || index < sizeOf(plans[defect], lot))) ?? null
  // What a failed unit was not asked matters only where it could be worse.
  const matters = ({ defect }: Check) => counts === null || DEFECTS.indexOf(defect) < DEFECTS.indexOf(counts)
  return {
    unit,
    failed: gravest ? { unit, defect: gravest, checks: failing.map((check) => check.id) } : null,
    counts,
    missing: checksFor({ standard, plans, lot }, index).filter((check) => matters(check) && passes(check, answers[check.id], targets) === null),
  }
}

/** Null: not answered, or not to be judged, because nobody said what was ordered. Limits are inclusive. */
export function passes(check: Check, answer: Answer | undefined, targets: Targets): boolean | null {
  switch (check.type) {
    case 'yes-no':
      return answer?.type === 'yes-no' ? answer.passed : null
    case 'measured': {
      const limits = limitsOf(check, targets)
      if (!limits || answer?.type !== 'measured') return null
      const { lower, upper } = limits
      return (lower === null || answer.thousandths >= lower) && (upper === null || answer.thousandths <= upper)
    }
  }
}
function isUnknown(check: Check, targets: Targets): boolean {
  return check.type === 'measured' && limitsOf(check, targets) === null
}
