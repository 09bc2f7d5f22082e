/** Which order next, and why (M2): the rules a site may choose, and what each says of an order. */
import * as z from 'zod/mini'
import type { Order } from '../order/order.ts'

/** `received`: first received first (rule 1). `promised`: earliest promised date first (rule 5). */
export const WORK_RULES = ['received', 'promised'] as const
export const WorkRule = z.enum(WORK_RULES)
export type WorkRule = z.infer<typeof WorkRule>

const LAST = '9999'
const keyOf = (order: Order, rule: WorkRule): string => (rule === 'received' ? order.placedAt : (order.promisedAt ?? LAST))

/** Sorts as text: emergency orders first, then by the rule, ties by the other rules and at last by number. */
export function rankOf(order: Order, rule: WorkRule): string {
  const ties = WORK_RULES.filter((each) => each !== rule).map((each) => keyOf(order, each))
  return [order.emergency ? '0' : '1', keyOf(order, rule), ...ties, order.number].join(' ')
}

/** Why an order stands where it does, for the screen to say. Times are ISO UTC. */
export type RankReason = { type: 'emergency'; reason: string } | { type: 'received'; at: string } | { type: 'promised'; at: string | null; leftMs: number | null }

/** The reasons in the order in which they counted; `now` is ms since 1970. */
export function rankReasons(order: Order, rule: WorkRule, now: number): RankReason[] {
  const by: RankReason =
    rule === 'received'
      ? { type: 'received', at: order.placedAt }
      : { type: 'promised', at: order.promisedAt, leftMs: order.promisedAt === null ? null : Date.parse(order.promisedAt) - now }
  return order.emergency ? [{ type: 'emergency', reason: order.emergency.reason }, by] : [by]
}
