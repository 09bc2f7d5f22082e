/** What a person may do with a lot that was inspected (M15), and which of it frees the goods. */
import type { Role } from '../people/role.ts'
import type { Judgement } from './judge.ts'

/** Put into stock · kept aside until somebody knows more · made good and offered again · not fit · used as it is, with a signature. */
export const DISPOSITIONS = ['accept', 'hold', 'rework', 'reject', 'concession'] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/** `signs`: who may; null: whoever may inspect. A lot that was reworked is judged again, and does not count for the severity. */
export const OUTCOMES = {
  accept: { frees: true, signs: null },
  hold: { frees: false, signs: null },
  rework: { frees: false, signs: null },
  reject: { frees: false, signs: null },
  concession: { frees: true, signs: ['quality', 'supervisor'] },
} as const satisfies Record<Disposition, { frees: boolean; signs: readonly Role[] | null }>

export type Objection =
  | { type: 'not-proposed'; proposal: Judgement['proposal'] }
  | { type: 'not-signer'; signs: readonly Role[] }
  | { type: 'critical-found'; found: number }

/**
 * What speaks against it, or null: a request is refused with it, a fact is flagged with it (M38). Goods that are not accepted are
 * freed by concession alone, and what may be unsafe (a critical defect) not even by that.
 */
export function objectionTo(disposition: Disposition, judgement: Judgement, roles: readonly Role[]): Objection | null {
  switch (disposition) {
    case 'accept':
      return judgement.proposal === 'accept' ? null : { type: 'not-proposed', proposal: judgement.proposal }
    case 'concession': {
      const { signs } = OUTCOMES.concession
      if (!signs.some((role) => roles.includes(role))) return { type: 'not-signer', signs }
      const found = judgement.classes.find(({ defect }) => defect === 'critical')?.found ?? 0
      return found > 0 ? { type: 'critical-found', found } : null
    }
    case 'hold':
    case 'rework':
    case 'reject':
      return null
  }
}
