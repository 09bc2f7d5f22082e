/** Picking (M19): who has the order, what was taken from where, what was not there. */
import type { Actor } from '../people/role.ts'
import { shutGates } from '../process/gate.ts'
import type { Payload } from './commands.ts'
import type { Answer } from './decide.ts'
import type { OrderEvent } from './events.ts'
import { type Act, allowedIn, leftOf, lineOf, openOf, type Order, pickedOf, shortOf, toleranceOf } from './order.ts'
import { stageOf } from './stage.ts'
import { goodsOf, raise } from './raise.ts'
import { refuse } from './refusal.ts'

export function claim(order: Order, act: Act): Answer {
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  const stage = stageOf(order)
  const [shut] = shutGates(order, 'pick')
  if (shut) return refuse({ type: 'gate-shut', gate: shut.gate.id, waitsFor: [shut.gate.id] })
  if (stage !== 'confirmed' && stage !== 'picking') return refuse({ type: 'wrong-stage', stage, allowed: ['confirmed', 'picking'] })
  if (order.claim && order.claim.by !== act.by) return refuse({ type: 'claimed', by: order.claim.name, at: order.claim.at })
  return { accept: order.claim ? [] : [{ type: 'OrderClaimed', act }] }
}

/** By the claimer, or by a supervisor for somebody whose phone is gone. */
export function releaseClaim(order: Order, act: Act, actor: Actor): Answer {
  if (!order.claim) return refuse({ type: 'not-claimed' })
  if (order.claim.by !== act.by && !actor.roles.includes('supervisor'))
    return refuse({ type: 'claimed', by: order.claim.name, at: order.claim.at })
  return { accept: [{ type: 'ClaimReleased', act }] }
}

export function pickLine(order: Order, payload: Payload<'PickLine'>, act: Act): OrderEvent[] {
  const line = lineOf(order, payload.line)
  const goods = [goodsOf(order, payload.line, payload.quantity, payload.lot, payload.from)]
  const events: OrderEvent[] = [{ type: 'LinePicked', pick: { ...act, ...payload, back: 0 } }]
  if (order.cancelled) return [...events, raise('picked-after-cancel', act, goods, order.cancelled.reason)]
  if (!line) return [...events, raise('picked-unknown-line', act, goods)]
  if (!order.signed.confirmation) events.push(raise('picked-unconfirmed', act, goods))
  if (order.claim && order.claim.by !== act.by) events.push(raise('picked-from-other-claim', act, goods, order.claim.name))
  const { max } = allowedIn(order, line, toleranceOf(order) || payload.tolerance)
  const over = pickedOf(order, line.no) + payload.quantity - max
  if (over > 0) events.push(raise('picked-too-much', act, [goodsOf(order, line.no, Math.min(over, payload.quantity), payload.lot, payload.from)]))
  if (order.inspection ?? order.packed ?? order.loading ?? leftOf(order)) events.push(raise('picked-late', act, goods, stageOf(order)))
  return events
}

/** Goods return to where they came from: an undone pick, or what an exception asked for. A line that is open again has to be picked again. */
export function putBack(order: Order, payload: Payload<'PutBack'>, act: Act): OrderEvent[] {
  const pick = order.picks.find((each) => each.command === payload.pick)
  const events: OrderEvent[] = [{ type: 'PickPutBack', act, pick: payload.pick, quantity: payload.quantity }]
  if (!pick) return [...events, raise('put-back-differs', act)]
  const inPile = pick.quantity - pick.back
  const goods = (quantity: number) => [goodsOf(order, pick.line, quantity, pick.lot, pick.from)]
  if (payload.quantity > inPile) events.push(raise('put-back-differs', act, goods(payload.quantity - inPile)))
  if (order.cancelled || order.receipt) return events
  if (order.loading ?? leftOf(order)) events.push(raise('put-back-late', act, goods(payload.quantity), stageOf(order)))
  else if (order.pickingFinished && opensAgain(order, pick.line, Math.min(payload.quantity, inPile)))
    events.push({ type: 'PickingReopened', act, lines: [] })
  return events
}

function opensAgain(order: Order, no: number, back: number): boolean {
  const line = lineOf(order, no)
  return line !== undefined && pickedOf(order, no) - back + shortOf(order, no) < allowedIn(order, line).min
}

/** A short order asks 'wait, split or substitute' (M3, 力求完整). */
export function reportShort(order: Order, payload: Payload<'ReportShort'>, act: Act): OrderEvent[] {
  const { line, quantity, reason, note } = payload
  const events: OrderEvent[] = [{ type: 'ShortReported', short: { ...act, line, quantity, reason } }]
  const goods = [goodsOf(order, line, quantity)]
  if (!lineOf(order, line)) return [...events, raise('unknown-line', act, goods)]
  if (!order.cancelled) events.push(raise('short', act, goods, note === '' ? reason : `${reason}: ${note}`))
  return events
}

export function finishPicking(order: Order, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'PickingFinished', act }]
  if (order.cancelled) return events
  const open = order.lines.filter((line) => openOf(order, line) > 0)
  if (open.length > 0) events.push(raise('short', act, open.map((line) => goodsOf(order, line.no, openOf(order, line)))))
  return events
}

/** A report that was wrong is taken back, as long as nobody has decided about it. */
export function takeBackShort(order: Order, payload: Payload<'TakeBackShort'>, act: Act): Answer {
  if (!order.shorts.some((short) => short.command === payload.short)) return refuse({ type: 'no-short' })
  const stage = stageOf(order)
  if (stage !== 'picking' && stage !== 'confirmed' && stage !== 'placed') return refuse({ type: 'wrong-stage', stage, allowed: ['picking'] })
  const settled = order.exceptions.find((each) => each.id === `${payload.short}.short`)?.settled
  if (settled) return refuse({ type: 'already-settled', by: settled.name, at: settled.at })
  return { accept: [{ type: 'ShortTakenBack', act, short: payload.short }, ...withdrawn(order, payload.short, act)] }
}

/** Until somebody has inspected it. What finishing it called short is open again. */
export function reopenPicking(order: Order, act: Act): Answer {
  const stage = stageOf(order)
  if (stage !== 'picked' || !order.pickingFinished) return refuse({ type: 'wrong-stage', stage, allowed: ['picked'] })
  return { accept: [{ type: 'PickingReopened', act, lines: [] }, ...withdrawn(order, order.pickingFinished.command, act)] }
}

/** What a command that is taken back had raised as short asks nobody any more. */
function withdrawn(order: Order, command: string, act: Act): OrderEvent[] {
  const exception = order.exceptions.find((each) => each.id === `${command}.short` && !each.settled)
  return exception ? [{ type: 'ExceptionSettled', act, exception: exception.id, decision: 'corrected', note: '' }] : []
}
