/** A picking that changes hands: taken over by a supervisor, or lost to who was first (M19, M37). What was picked stays picked; the goods go on. */
import type { Payload } from './commands.ts'
import type { Answer } from './decide.ts'
import type { OrderEvent } from './events.ts'
import { type Act, leftOf, type Order, type Pick, type TakeOver } from './order.ts'
import { stageOf } from './stage.ts'
import { refuse } from './refusal.ts'

export function takeOverClaim(order: Order, { to }: Payload<'TakeOverClaim'>, act: Act): Answer {
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  if (!order.claim) return refuse({ type: 'not-claimed' })
  const stage = stageOf(order)
  if (stage !== 'picking') return refuse({ type: 'wrong-stage', stage, allowed: ['picking'] })
  return { accept: order.claim.by === (to ?? act).by ? [] : [{ type: 'ClaimTakenOver', act, from: order.claim, ...(to && { to }) }] }
}

export function handOver(payload: Payload<'HandOver'>, act: Act): OrderEvent[] {
  return [{ type: 'GoodsHandedOver', act, ...payload }]
}

/** What a person has to do about an order that is somebody else's now. `takeover`: null when nobody took it, somebody was there first. */
export type Owed = { to: Act; takeover: TakeOver | null; picks: Pick[] }

/** Null when nothing: the order is the person's own, nobody's or packed, or the goods went on or back. A cancelled one asks by itself. */
export function owedBy(order: Order, person: string): Owed | null {
  const { claim, takeovers = [], handovers = [] } = order
  if (!claim || claim.by === person || order.cancelled || (order.packed ?? order.loading ?? leftOf(order))) return null
  const given = new Set(handovers.flatMap((each) => each.picks))
  const picks = order.picks.filter((pick) => pick.by === person && pick.quantity > pick.back && !given.has(pick.command))
  const lost = takeovers.findLast((each) => each.from.by === person) ?? null
  const takeover = lost && !handovers.some((each) => each.takeover === lost.command) ? lost : null
  return takeover || picks.length > 0 ? { to: claim, takeover, picks } : null
}

/** Everybody of whom an order asks this. */
export function owing(order: Order): string[] {
  if (!order.claim) return []
  const people = new Set([...order.picks.map((pick) => pick.by), ...(order.takeovers ?? []).map((each) => each.from.by)])
  return [...people].filter((person) => owedBy(order, person) !== null)
}
