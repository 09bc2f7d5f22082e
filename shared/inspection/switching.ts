/**
 * From lot to lot: when inspection becomes stricter, easier or stops (MIL-STD-105E 4.7 and 4.8). Every class of defect has a history
 * and a severity of its own.
 *
 *     normal    ── score 30, production steady, reduced wanted ─────────────────▶ reduced
 *     reduced   ── not accepted · Ac < found < Re · upset · no longer wanted ──▶ normal
 *     normal    ── 2 of 5 consecutive lots, or fewer, not accepted ────────────▶ tightened
 *     tightened ── 5 consecutive lots accepted ────────────────────────────────▶ normal
 *     tightened ── 5 lots not accepted ────────────────────────────────────────▶ stopped ── resumed ──▶ tightened
 *
 * One rule is that of 105E's successor: reduced inspection is earned by the switching score of ISO 2859-1:1999 (9.3.3.2), not by ten
 * lots under a limit number of Table VIII. The score follows from the plans, which are checked here cell by cell; Table VIII would be
 * a second table of figures, for which we had no copy to check against, and in which a wrong one quietly inspects too little. It
 * also counts lots of unlike sizes alike, and is not sooner: ten lots at the earliest, fifteen where Ac is 0 or 1. (The newer
 * Z1.4 leaves Table VIII to choice.) The rule of the score itself is from memory of that standard, not from a copy.
 */
import type { Severity } from './plan.ts'

/** What can have happened, for one class of defect. `found`, `ac`, `re`: of the plan that was really used. */
export type Past =
  /** `original` false: a lot that had been rejected and comes back sorted or reworked; such lots don't count (4.7.1) */
  | { type: 'LotJudged'; original: boolean; severity: Severity; found: number; ac: number; re: number }
  | { type: 'ProductionUpset' }
  | { type: 'ProductionSteadied' }
  /** quality, who answers for it, considers reduced inspection desirable, or no longer */
  | { type: 'ReducedWanted' }
  | { type: 'ReducedUnwanted' }
  /** after a stop: something was done about it, and a supervisor says go */
  | { type: 'InspectionResumed' }
type Lot = Extract<Past, { type: 'LotJudged' }>

export type SwitchReason =
  | { type: 'begun' }
  | { type: 'two-not-accepted'; within: number }
  | { type: 'five-accepted' }
  | { type: 'score-reached'; score: number }
  | { type: 'not-accepted'; found: number; re: number }
  | { type: 'between'; found: number; ac: number; re: number }
  | { type: 'production-upset' }
  | { type: 'reduced-unwanted' }
  | { type: 'five-not-accepted' }
  | { type: 'resumed' }

type Stand =
  /** `recent`: whether the last lots, at most four, were accepted, oldest first */
  | { severity: 'normal'; score: number; recent: readonly boolean[] }
  /** `accepted`: in a row; `notAccepted`: in all, since it was tightened */
  | { severity: 'tightened'; accepted: number; notAccepted: number }
  | { severity: 'reduced' }
  | { severity: 'stopped' }
/** What the next lot is inspected under, and why; the counts say how far the next switch is. */
export type Standing = Stand & { why: SwitchReason } & Circumstances
type Circumstances = { steady: boolean; reducedWanted: boolean }

const NORMAL: Stand = { severity: 'normal', score: 0, recent: [] }
const TIGHTENED: Stand = { severity: 'tightened', accepted: 0, notAccepted: 0 }
/** Production is steady until somebody says otherwise; reduced inspection is not wanted until somebody wants it. */
export const BEGINNING: Standing = switched({ steady: true, reducedWanted: false }, NORMAL, { type: 'begun' })
export const ENOUGH_SCORE = 30

/** `history` is one class's, oldest first. */
export function severityAfter(history: readonly Past[]): Standing {
  return history.reduce(standingAfter, BEGINNING)
}

/** One step of the fold: for whoever keeps the standing instead of the history. */
export function standingAfter(standing: Standing, past: Past): Standing {
  switch (past.type) {
    case 'LotJudged':
      return past.original ? relaxed(judged(standing, past)) : standing
    case 'ProductionSteadied':
      return relaxed({ ...standing, steady: true })
    case 'ReducedWanted':
      return relaxed({ ...standing, reducedWanted: true })
    case 'ProductionUpset':
      return unreduced({ ...standing, steady: false }, { type: 'production-upset' })
    case 'ReducedUnwanted':
      return unreduced({ ...standing, reducedWanted: false }, { type: 'reduced-unwanted' })
    case 'InspectionResumed':
      return standing.severity === 'stopped' ? switched(standing, TIGHTENED, { type: 'resumed' }) : standing
  }
}

/**
 * A device that had not heard of a switch inspects under the old severity. Such a lot is true all the same: not accepted it counts,
 * accepted it earns nothing and breaks nothing.
 */
function judged(standing: Standing, lot: Lot): Standing {
  const accepted = lot.found < lot.re
  if (accepted && lot.severity !== standing.severity) return standing
  switch (standing.severity) {
    case 'normal': {
      const { score, recent } = standing
      const bad = recent.lastIndexOf(false)
      if (!accepted && bad >= 0) return switched(standing, TIGHTENED, { type: 'two-not-accepted', within: recent.length - bad + 1 })
      return { ...standing, score: accepted ? scoreAfter(score, lot) : 0, recent: [...recent, accepted].slice(-4) }
    }
    case 'tightened': {
      const { accepted: row, notAccepted } = standing
      if (accepted) return row === 4 ? switched(standing, NORMAL, { type: 'five-accepted' }) : { ...standing, accepted: row + 1 }
      if (notAccepted === 4) return switched(standing, { severity: 'stopped' }, { type: 'five-not-accepted' })
      return { ...standing, accepted: 0, notAccepted: notAccepted + 1 }
    }
    case 'reduced': {
      const { found, ac, re } = lot
      if (!accepted) return unreduced(standing, { type: 'not-accepted', found, re })
      // Accepted, yet normal inspection comes back (4.7.4 b).
      return found > ac ? unreduced(standing, { type: 'between', found, ac, re }) : standing
    }
    case 'stopped':
      return standing
  }
}

/** Three for a lot that had been accepted at an AQL one step tighter too, two where Ac is 0 or 1; else the score begins again. */
function scoreAfter(score: number, { found, ac }: Lot): number {
  if (ac < 2) return score + 2
  return found <= stricterAc(ac) ? score + 3 : 0
}

/** The Ac of the same sample at an AQL one step tighter. */
const ACS = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44]
export function stricterAc(ac: number): number {
  return ACS.findLast((each) => each < ac) ?? 0
}

/** Reduced inspection begins as soon as the last of its conditions comes true. */
function relaxed(standing: Standing): Standing {
  if (standing.severity !== 'normal' || standing.score < ENOUGH_SCORE || !standing.steady || !standing.reducedWanted) return standing
  return switched(standing, { severity: 'reduced' }, { type: 'score-reached', score: standing.score })
}
function unreduced(standing: Standing, why: SwitchReason): Standing {
  return standing.severity === 'reduced' ? switched(standing, NORMAL, why) : standing
}
/** Counts begin again with each severity. */
function switched({ steady, reducedWanted }: Circumstances, stand: Stand, why: SwitchReason): Standing {
  return { ...stand, why, steady, reducedWanted }
}
