/**
 * When to talk. Knows no clock, no chance and no network: they arrive with what happened.
 *
 *   stopped ──start──▶ resting ──begin──▶ talking ──fine──▶ resting
 *                         ▲                  ├─────trouble─▶ troubled ──begin──▶ talking
 *                         └─── (a reason) ◀──└─────hold────▶ held ─────begin──▶ talking
 *
 * However often it is asked, it talks at most once per GAP_MS, unless a person asks.
 */
import type { Reason } from './status.ts'

export type Phase = 'stopped' | 'resting' | 'talking' | 'troubled' | 'held'
export type Step = 'start' | 'stop' | 'begin' | 'fine' | 'trouble' | 'hold'

/** What a step makes of a phase; null where it has no meaning and changes nothing. */
export const NEXT: Record<Phase, Record<Step, Phase | null>> = {
  stopped: { start: 'resting', stop: null, begin: null, fine: null, trouble: null, hold: null },
  resting: { start: null, stop: 'stopped', begin: 'talking', fine: null, trouble: null, hold: null },
  talking: { start: null, stop: 'stopped', begin: null, fine: 'resting', trouble: 'troubled', hold: 'held' },
  troubled: { start: null, stop: 'stopped', begin: 'talking', fine: null, trouble: null, hold: null },
  held: { start: null, stop: 'stopped', begin: 'talking', fine: null, trouble: null, hold: null },
}

/** Times are ms on a clock that never jumps. `due`: when to begin; Infinity while nothing is to be done. */
export type Plan = {
  phase: Phase
  due: number
  began: number
  failures: number
  /** when a person last did something: who is waited for is tried for more often */
  active: number
  /** the server asked for peace until then */
  notBefore: number
  /** came up during a round that may not have seen what they are about */
  reasons: ReadonlySet<Reason>
}
export type Moment = { now: number; random: number }
/** `again`: something did not go that is worth another try then, in ms. */
export type Ended = { step: 'fine'; listening: boolean; again?: number } | { step: 'trouble'; retryAfter: number } | { step: 'hold' }

export const GAP_MS = 250
/** While nobody has done anything for this long, a dead line is tried less and less. */
const ACTIVE_MS = 600_000
const PAUSE = { first: 1000, active: 4000, longest: 60_000, held: 300_000, listening: 300_000, deaf: 45_000 }

/**
 * How soon after the last beginning each reason may begin another, when the line is good and when it is in trouble. A tap goes
 * at once, and those that follow it quickly share the next round.
 */
const WORTH: Record<Reason, { good: number; trouble: number }> = {
  person: { good: 0, trouble: 0 },
  start: { good: GAP_MS, trouble: GAP_MS },
  'signed-in': { good: GAP_MS, trouble: GAP_MS },
  online: { good: GAP_MS, trouble: GAP_MS },
  visible: { good: GAP_MS, trouble: 1000 },
  poke: { good: GAP_MS, trouble: 4000 },
  tap: { good: GAP_MS, trouble: 2000 },
}
export const AT_REST: Plan = { phase: 'stopped', due: Infinity, began: -Infinity, failures: 0, active: -Infinity, notBefore: 0, reasons: new Set() }

export function step(plan: Plan, what: 'start' | 'stop' | 'begin', now: number): Plan {
  const phase = NEXT[plan.phase][what]
  if (phase === null) return plan
  switch (what) {
    case 'start':
      return { ...plan, phase, due: now, active: now }
    case 'stop':
      return { ...AT_REST, began: plan.began }
    case 'begin':
      return { ...plan, phase, due: Infinity, began: now, reasons: new Set() }
  }
}

export function want(plan: Plan, reason: Reason, now: number): Plan {
  if (plan.phase === 'stopped') return plan
  const active = reason === 'poke' ? plan.active : now
  if (plan.phase === 'talking') return { ...plan, active, reasons: new Set([...plan.reasons, reason]) }
  return { ...plan, active, due: Math.min(plan.due, dueFor(plan, reason, now)) }
}

/** What was listened on is gone, and may be opened again `at` that time. A round under way sees it for itself. */
export function deafened(plan: Plan, at: number): Plan {
  return plan.phase === 'resting' ? { ...plan, due: Math.min(plan.due, at) } : plan
}

export function end(plan: Plan, ended: Ended, { now, random }: Moment): Plan {
  const phase = NEXT[plan.phase][ended.step]
  if (phase === null) return plan
  const after: Plan = { ...plan, phase, failures: 0, notBefore: 0, due: now + restOf(plan, ended, { now, random }) }
  if (ended.step === 'trouble') {
    after.failures = plan.failures + 1
    after.notBefore = now + ended.retryAfter
    after.due = Math.max(after.due, after.notBefore)
  }
  const due = Math.min(after.due, ...[...plan.reasons].map((reason) => dueFor(after, reason, now)))
  return { ...after, due, reasons: new Set() }
}

function dueFor(plan: Plan, reason: Reason, now: number): number {
  const { good, trouble } = WORTH[reason]
  if (reason === 'person') return now
  return Math.max(now, plan.began + (plan.phase === 'resting' ? good : trouble), plan.notBefore)
}

/** Full jitter: anything up to the bound, so that those who were cut off together don't come back together. */
function restOf(plan: Plan, ended: Ended, { now, random }: Moment): number {
  switch (ended.step) {
    case 'fine':
      return Math.min(ended.again ?? Infinity, (ended.listening ? PAUSE.listening : PAUSE.deaf) * (0.5 + random / 2))
    case 'hold':
      return PAUSE.held * (0.5 + random / 2)
    case 'trouble': {
      const bound = now - plan.active < ACTIVE_MS ? PAUSE.active : PAUSE.longest
      return Math.max(GAP_MS, random * Math.min(bound, PAUSE.first * 2 ** plan.failures))
    }
  }
}
