/** What a screen may offer now, and why not: asked of the same `decide` that will answer the tap (STYLE 20). */
import type { Actor } from '../people/role.ts'
import type { GateId } from '../process/process.ts'
import { type Asked, COMMANDS, type CommandType, type Fact, type Payload, type RequestType } from './commands.ts'
import { decideFact, decideRequest } from './decide.ts'
import { settlements } from './desk.ts'
import type { Decision, ExceptionKind } from './exception.ts'
import { openExceptions, type Order } from './order.ts'
import type { Refusal } from './refusal.ts'

/** A command as far as a screen knows it before it is filled in. */
export type Offered =
  | { type: 'SignGate' | 'WithdrawGate'; gate: GateId }
  | { type: 'SettleException'; exception: string; decision?: Payload<'SettleException'>['decision'] }
  | { type: 'Concede'; inspection?: string }
  | { type: 'TakeBackShort'; short: string }
  | { type: Exclude<CommandType, 'SignGate' | 'WithdrawGate' | 'SettleException' | 'Concede' | 'TakeBackShort'> }

/**
 * Why the rules would say no, or null when it may be offered. The PIN is taken as entered: it is asked for afterwards.
 * A fact is refused by nobody, but whose role can't record it is not offered it. `now` is ISO UTC.
 */
export function whyNot(order: Order | null, offered: Offered, actor: Actor, now: string): Refusal | null {
  const rule = COMMANDS[offered.type]
  if (!rule.roles.some((role) => actor.roles.includes(role))) return { type: 'wrong-role', roles: [...rule.roles] }
  if (rule.kind === 'fact') return order ? null : { type: 'no-order' }
  if (offered.type === 'PlaceOrder') return order ? { type: 'order-exists', number: order.number } : null
  if (!order) return { type: 'no-order' }
  const ask = blank(order, offered, now)
  if (!ask) return null
  const answer = decideRequest(order, ask, actor)
  return 'refuse' in answer ? answer.refuse : null
}

type Blank = Extract<Asked, { type: Exclude<RequestType, 'PlaceOrder'> }>
/** The request with a payload that plays no part in the answer. Null for facts and PlaceOrder, which `whyNot` has answered. */
function blank(order: Order, offered: Offered, now: string): Blank | null {
  const ask = { id: '', doc: order.id, at: now, signed: true }
  switch (offered.type) {
    case 'SignGate':
      return { ...ask, type: offered.type, payload: { gate: offered.gate, note: '' } }
    case 'WithdrawGate':
      return { ...ask, type: offered.type, payload: { gate: offered.gate, reason: '' } }
    case 'SettleException':
      return { ...ask, type: offered.type, payload: { exception: offered.exception, decision: offered.decision ?? someDecision(order, offered.exception), note: '', ...filledIn(order) } }
    case 'Concede':
      return { ...ask, type: offered.type, payload: { inspection: offered.inspection ?? order.inspection?.command ?? '', reason: '' } }
    case 'ConfirmAdvice':
      return { ...ask, type: offered.type, payload: { to: '-', note: '' } }
    case 'ChangeOrder':
      return { ...ask, type: offered.type, payload: order }
    case 'CancelOrder':
    case 'OverrideNotice':
    case 'MarkEmergency':
      return { ...ask, type: offered.type, payload: { reason: '' } }
    case 'SetSequence':
      return { ...ask, type: offered.type, payload: { sequence: null } }
    case 'ClaimOrder':
    case 'ReleaseClaim':
    case 'TakeOverClaim':
    case 'ReopenPicking':
    case 'TakeOffTrip':
      return { ...ask, type: offered.type, payload: {} }
    case 'MoveStop':
      return { ...ask, type: offered.type, payload: { trip: order.trip?.id ?? '', stop: 1 } }
    case 'TakeBackShort':
      return { ...ask, type: offered.type, payload: { short: offered.short } }
    case 'PutOnTrip':
      return { ...ask, type: offered.type, payload: { id: '', number: '', driver: '', driverName: '', vehicle: '', stop: 1 } }
    case 'PlaceOrder':
    case 'PickLine':
    case 'PutBack':
    case 'ReportShort':
    case 'FinishPicking':
    case 'HandOver':
    case 'Inspect':
    case 'Pack':
    case 'Load':
    case 'Ship':
    case 'Depart':
    case 'Arrive':
    case 'SignReceipt':
    case 'AmendReceipt':
    case 'TakeCash':
    case 'ReportAbsent':
    case 'ReturnGoods':
    case 'PutAway':
    case 'ReportCheck':
    case 'ReportProblem':
      return null
  }
}

/** One that needs nothing beside it: whether any can be made now doesn't depend on which. */
function someDecision(order: Order, id: string): Decision {
  const exception = order.exceptions.find((each) => each.id === id)
  return (exception && settlements(order, exception).find((each) => each !== 'split' && each !== 'substitute')) ?? 'accept'
}

/** What is asked for after the offer, as the PIN is. */
const filledIn = (order: Order) => ({ substitutes: order.lines.map(({ no, sku, name, spec, grams }) => ({ line: no, sku, name, spec, grams })), agreed: '-' })

export type Offer = { offered: Offered; refusal: Refusal | null }
/** Every command, each gate and each open exception by itself, in the order of the table of commands. */
export function offers(order: Order, actor: Actor, now: string): Offer[] {
  const all = (Object.keys(COMMANDS) as CommandType[]).flatMap((type): Offered[] => {
    if (type === 'SignGate' || type === 'WithdrawGate') return (Object.keys(order.signed) as GateId[]).map((gate) => ({ type, gate }))
    if (type === 'TakeBackShort') return order.shorts.map(({ command }) => ({ type, short: command }))
    if (type === 'SettleException') return openExceptions(order).map(({ id }) => ({ type, exception: id }))
    // The compiler does not try so many types one by one.
    if (type === 'Concede') return [{ type }]
    return [{ type }]
  })
  return all.map((offered) => ({ offered, refusal: whyNot(order, offered, actor, now) }))
}

/** The exceptions that a fact would raise, for the screen to say before it is recorded. It is recorded all the same. */
export function wouldRaise(order: Order, fact: Fact, actor: Actor): ExceptionKind[] {
  return decideFact(order, fact, actor).flatMap((event) => (event.type === 'ExceptionRaised' ? [event.exception.kind] : []))
}
