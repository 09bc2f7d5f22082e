import type { ExceptionKind } from './exception.ts'

/** How much hangs on it: goods or money are where they must not be · the customer is not served as agreed · the records disagree. */
export const GRAVITIES = ['grave', 'ordinary', 'slight'] as const
export type Gravity = (typeof GRAVITIES)[number]
export const GRAVITY: { readonly [kind in ExceptionKind]: Gravity } = {
  'picked-after-cancel': 'ordinary',
  'picked-too-much': 'ordinary',
  'picked-from-other-claim': 'slight',
  'picked-unconfirmed': 'ordinary',
  'picked-unknown-line': 'ordinary',
  'picked-late': 'slight',
  'put-back-differs': 'slight',
  'put-back-late': 'slight',
  'unknown-line': 'slight',
  short: 'ordinary',
  'inspected-before-picked': 'slight',
  'inspection-failed': 'grave',
  'packed-uninspected': 'ordinary',
  'packed-more-than-picked': 'slight',
  'loaded-unpacked': 'slight',
  'loaded-twice': 'slight',
  'loaded-after-cancel': 'grave',
  'packages-differ': 'ordinary',
  'shipped-unreleased': 'grave',
  'shipped-without-notice': 'grave',
  'shipped-uninspected': 'grave',
  'shipped-after-cancel': 'grave',
  'shipped-twice': 'ordinary',
  'shipped-unread': 'slight',
  'clause-differs': 'ordinary',
  'left-unshipped': 'grave',
  'arrival-late': 'ordinary',
  'receipt-differs': 'ordinary',
  'receipt-twice': 'slight',
  'receipt-unshipped': 'grave',
  'receipt-sums-differ': 'slight',
  'receipt-unwritten': 'ordinary',
  'receipt-after-cancel': 'grave',
  'receipt-amended': 'ordinary',
  'amended-unsigned': 'ordinary',
  'absent-late': 'slight',
  'return-differs': 'ordinary',
  'put-away-differs': 'slight',
  'cash-differs': 'grave',
  problem: 'ordinary',
  unsigned: 'ordinary',
}
/** The gravest first, of those the oldest. */
export const byGravity = (a: { kind: ExceptionKind; at: string }, b: { kind: ExceptionKind; at: string }): number =>
  GRAVITIES.indexOf(GRAVITY[a.kind]) - GRAVITIES.indexOf(GRAVITY[b.kind]) || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)
