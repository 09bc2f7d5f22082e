/** What is filled in at an inspection, and whether it can be signed. */
import type { Payload } from '../../shared/order/commands.ts'
import type { CheckResult } from '../ui/check.ts'

export const CHECKS = ['quantity', 'appearance', 'labels'] as const
export type Check = (typeof CHECKS)[number]
export const RESULTS = ['pass', 'hold', 'fail'] as const
export type Result = (typeof RESULTS)[number]

/** `result` null: what the checks say by themselves. */
export type Filled = { checks: { [check in Check]: CheckResult | null }; result: Result | null; reason: string; photos: string[] }
export const BLANK: Filled = { checks: { quantity: null, appearance: null, labels: null }, result: null, reason: '', photos: [] }

export type Lack = { type: 'checks'; count: number } | { type: 'result' } | { type: 'reason' }

/** Everything passed says pass; whether a failed check means hold or fail, a person says. */
export function resultOf({ checks, result }: Filled): Result | null {
  return result ?? (CHECKS.every((check) => checks[check] === 'pass') ? 'pass' : null)
}

/** The payload to sign, or what is still missing of it: goods that don't pass want a reason (M15). */
export function verdictOf(filled: Filled): { payload: Payload<'Inspect'> } | { lacks: Lack } {
  const { quantity, appearance, labels } = filled.checks
  if (!isCheck(quantity) || !isCheck(appearance) || !isCheck(labels)) return { lacks: { type: 'checks', count: CHECKS.filter((check) => !isCheck(filled.checks[check])).length } }
  const result = resultOf(filled)
  if (!result) return { lacks: { type: 'result' } }
  const reason = filled.reason.trim()
  if (result !== 'pass' && reason === '') return { lacks: { type: 'reason' } }
  return { payload: { result, checks: { quantity, appearance, labels }, reason, photos: [...filled.photos] } }
}
const isCheck = (value: CheckResult | null): value is 'pass' | 'fail' => value === 'pass' || value === 'fail'
