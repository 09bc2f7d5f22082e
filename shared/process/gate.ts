/** The one engine that reads the gates: what is signed, what is free, what is shut and why. */
import type { Act, Order, Override } from '../order/order.ts'
import type { Role } from '../people/role.ts'
import { type BlockedStep, type Gate, type GateId, PROCESSES } from './process.ts'

export type GateState =
  | { gate: Gate; state: 'signed'; act: Act; late: boolean }
  | { gate: Gate; state: 'free'; why: 'grade' }
  | { gate: Gate; state: 'owed'; override: Override; overdue: boolean }
  | { gate: Gate; state: 'shut'; lacks: 'signature' | 'earlier-gate'; waitsFor: GateId[]; signs: readonly Role[]; since: string }

export function gatesOf(order: Order): readonly Gate[] {
  return PROCESSES[order.process]
}

export function gateOf(order: Order, id: GateId): Gate {
  const gate = gatesOf(order).find((each) => each.id === id)
  if (!gate) throw new Error(`process ${order.process} has no gate ${id}`)
  return gate
}

function isOpen(order: Order, id: GateId): boolean {
  return order.signed[id] !== null || !gateOf(order, id).grades.includes(order.customer.grade)
}

/** Since when a gate waits: the latest signature it had to wait for, or the order's arrival. */
function sinceOf(order: Order, gate: Gate): string {
  return gate.after.reduce((since, id) => {
    const at = order.signed[id]?.at
    return at && at > since ? at : since
  }, order.placed.at)
}

/** Every gate of the order in order. `now` is ISO UTC; it decides only what is overdue. */
export function gateStates(order: Order, now: string): GateState[] {
  return gatesOf(order).map((gate) => {
    const act = order.signed[gate.id]
    const overridden = gate.override && order.override
    if (act) return { gate, state: 'signed', act, late: overridden !== null && act.at > overridden.dueAt }
    if (!gate.grades.includes(order.customer.grade)) return { gate, state: 'free', why: 'grade' }
    if (overridden) return { gate, state: 'owed', override: overridden, overdue: now > overridden.dueAt }
    const waitsFor = gate.after.filter((id) => !isOpen(order, id))
    return { gate, state: 'shut', lacks: waitsFor.length > 0 ? 'earlier-gate' : 'signature', waitsFor, signs: gate.signs, since: sinceOf(order, gate) }
  })
}

export type ShutGate = Extract<GateState, { state: 'shut' }>
/** The shut gates that hold a step back; empty when it may happen. A gate that an emergency override opened is owed, not shut (M17). */
export function shutGates(order: Order, step: BlockedStep): ShutGate[] {
  return gateStates(order, '').filter((each): each is ShutGate => each.state === 'shut' && each.gate.blocks === step)
}
