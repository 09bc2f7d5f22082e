/** The way of one order: what its people did, one after the other, up to the stage it has come to. */
import { clausesOf } from '../../shared/order/clauses.ts'
import type { OrderForm } from '../../shared/order/form.ts'
import type { Stage } from '../../shared/order/stage.ts'
import { type Counted, packageCode, seriesOf } from '../../shared/order/package-code.ts'
import { scaleOf } from '../../shared/order/quantity.ts'
import type { Payload } from '../../shared/order/commands.ts'
import type { DocCommand, DocCommandType } from '../../shared/sync/doc.ts'
import type { Chance } from './chance.ts'
import type { Customer } from './customers.ts'
import { scrawl } from './ink.ts'
import { PEOPLE, type PersonKey, PICKERS } from './people.ts'
import { type Goods, type Lots, placeOf, weighed } from './products.ts'

/** What is not as planned. */
export const TWISTS = [
  'emergency',
  'unreleased',
  'unnoticed',
  'owed',
  'overdue',
  'made-up',
  'short',
  'short-accepted',
  'short-waited',
  'two-pickers',
  'passed-later',
  'packages-differ',
  'no-pin',
  'delay',
  'damaged',
  'damage-settled',
  'refused',
  'cash-short',
  'picked',
  'put-back',
] as const
/** Of the prefix that GS1 keeps for demonstrations (952). */
export const DEMO_SSCC = { extension: '3', prefix: '9521234' }

export type Twist = (typeof TWISTS)[number]

/** What a step may name that is known only when it is said: ids of earlier commands, numbers given out in order, and the time. */
export type Said = { id(step: string): string; number(series: string): string; count(series: string): Counted; /** when it is said */ at: number }
type PayloadOf<T extends DocCommandType> = Extract<DocCommand, { type: T }>['payload']
/** `gap`: minutes since the step before. `name`: how later steps and the timing speak of it. */
export type Step = { [T in DocCommandType]: { type: T; by: PersonKey; gap: number; name: string; signed: boolean; payload: (said: Said) => PayloadOf<T> } }[DocCommandType]

export type Journey = {
  form: OrderForm
  customer: Customer
  goods: readonly Goods[]
  goal: Stage
  twists: ReadonlySet<Twist>
  trip: Payload<'PutOnTrip'> | null
  driver: PersonKey
  vehicle: string
  driverName: string
}

const soon = (at: number, minutes: number) => new Date(at + minutes * 60_000).toISOString()
const REASONS = { damage: '端面壓痕', short: '少一件，隨車未到', refused: '外包裝破，客戶不收' }

export function pathOf(journey: Journey, chance: Chance, lots: Lots): Step[] {
  const { form, goal, twists, trip, driver, vehicle, driverName } = journey
  const has = (twist: Twist) => twists.has(twist)
  const steps: Step[] = []
  const say = <T extends DocCommandType>(type: T, by: PersonKey, gap: number, payload: PayloadOf<T> | ((said: Said) => PayloadOf<T>), more: { name?: string; signed?: boolean } = {}) => {
    const given = typeof payload === 'function' ? payload : () => payload
    steps.push({ type, by, gap, name: more.name ?? type, signed: more.signed ?? true, payload: given } as Step)
  }
  const service = chance.pick(['service', 'service-2'] as const)
  const picker = chance.pick(PICKERS)
  const settle = (gap: number, of: string, kind: string, decision: Payload<'SettleException'>['decision'], note: string) =>
    say('SettleException', 'supervisor', gap, (said) => ({ exception: `${said.id(of)}.${kind}`, decision, note }))
  const cancel = (reason: string, by: PersonKey) => say('CancelOrder', by, chance.int(40, 300), { reason })

  say('PlaceOrder', chance.pick(['sales', service] as const), 0, form)
  if (has('emergency')) say('MarkEmergency', 'service-supervisor', 12, { reason: '客戶停機待料，今天一定要到' })
  if (goal === 'placed') return steps
  if (goal === 'cancelled' && !has('picked') && !has('put-back')) {
    cancel(chance.pick(['客戶改向同業調貨', '電話打不通，地址查無此號', '重複下單']), service)
    return steps
  }
  say('SignGate', service, chance.int(25, 200), { gate: 'confirmation', note: '回傳已核對' }, { name: 'confirm' })
  const gated = form.customer.grade !== 'A'
  const early = chance.next() < 0.6
  const release = () => {
    if (gated && !has('unreleased')) say('SignGate', 'finance', chance.int(40, 240), { gate: 'release', note: chance.pick(['款項已入帳', '額度內', '尾款 30% 已收']) })
    if (!has('unreleased') && !has('unnoticed') && !has('owed') && !has('overdue') && !has('made-up')) say('SignGate', service, chance.int(10, 60), { gate: 'notice', note: '地址、聯絡人已再核對' })
  }
  if (early) release()
  if (goal === 'confirmed') return steps

  say('ClaimOrder', picker, chance.int(15, 120), {})
  const picked = pick()
  if (goal === 'picking' || goal === 'cancelled') {
    if (goal === 'picking') return steps
    cancel('客戶取消，機台故障延後生產', 'service-supervisor')
    if (has('put-back')) {
      for (const { name, quantity } of picked) say('PutBack', picker, chance.int(4, 12), (said) => ({ pick: said.id(name), quantity }))
      settle(20, 'CancelOrder', 'picked-after-cancel', 'put-back', '已放回原儲位，卷號核對無誤')
    }
    return steps
  }
  say('FinishPicking', picker, 2, {})
  if (goal === 'picked') return steps

  const passed = { quantity: 'pass', appearance: 'pass', labels: 'pass' } as const
  if (goal === 'held' || has('passed-later')) {
    const fail = chance.next() < 0.4
    say('Inspect', 'quality', chance.int(15, 50), { result: fail ? 'fail' : 'hold', checks: { ...passed, appearance: 'fail' }, reason: chance.pick(['卷端受潮，等複驗水分', '紙面有壓痕，等技術部判定']), photos: [] }, { name: 'held' })
    if (goal === 'held') return steps
    say('Inspect', 'quality', 75, { result: 'pass', checks: passed, reason: '複驗水分 7.2%，合格', photos: [] })
    settle(15, 'held', 'inspection-failed', 'reworked', '換包裝後複驗合格')
  } else say('Inspect', 'quality', chance.int(15, 60), { result: 'pass', checks: passed, reason: '', photos: [] }, { signed: !has('no-pin') })
  if (goal === 'inspected') return steps

  const packages = packagesOf(picked)
  say('Pack', picker, chance.int(10, 35), (said) => ({ packages: packages.map((each) => ({ ...each, code: packageCode(said.count(seriesOf(DEMO_SSCC)), DEMO_SSCC) })) }))
  if (!early) release()
  if (goal === 'packed') return steps
  const inOverride = has('owed') || has('overdue') || has('made-up')
  if (trip) say('PutOnTrip', 'shipper', 8, trip)
  say('Load', 'shipper', chance.int(10, 30), { vehicle, packages: packages.length - (has('packages-differ') ? 1 : 0) })
  if (inOverride) say('OverrideNotice', 'service-supervisor', 6, { reason: '客戶產線待料，先出貨，通知單後補' })
  if (goal === 'loaded') return steps
  say('Ship', 'shipper', has('overdue') ? 150 : 10, (said) => ({
    deliveryOrder: said.number('DO'),
    carrier: '自有車隊',
    vehicle,
    driver: driverName,
    packages: packages.length,
    readBack: { with: PEOPLE.find(({ key }) => key === service)?.name ?? '', at: soon(said.at, 0), clauses: readings() },
    advice: { phone: '', grams: packages.reduce((sum, { grams }) => sum + grams, 0), departsAt: soon(said.at, 12), arrivesAt: soon(said.at, 22 + 22 * (trip?.stop ?? 1)), checks: (trip?.stop ?? 1) > 1 ? [{ dueAt: soon(said.at, 30), place: '王田交流道' }] : [] },
  }))
  if (goal === 'shipped') return steps
  if (form.lines.length > 1) say('ConfirmAdvice', service, 6, { to: form.contact || form.customer.name, note: '' })
  say('Depart', driver, 12, {})
  if (has('delay')) say('ReportProblem', driver, 18, { what: 'delay', note: '中彰快速道路回堵，約慢 40 分', photos: [] })
  if (goal === 'underway') return steps
  const place = { latitude: 24 + chance.int(0, 40_000) / 100_000, longitude: 120.4 + chance.int(0, 40_000) / 100_000, accuracyM: chance.int(5, 30) }
  say('Arrive', driver, 0, { place }, { name: 'Arrive' })
  if (goal === 'arrived') return steps
  deliver()
  if (has('made-up')) say('SignGate', service, 260, { gate: 'notice', note: '補發貨通知單' })
  return steps

  type Picked = { name: string; line: number; quantity: number; grams: number; lot: string; goods: Goods }
  function pick(): Picked[] {
    const done: Picked[] = []
    const lines = goal === 'picking' ? form.lines.slice(0, Math.max(1, Math.ceil(form.lines.length / 2))) : form.lines
    lines.forEach((line, i) => {
      const goods = journey.goods[line.no - 1]
      if (!goods) throw new Error(`line ${line.no} of ${form.number} has no product`)
      const last = i === lines.length - 1
      const lack = last && (has('short') || has('short-accepted') || has('short-waited')) && line.quantity > scaleOf(line.unit) ? scaleOf(line.unit) : 0
      const all = goal === 'picking' && last ? Math.max(1, Math.floor(line.quantity / 2)) : line.quantity - lack
      for (const quantity of portions(goods, all)) done.push(take(line.no, quantity, goods, `${line.no}.${done.length}`))
      if (lack === 0) return
      const name = `short.${line.no}`
      say('ReportShort', picker, 6, { line: line.no, quantity: lack, reason: chance.pick(['not-found', 'damaged'] as const), note: '儲位上沒有' }, { name })
      if (has('short-accepted')) settle(35, name, 'short', 'accept', '客戶同意照現況出，差額扣款')
      if (has('short-waited')) {
        settle(30, name, 'short', 'wait', '明早補卷到，客戶願意等')
        done.push(take(line.no, lack, goods, `${line.no}.late`))
      }
    })
    return done
  }

  function take(line: number, quantity: number, goods: Goods, name: string): Picked {
    const grams = weighed(goods, quantity, chance)
    const other = has('two-pickers') && name.endsWith('.0')
    const by = other ? (PICKERS.find((each) => each !== picker) ?? picker) : picker
    const lot = lots.next(goods)
    say('PickLine', by, chance.int(2, 6), { line, quantity, lot, from: placeOf(goods, chance), grams }, { name })
    return { name, line, quantity, grams, lot, goods }
  }

  /** Everything that lies in the pile was heard as it is (M18). */
  function readings() {
    const lying = (line: number) => picked.reduce((sum, each) => (each.line === line ? sum + each.quantity : sum), 0)
    return clausesOf(form, lying).map(({ id, value }) => ({ id, value, ok: true, note: '' }))
  }

  /** Rolls one by one, the rest by pallet places. */
  function portions(goods: Goods, quantity: number): number[] {
    if (goods.unit === 'roll') return Array.from({ length: quantity }, () => 1)
    const first = Math.floor(quantity * 0.6)
    return first > 0 && chance.next() < 0.4 ? [first, quantity - first] : [quantity]
  }

  function packagesOf(all: readonly Picked[]): Payload<'Pack'>['packages'] {
    return all.map(({ line, quantity, grams, goods, lot }, i) => ({
      no: i + 1,
      kind: goods.unit === 'roll' || goods.unit === 'm' ? ('roll' as const) : goods.unit === 'box' ? ('carton' as const) : ('pallet' as const),
      grams: grams + (goods.unit === 'roll' ? 1_500 : 18_000),
      contents: [{ line, quantity, lot }],
    }))
  }

  function deliver(): void {
    const sums = new Map<number, number>()
    for (const { line, quantity } of picked) sums.set(line, (sums.get(line) ?? 0) + quantity)
    const hurt = has('damaged') || has('damage-settled') ? 'damage' : has('refused') ? 'refused' : null
    const lines = [...sums].map(([line, quantity], i) => {
      const unit = form.lines.find((each) => each.no === line)?.unit ?? 'piece'
      const bad = i === 0 && hurt ? Math.min(quantity, scaleOf(unit)) : 0
      return {
        line,
        accepted: quantity - bad,
        short: 0,
        damaged: hurt === 'damage' ? bad : 0,
        refused: hurt === 'refused' ? bad : 0,
        reason: bad > 0 && hurt ? REASONS[hurt] : '',
        photos: [],
      }
    })
    const { receiver, role } = journey.customer
    say('SignReceipt', driver, chance.int(8, 16), { lines, receiver: { name: receiver, role }, ink: scrawl(chance, Math.min(3, [...receiver].length)), place, photos: [] })
    const [refused] = lines.filter((line) => line.refused > 0)
    if (refused) {
      const lot = picked.findLast(({ line }) => line === refused.line)?.lot ?? ''
      say('ReturnGoods', driver, 90, { goods: [{ line: refused.line, lot, quantity: refused.refused, damaged: false }], note: '', photos: [] })
    }
    if (has('damage-settled')) settle(90, 'SignReceipt', 'receipt-differs', 'accept', '折讓 15%，客戶已簽')
    if (form.terms !== 'cash-on-delivery') return
    const expected = Math.min(999_999, form.lines.reduce((sum, line) => sum + Math.round((line.price * (sums.get(line.no) ?? 0)) / scaleOf(line.unit)), 0))
    const lacks = has('cash-short') ? 500 : 0
    say('TakeCash', driver, 3, { expected, taken: expected - lacks, reason: lacks > 0 ? '客戶零錢不足，下次補' : '' })
  }
}
