/** Inspection before shipping (M15): lot by lot against its standard, and what frees goods that did not pass. */
import { criticalIn, isAccepted, resultOf } from '../inspection/disposition.ts'
import { judge } from '../inspection/judge.ts'
import type { LotReport, StandardUsed } from '../inspection/report.ts'
import type { Payload } from './commands.ts'
import type { Answer } from './decide.ts'
import type { OrderEvent } from './events.ts'
import { type Act, isFreed, type JudgedLot, leftOf, type Order, pickedOf } from './order.ts'
import { pile, raise } from './raise.ts'
import { refuse } from './refusal.ts'

export function inspect(order: Order, payload: Payload<'Inspect'>, act: Act): OrderEvent[] {
  const { lots, standards = [], ...said } = payload
  if (lots) return inspectLots(order, said, act, { lots, standards })
  const events: OrderEvent[] = [{ type: 'OrderInspected', inspection: { ...act, ...said } }]
  if (!order.pickingFinished) events.push(raise('inspected-before-picked', act, pile(order)))
  // Passed with a failed check is a contradiction that somebody has to look at.
  if (payload.result !== 'pass' || Object.values(payload.checks).includes('fail')) events.push(raise('inspection-failed', act, pile(order), payload.reason))
  return events
}

/** What was found is a fact; what it comes to is judged here, by device and server alike. Goods that nobody looked at are held. */
function inspectLots(order: Order, payload: Omit<Payload<'Inspect'>, 'lots' | 'standards'>, act: Act, report: { lots: LotReport[]; standards: StandardUsed[] }): OrderEvent[] {
  const { standards } = report
  const lots = report.lots.map((lot) => judged(lot, standards))
  const free = new Set(lots.filter(isAccepted).map(({ line }) => line))
  const come = resultOf(lots)
  const unseen = order.lines.some(({ no }) => pickedOf(order, no) > 0 && !lots.some(({ line }) => line === no))
  const result = come === 'pass' && unseen ? 'hold' : come
  const events: OrderEvent[] = [{ type: 'OrderInspected', inspection: { ...act, ...payload, result, standards, lots } }]
  if (!order.pickingFinished) events.push(raise('inspected-before-picked', act, pile(order)))
  if (result !== 'pass') events.push(raise('inspection-failed', act, pile(order).filter(({ line }) => !free.has(line)), payload.reason))
  return events
}
function judged(lot: LotReport, standards: readonly StandardUsed[]): JudgedLot {
  const used = standards.find(({ id }) => id === lot.standard)
  if (!used) throw new Error(`a lot was inspected by ${lot.standard}, wanted one of ${standards.map(({ id }) => id).join(' ')}`)
  return { ...lot, ...judge(used.sampling, lot) }
}

/** Used as it is: whoever signs answers for it. Not what may be unsafe; and only what was said of the goods last. */
export function concede(order: Order, { inspection: id, reason }: Payload<'Concede'>, act: Act): Answer {
  const { inspection } = order
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  const left = leftOf(order)
  if (left) return refuse({ type: 'already-shipped', by: left.name, at: left.at })
  if (!inspection || isFreed(inspection)) return refuse({ type: 'not-held' })
  if (inspection.command !== id) return refuse({ type: 'inspected-anew', by: inspection.name, at: inspection.at })
  const found = (inspection.lots ?? []).reduce((sum, lot) => sum + criticalIn(lot), 0)
  if (found > 0) return refuse({ type: 'critical-found', found })
  const events: OrderEvent[] = [{ type: 'GoodsConceded', act, reason }]
  const exception = order.exceptions.find((each) => each.id === `${id}.inspection-failed` && !each.settled)
  if (exception) events.push({ type: 'ExceptionSettled', act, exception: exception.id, decision: 'accept', note: reason })
  return { accept: events }
}
