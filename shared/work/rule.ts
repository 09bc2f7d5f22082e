/** Which order next, and why (M2): the rules a site may choose, how they combine, and what each says of an order. */
import * as z from 'zod/mini'
import { gramsOf } from '../order/form.ts'
import type { Order } from '../order/order.ts'
import { minutesLeft } from './effort.ts'

/**
 * M2's six, in its order: first received first; shortest processing time first; a preset sequence number; smaller and simpler
 * orders first; earliest promised date first; least time left to the promised date, the work that is still to do taken off.
 */
export const WORK_RULES = ['received', 'shortest', 'sequence', 'simplest', 'promised', 'slack'] as const
export const WorkRule = z.enum(WORK_RULES)
export type WorkRule = z.infer<typeof WorkRule>

/** First by one, ties by the next. */
export type Ranking = readonly WorkRule[]
/** What a new site begins with, and a device that does not know its site yet. */
export const USUAL: Ranking = ['promised', 'received']
/** As it stands in the name of a list. */
export const nameOf = (ranking: Ranking): string => ranking.join('+')

const LAST = '9999'
const MINUTE_MS = 60_000
const number = (value: number, digits: number) => String(Math.min(value, 10 ** digits - 1)).padStart(digits, '0')
const sequenceOf = (order: Order): number | null => order.sequence ?? null

/** When the rest of its work has to begin so that the promise is kept (ISO UTC), null without one. Slack shrinks alike for all, so this sorts by it. */
export function latestStart(order: Order): string | null {
  return order.promisedAt === null ? null : new Date(Date.parse(order.promisedAt) - minutesLeft(order) * MINUTE_MS).toISOString()
}

/** Sorts as text; of fixed length, so that the next key only counts in a tie. */
function keyOf(order: Order, rule: WorkRule): string {
  switch (rule) {
    case 'received':
      return instant(order.placedAt)
    case 'shortest':
      return number(minutesLeft(order), 6)
    case 'sequence':
      return number(sequenceOf(order) ?? Number.POSITIVE_INFINITY, 6)
    case 'simplest':
      return `${number(order.lines.length, 5)} ${number(gramsOf(order), 13)}`
    case 'promised':
      return instant(order.promisedAt)
    case 'slack':
      return instant(latestStart(order))
  }
}
const instant = (at: string | null): string => (at === null ? LAST : new Date(at).toISOString())

/** Sorts as text: emergency orders first, then by the rules one after the other, at last by number. */
export function rankOf(order: Order, ranking: Ranking): string {
  return [order.emergency ? '0' : '1', ...ranking.map((rule) => keyOf(order, rule)), order.number].join(' ')
}

/** Why an order stands where it does, for the screen to say. Times are ISO UTC. */
export type RankReason =
  | { type: 'emergency'; reason: string; name: string; at: string }
  /** passed over for longer than the site allows */
  | { type: 'risen'; since: string }
  | { type: 'received'; at: string }
  | { type: 'shortest'; minutes: number }
  | { type: 'sequence'; sequence: number | null }
  | { type: 'simplest'; lines: number; grams: number }
  | { type: 'promised'; at: string | null; leftMs: number | null }
  | { type: 'slack'; startBy: string | null; leftMs: number | null }

/** The reasons in the order in which they counted; `now` is ms since 1970, `risenSince` when it became due to rise above the rules. */
export function rankReasons(order: Order, ranking: Ranking, now: number, risenSince: string | null = null): RankReason[] {
  const reasons = ranking.map((rule) => reasonOf(order, rule, now))
  if (order.emergency) return [{ type: 'emergency', reason: order.emergency.reason, name: order.emergency.name, at: order.emergency.at }, ...reasons]
  return risenSince === null ? reasons : [{ type: 'risen', since: risenSince }, ...reasons]
}

function reasonOf(order: Order, rule: WorkRule, now: number): RankReason {
  const left = (at: string | null) => (at === null ? null : Date.parse(at) - now)
  switch (rule) {
    case 'received':
      return { type: rule, at: order.placedAt }
    case 'shortest':
      return { type: rule, minutes: minutesLeft(order) }
    case 'sequence':
      return { type: rule, sequence: sequenceOf(order) }
    case 'simplest':
      return { type: rule, lines: order.lines.length, grams: gramsOf(order) }
    case 'promised':
      return { type: rule, at: order.promisedAt, leftMs: left(order.promisedAt) }
    case 'slack':
      return { type: rule, startBy: latestStart(order), leftMs: left(latestStart(order)) }
  }
}
