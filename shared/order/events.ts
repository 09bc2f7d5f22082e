/** What the log keeps of an order. Past tense, one per thing that became true. */
import type { GateId } from '../process/process.ts'
import type { Line, OrderForm } from './form.ts'
import type { Absence, Act, Amendment, Arrival, Cash, CheckReport, Inspection, LineQuantity, Loading, OrderException, Override, Package, Pick, Problem, Receipt, Return, Shipment, Short, TripStop } from './order.ts'

export type OrderEvent =
  | { type: 'OrderPlaced'; act: Act; site: string; form: OrderForm }
  | { type: 'OrderChanged'; act: Act; form: OrderForm }
  | { type: 'OrderCancelled'; act: Act; reason: string }
  | { type: 'GateSigned'; act: Act; gate: GateId; note: string }
  | { type: 'GateWithdrawn'; act: Act; gate: GateId; reason: string }
  | { type: 'NoticeOverridden'; override: Override }
  | { type: 'EmergencyMarked'; act: Act; reason: string }
  | { type: 'SequenceSet'; act: Act; sequence: number | null }
  | { type: 'OrderClaimed'; act: Act }
  | { type: 'ClaimReleased'; act: Act }
  /** `to`: who has it now, if not who took it */
  | { type: 'ClaimTakenOver'; act: Act; from: Act; to?: { by: string; name: string } | undefined }
  | { type: 'GoodsHandedOver'; act: Act; takeover: string; picks: string[] }
  | { type: 'PutOnTrip'; act: Act; trip: TripStop }
  | { type: 'TakenOffTrip'; act: Act }
  | { type: 'StopMoved'; act: Act; stop: number }
  | { type: 'LinePicked'; pick: Pick }
  | { type: 'PickPutBack'; act: Act; pick: string; quantity: number }
  | { type: 'ShortReported'; short: Short }
  | { type: 'ShortTakenBack'; act: Act; short: string }
  | { type: 'PickingFinished'; act: Act }
  /** `lines`: what was short of them is looked for again */
  | { type: 'PickingReopened'; act: Act; lines: number[] }
  /** `form`: of the order `id` that the rest becomes */
  | { type: 'OrderSplit'; act: Act; exception: string; id: string; rest: LineQuantity[]; form: OrderForm }
  /** the same of what was not taken as it was signed for: the lines stay as they were ordered */
  | { type: 'RestOrdered'; act: Act; exception: string; id: string; rest: LineQuantity[]; form: OrderForm }
  | { type: 'LineSubstituted'; act: Act; exception: string; instead: LineQuantity & { name: string }; line: Line; agreed: string }
  | { type: 'OrderInspected'; inspection: Inspection }
  | { type: 'GoodsConceded'; act: Act; reason: string }
  | { type: 'OrderPacked'; act: Act; packages: Package[] }
  | { type: 'OrderLoaded'; loading: Loading }
  | { type: 'OrderShipped'; shipment: Shipment }
  | { type: 'CustomerAdvised'; act: Act; to: string; note: string }
  | { type: 'CheckReported'; check: CheckReport }
  | { type: 'OrderDeparted'; act: Act }
  | { type: 'OrderArrived'; arrival: Arrival }
  | { type: 'ReceiptSigned'; receipt: Receipt }
  | { type: 'ReceiptAmended'; amendment: Amendment }
  | { type: 'CashTaken'; cash: Cash }
  | { type: 'CustomerAbsent'; absence: Absence }
  | { type: 'GoodsReturned'; back: Return }
  /** `goods`: the id of what came back; the stock of the place follows (line 0: nothing of that id came back) */
  | { type: 'GoodsPutAway'; act: Act; goods: string; line: number; lot: string; quantity: number; to: string }
  /** what was shipped lies on the shelf again: what is to be delivered is picked, inspected and shipped anew */
  | { type: 'ShipmentUndone'; act: Act }
  | { type: 'ProblemReported'; problem: Problem }
  | { type: 'ExceptionRaised'; exception: OrderException }
  | { type: 'ExceptionSettled'; act: Act; exception: string; decision: string; note: string }
export type OrderEventType = OrderEvent['type']
