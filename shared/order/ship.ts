/** Packing, loading, shipping, and the trip the goods go on (M17–M20). */
import type { Actor } from '../people/role.ts'
import { shutGates } from '../process/gate.ts'
import { clausesOf, differing, readingOf, unheard } from './clauses.ts'
import { COMMANDS, type Payload } from './commands.ts'
import type { Answer } from './decide.ts'
import type { OrderEvent } from './events.ts'
import { type Act, isFreed, type Order, pickedOf } from './order.ts'
import { STAGES, stageOf } from './stage.ts'
import { goodsOf, pile, raise } from './raise.ts'
import { refuse } from './refusal.ts'

export function pack(order: Order, payload: Payload<'Pack'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'OrderPacked', act, packages: payload.packages.map((each) => ({ ...act, ...each })) }]
  if (!order.inspection || !isFreed(order.inspection)) events.push(raise('packed-uninspected', act, pile(order)))
  const packed = new Map<number, number>()
  for (const { contents } of payload.packages)
    for (const { line, quantity } of contents) packed.set(line, (packed.get(line) ?? 0) + quantity)
  const over = [...packed].filter(([line, quantity]) => quantity > pickedOf(order, line))
  if (over.length > 0)
    events.push(raise('packed-more-than-picked', act, over.map(([line, quantity]) => goodsOf(order, line, quantity - pickedOf(order, line)))))
  if (order.loading && payload.packages.length !== order.loading.packages) events.push(raise('packages-differ', act, pile(order), `${order.loading.packages} / ${payload.packages.length}`))
  return events
}

export function load(order: Order, payload: Payload<'Load'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'OrderLoaded', loading: { ...act, ...payload } }]
  if (order.cancelled) events.push(raise('loaded-after-cancel', act, pile(order), order.cancelled.reason))
  if (order.loading) events.push(raise('loaded-twice', act, pile(order), `${order.loading.vehicle} · ${order.loading.name}`))
  if (!order.packed) events.push(raise('loaded-unpacked', act, pile(order)))
  else {
    const { missing, foreign } = compared(order, payload)
    if (payload.packages !== order.packages.length || missing.length + foreign.length > 0)
      events.push(raise('packages-differ', act, pile(order), [`${payload.packages} / ${order.packages.length}`, ...missing.map((each) => `−${each}`), ...foreign.map((each) => `+${each}`)].slice(0, NAMED).join(' · ')))
  }
  return events
}

/** Of a truckload, as many as fit a note. */
const NAMED = 20
/** Which packages of the order were not named, and which were that it has not got: repacked meanwhile, or another's. */
function compared({ packages }: Order, { loaded }: Payload<'Load'>): { missing: string[]; foreign: string[] } {
  if (!loaded) return { missing: [], foreign: [] }
  const nameOf = ({ no, code }: { no: number; code?: string | undefined }) => code ?? String(no)
  const [wanted, came] = [packages.map(nameOf), loaded.map(nameOf)]
  return { missing: wanted.filter((each) => !came.includes(each)), foreign: came.filter((each) => !wanted.includes(each)) }
}

/** Nothing is shipped without notice and release (M16, M17) or unread (M18): what left without them is an exception that names the goods. */
export function ship(order: Order, payload: Payload<'Ship'>, act: Act): OrderEvent[] {
  const lines = order.lines.map((line) => ({ line: line.no, quantity: pickedOf(order, line.no) })).filter((each) => each.quantity > 0)
  const events: OrderEvent[] = [{ type: 'OrderShipped', shipment: { ...act, ...payload, lines } }]
  if (order.cancelled) events.push(raise('shipped-after-cancel', act, pile(order), order.cancelled.reason))
  if (order.shipment) events.push(raise('shipped-twice', act, pile(order), order.shipment.deliveryOrder))
  const shut = shutGates(order, 'ship')
  if (shut.some(({ gate }) => gate.id === 'release')) events.push(raise('shipped-unreleased', act, pile(order)))
  if (shut.some(({ gate }) => gate.id === 'notice')) events.push(raise('shipped-without-notice', act, pile(order)))
  if (!order.inspection || !isFreed(order.inspection)) events.push(raise('shipped-uninspected', act, pile(order)))
  const clauses = clausesOf(order, (no) => pickedOf(order, no))
  const readings = payload.readBack?.clauses ?? []
  const open = unheard(clauses, readings)
  if (open.length > 0) events.push(raise('shipped-unread', act, pile(order), `${clauses.length - open.length} / ${clauses.length}`))
  const other = differing(clauses, readings)
  if (other.length > 0) events.push(raise('clause-differs', act, pile(order), other.map((clause) => readingOf(readings, clause)?.note).filter((note) => note).join('; ')))
  return events
}

const BEFORE_LEAVING = STAGES.slice(0, STAGES.indexOf('underway'))

export function putOnTrip(order: Order, trip: Payload<'PutOnTrip'>, act: Act): Answer {
  if (order.cancelled) return refuse({ type: 'already-cancelled', by: order.cancelled.name, at: order.cancelled.at })
  if (order.departed ?? order.arrived ?? order.receipt) return refuse({ type: 'wrong-stage', stage: stageOf(order), allowed: BEFORE_LEAVING })
  return { accept: isOn(order, trip) ? [] : [{ type: 'PutOnTrip', act, trip }] }
}

/** Already there, in this very way: nothing happens, as when somebody claims what is theirs. */
function isOn({ trip: now }: Order, trip: Payload<'PutOnTrip'>): boolean {
  return now !== null && (Object.keys(trip) as (keyof typeof trip)[]).every((key) => now[key] === trip[key])
}

export function takeOffTrip(order: Order, act: Act): Answer {
  if (!order.trip) return refuse({ type: 'not-on-trip' })
  if (order.departed ?? order.arrived ?? order.receipt) return refuse({ type: 'wrong-stage', stage: stageOf(order), allowed: BEFORE_LEAVING })
  return { accept: [{ type: 'TakenOffTrip', act }] }
}

const UNTIL_SIGNED = STAGES.slice(0, STAGES.indexOf('delivered'))

/** Its place among the stops, also while the vehicle is on its way: by who plans, or by the driver of the trip. */
export function moveStop(order: Order, { trip, stop }: Payload<'MoveStop'>, act: Act, actor: Actor): Answer {
  const plans = COMMANDS.PutOnTrip.roles.some((role) => actor.roles.includes(role))
  if (order.trip?.id !== trip || (!plans && order.trip.driver !== actor.person)) return refuse({ type: 'not-on-trip' })
  if (order.receipt) return refuse({ type: 'wrong-stage', stage: stageOf(order), allowed: UNTIL_SIGNED })
  return { accept: order.trip.stop === stop ? [] : [{ type: 'StopMoved', act, stop }] }
}
