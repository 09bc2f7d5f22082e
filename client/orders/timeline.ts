/**
 * Everything that happened to an order, newest first. The doc says most of it at once; the server's history completes it
 * (what was put back, withdrawn, changed) and says by which clock and when it arrived. What only this device knows is marked.
 */
import type { OrderEvent } from '../../shared/order/events.ts'
import type { ClockSaid, History, HistoryRow } from '../../shared/order/history.ts'
import { type Act, inspectionsOf, type Order } from '../../shared/order/order.ts'
import type { GateId } from '../../shared/process/process.ts'
import { isStockEvent } from '../../shared/sync/doc.ts'

export type Clock = {
  /** ± ms of what the device's clock said; null when it had never met the server */
  error: number | null
  /** how far the device's clock was off, ms; 0 when nobody knows */
  skew: number
  /** ms from the act to its arrival at the server, by the server's clock */
  late: number
}
export type Happening = {
  /** unique in the timeline */
  key: string
  event: OrderEvent
  act: Act
  /** name of the device; '' when it is not known here */
  device: string
  /** null for what the doc alone tells */
  clock: Clock | null
  /** the server has not answered it yet */
  waiting: boolean
}

/** A skew above this is said (SYNC §5). */
export const SKEW_SAID = 120_000
/** An arrival later than this is said: the work was done out of reach. */
export const LATE_SAID = 60_000

export function timelineOf(order: Order, history: History | null, waiting: ReadonlySet<string>): Happening[] {
  const told = history?.history.flatMap((row, i): Happening[] => fromLog(row, i, history.devices)) ?? []
  const known = new Set(told.map((each) => `${each.act.command} ${each.event.type}`))
  const here = eventsOf(order).flatMap((event, i): Happening[] => {
    const act = actOfEvent(event)
    if (known.has(`${act.command} ${event.type}`)) return []
    return [{ key: `doc-${i}-${act.command}`, event, act, device: history?.devices[act.device] ?? '', clock: null, waiting: waiting.has(act.command) }]
  })
  // The log orders; what it has not got yet came after it. A doc alone is sorted by the devices' clocks, for want of better.
  if (told.length > 0) return [...here.sort(newest), ...told.reverse()]
  return here.sort(newest)
}

const newest = (a: Happening, b: Happening) => (a.act.at < b.act.at ? 1 : a.act.at > b.act.at ? -1 : 0)

function fromLog(row: HistoryRow, i: number, devices: History['devices']): Happening[] {
  const { event } = row
  if (event.type === 'BodyPut' || event.type === 'TripPlanned' || event.type === 'TripChanged' || isStockEvent(event)) return []
  const act = actOfEvent(event)
  return [{ key: `log-${row.version}-${i}`, event, act, device: devices[row.device] ?? '', clock: row.receivedAt === '' ? null : clockOf(row), waiting: false }]
}

function clockOf({ at, receivedAt, clock }: HistoryRow): Clock {
  const { offset, error } = said(clock)
  const skew = offset ?? 0
  return { error: error ?? null, skew, late: Math.max(0, Date.parse(receivedAt) - (Date.parse(at) + skew)) }
}
function said(json: string): ClockSaid {
  try {
    return JSON.parse(json) as ClockSaid
  } catch {
    return {}
  }
}

export function actOfEvent(event: OrderEvent): Act {
  switch (event.type) {
    case 'NoticeOverridden':
      return event.override
    case 'LinePicked':
      return event.pick
    case 'ShortReported':
      return event.short
    case 'OrderInspected':
      return event.inspection
    case 'OrderLoaded':
      return event.loading
    case 'OrderShipped':
      return event.shipment
    case 'OrderArrived':
      return event.arrival
    case 'ReceiptSigned':
      return event.receipt
    case 'ReceiptAmended':
      return event.amendment
    case 'CashTaken':
      return event.cash
    case 'CustomerAbsent':
      return event.absence
    case 'GoodsReturned':
      return event.back
    case 'CheckReported':
      return event.check
    case 'ProblemReported':
      return event.problem
    case 'ExceptionRaised':
      return event.exception
    case 'OrderPlaced':
    case 'OrderChanged':
    case 'OrderCancelled':
    case 'GateSigned':
    case 'GateWithdrawn':
    case 'EmergencyMarked':
    case 'SequenceSet':
    case 'OrderClaimed':
    case 'ClaimReleased':
    case 'ClaimTakenOver':
    case 'GoodsHandedOver':
    case 'ShortTakenBack':
    case 'OrderSplit':
    case 'RestOrdered':
    case 'LineSubstituted':
    case 'PutOnTrip':
    case 'TakenOffTrip':
    case 'StopMoved':
    case 'GoodsPutAway':
    case 'ShipmentUndone':
    case 'PickPutBack':
    case 'PickingFinished':
    case 'PickingReopened':
    case 'GoodsConceded':
    case 'OrderPacked':
    case 'CustomerAdvised':
    case 'OrderDeparted':
    case 'ExceptionSettled':
      return event.act
  }
}

/** What was shipped and what was heard of it on its way. */
function wayOf({ shipment, advised, checks = [] }: Pick<Order, 'shipment' | 'advised' | 'checks'>): OrderEvent[] {
  const told = checks.map((check): OrderEvent => ({ type: 'CheckReported', check }))
  if (advised) told.unshift({ type: 'CustomerAdvised', act: advised, to: advised.to, note: advised.note })
  return shipment ? [{ type: 'OrderShipped', shipment }, ...told] : told
}

/** The events an order still shows: enough to tell its story without a network, not every one that made it. */
export function eventsOf(order: Order): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'OrderPlaced', act: order.placed, site: order.site, form: order }]
  for (const gate of Object.keys(order.signed) as GateId[]) {
    const act = order.signed[gate]
    if (act) events.push({ type: 'GateSigned', act, gate, note: act.note ?? '' })
  }
  if (order.override) events.push({ type: 'NoticeOverridden', override: order.override })
  if (order.emergency) events.push({ type: 'EmergencyMarked', act: order.emergency, reason: order.emergency.reason })
  if (order.claim) events.push({ type: 'OrderClaimed', act: order.claim })
  for (const pick of order.picks) events.push({ type: 'LinePicked', pick })
  for (const short of order.shorts) events.push({ type: 'ShortReported', short })
  if (order.pickingFinished) events.push({ type: 'PickingFinished', act: order.pickingFinished })
  for (const inspection of inspectionsOf(order)) {
    events.push({ type: 'OrderInspected', inspection })
    if (inspection.concession) events.push({ type: 'GoodsConceded', act: inspection.concession, reason: inspection.concession.reason })
  }
  if (order.packed) events.push({ type: 'OrderPacked', act: order.packed, packages: order.packages })
  if (order.loading) events.push({ type: 'OrderLoaded', loading: order.loading })
  for (const each of order.undone ?? []) events.push(...wayOf(each), { type: 'ShipmentUndone', act: each })
  events.push(...wayOf(order))
  if (order.departed) events.push({ type: 'OrderDeparted', act: order.departed })
  if (order.arrived) events.push({ type: 'OrderArrived', arrival: order.arrived })
  for (const absence of order.absences ?? []) events.push({ type: 'CustomerAbsent', absence })
  if (order.receipt) events.push({ type: 'ReceiptSigned', receipt: order.receipt })
  for (const amendment of order.amendments ?? []) events.push({ type: 'ReceiptAmended', amendment })
  for (const back of order.returns ?? []) events.push({ type: 'GoodsReturned', back })
  for (const cash of order.cash) events.push({ type: 'CashTaken', cash })
  for (const problem of order.problems) events.push({ type: 'ProblemReported', problem })
  if (order.cancelled) events.push({ type: 'OrderCancelled', act: order.cancelled, reason: order.cancelled.reason })
  for (const exception of order.exceptions) {
    events.push({ type: 'ExceptionRaised', exception })
    if (exception.settled) events.push({ type: 'ExceptionSettled', act: exception.settled, exception: exception.id, decision: exception.settled.decision, note: '' })
  }
  return events
}
