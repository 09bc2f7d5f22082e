/** What can differ between the world and the plan, and what has to be done about it (DESIGN §2, M38). */

export const EXCEPTION_KINDS = [
  'picked-after-cancel',
  'picked-too-much',
  'picked-from-other-claim',
  'picked-unconfirmed',
  'picked-unknown-line',
  'picked-late',
  'put-back-differs',
  'put-back-late',
  'unknown-line',
  'short',
  'inspected-before-picked',
  'inspection-failed',
  'packed-uninspected',
  'packed-more-than-picked',
  'loaded-unpacked',
  'loaded-twice',
  'loaded-after-cancel',
  'packages-differ',
  'shipped-unreleased',
  'shipped-without-notice',
  'shipped-uninspected',
  'shipped-after-cancel',
  'shipped-twice',
  'shipped-unread',
  'clause-differs',
  'left-unshipped',
  'arrival-late',
  'receipt-differs',
  'receipt-twice',
  'receipt-unshipped',
  'receipt-sums-differ',
  'receipt-unwritten',
  'receipt-after-cancel',
  'receipt-amended',
  'amended-unsigned',
  'absent-late',
  'return-differs',
  'put-away-differs',
  'cash-differs',
  'problem',
  'unsigned',
] as const
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number]

export const EXCEPTION_ACTS = ['put-back', 'fetch-rest', 'ask-customer', 'rework', 'check', 'sign-owed', 'collect', 'call-driver'] as const
export type ExceptionAct = (typeof EXCEPTION_ACTS)[number]

/** The next act that an exception asks for. */
export const NEXT_ACT: { readonly [kind in ExceptionKind]: ExceptionAct } = {
  'picked-after-cancel': 'put-back',
  'picked-too-much': 'put-back',
  'picked-from-other-claim': 'check',
  'picked-unconfirmed': 'check',
  'picked-unknown-line': 'put-back',
  'picked-late': 'check',
  'put-back-differs': 'check',
  'put-back-late': 'check',
  'unknown-line': 'check',
  short: 'ask-customer',
  'inspected-before-picked': 'check',
  'inspection-failed': 'rework',
  'packed-uninspected': 'check',
  'packed-more-than-picked': 'check',
  'loaded-unpacked': 'check',
  'loaded-twice': 'check',
  'loaded-after-cancel': 'put-back',
  'packages-differ': 'check',
  'shipped-unreleased': 'sign-owed',
  'shipped-without-notice': 'sign-owed',
  'shipped-uninspected': 'call-driver',
  'shipped-after-cancel': 'call-driver',
  'shipped-twice': 'check',
  'shipped-unread': 'check',
  'clause-differs': 'ask-customer',
  'left-unshipped': 'call-driver',
  'arrival-late': 'ask-customer',
  'receipt-differs': 'ask-customer',
  'receipt-twice': 'check',
  'receipt-unshipped': 'check',
  'receipt-sums-differ': 'check',
  'receipt-unwritten': 'sign-owed',
  'receipt-after-cancel': 'ask-customer',
  'receipt-amended': 'ask-customer',
  'amended-unsigned': 'check',
  'absent-late': 'check',
  'return-differs': 'check',
  'put-away-differs': 'check',
  'cash-differs': 'collect',
  problem: 'call-driver',
  unsigned: 'sign-owed',
}

export const DECISIONS = ['put-back', 'fetched', 'wait', 'split', 'substitute', 'accept', 'reworked', 'signed', 'collected', 'corrected', 'again', 'credit'] as const
export type Decision = (typeof DECISIONS)[number]

/** The decisions that can close an exception, by the act it asks for; the first is what the act itself leads to. */
const BY_ACT: { readonly [act in ExceptionAct]: readonly Decision[] } = {
  'put-back': ['put-back', 'accept', 'corrected'],
  'fetch-rest': ['fetched', 'wait', 'accept'],
  'ask-customer': ['accept', 'put-back', 'fetched', 'substitute', 'corrected'],
  rework: ['reworked', 'substitute', 'put-back', 'accept'],
  check: ['corrected', 'accept', 'put-back', 'fetched'],
  'sign-owed': ['signed', 'accept', 'corrected'],
  collect: ['collected', 'accept', 'corrected'],
  'call-driver': ['fetched', 'accept', 'corrected'],
}

/**
 * A short order asks 'wait, split or substitute' (M3, 力求完整), or the customer takes what there is. What was signed for stays
 * signed for; what the customer did not get is delivered again, credited, or left as it is.
 */
export function decisionsFor(kind: ExceptionKind): readonly Decision[] {
  if (kind === 'receipt-differs' || kind === 'receipt-amended') return ['again', 'credit', 'accept', 'fetched', 'corrected']
  return kind === 'short' ? ['wait', 'split', 'substitute', 'fetched', 'accept', 'corrected'] : BY_ACT[NEXT_ACT[kind]]
}
