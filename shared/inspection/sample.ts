/** Which units of a lot are inspected, and what is asked of each. */
import { type Plan, planFor, type Severity } from './plan.ts'
import type { Check, Defect, Standard } from './standard.ts'

/** Every class of defect has its own plan: its own AQL, and its own severity by what its lots were like. */
export type Plans = Readonly<Record<Defect, Plan>>

/** `lot`: units that were made alike and are offered together. No critical defect is ever accepted: Ac 0. */
export function plansFor({ standard, lot, severity }: { standard: Standard; lot: number; severity: Readonly<Record<Defect, Severity>> }): Plans {
  const { level, aql } = standard.sampling
  const plan = (defect: Defect) => planFor({ lot, level, severity: severity[defect], aql: aql[defect] })
  return { critical: { ...plan('critical'), ac: 0, re: 1 }, major: plan('major'), minor: plan('minor') }
}

/** How many units one class is judged by. */
export function sizeOf(plan: Plan, lot: number): number {
  return plan.inspectAll ? lot : plan.n
}

/** How many units are drawn, at random and in an order that is kept: the largest sample; each class is judged by the first of them. */
export function drawnFor(plans: Plans, lot: number): number {
  return Math.max(...Object.values(plans).map((plan) => sizeOf(plan, lot)))
}

/** What is asked of the unit that was drawn as `index`, from 0. */
export function checksFor({ standard, plans, lot }: { standard: Standard; plans: Plans; lot: number }, index: number): Check[] {
  return standard.checks.filter((check) => index < sizeOf(plans[check.defect], lot))
}
