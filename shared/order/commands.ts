/**
 * Everything that can be asked of an order, and everything that can have happened to it: one table, one schema each.
 * A request can be refused. A fact never (M38): the types of `decide` make that so.
 */
import * as z from 'zod/mini'
import { CONCEDES } from '../inspection/disposition.ts'
import { Lots, StandardsUsed } from '../inspection/report.ts'
import type { Role } from '../people/role.ts'
import { GATES } from '../process/process.ts'
import { Ink } from '../receipt/ink.ts'
import { Advice, MAX_CHECKS } from './advice.ts'
import { ReadBack } from './clauses.ts'
import { DECISIONS } from './exception.ts'
import { Instant, OrderForm } from './form.ts'
import { HAND_REASONS, PICK_WAYS } from './order.ts'
import { Count, Minor, Quantity } from './quantity.ts'

const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const Photos = z.array(Sha256).check(z.maxLength(20))
const text = (max: number) => z.string().check(z.maxLength(max))
const need = (max: number) => z.string().check(z.minLength(1), z.maxLength(max))
const LineNo = z.int().check(z.minimum(1), z.maximum(100_000))
const Place = z.nullable(
  z.object({
    latitude: z.number().check(z.minimum(-90), z.maximum(90)),
    longitude: z.number().check(z.minimum(-180), z.maximum(180)),
    accuracyM: z.number().check(z.minimum(0), z.maximum(100_000)),
  }),
)
const Nothing = z.object({})
const Check = z.enum(['pass', 'fail'])
const ReceiptLine = z.object({ line: LineNo, accepted: Quantity, short: Quantity, damaged: Quantity, refused: Quantity, reason: text(500), photos: Photos })
const Receiver = z.object({ name: need(120), role: text(120) })
const PackageNo = z.int().check(z.minimum(1), z.maximum(10_000))
const PackageCode = need(40)
const Millimetres = z.int().check(z.minimum(1), z.maximum(100_000))

export const SHORT_REASONS = ['not-found', 'damaged', 'miscounted', 'reserved', 'other'] as const
export { DECISIONS, type Decision } from './exception.ts'
/** What may become of a package at the door; the others are accepted. */
export const PACKAGE_OUTCOMES = ['short', 'damaged', 'refused'] as const
/** What becomes of goods that nobody took. */
export const AFTER_ABSENCE = ['stay', 'back'] as const
export const UNTAKEN = ['absent', 'refused'] as const
export const PROBLEMS = ['delay', 'breakdown', 'accident', 'address', 'absent', 'refused', 'damage', 'other'] as const

const SITE: readonly Role[] = ['sales', 'service', 'service-supervisor', 'finance', 'warehouse', 'quality', 'shipper', 'supervisor']
const DESK: readonly Role[] = ['sales', 'service', 'service-supervisor']
const FLOOR: readonly Role[] = ['warehouse', 'shipper', 'quality', 'supervisor']
const ROAD: readonly Role[] = ['driver', 'shipper', 'supervisor']
const PLANNERS: readonly Role[] = ['shipper', 'service', 'service-supervisor', 'supervisor']

/** `pin`: counts only when the person entered the PIN for it. */
const request = <S>(payload: S, roles: readonly Role[], pin = false) => ({ kind: 'request', payload, roles, pin, v: 1 }) as const
const fact = <S>(payload: S, roles: readonly Role[], pin = false) => ({ kind: 'fact', payload, roles, pin, v: 1 }) as const

export const COMMANDS = {
  PlaceOrder: request(OrderForm, DESK),
  ChangeOrder: request(OrderForm, DESK),
  CancelOrder: request(z.object({ reason: need(500) }), DESK, true),
  SignGate: request(z.object({ gate: z.enum(GATES), note: text(500) }), ['service', 'service-supervisor', 'finance'], true),
  WithdrawGate: request(z.object({ gate: z.enum(GATES), reason: need(500) }), ['service', 'service-supervisor', 'finance'], true),
  OverrideNotice: request(z.object({ reason: need(500) }), ['service-supervisor'], true),
  MarkEmergency: request(z.object({ reason: need(500) }), ['service-supervisor', 'supervisor'], true),
  /** null: it has no place of its own any more */
  SetSequence: request(z.object({ sequence: z.nullable(z.int().check(z.minimum(1), z.maximum(99_999))) }), ['service-supervisor', 'supervisor']),
  ClaimOrder: request(Nothing, FLOOR),
  ReleaseClaim: request(Nothing, FLOOR),
  /** from whoever has it: the goods that lie with them are asked for. `to`: who has it then, if not who says so */
  TakeOverClaim: request(z.object({ to: z.optional(z.object({ by: need(64), name: need(120) })) }), ['supervisor'], true),
  TakeBackShort: request(z.object({ short: need(64) }), FLOOR),
  ReopenPicking: request(Nothing, FLOOR),
  PutOnTrip: request(
    z.object({
      id: need(64),
      number: need(60),
      driver: need(64),
      driverName: need(120),
      vehicle: text(60),
      stop: z.int().check(z.minimum(1), z.maximum(1000)),
    }),
    PLANNERS,
  ),
  TakeOffTrip: request(Nothing, PLANNERS),
  /** another place among the stops of the trip it is on, also when that is under way */
  MoveStop: request(z.object({ trip: need(64), stop: z.int().check(z.minimum(1), z.maximum(1000)) }), [...PLANNERS, 'driver']),
  /** `to`: who there has the advice */
  ConfirmAdvice: request(z.object({ to: need(120), note: text(500) }), ['service', 'service-supervisor'], true),
  /** `inspection`: the command that held the goods */
  Concede: request(z.object({ inspection: need(64), reason: need(1000) }), CONCEDES, true),
  SettleException: request(
    z.object({
      exception: need(80),
      decision: z.enum(DECISIONS),
      note: text(1000),
      /** substitute: what stands in for each short line, and what the customer said to it */
      substitutes: z.optional(z.array(z.object({ line: LineNo, sku: need(80), name: need(300), spec: text(300), grams: Quantity })).check(z.maxLength(2000))),
      agreed: z.optional(text(300)),
      /** again: how much of each line; absent: all that is owed */
      again: z.optional(z.array(z.object({ line: LineNo, quantity: Count })).check(z.maxLength(2000))),
    }),
    ['supervisor', 'service-supervisor'],
    true,
  ),

  PickLine: fact(
    z.object({
      line: LineNo,
      quantity: Count,
      lot: text(80),
      from: text(60),
      grams: Quantity,
      way: z.optional(z.enum(PICK_WAYS)),
      why: z.optional(z.enum(HAND_REASONS)),
      tolerance: z.optional(text(120)),
    }),
    SITE,
  ),
  PutBack: fact(z.object({ pick: need(64), quantity: Count }), SITE),
  ReportShort: fact(z.object({ line: LineNo, quantity: Count, reason: z.enum(SHORT_REASONS), note: text(500) }), SITE),
  FinishPicking: fact(Nothing, SITE),
  HandOver: fact(z.object({ takeover: text(64), picks: z.array(need(64)).check(z.maxLength(2000)) }), SITE),
  Inspect: fact(
    z
      .object({
        /** with `lots` it is what these come to, whatever stands here */
        result: z.enum(['pass', 'hold', 'fail']),
        checks: z.object({ quantity: Check, appearance: Check, labels: Check }),
        reason: text(1000),
        photos: Photos,
        standards: z.optional(StandardsUsed),
        lots: z.optional(Lots),
      })
      .check(z.refine(({ standards = [], lots = [] }) => lots.every((lot) => standards.some(({ id }) => id === lot.standard)), 'a lot by a standard that is not given')),
    SITE,
    true,
  ),
  Pack: fact(
    z.object({
      packages: z.array(
        z.object({
          no: PackageNo,
          kind: z.enum(['roll', 'pallet', 'carton', 'crate', 'loose']),
          grams: Quantity,
          contents: z.array(z.object({ line: LineNo, quantity: Count, lot: z.optional(text(80)) })).check(z.maxLength(2000)),
          /** SSCC, or a number of the site's own (package-code.ts) */
          code: z.optional(PackageCode),
          sizeMm: z.optional(z.object({ length: Millimetres, width: Millimetres, height: Millimetres })),
        }),
      )
        .check(z.minLength(1), z.maxLength(2000))
        .check(z.refine((packages) => packages.reduce((sum, each) => sum + each.contents.length, 0) <= 10_000, 'more than 10,000 entries')),
    }),
    SITE,
  ),
  /** `loaded`: which packages, and whether each was scanned or ticked off; absent where they were only counted */
  Load: fact(
    z.object({
      vehicle: text(60),
      packages: Quantity,
      loaded: z.optional(z.array(z.object({ no: PackageNo, code: z.optional(PackageCode), scanned: z.boolean() })).check(z.maxLength(2000))),
    }),
    SITE.concat('driver'),
  ),
  Ship: fact(
    z.object({
      deliveryOrder: need(60),
      carrier: text(120),
      vehicle: text(60),
      driver: text(120),
      packages: Quantity,
      readBack: z.optional(ReadBack),
      advice: z.optional(Advice),
    }),
    SITE,
    true,
  ),
  Depart: fact(Nothing, ROAD),
  Arrive: fact(z.object({ place: Place }), ROAD),
  SignReceipt: fact(
    z.object({
      lines: z.array(ReceiptLine).check(z.minLength(1), z.maxLength(2000)),
      receiver: Receiver,
      ink: Ink,
      place: Place,
      photos: Photos,
      /** those that were not accepted; the lines say the same in quantities */
      packages: z.optional(z.array(z.object({ no: z.int().check(z.minimum(1), z.maximum(10_000)), outcome: z.enum(PACKAGE_OUTCOMES) })).check(z.maxLength(2000))),
    }),
    ROAD,
  ),
  /** The receipt stays as it was signed: what was wrong in it stands beside it. `lines`: those that are other than it says. */
  AmendReceipt: fact(
    z.object({ lines: z.array(ReceiptLine).check(z.maxLength(2000)), reason: need(500), receiver: z.nullable(Receiver), ink: z.nullable(Ink), photos: Photos }),
    [...ROAD, 'service', 'service-supervisor'],
    true,
  ),
  /** `handed`: what the customer gave; `change`: what was given back of it */
  TakeCash: fact(z.object({ expected: Minor, taken: Minor, reason: text(500), handed: z.optional(Minor), change: z.optional(Minor) }), ROAD),
  /** Nobody took the goods: nobody was there, or who was would not sign (`why`). `after`: they stay on the vehicle, or come back; `againAt`: when to try again, if somebody said so. */
  ReportAbsent: fact(
    z.object({ place: Place, note: text(1000), photos: Photos, againAt: z.nullable(Instant), after: z.optional(z.enum(AFTER_ABSENCE)), why: z.optional(z.enum(UNTAKEN)) }),
    ROAD,
  ),
  /** Back in the house: what was refused, what nobody took. */
  ReturnGoods: fact(
    z.object({
      goods: z.array(z.object({ line: LineNo, lot: text(80), quantity: Count, damaged: z.boolean() })).check(z.minLength(1), z.maxLength(2000)),
      note: text(1000),
      photos: Photos,
    }),
    [...ROAD, 'warehouse', 'quality'],
  ),
  /** `goods`: the id of what came back (order.ts, ReturnedGoods); `to`: where it lies now. */
  PutAway: fact(z.object({ goods: need(80), quantity: Count, to: text(60) }), SITE),
  /** `check`: its place among those of the advice, null for one between */
  ReportCheck: fact(
    z.object({ check: z.nullable(z.int().check(z.minimum(0), z.maximum(MAX_CHECKS))), place: text(120), arrivesAt: z.nullable(Instant), note: text(1000) }),
    SITE.concat('driver'),
  ),
  ReportProblem: fact(z.object({ what: z.enum(PROBLEMS), note: text(1000), photos: Photos }), SITE.concat('driver')),
} as const

export type CommandType = keyof typeof COMMANDS
export const COMMAND_TYPES = Object.keys(COMMANDS) as CommandType[]

type Kind<T extends CommandType> = (typeof COMMANDS)[T]['kind']
export type RequestType = { [T in CommandType]: Kind<T> extends 'request' ? T : never }[CommandType]
export type FactType = Exclude<CommandType, RequestType>

export type Payload<T extends CommandType> = z.infer<(typeof COMMANDS)[T]['payload']>
/** What the rules see of a command: ids and times come with it, so they need no clock and no random (STYLE 10). */
export type Asked<T extends CommandType = CommandType> = {
  [K in T]: { id: string; doc: string; type: K; at: string; signed: boolean; payload: Payload<K> }
}[T]
export type Request = Asked<RequestType>
export type Fact = Asked<FactType>

export function isFact(command: Asked): command is Fact {
  return COMMANDS[command.type].kind === 'fact'
}
export function isCommandType(type: string): type is CommandType {
  return Object.hasOwn(COMMANDS, type)
}
