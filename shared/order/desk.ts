/** What the office asks of an order: place, change, cancel, sign a gate, override, settle. */
import type { Actor } from '../people/role.ts'
import { gateOf, gatesOf, gateStates } from '../process/gate.ts'
import type { GateId } from '../process/process.ts'
import type { Payload } from './commands.ts'
import type { Answer } from './decide.ts'
import type { OrderEvent } from './events.ts'
import { type Decision, decisionsFor } from './exception.ts'
import { lacking, type OrderForm, VITAL_FIELDS } from './form.ts'
import { type Act, leftOf, openOf, type Order, type OrderException } from './order.ts'
import { STAGES, stageOf } from './stage.ts'
import { pile, raise } from './raise.ts'
import { refuse } from './refusal.ts'
import { again, isEmpty, leaves, owedOf, restOf, split, substitute } from './split.ts'

export function place(order: Order | null, form: OrderForm, act: Act, site: string): Answer {
  if (order) return refuse({ type: 'order-exists', number: order.number })
  return { accept: [{ type: 'OrderPlaced', act, site, form }] }
}

/** Until it is confirmed (M24). Its number, where it came from and when it was received stay: the work order depends on them (M2). */
export function change(order: Order, form: OrderForm, act: Act): Answer {
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  const confirmation = order.signed.confirmation
  if (confirmation) return refuse({ type: 'already-confirmed', by: confirmation.name, at: confirmation.at })
  if (stageOf(order) !== 'placed') return refuse({ type: 'not-placed', stage: stageOf(order) })
  return { accept: [{ type: 'OrderChanged', act, form: { ...form, number: order.number, source: order.source, placedAt: order.placedAt } }] }
}

/** Before confirmation anyone at the desk; afterwards, until the goods have left, the service supervisor with PIN. Goods already picked must go back. */
export function cancel(order: Order, payload: Payload<'CancelOrder'>, act: Act, actor: Actor, signed: boolean): Answer {
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  const left = leftOf(order)
  if (left) return refuse({ type: 'already-shipped', by: left.name, at: left.at })
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

/** A signature can be taken back by who may give it, until the goods have left. Those that were given after it and built on it go with it. */
export function withdrawGate(order: Order, { gate: id, reason }: Payload<'WithdrawGate'>, act: Act, actor: Actor): Answer {
  const gate = gateOf(order, id)
  if (!gate.signs.some((role) => actor.roles.includes(role))) return refuse({ type: 'wrong-role', roles: [...gate.signs] })
  if (!order.signed[id]) return refuse({ type: 'not-signed', gate: id })
  const left = leftOf(order)
  if (left) return refuse({ type: 'already-shipped', by: left.name, at: left.at })
  return { accept: withLater(order, id).map((each) => ({ type: 'GateWithdrawn', act, gate: each, reason })) }
}

/** The gate and the signed gates that stand after it, however far: a changed order must pass them again. */
function withLater(order: Order, id: GateId): GateId[] {
  const taken = [id]
  for (const gate of gatesOf(order)) if (order.signed[gate.id] && gate.after.some((each) => taken.includes(each))) taken.push(gate.id)
  return [...new Set(taken)]
}

/** Ship first, the notice is owed and counted down (M17). */
export function override(order: Order, { reason }: Payload<'OverrideNotice'>, act: Act): Answer {
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  const left = leftOf(order)
  if (left) return refuse({ type: 'already-shipped', by: left.name, at: left.at })
  const confirmation = order.signed.confirmation
  if (!confirmation) return refuse({ type: 'gate-shut', gate: 'notice', waitsFor: ['confirmation'] })
  if (order.signed.notice || order.override) return refuse({ type: 'nothing-owed' })
  const hours = gateOf(order, 'notice').override?.owedHours ?? 0
  const dueAt = new Date(Date.parse(act.at) + hours * 3_600_000).toISOString()
  return { accept: [{ type: 'NoticeOverridden', override: { ...act, reason, dueAt } }] }
}

const UNFINISHED = STAGES.filter((stage) => stage !== 'delivered' && stage !== 'cancelled')
export function emergency(order: Order, { reason }: Payload<'MarkEmergency'>, act: Act): Answer {
  const stage = stageOf(order)
  if (stage === 'delivered' || stage === 'cancelled') return refuse({ type: 'wrong-stage', stage, allowed: UNFINISHED })
  return { accept: order.emergency ? [] : [{ type: 'EmergencyMarked', act, reason }] }
}

/** A place in the work order set by hand (M2, rule 3). */
export function setSequence(order: Order, { sequence }: Payload<'SetSequence'>, act: Act): Answer {
  const stage = stageOf(order)
  if (stage === 'delivered' || stage === 'cancelled') return refuse({ type: 'wrong-stage', stage, allowed: UNFINISHED })
  return { accept: (order.sequence ?? null) === sequence ? [] : [{ type: 'SequenceSet', act, sequence }] }
}

export function settle(order: Order, payload: Payload<'SettleException'>, act: Act): Answer {
  const { exception: id, decision, note } = payload
  const exception = order.exceptions.find((each) => each.id === id)
  if (!exception) return refuse({ type: 'no-exception', exception: id })
  if (exception.settled) return refuse({ type: 'already-settled', by: exception.settled.name, at: exception.settled.at })
  const decisions = settlements(order, exception)
  if (!decisions.includes(decision)) return refuse({ type: 'decision-unfit', decision, decisions })
  if (isEmpty(order, exception, payload)) return refuse({ type: 'decision-empty', decision })
  const events: OrderEvent[] = [{ type: 'ExceptionSettled', act, exception: exception.id, decision, note }]
  if (exception.kind === 'short' && decision === 'split') events.push(...split(order, exception, act))
  if (exception.kind === 'short' && decision === 'substitute') events.push(...substitute(order, exception, payload, act))
  if (decision === 'again') events.push(...again(order, exception, payload, act))
  if (decision === 'wait') events.push({ type: 'PickingReopened', act, lines: [...new Set(exception.goods.map((each) => each.line))] })
  return { accept: events }
}

/** The decisions that can close it now, by what they would do: each is offered only where that can come true. */
export function settlements(order: Order, exception: OrderException): Decision[] {
  return decisionsFor(exception.kind).filter((decision) => canSettle(order, exception, decision))
}

function canSettle(order: Order, exception: OrderException, decision: Decision): boolean {
  const left = leftOf(order)
  // Nothing is shipped as it is of what was cancelled, unless it is on its way.
  if (decision === 'accept' && order.cancelled && !left) return false
  if (decision === 'again') return !order.cancelled && owedOf(order).length > 0
  if (exception.kind !== 'short') return true
  const over = order.cancelled ?? order.loading ?? left
  const rest = restOf(order, exception)
  switch (decision) {
    // An order that was loaded, has left or was cancelled can't wait for goods any more.
    case 'wait':
      return !over
    case 'substitute':
      return !over && rest.length > 0
    // After the goods have left, too: the rest follows them.
    case 'split':
      return !order.cancelled && rest.length > 0 && leaves(order, rest)
    case 'fetched':
      return !order.cancelled
    case 'accept':
      return left !== null || pile(order).length > 0 || (!order.pickingFinished && order.lines.some((line) => openOf(order, line) > 0))
    default:
      return true
  }
}
