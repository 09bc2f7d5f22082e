/**
 * What an order is. Facts are kept as they came, in lists; where the order stands is read off them (`stageOf`),
 * so there is no stored state that could disagree with what happened.
 */
import * as z from 'zod/mini'
import type { ClassFound, Judgement } from '../inspection/judge.ts'
import type { LotReport, StandardUsed } from '../inspection/report.ts'
import type { GateId } from '../process/process.ts'
import type { Ink } from '../receipt/ink.ts'
import type { Advice } from './advice.ts'
import type { ReadBack } from './clauses.ts'
import type { ExceptionKind } from './exception.ts'
import { Count, Minor, Quantity, scaleOf, Unit } from './quantity.ts'
import { type Allowed, allowedOf, readTolerance } from './tolerance.ts'

export const GRADES = ['A', 'B', 'C'] as const
export const Grade = z.enum(GRADES)
export type Grade = z.infer<typeof Grade>

export const TERMS = [
  'prepaid',
  'cash-on-delivery',
  'deposit-balance',
  'monthly',
  'letter-of-credit',
  'telegraphic-transfer',
  'credit',
] as const
export const Terms = z.enum(TERMS)
export type Terms = z.infer<typeof Terms>

const text = (max: number) => z.string().check(z.maxLength(max))
const need = (max: number) => z.string().check(z.minLength(1), z.maxLength(max))
/** ISO UTC; its length is bounded because a fraction of a second may have any number of digits. */
export const Instant = z.iso.datetime().check(z.maxLength(30))

/** Most that one line may be worth (minor units) or weigh (grams): 2,000 such lines still add up below 2^53. */
const LINE_MOST = 1_000_000_000_000
const worthOf = (line: { price: number; quantity: number; unit: Unit }) => Math.round((line.price * line.quantity) / scaleOf(line.unit))

/** One line of the order form (M5). `price` is minor units per shown unit; `grams` the expected weight of one unit, 0 if unknown. */
export const Line = z
  .object({
    no: z.int().check(z.minimum(1), z.maximum(100_000)),
    sku: need(80),
    name: need(300),
    spec: text(300),
    unit: Unit,
    quantity: Count,
    price: Minor,
    grams: Quantity,
  })
  .check(z.refine((line) => worthOf(line) <= LINE_MOST && line.grams * line.quantity <= LINE_MOST, 'worth or weighs more than can be added up'))
export type Line = z.infer<typeof Line>

/** The order form (銷售部客戶訂單確認書, M5). Text fields may be empty: what is missing is listed by `lacking`. */
export const OrderForm = z.object({
  number: need(60),
  source: z.object({ name: text(120), key: text(200) }),
  process: z.enum(['stock']),
  customer: z.object({ id: text(80), name: need(200), grade: Grade }),
  terms: Terms,
  contact: text(120),
  phone: text(60),
  shipTo: text(500),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  placedAt: Instant,
  promisedAt: z.nullable(Instant),
  tolerance: text(120),
  quality: text(300),
  packaging: text(300),
  delivery: text(300),
  clauses: text(2000),
  memo: text(2000),
  lines: z
    .array(Line)
    .check(z.minLength(1), z.maxLength(2000))
    // Picks, shorts and receipts name a line by its number.
    .check(z.refine((lines) => new Set(lines.map((line) => line.no)).size === lines.length, 'a line number stands twice')),
})
export type OrderForm = z.infer<typeof OrderForm>

/** Who did it, when by that device's clock, on which device, by which command. */
export type Act = { by: string; name: string; at: string; device: string; command: string }

export const PICK_WAYS = ['scan', 'tap', 'hand'] as const
export type PickWay = (typeof PICK_WAYS)[number]
export const HAND_REASONS = ['no-label', 'unreadable', 'scanner', 'other'] as const
export type HandReason = (typeof HAND_REASONS)[number]
/** How it was confirmed; by hand says why. Picks of before have neither. `tolerance`: the site's usual one, where the order names none. */
export type Pick = Act & { line: number; quantity: number; lot: string; from: string; grams: number; back: number; way?: PickWay | undefined; why?: HandReason | undefined; tolerance?: string | undefined }
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
export type Absence = Act & { place: Place | null; note: string; photos: string[]; againAt: string | null }
export type Problem = Act & { what: string; note: string; photos: string[] }
export type Goods = { line: number; sku: string; name: string; quantity: number; unit: Unit; lot: string; from: string }
/** `away`: how much of it lies in its place again */
export type ReturnedGoods = Goods & { id: string; damaged: boolean; away: number }
/** `left`: it went out again before it was put away */
export type Return = Act & { goods: ReturnedGoods[]; note: string; photos: string[]; left: Act | null }
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
/** An order of the rest (split), and what of this one went there. */
export type Part = Act & { id: string; number: string; rest: LineQuantity[] }
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
  cash: Cash[]
  problems: Problem[]
  exceptions: OrderException[]
  /** absent where there never was one */
  takeovers?: TakeOver[]
  handovers?: HandOver[]
  parts?: Part[]
  substitutions?: Substitution[]
}

export const STAGES = [
  'placed',
  'confirmed',
  'picking',
  'picked',
  'held',
  'inspected',
  'packed',
  'loaded',
  'shipped',
  'underway',
  'arrived',
  'delivered',
  'cancelled',
] as const
export type Stage = (typeof STAGES)[number]

/**
 * Where the order stands: the furthest thing that happened to it. Goods that left are on their way even if the order was
 * cancelled; goods that did not pass are held even if somebody packed them.
 */
export function stageOf(order: Order): Stage {
  if (order.receipt) return 'delivered'
  if (order.arrived) return 'arrived'
  if (order.departed) return 'underway'
  if (order.shipment) return 'shipped'
  if (order.cancelled) return 'cancelled'
  if (order.loading) return 'loaded'
  if (order.inspection && !isFreed(order.inspection)) return 'held'
  if (order.packed) return 'packed'
  if (order.inspection) return 'inspected'
  if (order.pickingFinished) return 'picked'
  if (order.claim || order.picks.length > 0) return 'picking'
  return order.signed.confirmation ? 'confirmed' : 'placed'
}

/** Everything that was said of the goods, oldest first. */
export function inspectionsOf({ inspectedBefore = [], inspection }: Order): Inspection[] {
  return inspection ? [...inspectedBefore, inspection] : inspectedBefore
}
/** Passed, or conceded: what was inspected may be packed and leave. */
export function isFreed(inspection: Inspection): boolean {
  return inspection.result === 'pass' || inspection.concession !== undefined
}

export const STEPS = ['confirm', 'pick', 'inspect', 'pack', 'load', 'ship', 'deliver', 'done'] as const
export type Step = (typeof STEPS)[number]

/** The step that has to do something next (M1: what it waits for). */
export function stepOf(order: Order): Step {
  const stage = stageOf(order)
  switch (stage) {
    case 'placed':
      return 'confirm'
    case 'confirmed':
    case 'picking':
      return 'pick'
    case 'picked':
    case 'held':
      return 'inspect'
    case 'inspected':
      return 'pack'
    case 'packed':
      return 'load'
    case 'loaded':
      return 'ship'
    case 'shipped':
    case 'underway':
    case 'arrived':
      return 'deliver'
    case 'delivered':
    case 'cancelled':
      return 'done'
  }
}

export const PHASES = ['preparation', 'transmission', 'entry', 'fulfilment', 'tracking'] as const
/** M1's five stages, as an index 0–4 of the one it is in (a cancelled order: the one it had come to); 5 when all is done. */
export function phaseOf(order: Order): number {
  const stage = stageOf(order)
  switch (stage) {
    case 'placed':
      return 1
    case 'confirmed':
      return 2
    case 'picking':
    case 'picked':
    case 'held':
    case 'inspected':
    case 'packed':
    case 'loaded':
      return 3
    case 'shipped':
    case 'underway':
    case 'arrived':
      return 4
    case 'delivered':
      return 5
    case 'cancelled':
      return order.claim || order.picks.length > 0 ? 3 : order.signed.confirmation ? 2 : 1
  }
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
/** Order value in minor units. */
export function amountOf(order: OrderForm): number {
  return order.lines.reduce((sum, line) => sum + worthOf(line), 0)
}
/** Expected weight in grams; kg lines weigh what they say. */
export function gramsOf(order: OrderForm): number {
  return order.lines.reduce((sum, line) => sum + (line.unit === 'kg' ? line.quantity : line.unit === 'm' ? 0 : line.grams * line.quantity), 0)
}
export function openExceptions(order: Order): OrderException[] {
  return order.exceptions.filter((exception) => !exception.settled)
}

export const FORM_FIELDS = [
  'contact',
  'phone',
  'shipTo',
  'promisedAt',
  'tolerance',
  'quality',
  'packaging',
  'delivery',
  'spec',
  'price',
] as const
export type FormField = (typeof FORM_FIELDS)[number]

/** Required fields of the form that are still empty (M5). */
export function lacking(form: OrderForm): FormField[] {
  return FORM_FIELDS.filter((field) => {
    if (field === 'spec') return form.lines.some((line) => line.spec === '')
    if (field === 'price') return form.lines.some((line) => line.price === 0)
    return form[field] === null || form[field] === ''
  })
}
/** Without these nobody can work: an order that lacks one can't be confirmed. */
export const VITAL_FIELDS: readonly FormField[] = ['shipTo', 'promisedAt']
