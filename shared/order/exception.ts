/** What can differ between the world and the plan, and what has to be done about it (DESIGN §2, M38). */

export const EXCEPTION_KINDS = [
  'picked-after-cancel',
  'picked-too-much',
  'picked-from-other-claim',
  'picked-unconfirmed',
  'picked-unknown-line',
  'short',
  'inspected-before-picked',
  'inspection-failed',
  'packed-uninspected',
  'packed-more-than-picked',
  'loaded-unpacked',
  'loaded-twice',
  'loaded-after-cancel',
  'shipped-unreleased',
  'shipped-without-notice',
  'shipped-uninspected',
  'shipped-after-cancel',
  'shipped-twice',
  'left-unshipped',
  'receipt-differs',
  'receipt-twice',
  'receipt-unshipped',
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
  short: 'ask-customer',
  'inspected-before-picked': 'check',
  'inspection-failed': 'rework',
  'packed-uninspected': 'check',
  'packed-more-than-picked': 'check',
  'loaded-unpacked': 'check',
  'loaded-twice': 'check',
  'loaded-after-cancel': 'put-back',
  'shipped-unreleased': 'sign-owed',
  'shipped-without-notice': 'sign-owed',
  'shipped-uninspected': 'call-driver',
  'shipped-after-cancel': 'call-driver',
  'shipped-twice': 'check',
  'left-unshipped': 'call-driver',
  'receipt-differs': 'ask-customer',
  'receipt-twice': 'check',
  'receipt-unshipped': 'check',
  'cash-differs': 'collect',
  problem: 'call-driver',
  unsigned: 'sign-owed',
}
