/**
 * order + command → events, or (requests only) a refusal. Knows no clock, no random, no network.
 * `decideFact` has no way to say no: what does not fit becomes an exception beside the fact (DESIGN §2, M38).
 */
import type { Actor } from '../people/role.ts'
import { confirmAdvice, reportCheck } from './advice.ts'
import { putAway, returnGoods } from './back.ts'
import { type Asked, COMMANDS, type Fact, isFact, type Request } from './commands.ts'
import { absent, amendReceipt, arrive, depart, problem, signReceipt, takeCash } from './deliver.ts'
import { cancel, change, emergency, override, place, setSequence, settle, signGate, withdrawGate } from './desk.ts'
import type { OrderEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { concede, inspect } from './inspect.ts'
import { handOver, takeOverClaim } from './handover.ts'
import type { Act, Order } from './order.ts'
import { claim, finishPicking, pickLine, putBack, releaseClaim, reopenPicking, reportShort, takeBackShort } from './pick.ts'
import { type Refusal, refuse } from './refusal.ts'
import { load, moveStop, pack, putOnTrip, ship, takeOffTrip } from './ship.ts'

export type Answer = { accept: OrderEvent[] } | { refuse: Refusal }

export function actOf(command: Asked, actor: Actor): Act {
  return { by: actor.person, name: actor.name, at: command.at, device: actor.device, command: command.id }
}

export function decide(order: Order | null, command: Asked, actor: Actor): Answer {
  if (!isFact(command)) return decideRequest(order, command, actor)
  if (!order) return refuse({ type: 'no-order' })
  return { accept: decideFact(order, command, actor) }
}

export function decideRequest(order: Order | null, command: Request, actor: Actor): Answer {
  const rule = COMMANDS[command.type]
  if (!rule.roles.some((role) => actor.roles.includes(role))) return refuse({ type: 'wrong-role', roles: [...rule.roles] })
  // Before an order's confirmation cancelling is the customer's right and needs no PIN (M24); `cancel` asks for it afterwards.
  if (rule.pin && !command.signed && command.type !== 'CancelOrder') return refuse({ type: 'unsigned' })
  const act = actOf(command, actor)
  if (command.type === 'PlaceOrder') return place(order, command.payload, act, actor.site)
  if (!order) return refuse({ type: 'no-order' })
  switch (command.type) {
    case 'ChangeOrder':
      return change(order, command.payload, act)
    case 'CancelOrder':
      return cancel(order, command.payload, act, actor, command.signed)
    case 'SignGate':
      return signGate(order, command.payload, act, actor)
    case 'WithdrawGate':
      return withdrawGate(order, command.payload, act, actor)
    case 'OverrideNotice':
      return override(order, command.payload, act)
    case 'MarkEmergency':
      return emergency(order, command.payload, act)
    case 'SetSequence':
      return setSequence(order, command.payload, act)
    case 'ClaimOrder':
      return claim(order, act)
    case 'ReleaseClaim':
      return releaseClaim(order, act, actor)
    case 'TakeOverClaim':
      return takeOverClaim(order, command.payload, act)
    case 'TakeBackShort':
      return takeBackShort(order, command.payload, act)
    case 'ReopenPicking':
      return reopenPicking(order, act)
    case 'PutOnTrip':
      return putOnTrip(order, command.payload, act)
    case 'TakeOffTrip':
      return takeOffTrip(order, act)
    case 'MoveStop':
      return moveStop(order, command.payload, act, actor)
    case 'ConfirmAdvice':
      return confirmAdvice(order, command.payload, act)
    case 'SettleException':
      return settle(order, command.payload, act)
    case 'Concede':
      return concede(order, command.payload, act)
  }
}

/** The first event is the fact itself; exceptions follow. */
export function decideFact(order: Order, command: Fact, actor: Actor): OrderEvent[] {
  const act = actOf(command, actor)
  const events = factEvents(order, command, act)
  if (COMMANDS[command.type].pin && !command.signed)
    events.push({ type: 'ExceptionRaised', exception: { ...act, id: `${act.command}.pin`, kind: 'unsigned', goods: [], note: command.type, settled: null } })
  return events
}

function factEvents(order: Order, command: Fact, act: Act): OrderEvent[] {
  switch (command.type) {
    case 'PickLine':
      return pickLine(order, command.payload, act)
    case 'PutBack':
      return putBack(order, command.payload, act)
    case 'ReportShort':
      return reportShort(order, command.payload, act)
    case 'FinishPicking':
      return finishPicking(order, act)
    case 'HandOver':
      return handOver(command.payload, act)
    case 'Inspect':
      return inspect(order, command.payload, act)
    case 'Pack':
      return pack(order, command.payload, act)
    case 'Load':
      return load(order, command.payload, act)
    case 'Ship':
      return ship(order, command.payload, act)
    case 'Depart':
      return depart(order, act)
    case 'Arrive':
      return arrive(order, command.payload, act)
    case 'SignReceipt':
      return signReceipt(order, command.payload, act)
    case 'AmendReceipt':
      return amendReceipt(order, command.payload, act)
    case 'TakeCash':
      return takeCash(order, command.payload, act)
    case 'ReportAbsent':
      return absent(order, command.payload, act)
    case 'ReturnGoods':
      return returnGoods(order, command.payload, act)
    case 'PutAway':
      return putAway(order, command.payload, act)
    case 'ReportCheck':
      return reportCheck(order, command.payload, act)
    case 'ReportProblem':
      return problem(command.payload, act)
  }
}

/** The order after the events. */
export function fold(order: Order | null, events: readonly OrderEvent[], id: string): Order | null {
  return events.reduce<Order | null>((state, event) => evolve(state, event, id), order)
}
