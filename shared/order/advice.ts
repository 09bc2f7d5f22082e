/** The shipping advice (發貨告知書, M20): how the goods come and when, what the customer is told of it, and the checks on the way (M22). */
import * as z from 'zod/mini'
import type { Payload } from './commands.ts'
import type { Answer } from './decide.ts'
import type { OrderEvent } from './events.ts'
import { Instant } from './form.ts'
import type { Act, Order } from './order.ts'
import { stageOf } from './stage.ts'
import { Quantity } from './quantity.ts'
import { raise } from './raise.ts'
import { refuse } from './refusal.ts'

const text = (max: number) => z.string().check(z.maxLength(max))
export const MAX_CHECKS = 20
/** `phone`: the driver's. `grams`: 0 when nobody knows. `checks`: where it is asked after on the way, and when. */
export const Advice = z.object({
  phone: text(60),
  grams: Quantity,
  departsAt: z.nullable(Instant),
  arrivesAt: z.nullable(Instant),
  checks: z.array(z.object({ dueAt: Instant, place: text(120) })).check(z.maxLength(MAX_CHECKS)),
})
export type Advice = z.infer<typeof Advice>

/** By then customer service has made sure by phone that the customer has the advice. */
export const ADVISE_WITHIN_MS = 3_600_000

/** Customer service rang and the customer has it: asked while it can still be of use. */
export function confirmAdvice(order: Order, { to, note }: Payload<'ConfirmAdvice'>, act: Act): Answer {
  if (!order.shipment) return refuse({ type: 'not-shipped' })
  if (order.advised) return refuse({ type: 'already-advised', by: order.advised.name, at: order.advised.at })
  if (order.arrived ?? order.receipt) return refuse({ type: 'wrong-stage', stage: stageOf(order), allowed: ['shipped', 'underway'] })
  return { accept: [{ type: 'CustomerAdvised', act, to, note }] }
}

/** Somebody asked after the goods on their way, or their driver called. An arrival after the promised time is told the customer before they ask (M4). */
export function reportCheck(order: Order, payload: Payload<'ReportCheck'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'CheckReported', check: { ...act, ...payload } }]
  const { arrivesAt } = payload
  if (arrivesAt !== null && order.promisedAt !== null && isAfter(arrivesAt, order.promisedAt)) events.push(raise('arrival-late', act, [], payload.note))
  return events
}

/** When the goods are there by what was last said of it; null when nobody said. */
export function expectedAt(order: Order): string | null {
  return order.checks?.findLast((check) => check.arrivesAt !== null)?.arrivesAt ?? order.shipment?.advice?.arrivesAt ?? null
}
/** The customer is owed a call until it was made or the goods are there; null when not. */
export function adviceDue(order: Order): string | null {
  if (!order.shipment || order.advised || order.cancelled || order.arrived || order.receipt) return null
  return new Date(Date.parse(order.shipment.at) + ADVISE_WITHIN_MS).toISOString()
}
export type CheckDue = { check: number; place: string; dueAt: string }
/** The next check of the advice that nobody reported; null when none is left or the goods are there. */
export function checkDue(order: Order): CheckDue | null {
  if (order.arrived ?? order.receipt) return null
  const open = (order.shipment?.advice?.checks ?? []).map((each, check) => ({ ...each, check })).filter(({ check }) => !order.checks?.some((each) => each.check === check))
  return open.reduce<CheckDue | null>((first, each) => (first && !isAfter(first.dueAt, each.dueAt) ? first : each), null)
}

export const isAfter = (a: string, b: string): boolean => Date.parse(a) > Date.parse(b)
