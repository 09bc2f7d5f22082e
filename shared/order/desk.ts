/** What the office asks of an order: place, change, cancel, sign a gate, override, settle. */
import type { Actor } from '../people/role.ts'
import { gateOf, gateStates } from '../process/gate.ts'
import type { Payload } from './commands.ts'
import type { Answer } from './decide.ts'
import { type Act, lacking, type Order, type OrderForm, stageOf, VITAL_FIELDS } from './order.ts'
import { pile, raise } from './raise.ts'
import { refuse } from './refusal.ts'

export function place(order: Order | null, form: OrderForm, act: Act, site: string): Answer {
  if (order) return refuse({ type: 'order-exists', number: order.number })
  return { accept: [{ type: 'OrderPlaced', act, site, form }] }
}

/** Until it is confirmed (M24). */
export function change(order: Order, form: OrderForm, act: Act): Answer {
  if (stageOf(order) !== 'placed') return refuse({ type: 'not-placed', stage: stageOf(order) })
  return { accept: [{ type: 'OrderChanged', act, form: { ...form, number: order.number, source: order.source } }] }
}

/** Before confirmation anyone at the desk; afterwards, until it is shipped, the service supervisor with PIN. Goods already picked must go back. */
export function cancel(order: Order, payload: Payload<'CancelOrder'>, act: Act, actor: Actor, signed: boolean): Answer {
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  if (order.shipment) return refuse({ type: 'already-shipped', by: order.shipment.name, at: order.shipment.at })
  if (order.signed.confirmation) {
    if (!actor.roles.includes('service-supervisor')) return refuse({ type: 'wrong-role', roles: ['service-supervisor'] })
    if (!signed) return refuse({ type: 'unsigned' })
  }
  const goods = pile(order)
  return {
    accept: [{ type: 'OrderCancelled', act, reason: payload.reason }, ...(goods.length > 0 ? [raise('picked-after-cancel', act, goods, payload.reason)] : [])],
  }
}

export function signGate(order: Order, { gate: id, note }: Payload<'SignGate'>, act: Act, actor: Actor): Answer {
  const gate = gateOf(order, id)
  if (!gate.signs.some((role) => actor.roles.includes(role))) return refuse({ type: 'wrong-role', roles: [...gate.signs] })
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  const earlier = order.signed[id]
  if (earlier) return refuse({ type: 'already-signed', gate: id, by: earlier.name, at: earlier.at })
  const state = gateStates(order, act.at).find((each) => each.gate.id === id)
  if (state?.state === 'free') return refuse({ type: 'gate-free', gate: id })
  if (state?.state === 'shut' && state.waitsFor.length > 0) return refuse({ type: 'gate-shut', gate: id, waitsFor: state.waitsFor })
  if (id === 'confirmation') {
    const fields = lacking(order).filter((field) => VITAL_FIELDS.includes(field))
    if (fields.length > 0) return refuse({ type: 'fields-lacking', fields })
  }
  return { accept: [{ type: 'GateSigned', act, gate: id, note }] }
}

/** A signature can be taken back by who may give it, until the goods are shipped. */
export function withdrawGate(order: Order, { gate: id, reason }: Payload<'WithdrawGate'>, act: Act, actor: Actor): Answer {
  const gate = gateOf(order, id)
  if (!gate.signs.some((role) => actor.roles.includes(role))) return refuse({ type: 'wrong-role', roles: [...gate.signs] })
  if (!order.signed[id]) return refuse({ type: 'not-signed', gate: id })
  if (order.shipment) return refuse({ type: 'already-shipped', by: order.shipment.name, at: order.shipment.at })
  return { accept: [{ type: 'GateWithdrawn', act, gate: id, reason }] }
}

/** Ship first, the notice is owed and counted down (M17). */
export function override(order: Order, { reason }: Payload<'OverrideNotice'>, act: Act): Answer {
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  if (order.shipment) return refuse({ type: 'already-shipped', by: order.shipment.name, at: order.shipment.at })
  const confirmation = order.signed.confirmation
  if (!confirmation) return refuse({ type: 'gate-shut', gate: 'notice', waitsFor: ['confirmation'] })
  if (order.signed.notice || order.override) return refuse({ type: 'nothing-owed' })
  const hours = gateOf(order, 'notice').override?.owedHours ?? 0
  const dueAt = new Date(Date.parse(act.at) + hours * 3_600_000).toISOString()
  return { accept: [{ type: 'NoticeOverridden', override: { ...act, reason, dueAt } }] }
}

export function emergency(order: Order, { reason }: Payload<'MarkEmergency'>, act: Act): Answer {
  const stage = stageOf(order)
  if (stage === 'delivered' || stage === 'cancelled') return refuse({ type: 'wrong-stage', stage, allowed: ['placed', 'confirmed', 'picking'] })
  return { accept: order.emergency ? [] : [{ type: 'EmergencyMarked', act, reason }] }
}

export function settle(order: Order, payload: Payload<'SettleException'>, act: Act): Answer {
  const exception = order.exceptions.find((each) => each.id === payload.exception)
  if (!exception) return refuse({ type: 'no-exception', exception: payload.exception })
  if (exception.settled) return refuse({ type: 'already-settled', by: exception.settled.name, at: exception.settled.at })
  return { accept: [{ type: 'ExceptionSettled', act, exception: exception.id, decision: payload.decision, note: payload.note }] }
}
