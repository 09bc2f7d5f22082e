/** Picking (M19): who has the order, what was taken from where, what was not there. */
import type { Actor } from '../people/role.ts'
import { shutGates } from '../process/gate.ts'
import type { Payload } from './commands.ts'
import type { Answer } from './decide.ts'
import type { OrderEvent } from './events.ts'
import { type Act, lineOf, openOf, type Order, pickedOf, stageOf } from './order.ts'
import { goodsOf, raise } from './raise.ts'
import { refuse } from './refusal.ts'

export function claim(order: Order, act: Act): Answer {
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  if (order.claim?.by === act.by) return { accept: [] }
  if (order.claim) return refuse({ type: 'claimed', by: order.claim.name, at: order.claim.at })
  const stage = stageOf(order)
  const [shut] = shutGates(order, 'pick')
  if (shut) return refuse({ type: 'gate-shut', gate: shut.gate.id, waitsFor: [shut.gate.id] })
  if (stage !== 'confirmed' && stage !== 'picking') return refuse({ type: 'wrong-stage', stage, allowed: ['confirmed', 'picking'] })
  return { accept: [{ type: 'OrderClaimed', act }] }
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
  const over = pickedOf(order, line.no) + payload.quantity - line.quantity
  if (over > 0) events.push(raise('picked-too-much', act, [goodsOf(order, line.no, Math.min(over, payload.quantity), payload.lot, payload.from)]))
  return events
}

/** Goods return to where they came from: an undone pick, or what an exception asked for. */
export function putBack(order: Order, payload: Payload<'PutBack'>, act: Act): OrderEvent[] {
  const pick = order.picks.find((each) => each.command === payload.pick)
  const events: OrderEvent[] = [{ type: 'PickPutBack', act, pick: payload.pick, quantity: payload.quantity }]
  if (!pick) return [...events, raise('picked-unknown-line', act)]
  const over = payload.quantity - (pick.quantity - pick.back)
  if (over > 0) events.push(raise('picked-too-much', act, [goodsOf(order, pick.line, over, pick.lot, pick.from)]))
  if (order.shipment) events.push(raise('loaded-twice', act, [goodsOf(order, pick.line, payload.quantity, pick.lot, pick.from)]))
  return events
}

/** A short order asks 'wait, split or substitute' (M3, 力求完整). */
export function reportShort(order: Order, payload: Payload<'ReportShort'>, act: Act): OrderEvent[] {
  const { line, quantity, reason, note } = payload
  return [
    { type: 'ShortReported', short: { ...act, line, quantity, reason } },
    raise('short', act, [goodsOf(order, line, quantity)], note === '' ? reason : `${reason}: ${note}`),
  ]
}

export function finishPicking(order: Order, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'PickingFinished', act }]
  if (order.cancelled) return events
  const open = order.lines.filter((line) => openOf(order, line) > 0)
  if (open.length > 0) events.push(raise('short', act, open.map((line) => goodsOf(order, line.no, openOf(order, line)))))
  return events
}
