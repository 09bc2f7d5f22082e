/** How many units of a lot are inspected. */
import { type Plan, planFor, type Severity } from './plan.ts'
import type { Defect, Sampling } from './terms.ts'

/** Every class of defect has its own plan: its own AQL, and its own severity by what its lots were like. */
export type Plans = Readonly<Record<Defect, Plan>>
export type Severities = Readonly<Record<Defect, Severity>>

/** `size`: units that were made alike and are offered together. No critical defect is ever accepted: Ac 0. */
export function plansFor({ sampling, size, severity }: { sampling: Sampling; size: number; severity: Severities }): Plans {
  const plan = (defect: Defect) => planFor({ lot: size, level: sampling.level, severity: severity[defect], aql: sampling.aql[defect] })
  return { critical: { ...plan('critical'), ac: 0, re: 1 }, major: plan('major'), minor: plan('minor') }
}

/** How many units one class is judged by. */
export function sizeOf(plan: Plan, size: number, all = false): number {
  return all || plan.inspectAll ? size : plan.n
}

/** How many units are drawn, at random: the largest sample; each class is judged by the first of them. */
export function drawnFor(plans: Plans, size: number, all = false): number {
  return Math.max(...Object.values(plans).map((plan) => sizeOf(plan, size, all)))
}
