/**
 * What an order is. Facts are kept as they came, in lists; where the order stands is read off them (stage.ts),
 * so there is no stored state that could disagree with what happened.
 */
import type { ClassFound, Judgement } from '../inspection/judge.ts'
import type { LotReport, StandardUsed } from '../inspection/report.ts'
import type { GateId } from '../process/process.ts'
import type { Ink } from '../receipt/ink.ts'
import type { Advice } from './advice.ts'
import type { ReadBack } from './clauses.ts'
import type { ExceptionKind } from './exception.ts'
import type { Line, OrderForm } from './form.ts'
import type { Unit } from './quantity.ts'
import { type Allowed, allowedOf, readTolerance } from './tolerance.ts'


/** Who did it, when by that device's clock, on which device, by which command. */
export type Act = { by: string; name: string; at: string; device: string; command: string }

export const PICK_WAYS = ['scan', 'tap', 'hand'] as const
export type PickWay = (typeof PICK_WAYS)[number]
export const HAND_REASONS = ['no-label', 'unreadable', 'scanner', 'other'] as const
export type HandReason = (typeof HAND_REASONS)[number]
/**
 * How it was confirmed; by hand says why. Picks of before have neither. `tolerance`: the site's usual one, where the order names none.
 * `back`: how much of it lies in the pile no more; `away`: of that, what went out, came home undelivered and was put away (back.ts).
 */
export type Pick = Act & { line: number; quantity: number; lot: string; from: string; grams: number; back: number; away?: number; way?: PickWay | undefined; why?: HandReason | undefined; tolerance?: string | undefined }
export type Short = Act & { line: number; quantity: number; reason: string }
export type Check = 'pass' | 'fail'
export type Inspection = Act & {
  result: 'pass' | 'hold' | 'fail'
  checks: { quantity: Check; appearance: Check; labels: Check }
  reason: string
  photos: string[]
  /** by what, and what was found of each lot; inspections of old, and those without a standard, have none */
  standards?: StandardUsed[] | undefined
  lots?: JudgedLot[] | undefined
  /** freed as it is, with a signature */
  concession?: Act & { reason: string }
}
export type JudgedLot = LotReport & { proposal: Judgement['proposal']; classes: ClassFound[] }
/** Packed before packages had numbers: without `code`. `lot` where all of it is of one. */
export type Package = Act & {
  no: number
  kind: string
  grams: number
  contents: { line: number; quantity: number; lot?: string | undefined }[]
  code?: string | undefined
  sizeMm?: { length: number; width: number; height: number } | undefined
}
export type Loading = Act & { vehicle: string; packages: number; loaded?: { no: number; code?: string | undefined; scanned: boolean }[] | undefined }
/** `lines`: what lay in the pile when it was shipped. Goods that come back later change the pile, never this paper. */
export type Shipment = Act & {
  deliveryOrder: string
  carrier: string
  vehicle: string
  driver: string
  packages: number
  lines: { line: number; quantity: number }[]
  /** absent: nobody read it back, or an app that did not know how */
  readBack?: ReadBack | undefined
  advice?: Advice | undefined
}
/** Word from the way (M22). `check`: which of the advice's, null for one between. `arrivesAt`: when it is there by what was heard. */
export type CheckReport = Act & { check: number | null; place: string; arrivesAt: string | null; note: string }
export type Place = { latitude: number; longitude: number; accuracyM: number }
export type Arrival = Act & { place: Place | null }
export type ReceiptLine = {
  line: number
  accepted: number
  short: number
  damaged: number
  refused: number
  reason: string
  photos: string[]
}
export type Receipt = Act & {
  lines: ReceiptLine[]
  receiver: { name: string; role: string }
  ink: Ink
  place: Place | null
  photos: string[]
  packages?: { no: number; outcome: string }[] | undefined
}
/** Beside the receipt, which stays as it was signed. Without ink the customer has not agreed to it. */
export type Amendment = Act & { lines: ReceiptLine[]; reason: string; receiver: Receipt['receiver'] | null; ink: Ink | null; photos: string[] }
export type Cash = Act & { expected: number; taken: number; reason: string; handed?: number | undefined; change?: number | undefined }
/** `after`: its goods stay on the vehicle or come back, reports of before say neither; `home`: they came back since. */
export type Absence = Act & { place: Place | null; note: string; photos: string[]; againAt: string | null; after?: 'stay' | 'back' | undefined; why?: 'absent' | 'refused' | undefined; home?: true }
export type Problem = Act & { what: string; note: string; photos: string[] }
export type Goods = { line: number; sku: string; name: string; quantity: number; unit: Unit; lot: string; from: string }
/** `away`: how much of it lies in its place again */
export type ReturnedGoods = Goods & { id: string; damaged: boolean; away: number }
/** `left`: it went out again before it was put away */
export type Return = Act & { goods: ReturnedGoods[]; note: string; photos: string[]; left: Act | null }
/** It went out, came home and was put away: what is delivered is picked anew. What stood on its papers, until then (M21). */
export type Undone = Act & { shipment: Shipment | null; advised?: NonNullable<Order['advised']>; checks?: CheckReport[] }
export type OrderException = Act & {
  id: string
  kind: ExceptionKind
  goods: Goods[]
  note: string
  settled: (Act & { decision: string }) | null
}
export type Override = Act & { reason: string; dueAt: string }
/** A supervisor took the picking from `from`. */
export type TakeOver = Act & { from: Act }
/** Picks that were given to whoever has the order now; `takeover`: the one this answers, '' if none. */
export type HandOver = Act & { takeover: string; picks: string[] }
/** An order of the rest (split), and what of this one went there. `again`: of what this one's receipt does not say was taken. */
export type Part = Act & { id: string; number: string; rest: LineQuantity[]; again?: true }
/** Line `line` stands in for so much of line `instead.line`; `agreed`: what the customer said. */
export type Substitution = Act & { line: number; instead: LineQuantity & { name: string }; agreed: string }
export type LineQuantity = { line: number; quantity: number }
export type TripStop = { id: string; number: string; driver: string; driverName: string; vehicle: string; stop: number }

export type Order = OrderForm & {
  kind: 'order'
  id: string
  site: string
  version: number
  placed: Act
  cancelled: (Act & { reason: string }) | null
  signed: { [gate in GateId]: (Act & { /** on what evidence */ note?: string }) | null }
  override: Override | null
  emergency: (Act & { reason: string }) | null
  /** preset by hand (M2, rule 3); orders placed before there was such a thing have none */
  sequence?: number | null
  claim: Act | null
  picks: Pick[]
  shorts: Short[]
  pickingFinished: Act | null
  inspection: Inspection | null
  /** what was said of the goods before the last inspection, oldest first */
  inspectedBefore?: Inspection[]
  packages: Package[]
  packed: Act | null
  loading: Loading | null
  shipment: Shipment | null
  trip: TripStop | null
  /** who at the customer has the shipping advice (M20) */
  advised?: (Act & { to: string; note: string }) | null
  checks?: CheckReport[]
  departed: Act | null
  arrived: Arrival | null
  receipt: Receipt | null
  amendments?: Amendment[]
  /** before the receipt: when nobody was there */
  absences?: Absence[]
  returns?: Return[]
  undone?: Undone[]
  cash: Cash[]
  problems: Problem[]
  exceptions: OrderException[]
  /** absent where there never was one */
  takeovers?: TakeOver[]
  handovers?: HandOver[]
  parts?: Part[]
  substitutions?: Substitution[]
}

export function lineOf(order: Order, no: number): Line | undefined {
  return order.lines.find((line) => line.no === no)
}
/** Quantity of a line that lies in this order's pile: picked less put back. */
export function pickedOf(order: Order, no: number): number {
  return order.picks.reduce((sum, pick) => (pick.line === no ? sum + pick.quantity - pick.back : sum), 0)
}
/** What was reported missing of a line, whether or not some of it was found afterwards. */
export function shortOf(order: Order, no: number): number {
  return order.shorts.reduce((sum, short) => (short.line === no ? sum + short.quantity : sum), 0)
}
/** What the order says of its tolerance, or the site's usual one as its last picker had it. */
export function toleranceOf(order: Order): string {
  return order.tolerance.trim() || (order.picks.findLast((pick) => pick.tolerance !== undefined)?.tolerance ?? '')
}
export function allowedIn(order: Order, line: Line, tolerance = toleranceOf(order)): Allowed {
  return allowedOf(line, readTolerance(tolerance))
}
/** What is still to pick of a line; never below zero, and nothing once it is within its tolerance. */
export function openOf(order: Order, line: Line): number {
  const there = pickedOf(order, line.no) + shortOf(order, line.no)
  return there >= allowedIn(order, line).min ? 0 : Math.max(0, line.quantity - there)
}
/** Lines that have something in the pile, or that were shipped: what can be packed, shipped and signed for. */
export function shippedLines(order: Order): { line: Line; quantity: number }[] {
  return order.lines.map((line) => ({ line, quantity: shippedOf(order, line.no) })).filter((row) => row.quantity > 0)
}
/** Quantity of a line on the delivery order; before it is shipped, what lies in the pile. */
export function shippedOf(order: Order, no: number): number {
  if (!order.shipment) return pickedOf(order, no)
  return order.shipment.lines.reduce((sum, each) => (each.line === no ? sum + each.quantity : sum), 0)
}
/** The act by which the goods left the house, if they did: a driver's departure or a receipt may be known before the delivery order is. */
export function leftOf(order: Order): Act | null {
  return order.shipment ?? order.departed ?? order.arrived ?? order.receipt
}
export function openExceptions(order: Order): OrderException[] {
  return order.exceptions.filter((exception) => !exception.settled)
}

/** Everything that was said of the goods, oldest first. */
export function inspectionsOf({ inspectedBefore = [], inspection }: Order): Inspection[] {
  return inspection ? [...inspectedBefore, inspection] : inspectedBefore
}
/** Passed, or conceded: what was inspected may be packed and leave. */
export function isFreed(inspection: Inspection): boolean {
  return inspection.result === 'pass' || inspection.concession !== undefined
}
