/** Nobody starves (M2): an order that is passed over for too long rises above the rules. */
import type { Order } from '../order/order.ts'
import { isStuck } from '../order/waits.ts'

/** So many rise at a time, the longest waiting first. The next ones rise as these are taken, and the rules go on for all others. */
export const MOST_RISEN = 3
/** Hours in which an order may be passed over, as a new site begins. */
export const RISE_AFTER_H = 24

/** What waited since before this (ISO UTC) has been passed over too long. `now` is ms since 1970. */
export const riseBefore = (now: number, afterH: number): string => new Date(now - afterH * 3_600_000).toISOString()

/** What overtakes anyhow, somebody is picking, or nobody can go on with, does not rise: it would stand in the way of those that starve. */
export const mayRise = (order: Order): boolean => !order.emergency && (!order.claim || order.pickingFinished !== null) && !isStuck(order)
