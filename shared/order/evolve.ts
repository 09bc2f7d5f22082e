/** order + event → order. Pure; the same on the device and the server, so a prediction that was right needs no second copy. */
import { gateOf } from '../process/gate.ts'
import type { GateId } from '../process/process.ts'
import type { OrderEvent } from './events.ts'
import type { Act, Inspection, Order, Pick } from './order.ts'
import { linesWithout } from './split.ts'

/** The first event of an order is OrderPlaced; every other needs the order. Throws if the log is broken. */
export function evolve(order: Order | null, event: OrderEvent, id: string): Order {
  if (event.type === 'OrderPlaced') return place(event, id)
  if (!order) throw new Error(`the log of order ${id} begins with ${event.type}, wanted OrderPlaced`)
  return { ...change(order, event), version: order.version + 1 }
}

function place(event: Extract<OrderEvent, { type: 'OrderPlaced' }>, id: string): Order {
  return {
    ...event.form,
    kind: 'order',
    id,
    site: event.site,
    version: 1,
    placed: event.act,
    cancelled: null,
    signed: { confirmation: null, release: null, notice: null },
    override: null,
    emergency: null,
    sequence: null,
    claim: null,
    picks: [],
    shorts: [],
    pickingFinished: null,
    inspection: null,
    packages: [],
    packed: null,
    loading: null,
    shipment: null,
    trip: null,
    departed: null,
    arrived: null,
    receipt: null,
    cash: [],
    problems: [],
    exceptions: [],
  }
}

/** Whether an emergency may do without the gate. One that it may not is what the override was given on: it falls with it (M17). */
const isOverridable = (order: Order, gate: GateId): boolean => gateOf(order, gate).override !== null

/** What the last inspection said is kept when another takes its place. */
const before = ({ inspection, inspectedBefore = [] }: Order): { inspectedBefore?: Inspection[] } => (inspection ? { inspectedBefore: [...inspectedBefore, inspection] } : {})
/** What an exception reported short is not missing any more: it was taken out of the order. */
const shortsWithout = (order: Order, exception: string) => order.shorts.filter((short) => exception !== `${short.command}.short`)

function change(order: Order, event: Exclude<OrderEvent, { type: 'OrderPlaced' }>): Order {
  switch (event.type) {
    case 'OrderChanged':
      return { ...order, ...event.form }
    case 'OrderCancelled':
      return { ...order, cancelled: { ...event.act, reason: event.reason } }
    case 'GateSigned':
      return { ...order, signed: { ...order.signed, [event.gate]: event.note === '' ? event.act : { ...event.act, note: event.note } } }
    case 'GateWithdrawn':
      return { ...order, signed: { ...order.signed, [event.gate]: null }, override: isOverridable(order, event.gate) ? order.override : null }
    case 'NoticeOverridden':
      return { ...order, override: event.override }
    case 'EmergencyMarked':
      return { ...order, emergency: { ...event.act, reason: event.reason } }
    case 'SequenceSet':
      return { ...order, sequence: event.sequence }
    case 'OrderClaimed':
      return { ...order, claim: event.act }
    case 'ClaimReleased':
      return { ...order, claim: null }
    case 'ClaimTakenOver':
      return { ...order, claim: { ...event.act, ...event.to }, takeovers: [...(order.takeovers ?? []), { ...event.act, from: event.from }] }
    case 'GoodsHandedOver':
      return { ...order, handovers: [...(order.handovers ?? []), { ...event.act, takeover: event.takeover, picks: event.picks }] }
    case 'PutOnTrip':
      return { ...order, trip: event.trip }
    case 'TakenOffTrip':
      return { ...order, trip: null }
    case 'StopMoved':
      return { ...order, trip: order.trip && { ...order.trip, stop: event.stop } }
    case 'LinePicked':
      return { ...order, picks: [...order.picks, event.pick] }
    case 'PickPutBack':
      return {
        ...order,
        picks: order.picks.map((pick) => (pick.command === event.pick ? { ...pick, back: Math.min(pick.quantity, pick.back + event.quantity) } : pick)),
      }
    case 'ShortReported':
      return { ...order, shorts: [...order.shorts, event.short] }
    case 'ShortTakenBack':
      return { ...order, shorts: order.shorts.filter((short) => short.command !== event.short) }
    case 'OrderSplit':
      return {
        ...order,
        lines: linesWithout(order, event.rest),
        shorts: shortsWithout(order, event.exception),
        parts: [...(order.parts ?? []), { ...event.act, id: event.id, number: event.form.number, rest: event.rest }],
      }
    case 'RestOrdered':
      return { ...order, parts: [...(order.parts ?? []), { ...event.act, id: event.id, number: event.form.number, rest: event.rest, again: true }] }
    case 'LineSubstituted':
      return {
        ...order,
        lines: [...linesWithout(order, [event.instead]), event.line],
        shorts: shortsWithout(order, event.exception),
        substitutions: [...(order.substitutions ?? []), { ...event.act, line: event.line.no, instead: event.instead, agreed: event.agreed }],
      }
    case 'PickingFinished':
      return { ...order, pickingFinished: event.act }
    case 'PickingReopened':
      return {
        ...order,
        shorts: order.shorts.filter((short) => !event.lines.includes(short.line)),
        pickingFinished: null,
        inspection: null,
        ...before(order),
        packages: [],
        packed: null,
      }
    case 'OrderInspected':
      return { ...order, inspection: event.inspection, ...before(order) }
    case 'GoodsConceded':
      return { ...order, inspection: order.inspection && { ...order.inspection, concession: { ...event.act, reason: event.reason } } }
    case 'OrderPacked':
      return { ...order, packages: event.packages, packed: event.act }
    case 'OrderLoaded':
      return { ...order, loading: event.loading }
    case 'OrderShipped':
      return { ...order, shipment: order.shipment ?? event.shipment }
    case 'CustomerAdvised':
      return { ...order, advised: { ...event.act, to: event.to, note: event.note } }
    case 'CheckReported':
      return { ...order, checks: [...(order.checks ?? []), event.check] }
    case 'OrderDeparted':
      return { ...goneAgain(order, event.act), departed: order.departed ?? event.act }
    case 'OrderArrived':
      return { ...order, arrived: order.arrived ?? event.arrival }
    case 'ReceiptSigned':
      return { ...order, receipt: order.receipt ?? event.receipt }
    case 'ReceiptAmended':
      return { ...order, amendments: [...(order.amendments ?? []), event.amendment] }
    case 'CustomerAbsent':
      // Whoever comes again arrives again.
      return { ...order, absences: [...(order.absences ?? []), event.absence], arrived: order.receipt ? order.arrived : null }
    case 'GoodsReturned':
      return { ...(order.receipt ? order : atHome(order)), returns: [...(order.returns ?? []), event.back] }
    case 'GoodsPutAway':
      return {
        ...order,
        picks: order.receipt ? order.picks : withAway(order.picks, event),
        returns: (order.returns ?? []).map((back) => ({ ...back, goods: back.goods.map((each) => (each.id === event.goods ? { ...each, away: each.away + event.quantity } : each)) })),
      }
    case 'ShipmentUndone':
      return undone(order, event.act)
    case 'CashTaken':
      return { ...order, cash: [...order.cash, event.cash] }
    case 'ProblemReported':
      return { ...order, problems: [...order.problems, event.problem] }
    case 'ExceptionRaised':
      return { ...order, exceptions: [...order.exceptions, event.exception] }
    case 'ExceptionSettled':
      return {
        ...order,
        exceptions: order.exceptions.map((exception) =>
          exception.id === event.exception ? { ...exception, settled: { ...event.act, decision: event.decision } } : exception,
        ),
      }
  }
}

/** Nobody took it: it is in the house again, on no trip, and can be delivered on another. */
const atHome = (order: Order): Order => ({
  ...order,
  ...{ trip: null, departed: null, arrived: null },
  ...(order.absences && { absences: order.absences.map((absence) => ({ ...absence, home: true as const })) }),
})

/** What lies on the shelf lies in the pile no more: the lot that was put away, or else the line's last picks. */
function withAway(picks: readonly Pick[], { line, lot, quantity }: Extract<OrderEvent, { type: 'GoodsPutAway' }>): Pick[] {
  let rest = quantity
  const shelved = new Map<Pick, number>()
  const mine = picks.filter((pick) => pick.line === line).toReversed()
  for (const pick of [...mine.filter((each) => each.lot === lot), ...mine.filter((each) => each.lot !== lot)]) {
    const some = Math.min(rest, pick.quantity - pick.back)
    if (some > 0) shelved.set(pick, some)
    rest -= some
  }
  return picks.map((pick) => {
    const some = shelved.get(pick)
    return some === undefined ? pick : { ...pick, back: pick.back + some, away: (pick.away ?? 0) + some }
  })
}

/** As when it was confirmed: nobody's, nothing prepared. What came home and is not put away yet lies ready for whoever takes it on. */
function undone(order: Order, act: Act): Order {
  const { advised, checks, ...rest } = order
  const { shipment } = order
  const picks = order.picks.filter((pick) => pick.quantity > pick.back).map((pick) => pick.command)
  return {
    ...rest,
    ...before(order),
    ...{ claim: null, pickingFinished: null, inspection: null, packages: [], packed: null, loading: null, shipment: null },
    ...(picks.length > 0 && { handovers: [...(order.handovers ?? []), { ...act, takeover: '', picks }] }),
    undone: [...(order.undone ?? []), { ...act, shipment, ...(advised && { advised }), ...(checks && { checks }) }],
  }
}

/** What came back undelivered and leaves again has no place to be put away at. */
function goneAgain(order: Order, act: Act): Order {
  if (!order.returns || order.receipt || order.departed) return order
  return { ...order, returns: order.returns.map((back) => ({ ...back, left: back.left ?? act })) }
}
