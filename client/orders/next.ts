/** What a person may do with an order: the one next act, and the others with why not. The rules say it; this only sorts. */
import { type Offer, offers, whyNot } from '../../shared/order/offer.ts'
import type { Order } from '../../shared/order/order.ts'
import type { Step } from '../../shared/order/stage.ts'
import type { Refusal } from '../../shared/order/refusal.ts'
import { waitsOf } from '../../shared/order/waits.ts'
import type { Actor } from '../../shared/people/role.ts'
import type { GateId } from '../../shared/process/process.ts'

export type Next =
  | { kind: 'change' }
  | { kind: 'sign'; gate: GateId }
  | { kind: 'work'; step: Exclude<Step, 'confirm' | 'done'> }
  | { kind: 'settle'; exception: string }
  /** the customer is told of the shipment · the goods are asked after on their way */
  | { kind: 'advise' }
  | { kind: 'check'; place: string; dueAt: string }

/** The first thing the order waits for that this person can give; null when it waits for others. `now` is ISO UTC. */
export function nextFor(order: Order, actor: Actor, now: string): Next | null {
  for (const wait of waitsOf(order, now)) {
    switch (wait.type) {
      case 'fields':
        if (whyNot(order, { type: 'ChangeOrder' }, actor, now) === null) return { kind: 'change' }
        break
      case 'gate':
      case 'owed':
        if (whyNot(order, { type: 'SignGate', gate: wait.gate }, actor, now) === null) return { kind: 'sign', gate: wait.gate }
        break
      case 'step':
        if (wait.roles.some((role) => actor.roles.includes(role))) return { kind: 'work', step: wait.step }
        break
      case 'advice':
        if (whyNot(order, { type: 'ConfirmAdvice' }, actor, now) === null) return { kind: 'advise' }
        break
      case 'check':
        if (wait.roles.some((role) => actor.roles.includes(role))) return { kind: 'check', place: wait.place, dueAt: wait.dueAt }
        break
      case 'exception':
        if (whyNot(order, { type: 'SettleException', exception: wait.exception }, actor, now) === null) return { kind: 'settle', exception: wait.exception }
        break
    }
  }
  return null
}

const DESK_ACTS = ['SignGate', 'ChangeOrder', 'MarkEmergency', 'OverrideNotice', 'ClaimOrder', 'ReleaseClaim', 'WithdrawGate', 'CancelOrder'] as const
type DeskAct = (typeof DESK_ACTS)[number]
/** Nothing of these is there to be asked: saying so would be noise. */
const IDLE = ['wrong-role', 'not-signed', 'already-signed', 'gate-free', 'not-claimed', 'nothing-owed']

export type DeskOffer = { offered: Gated | { type: Exclude<DeskAct, Gated['type']> }; refusal: Refusal | null }
type Gated = { type: 'SignGate'; gate: GateId } | { type: 'WithdrawGate'; gate: GateId }
const isDeskOffer = (each: Offer): each is Offer & DeskOffer => DESK_ACTS.some((type) => type === each.offered.type)

/** Everything else that may be asked at a desk; what the rules would refuse comes with the refusal. */
export function othersFor(order: Order, actor: Actor, now: string): DeskOffer[] {
  const next = nextFor(order, actor, now)
  const isNext = ({ offered }: Offer) =>
    (next?.kind === 'change' && offered.type === 'ChangeOrder') || (next?.kind === 'sign' && offered.type === 'SignGate' && offered.gate === next.gate)
  return offers(order, actor, now)
    .filter(isDeskOffer)
    .filter((each) => !isNext(each) && !(each.offered.type === 'MarkEmergency' && order.emergency))
    .filter(({ refusal, offered }) => refusal === null || (!IDLE.includes(refusal.type) && !(order.receipt ?? (order.cancelled && offered.type !== 'ReleaseClaim'))))
    .sort((a, b) => DESK_ACTS.indexOf(a.offered.type) - DESK_ACTS.indexOf(b.offered.type))
}
