/** A small mill for the rules: people, an order, and given / when / then by values. Time moves a minute with each command. */
import { measuresOf, targetsOf, usedOf } from '../../../shared/inspection/fit.ts'
import { PAPER_ROLLS } from '../../../shared/inspection/paper.ts'
import type { Decided, LotReport } from '../../../shared/inspection/report.ts'
import type { Defect } from '../../../shared/inspection/terms.ts'
import { type Asked, COMMANDS, type CommandType, type Payload } from '../../../shared/order/commands.ts'
import { clausesOf, type ReadBack } from '../../../shared/order/clauses.ts'
import { type Answer, decide, fold } from '../../../shared/order/decide.ts'
import type { OrderEvent } from '../../../shared/order/events.ts'
import type { ExceptionKind } from '../../../shared/order/exception.ts'
import type { OrderForm } from '../../../shared/order/form.ts'
import type { Order } from '../../../shared/order/order.ts'
import type { Refusal } from '../../../shared/order/refusal.ts'
import type { Actor, Role } from '../../../shared/people/role.ts'
import type { Ink } from '../../../shared/receipt/ink.ts'

const person = (name: string, ...roles: Role[]): Actor => ({ person: name, name, roles, site: 'north', device: `phone of ${name}` })
export const sales = person('sales', 'sales')
export const clerk = person('clerk', 'service')
export const chief = person('chief', 'service-supervisor')
export const money = person('money', 'finance')
export const picker = person('picker', 'warehouse')
export const other = person('other', 'warehouse')
export const checker = person('checker', 'quality')
export const shipper = person('shipper', 'shipper')
export const driver = person('driver', 'driver')
export const boss = person('boss', 'supervisor')
export const EVERYONE = [sales, clerk, chief, money, picker, other, checker, shipper, driver, boss]

export const START = Date.parse('2026-11-24T01:00:00.000Z')
export const minute = (n: number): string => new Date(START + n * 60_000).toISOString()

export function form(change: Partial<OrderForm> = {}): OrderForm {
  return {
    number: 'SO-2611-0417',
    source: { name: '', key: '' },
    process: 'stock',
    customer: { id: 'C-0201', name: '立德包裝', grade: 'B' },
    terms: 'monthly',
    contact: '謝佳蓉',
    phone: '04-0000-0201',
    shipTo: '台中市烏日區範例路 12 巷 5 號',
    currency: 'TWD',
    placedAt: minute(0),
    promisedAt: minute(3 * 1440),
    tolerance: '±3%',
    quality: 'Q-K80',
    packaging: '棧板',
    delivery: '送到門口',
    clauses: '',
    memo: '',
    lines: [
      { no: 1, sku: 'BK-080-1092', name: '牛皮紙 80 g/m²', spec: '1092 mm', unit: 'roll', quantity: 10, price: 18_640, grams: 447_000 },
      { no: 2, sku: 'WX-140-KG', name: '瓦楞芯紙 140 g/m²', spec: '1250 mm', unit: 'kg', quantity: 2_500_000, price: 21, grams: 0 },
    ],
    ...change,
  }
}

/** A command as the rules see it: `ask('PickLine', {…}, picker)`. Ids are given or counted by the scene. */
export type Said = { command: Asked; actor: Actor }
export function ask<T extends CommandType>(type: T, payload: Payload<T>, actor: Actor, more: { id?: string; signed?: boolean; at?: string } = {}): Said {
  const command = { id: more.id ?? '', doc: 'o1', type, at: more.at ?? '', signed: more.signed ?? COMMANDS[type].pin, payload } as Asked
  return { command, actor }
}

export type Scene = { order: Order | null; events: OrderEvent[]; count: number }
const EMPTY: Scene = { order: null, events: [], count: 0 }

const timed = ({ command, actor }: Said, count: number): Said => ({ actor, command: { ...command, id: command.id || `c${count}`, at: command.at || minute(count) } })
export function answerTo(scene: Scene, said: Said): Answer {
  const { command, actor } = timed(said, scene.count + 1)
  return decide(scene.order, command, actor)
}

/** What stands after these; a refusal among them is a mistake of the test. */
export function given(...said: Said[]): Scene {
  return and(EMPTY, ...said)
}
export function and(scene: Scene, ...said: Said[]): Scene {
  return said.reduce((before, each) => {
    const answer = answerTo(before, each)
    if ('refuse' in answer) throw new Error(`${each.command.type} was refused: ${JSON.stringify(answer.refuse)}`)
    return { order: fold(before.order, answer.accept, 'o1'), events: [...before.events, ...answer.accept], count: before.count + 1 }
  }, scene)
}
export function orderIn(scene: Scene): Order {
  if (!scene.order) throw new Error('the scene has no order')
  return scene.order
}
export function eventsOf(scene: Scene, said: Said): OrderEvent[] {
  const answer = answerTo(scene, said)
  if ('refuse' in answer) throw new Error(`${said.command.type} was refused: ${JSON.stringify(answer.refuse)}`)
  return answer.accept
}
export const typesOf = (scene: Scene, said: Said): string[] => eventsOf(scene, said).map((event) => event.type)
export function refusalOf(scene: Scene, said: Said): Refusal {
  const answer = answerTo(scene, said)
  if ('accept' in answer) throw new Error(`${said.command.type} was accepted: ${JSON.stringify(answer.accept)}`)
  return answer.refuse
}
/** The exceptions that a fact raises, as kind and goods. */
export function raisedBy(scene: Scene, said: Said): { kind: ExceptionKind; goods: { line: number; quantity: number; lot: string; from: string }[]; note: string }[] {
  return eventsOf(scene, said).flatMap((event) => {
    if (event.type !== 'ExceptionRaised') return []
    const { kind, goods, note } = event.exception
    return [{ kind, goods: goods.map(({ line, quantity, lot, from }) => ({ line, quantity, lot, from })), note }]
  })
}
export const kindsOf = (scene: Scene, said: Said): ExceptionKind[] => raisedBy(scene, said).map((each) => each.kind)

// The steps, in the order in which an order of grade B takes them.
const PASS = { quantity: 'pass', appearance: 'pass', labels: 'pass' } as const
export const INK: Ink = { aspect: 2000, strokes: [[[100, 200, 0, 500], [400, 300, 40, 600], [700, 250, 90, 500]]] }
export const placed = (change: Partial<OrderForm> = {}) => ask('PlaceOrder', form(change), sales)
export const confirmed = () => ask('SignGate', { gate: 'confirmation', note: '' }, clerk)
export const released = () => ask('SignGate', { gate: 'release', note: '' }, money)
export const noticed = () => ask('SignGate', { gate: 'notice', note: '' }, clerk)
export const claimed = (by = picker) => ask('ClaimOrder', {}, by)
export const picked = (line = 1, quantity = 10, by = picker, id = '') => ask('PickLine', { line, quantity, lot: `R-${line}`, from: 'A-03-1', grams: 0 }, by, { id })
export const finished = () => ask('FinishPicking', {}, picker)
export const inspected = (result: 'pass' | 'hold' | 'fail' = 'pass') => ask('Inspect', { result, checks: result === 'pass' ? PASS : { ...PASS, appearance: 'fail' }, reason: result === 'pass' ? '' : '受潮', photos: [] }, checker)
/** The two lines of the order, each inspected as a lot by its standard; `told` is said of the first. */
type Told = { defects?: readonly (readonly [Defect, number])[]; disposition?: Decided; looked?: number; size?: number; only?: number; result?: 'pass' | 'hold' | 'fail' }
export function lotInspected(told: Told = {}) {
  const { lines } = form()
  const severity = { critical: 'normal', major: 'normal', minor: 'normal' } as const
  const lots = lines.flatMap((line, i): LotReport[] => {
    const { defects = [], disposition = 'accept', size = 10, looked = size } = i === 0 ? told : { size: 1 }
    const measures = measuresOf(PAPER_ROLLS, targetsOf(line)).filter(({ asked }) => asked)
    const report = { line: line.no, sku: line.sku, standard: PAPER_ROLLS.id, size, severity, all: false, looked, disposition }
    return told.only === undefined || told.only === line.no
      ? [{ ...report, measures: measures.map((each) => ({ ...each, values: [((each.lower ?? 0) + (each.upper ?? 0)) / 2] })), defects: defects.map(([defect, count]) => ({ check: '', defect, count, note: '', photos: [] })) }]
      : []
  })
  const result = told.result ?? 'pass'
  return ask('Inspect', { result, checks: PASS, reason: told.disposition && told.disposition !== 'accept' ? '壓痕' : '', photos: [], standards: [usedOf(PAPER_ROLLS)], lots }, checker)
}
export const conceded = (inspection: string, by = checker) => ask('Concede', { inspection, reason: '客戶同意' }, by)
export const putBack = (pick: string, quantity: number) => ask('PutBack', { pick, quantity }, picker)
export const packed = (contents: [line: number, quantity: number][] = [[1, 10], [2, 2_500_000]]) =>
  ask('Pack', { packages: contents.map(([line, quantity], i) => ({ no: i + 1, kind: 'pallet', grams: 0, contents: [{ line, quantity }] })) }, picker)
export const loaded = (packages = 2, vehicle = 'KEH-6218') => ask('Load', { vehicle, packages }, shipper)
/** Every clause heard as the order says it, `lying` of each line in the pile; `differs`: what is said of those that are not so. */
export function heard(lying: { [line: number]: number } = {}, differs: { [clause: string]: string } = {}, change: Partial<OrderForm> = {}): ReadBack {
  const order = form(change)
  const clauses = clausesOf(order, (no) => lying[no] ?? order.lines.find((line) => line.no === no)?.quantity ?? 0)
  return { with: 'clerk', at: minute(10), clauses: clauses.map(({ id, value }) => ({ id, value, ok: differs[id] === undefined, note: differs[id] ?? '' })) }
}
export const shipped = (change: Partial<Payload<'Ship'>> = {}) => ask('Ship', { deliveryOrder: 'DO-2611-03-0007', carrier: '', vehicle: 'KEH-6218', driver: '陳俊宏', packages: 2, readBack: heard(), ...change }, shipper)
export const advised = () => ask('ConfirmAdvice', { to: '謝佳蓉', note: '' }, clerk)
export const onTrip = () => ask('PutOnTrip', { id: 't1', number: '11-24-01', driver: 'driver', driverName: '陳俊宏', vehicle: 'KEH-6218', stop: 1 }, shipper)
export const departed = () => ask('Depart', {}, driver)
export const arrived = () => ask('Arrive', { place: null }, driver)
type Outcome = { line: number; accepted: number; short?: number; damaged?: number; refused?: number; reason?: string }
const wholeLine = (each: Outcome) => ({ short: 0, damaged: 0, refused: 0, reason: '', photos: [], ...each })
export const signedFor = (lines: Outcome[] = [{ line: 1, accepted: 10 }, { line: 2, accepted: 2_500_000 }], ink = INK) =>
  ask('SignReceipt', { lines: lines.map(wholeLine), receiver: { name: '謝佳蓉', role: '採購' }, ink, place: null, photos: [] }, driver)
export const amended = (lines: Outcome[] = [{ line: 1, accepted: 9, damaged: 1 }], ink: Ink | null = null) =>
  ask('AmendReceipt', { lines: lines.map(wholeLine), reason: '拆箱後才看到', receiver: null, ink, photos: [] }, clerk)
export const cancelled = (by = chief) => ask('CancelOrder', { reason: '客戶改期' }, by)

/** The whole way, step by step; `upTo(5)` is the order after the fifth. */
export const WAY = {
  placed: placed(),
  confirmed: confirmed(),
  released: released(),
  noticed: noticed(),
  claimed: claimed(),
  picked1: picked(1, 10),
  picked2: picked(2, 2_500_000),
  finished: finished(),
  inspected: inspected(),
  packed: packed(),
  loaded: loaded(),
  onTrip: onTrip(),
  shipped: shipped(),
  departed: departed(),
  arrived: arrived(),
  signedFor: signedFor(),
} as const
export function upTo(step: keyof typeof WAY): Scene {
  const all = Object.keys(WAY) as (keyof typeof WAY)[]
  return given(...all.slice(0, all.indexOf(step) + 1).map((each) => WAY[each]))
}
/** The same way without some of its steps. */
export function without(missing: readonly (keyof typeof WAY)[], step: keyof typeof WAY): Scene {
  const all = Object.keys(WAY) as (keyof typeof WAY)[]
  return given(...all.slice(0, all.indexOf(step) + 1).filter((each) => !missing.includes(each)).map((each) => WAY[each]))
}
