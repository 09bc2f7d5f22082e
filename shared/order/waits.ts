/** What an order waits for and who must act, since when (M1); whether its promised date is kept, in danger or missed (M4). Computed, never stored. */
import type { Role } from '../people/role.ts'
import { gateStates } from '../process/gate.ts'
import type { GateId } from '../process/process.ts'
import { adviceDue, checkDue, expectedAt, isAfter } from './advice.ts'
import { type Undelivered, undelivered } from './again.ts'
import { dueBackSince, toPutAway } from './back.ts'
import { COMMANDS } from './commands.ts'
import { type ExceptionAct, type ExceptionKind, NEXT_ACT } from './exception.ts'
import { type FormField, lacking, VITAL_FIELDS } from './form.ts'
import { lineOf, type Order, openExceptions, pickedOf } from './order.ts'
import { phaseOf, type Stage, type Step, stageOf, stepOf } from './stage.ts'

export type Wait =
  | { type: 'fields'; fields: FormField[]; roles: readonly Role[]; since: string }
  | { type: 'gate'; gate: GateId; roles: readonly Role[]; since: string }
  | { type: 'owed'; gate: GateId; roles: readonly Role[]; since: string; dueAt: string; overdue: boolean }
  | { type: 'step'; step: Exclude<Step, 'confirm' | 'done'>; roles: readonly Role[]; since: string; who: string | null }
  /** the customer has to be told how the goods come (M20) */
  | { type: 'advice'; roles: readonly Role[]; since: string; dueAt: string; overdue: boolean }
  /** the goods are to be asked after on their way (M22) */
  | { type: 'check'; check: number; place: string; roles: readonly Role[]; since: string; dueAt: string; overdue: boolean }
  | { type: 'exception'; exception: string; kind: ExceptionKind; act: ExceptionAct; roles: readonly Role[]; since: string }

  /** nobody took it: another time has to be agreed on */
  | ({ type: 'absent'; roles: readonly Role[] } & Undelivered)
  /** goods that have to come back, goods that came back and lie in no place yet */
  | { type: 'back' | 'put-away'; roles: readonly Role[]; since: string }

export type Standing = {
  stage: Stage
  /** index of PHASES; 5 when all is done */
  phase: number
  step: Step
  /** the first is what holds it up now; empty when nothing more is to be done */
  waits: Wait[]
  promise: PromiseState
}

/** Where an order stands at `now` (ISO UTC). */
export function standingOf(order: Order, now: string): Standing {
  return { stage: stageOf(order), phase: phaseOf(order), step: stepOf(order), waits: waitsOf(order, now), promise: promiseOf(order, now) }
}

/** Shut gates of the step first, then the step itself, then what is owed and what was raised. */
export function waitsOf(order: Order, now: string): Wait[] {
  const step = stepOf(order)
  const waits: Wait[] = []
  const gates = order.cancelled ? [] : gateStates(order, now)
  const fields = lacking(order).filter((field) => VITAL_FIELDS.includes(field))
  if (step === 'confirm' && fields.length > 0) waits.push({ type: 'fields', fields, roles: COMMANDS.ChangeOrder.roles, since: order.placed.at })
  const shut = gates.flatMap((each): Wait[] =>
    each.state === 'shut' && each.waitsFor.length === 0 ? [{ type: 'gate', gate: each.gate.id, roles: each.signs, since: each.since }] : [],
  )
  const held = step === 'confirm' || gates.some((each) => each.state === 'shut' && each.gate.blocks === blockedBy(step))
  const work: Wait[] = step === 'confirm' || step === 'done' ? [] : [{ type: 'step', step, roles: ROLES_OF[step], since: sinceOf(order), who: whoOf(order, step) }]
  const again = undelivered(order)
  const arranging: Wait[] = again ? [{ type: 'absent', roles: ARRANGERS, ...again }] : []
  // What lies in the house again is prepared anew, whether or not anybody has agreed on a time.
  if (step === 'deliver') waits.push(...arranging)
  waits.push(...(held ? [...shut, ...work] : [...work, ...shut]))
  if (step !== 'deliver') waits.push(...arranging)
  const due = dueBackSince(order)
  if (due !== '') waits.push({ type: 'back', roles: COMMANDS.Arrive.roles, since: due })
  const back = putAwaySince(order)
  if (back) waits.push({ type: 'put-away', roles: ['warehouse'], since: back })
  for (const each of gates)
    if (each.state === 'owed')
      waits.push({ type: 'owed', gate: each.gate.id, roles: each.gate.signs, since: each.override.at, dueAt: each.override.dueAt, overdue: each.overdue })
  waits.push(...callsOf(order, now))
  for (const { id, kind, at } of openExceptions(order))
    waits.push({ type: 'exception', exception: id, kind, act: NEXT_ACT[kind], roles: COMMANDS.SettleException.roles, since: at })
  return waits
}

/** The calls that goods on their way ask for. */
function callsOf(order: Order, now: string): Wait[] {
  const since = order.shipment?.at ?? ''
  const advice = adviceDue(order)
  const check = checkDue(order)
  const calls: Wait[] = []
  if (advice !== null) calls.push({ type: 'advice', roles: COMMANDS.ConfirmAdvice.roles, since, dueAt: advice, overdue: isAfter(now, advice) })
  if (check) calls.push({ type: 'check', ...check, roles: CHECKERS, since, overdue: isAfter(now, check.dueAt) })
  return calls
}
const CHECKERS: readonly Role[] = ['driver', 'service']

/** Nobody can go on with it before somebody signs the gate of its step, decides about held goods, or fills in what nobody can work without. */
export function isStuck(order: Order): boolean {
  const stage = stageOf(order)
  if (stage === 'held') return true
  if (stage === 'placed') return lacking(order).some((field) => VITAL_FIELDS.includes(field))
  const step = stepOf(order)
  // What is packed could be loaded, but it stands in the way until it may leave.
  const holds = step === 'pick' ? 'pick' : step === 'load' || step === 'ship' ? 'ship' : null
  return gateStates(order, '').some((each) => each.state === 'shut' && each.gate.blocks === holds)
}

const ARRANGERS: readonly Role[] = ['service', 'service-supervisor', 'supervisor']
/** Since when something that came back waits to be put away. */
export function putAwaySince(order: Order): string | null {
  return toPutAway(order).length === 0 ? null : (order.returns?.find((back) => !back.left && back.goods.some((each) => each.quantity > each.away))?.at ?? null)
}

/** Who has taken it on, by name. */
function whoOf(order: Order, step: Step): string | null {
  if (step === 'pick') return order.claim?.name ?? null
  return step === 'deliver' ? (order.trip?.driverName ?? null) : null
}

function blockedBy(step: Step): 'pick' | 'ship' | null {
  return step === 'pick' || step === 'ship' ? step : null
}

/** Whose work a step is. Others may record it all the same: a fact asks for no permission of the plan. */
export const ROLES_OF: { readonly [step in Exclude<Step, 'confirm' | 'done'>]: readonly Role[] } = {
  pick: ['warehouse'],
  inspect: ['quality'],
  pack: ['warehouse'],
  load: ['shipper', 'warehouse'],
  ship: ['shipper'],
  deliver: ['driver'],
}

/** Since when the order is in its stage: the act that brought it there. */
export function sinceOf(order: Order): string {
  const stage = stageOf(order)
  switch (stage) {
    case 'placed':
      return order.placed.at
    case 'confirmed':
      return (order.signed.confirmation ?? order.placed).at
    case 'picking':
      return (order.claim ?? order.undone?.at(-1) ?? order.picks[0] ?? order.placed).at
    case 'picked':
      return (order.pickingFinished ?? order.placed).at
    case 'held':
    case 'inspected':
      return (order.inspection ?? order.placed).at
    case 'packed':
      return (order.packed ?? order.placed).at
    case 'loaded':
      return (order.loading ?? order.placed).at
    case 'shipped':
      return (order.shipment ?? order.placed).at
    case 'underway':
      return (order.departed ?? order.placed).at
    case 'arrived':
      return (order.arrived ?? order.placed).at
    case 'delivered':
      return (order.receipt ?? order.placed).at
    case 'cancelled':
      return (order.cancelled ?? order.placed).at
  }
}

/** `kept`: delivered in time. `missed`: delivered after the promise. `late`: promised for earlier and not delivered. */
export type PromiseState =
  | { state: 'none' }
  | { state: 'kept' | 'missed'; byMs: number }
  | { state: 'safe' | 'at-risk' | 'late'; leftMs: number }

/** Hours that the rest of the way takes from the beginning of a step, all later steps included. */
export const HOURS_FROM: { readonly [step in Exclude<Step, 'done'>]: number } = { confirm: 24, pick: 12, inspect: 8, pack: 7, load: 6, ship: 5, deliver: 3 }

/** At risk: less time is left than the rest of the way takes, or an exception says the goods or the way are not as planned. */
export function promiseOf(order: Order, now: string): PromiseState {
  if (order.promisedAt === null) return { state: 'none' }
  const promised = Date.parse(order.promisedAt)
  if (order.receipt) {
    const byMs = promised - Date.parse(order.receipt.at)
    return { state: byMs >= 0 ? 'kept' : 'missed', byMs }
  }
  const step = stepOf(order)
  if (step === 'done') return { state: 'none' }
  const leftMs = promised - Date.parse(now)
  if (leftMs < 0) return { state: 'late', leftMs }
  const expected = expectedAt(order)
  const late = expected !== null && isAfter(expected, order.promisedAt)
  const troubled = late || undelivered(order) !== null || openExceptions(order).some(({ kind }) => kind === 'short' || kind === 'inspection-failed' || kind === 'problem')
  return { state: troubled || leftMs < HOURS_FROM[step] * 3_600_000 ? 'at-risk' : 'safe', leftMs }
}

/** What a line lacks to be whole, found or not: short orders ask 'wait, split or substitute' (M3). */
export function lackOf(order: Order, no: number): number {
  return Math.max(0, (lineOf(order, no)?.quantity ?? 0) - pickedOf(order, no))
}
