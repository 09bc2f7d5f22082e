/** Any commands at all, for the laws: small orders, small numbers, and references that sometimes fit. */
import fc from 'fast-check'
import * as z from 'zod/mini'
import { measuresOf, usedOf } from '../../../shared/inspection/fit.ts'
import { PAPER_ROLLS } from '../../../shared/inspection/paper.ts'
import { SEVERITIES } from '../../../shared/inspection/plan.ts'
import { DECIDED } from '../../../shared/inspection/report.ts'
import { DEFECTS } from '../../../shared/inspection/terms.ts'
import { AFTER_ABSENCE, COMMANDS, type CommandType, PACKAGE_OUTCOMES, PROBLEMS, SHORT_REASONS, UNTAKEN } from '../../../shared/order/commands.ts'
import { DECISIONS, EXCEPTION_KINDS } from '../../../shared/order/exception.ts'
import { GRADES, type OrderForm, TERMS } from '../../../shared/order/form.ts'
import { PICK_WAYS } from '../../../shared/order/order.ts'
import { GATES } from '../../../shared/process/process.ts'
import { ask, EVERYONE, form, minute, type Said } from './mill.ts'

const quantity = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(1_000_000_000))
const some = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 }), fc.constant(1_000_000_000))
const line = fc.integer({ min: 1, max: 4 })
const words = fc.constantFrom('', '受潮', '江𠮷安', '\u0000', 'x'.repeat(60))
const reason = fc.constantFrom('客戶改期', '𠮷')
const ids = fc.integer({ min: 1, max: 12 }).map((n) => `c${n}`)
const codes = fc.constantFrom('PK000300000001', 'PK000300000002', '347123450300000075')
const place = fc.option(fc.record({ latitude: fc.integer({ min: -90, max: 90 }), longitude: fc.integer({ min: -180, max: 180 }), accuracyM: fc.nat(1000) }))
const check = fc.constantFrom('pass' as const, 'fail' as const)
const instant = fc.constantFrom(null, minute(2), minute(90), minute(6000))
const photos = fc.constant<string[]>([])
const point = fc.tuple(fc.integer({ min: -1000, max: 2000 }), fc.integer({ min: -1000, max: 2000 }), fc.nat(3_600_000), fc.nat(1000))

const severity = fc.constantFrom(...SEVERITIES)
const lots = fc.uniqueArray(
  fc.record({
    line,
    sku: fc.constantFrom('S-1', 'S-2'),
    standard: fc.constant(PAPER_ROLLS.id),
    size: quantity,
    severity: fc.record({ critical: severity, major: severity, minor: severity }),
    all: fc.boolean(),
    looked: some,
    measures: fc.constant(measuresOf(PAPER_ROLLS, {})),
    defects: fc.array(fc.record({ check: fc.constant('' as const), defect: fc.constantFrom(...DEFECTS), count: fc.integer({ min: 1, max: 9 }), note: words, photos }), { maxLength: 2 }),
    disposition: fc.constantFrom(...DECIDED),
  }),
  { selector: (lot) => lot.line, minLength: 1, maxLength: 4 },
)
const outcome = fc.record({ line, accepted: some, short: some, damaged: some, refused: some, reason: words, photos })
const receiver = fc.record({ name: reason, role: words })
const ink = fc.record({ aspect: fc.integer({ min: 100, max: 20_000 }), strokes: fc.array(fc.array(point, { minLength: 1, maxLength: 3 }), { maxLength: 2 }) })

const forms: fc.Arbitrary<OrderForm> = fc
  .record({
    grade: fc.constantFrom(...GRADES),
    terms: fc.constantFrom(...TERMS),
    shipTo: fc.constantFrom('', '台中市烏日區'),
    promisedAt: fc.constantFrom(null, minute(-10), minute(5000)),
    lines: fc.uniqueArray(fc.record({ no: line, quantity: fc.integer({ min: 1, max: 12 }), unit: fc.constantFrom('roll' as const, 'kg' as const) }), { selector: ({ no }) => no, minLength: 1, maxLength: 4 }),
  })
  .map(({ grade, lines, ...rest }) =>
    form({ ...rest, customer: { id: '', name: '立德', grade }, lines: lines.map((each) => ({ sku: `S-${each.no}`, name: '紙', spec: '', price: 7, grams: 3, ...each })) }),
  )

const PAYLOADS: { [T in CommandType]: fc.Arbitrary<z.infer<(typeof COMMANDS)[T]['payload']>> } = {
  PlaceOrder: forms,
  ChangeOrder: forms,
  CancelOrder: fc.record({ reason }),
  SignGate: fc.record({ gate: fc.constantFrom(...GATES), note: words }),
  WithdrawGate: fc.record({ gate: fc.constantFrom(...GATES), reason }),
  OverrideNotice: fc.record({ reason }),
  MarkEmergency: fc.record({ reason }),
  SetSequence: fc.record({ sequence: fc.option(fc.integer({ min: 1, max: 5 })) }),
  ClaimOrder: fc.constant({}),
  ReleaseClaim: fc.constant({}),
  TakeOverClaim: fc.constantFrom({}, { to: { by: 'other', name: '江𠮷安' } }, { to: { by: 'picker', name: 'picker' } }),
  TakeBackShort: fc.record({ short: ids }),
  ReopenPicking: fc.constant({}),
  PutOnTrip: fc.record({ id: ids, number: ids, driver: fc.constant('driver'), driverName: reason, vehicle: words, stop: fc.integer({ min: 1, max: 1000 }) }),
  TakeOffTrip: fc.constant({}),
  MoveStop: fc.record({ trip: ids, stop: fc.integer({ min: 1, max: 1000 }) }),
  SettleException: fc.record({ exception: fc.tuple(ids, fc.constantFrom(...EXCEPTION_KINDS)).map(([id, kind]) => `${id}.${kind}`), decision: fc.constantFrom(...DECISIONS), note: words, substitutes: fc.array(fc.record({ line, sku: ids, name: reason, spec: words, grams: some }), { maxLength: 4 }), agreed: words, again: fc.option(fc.array(fc.record({ line, quantity }), { maxLength: 3 }), { nil: undefined }) }),
  PickLine: fc.record({ line, quantity, lot: words, from: words, grams: some, tolerance: fc.constantFrom('', '±5%', '+20%', 'x'), way: fc.constantFrom(...PICK_WAYS) }),
  PutBack: fc.record({ pick: ids, quantity }),
  ReportShort: fc.record({ line, quantity, reason: fc.constantFrom(...SHORT_REASONS), note: words }),
  FinishPicking: fc.constant({}),
  Inspect: fc.record({ result: fc.constantFrom('pass' as const, 'hold' as const, 'fail' as const), checks: fc.record({ quantity: check, appearance: check, labels: check }), reason: words, photos, standards: fc.constant([usedOf(PAPER_ROLLS)]), lots }, { requiredKeys: ['result', 'checks', 'reason', 'photos', 'standards'] }),
  Concede: fc.record({ inspection: ids, reason }),
  HandOver: fc.record({ takeover: ids, picks: fc.array(ids, { maxLength: 3 }) }),
  Pack: fc.record({
    packages: fc.array(fc.record({ no: line, kind: fc.constantFrom('roll' as const, 'pallet' as const), grams: some, contents: fc.array(fc.record({ line, quantity }), { maxLength: 3 }), code: codes }, { requiredKeys: ['no', 'kind', 'grams', 'contents'] }), { minLength: 1, maxLength: 3 }),
  }),
  Load: fc.record({ vehicle: words, packages: some, loaded: fc.array(fc.record({ no: line, code: codes, scanned: fc.boolean() }, { requiredKeys: ['no', 'scanned'] }), { maxLength: 3 }) }, { requiredKeys: ['vehicle', 'packages'] }),
  Ship: fc.record(
    {
      deliveryOrder: ids,
      carrier: words,
      vehicle: words,
      driver: words,
      packages: some,
      readBack: fc.record({ with: words, at: fc.constant(minute(1)), clauses: fc.array(fc.record({ id: fc.constantFrom('customer', 'line.1', 'nothing'), value: fc.constantFrom('立德', '0 roll', '𠮷'), ok: fc.boolean(), note: words }), { maxLength: 3 }) }),
      advice: fc.record({ phone: words, grams: some, departsAt: instant, arrivesAt: instant, checks: fc.array(fc.record({ dueAt: fc.constantFrom(minute(3), minute(90)), place: words }), { maxLength: 3 }) }),
    },
    { requiredKeys: ['deliveryOrder', 'carrier', 'vehicle', 'driver', 'packages'] },
  ),
  ConfirmAdvice: fc.record({ to: reason, note: words }),
  ReportCheck: fc.record({ check: fc.option(fc.nat(4)), place: words, arrivesAt: instant, note: words }),
  Depart: fc.constant({}),
  Arrive: fc.record({ place }),
  SignReceipt: fc.record({
    ...{ lines: fc.array(outcome, { minLength: 1, maxLength: 4 }), receiver, ink, place, photos },
    packages: fc.option(fc.array(fc.record({ no: line, outcome: fc.constantFrom(...PACKAGE_OUTCOMES) }), { maxLength: 3 }), { nil: undefined }),
  }),
  AmendReceipt: fc.record({ lines: fc.array(outcome, { maxLength: 3 }), reason, receiver: fc.option(receiver), ink: fc.option(ink), photos }),
  TakeCash: fc.record({ expected: some, taken: some, reason: words, handed: fc.option(some, { nil: undefined }), change: fc.option(some, { nil: undefined }) }),
  ReportAbsent: fc.record({ place, note: words, photos, againAt: fc.constantFrom(null, minute(90)), after: fc.constantFrom(...AFTER_ABSENCE), why: fc.constantFrom(...UNTAKEN) }, { requiredKeys: ['place', 'note', 'photos', 'againAt'] }),
  ReturnGoods: fc.record({ goods: fc.array(fc.record({ line, lot: words, quantity, damaged: fc.boolean() }), { minLength: 1, maxLength: 3 }), note: words, photos }),
  PutAway: fc.record({ goods: fc.tuple(ids, fc.integer({ min: 0, max: 2 })).map(([id, i]) => `${id}.${i}`), quantity, to: words }),
  ReportProblem: fc.record({ what: fc.constantFrom(...PROBLEMS), note: words, photos }),
}

const types = Object.keys(COMMANDS) as CommandType[]
/** One command of anybody; most have the PIN. */
export const anySaid: fc.Arbitrary<Said> = fc
  .constantFrom(...types)
  .chain((type) =>
    fc
      .record({ payload: PAYLOADS[type], actor: fc.constantFrom(...EVERYONE, ...EVERYONE.map((each) => ({ ...each, roles: [...each.roles, 'warehouse' as const, 'service-supervisor' as const, 'finance' as const] }))), signed: fc.constantFrom(true, true, true, false) })
      .map(({ payload, actor, signed }) => {
        const schema: z.ZodMiniType = COMMANDS[type].payload
        return ask(type, z.parse(schema, payload) as never, actor, { signed })
      }),
  )
/** A shift's worth, begun by placing the order and, mostly, by confirming it. */
export const anyShift: fc.Arbitrary<Said[]> = fc
  .tuple(forms, fc.boolean(), fc.array(anySaid, { maxLength: 30 }))
  .map(([placedForm, quick, rest]) => [
    ask('PlaceOrder', placedForm, EVERYONE[0] ?? ({} as never)),
    ...(quick ? [ask('SignGate', { gate: 'confirmation' as const, note: '' }, EVERYONE[1] ?? ({} as never))] : []),
    ...rest,
  ])
