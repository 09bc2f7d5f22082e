/** Why a request was answered no. It carries what the screen needs to explain itself (STYLE 9). */
import type { GateId } from '../process/process.ts'
import type { Decision } from './exception.ts'
import type { FormField } from './form.ts'
import type { Stage } from './stage.ts'

export type Refusal =
  | { type: 'no-order' }
  | { type: 'order-exists'; number: string }
  | { type: 'not-placed'; stage: Stage }
  | { type: 'already-confirmed'; by: string; at: string }
  | { type: 'already-cancelled'; by: string; at: string }
  | { type: 'already-signed'; gate: GateId; by: string; at: string }
  | { type: 'not-signed'; gate: GateId }
  | { type: 'gate-shut'; gate: GateId; waitsFor: GateId[] }
  | { type: 'gate-free'; gate: GateId }
  | { type: 'fields-lacking'; fields: FormField[] }
  | { type: 'wrong-role'; roles: string[] }
  | { type: 'unsigned' }
  | { type: 'claimed'; by: string; at: string }
  | { type: 'not-claimed' }
  | { type: 'wrong-stage'; stage: Stage; allowed: Stage[] }
  | { type: 'already-shipped'; by: string; at: string }
  | { type: 'not-shipped' }
  | { type: 'already-advised'; by: string; at: string }
  | { type: 'nothing-owed' }
  | { type: 'no-exception'; exception: string }
  | { type: 'already-settled'; by: string; at: string }
  | { type: 'no-short' }
  | { type: 'decision-empty'; decision: Decision }
  | { type: 'decision-unfit'; decision: Decision; decisions: Decision[] }
  | { type: 'not-held' }
  | { type: 'stock-lies'; places: number }
  | { type: 'inspected-anew'; by: string; at: string }
  | { type: 'critical-found'; found: number }
  | { type: 'not-on-trip' }
  | { type: 'trip-exists'; number: string }
export type RefusalType = Refusal['type']

export function refuse(refusal: Refusal): { refuse: Refusal } {
  return { refuse: refusal }
}
