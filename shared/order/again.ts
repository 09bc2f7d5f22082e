/** What went out and nobody took: where its goods are, and that another delivery has to be agreed on (M22). */
import type { Absence, Order } from './order.ts'

/** The last time nobody took it, while nobody has come again and the goods have not come home. */
export function absenceOf(order: Order): Absence | null {
  const last = order.receipt || order.arrived ? null : order.absences?.at(-1)
  return last && !last.home ? last : null
}

/** Its goods are on their way back to the house, untaken. */
export const isReturning = (order: Order): boolean => absenceOf(order)?.after === 'back'

export const WHEREABOUTS = ['aboard', 'returning', 'home'] as const
export type Whereabouts = (typeof WHEREABOUTS)[number]
/** `refused`: somebody was there and would neither take it nor sign; `againAt`: when to come again, if that was agreed on. */
export type Undelivered = { goods: Whereabouts; since: string; againAt: string | null; refused: boolean }

/** Null where nothing was tried, where somebody has come again, and once it is planned for another trip. */
export function undelivered(order: Order): Undelivered | null {
  const absence = absenceOf(order)
  if (absence) return { goods: isReturning(order) ? 'returning' : 'aboard', since: absence.at, againAt: absence.againAt, refused: absence.why === 'refused' }
  const back = order.returns?.findLast(({ left }) => !left)
  if (!back || order.receipt || order.cancelled || order.departed || order.arrived || order.trip) return null
  const last = order.absences?.at(-1)
  return { goods: 'home', since: back.at, againAt: last?.againAt ?? null, refused: last?.why === 'refused' }
}
