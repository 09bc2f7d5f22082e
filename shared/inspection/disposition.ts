/** What a person may do with a lot that was inspected (M15), and what of it frees the goods. */
import type { Role } from '../people/role.ts'
import type { Judgement } from './judge.ts'
import { DECIDED, type Decided } from './report.ts'

/** Put into stock · kept aside until somebody knows more · made good and inspected anew · not fit · used as it is, with a signature. */
export const DISPOSITIONS = [...DECIDED, 'concession'] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/** Who may sign a concession. */
export const CONCEDES: readonly Role[] = ['quality', 'supervisor']

export type Objection =
  | { type: 'not-proposed'; proposal: Judgement['proposal'] }
  | { type: 'not-signer'; signs: readonly Role[] }
  | { type: 'critical-found'; found: number }

/**
 * What speaks against it, or null. Goods that are not accepted are freed by concession alone, and what may be unsafe (a critical
 * defect) not even by that.
 */
export function objectionTo(disposition: Disposition, judgement: Judgement, roles: readonly Role[]): Objection | null {
  switch (disposition) {
    case 'accept':
      return judgement.proposal === 'accept' ? null : { type: 'not-proposed', proposal: judgement.proposal }
    case 'concession': {
      if (!CONCEDES.some((role) => roles.includes(role))) return { type: 'not-signer', signs: CONCEDES }
      const found = criticalIn(judgement)
      return found > 0 ? { type: 'critical-found', found } : null
    }
    case 'hold':
    case 'rework':
    case 'reject':
      return null
  }
}
export function criticalIn({ classes }: Pick<Judgement, 'classes'>): number {
  return classes.find(({ defect }) => defect === 'critical')?.found ?? 0
}

/** Accepted by the person, and by what was found. */
export function isAccepted({ disposition, proposal }: { disposition: Decided; proposal: Judgement['proposal'] }): boolean {
  return disposition === 'accept' && proposal === 'accept'
}
/** What the lots of an order come to together: the worst of them. */
export function resultOf(lots: readonly { disposition: Decided; proposal: Judgement['proposal'] }[]): 'pass' | 'hold' | 'fail' {
  if (lots.every(isAccepted)) return 'pass'
  return lots.some(({ disposition }) => disposition === 'reject') ? 'fail' : 'hold'
}
