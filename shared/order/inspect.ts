/** Inspection before shipping (M15): quantity, appearance and packaging, labels. */
import type { Payload } from './commands.ts'
import type { OrderEvent } from './events.ts'
import type { Act, Order } from './order.ts'
import { pile, raise } from './raise.ts'

export function inspect(order: Order, payload: Payload<'Inspect'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'OrderInspected', inspection: { ...act, ...payload } }]
  if (!order.pickingFinished) events.push(raise('inspected-before-picked', act, pile(order)))
  // Passed with a failed check is a contradiction that somebody has to look at.
  if (payload.result !== 'pass' || Object.values(payload.checks).includes('fail')) events.push(raise('inspection-failed', act, pile(order), payload.reason))
  return events
}
