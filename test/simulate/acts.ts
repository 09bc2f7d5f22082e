/** What people do, without a plan: any act that their roles and what they see allow. */
import type { Act } from '../../client/issue.ts'
import type { Chance } from '../../server/example/chance.ts'
import { lotsOf, measuresOf, usedOf } from '../../shared/inspection/fit.ts'
import { SEVERITIES } from '../../shared/inspection/plan.ts'
import { DECIDED, type LotReport } from '../../shared/inspection/report.ts'
import { DEFECTS } from '../../shared/inspection/terms.ts'
import { returnable, toPutAway } from '../../shared/order/back.ts'
import { settlements } from '../../shared/order/desk.ts'
import { packageCode } from '../../shared/order/package-code.ts'
import { clausesOf } from '../../shared/order/clauses.ts'
import type { OrderForm } from '../../shared/order/form.ts'
import { type Order, pickedOf } from '../../shared/order/order.ts'
import type { Role } from '../../shared/people/role.ts'
import { type Product, productIdOf } from '../../shared/product/product.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import type { Trip } from '../../shared/trip/trip.ts'
import type { Body } from '../../shared/sync/doc.ts'

export type Eyes = { chance: Chance; now: number; site: string; roles: readonly Role[]; seen: readonly Body[]; drivers: readonly string[]; photo: string | null }
type Choice = { roles: readonly Role[]; act(order: Order, eyes: Eyes): Act | null }

const FLOOR: Role[] = ['warehouse', 'supervisor', 'shipper', 'quality']
const ROAD: Role[] = ['driver', 'supervisor']
const INK = { aspect: 2000, strokes: [[[100, 100, 0, 500], [400, 300, 80, 500], [700, 100, 160, 500]]] as [number, number, number, number][][] }
const photos = ({ photo }: Eyes) => ({ list: photo ? [photo] : [], blobs: photo ? { blobs: [photo] } : {} })

const CHOICES: readonly Choice[] = [
  { roles: FLOOR, act: claim },
  { roles: FLOOR, act: claim },
  { roles: FLOOR, act: claim },
  { roles: FLOOR, act: claim },
  { roles: FLOOR, act: ({ id }) => ({ type: 'ReleaseClaim', doc: id, payload: {} }) },
  { roles: FLOOR, act: ({ id, shorts }) => ({ type: 'TakeBackShort', doc: id, payload: { short: shorts.at(-1)?.command ?? 'none' } }) },
  { roles: FLOOR, act: ({ id }) => ({ type: 'ReopenPicking', doc: id, payload: {} }) },
  { roles: FLOOR, act: ({ id, picks, takeovers = [] }) => ({ type: 'HandOver', doc: id, payload: { takeover: takeovers.at(-1)?.command ?? '', picks: picks.slice(-2).map(({ command }) => command) } }) },
  { roles: ['supervisor'], act: ({ id }, { chance, drivers }) => ({ type: 'TakeOverClaim', doc: id, signed: true, payload: chance.next() < 0.5 && drivers[0] ? { to: { by: drivers[0], name: '賴揀貨' } } : {} }) },
  { roles: FLOOR, act: pick },
  { roles: FLOOR, act: pick },
  { roles: FLOOR, act: pick },
  { roles: FLOOR, act: ({ id, picks }, { chance }) => {
    const last = picks.filter((each) => each.quantity > each.back).at(-1)
    return last && chance.next() < 0.5 ? { type: 'PutBack', doc: id, payload: { pick: last.command, quantity: chance.int(1, 2) } } : null
  } },
  { roles: FLOOR, act: ({ id, lines }, { chance }) => ({ type: 'ReportShort', doc: id, payload: { line: chance.pick(lines).no, quantity: 1, reason: 'not-found', note: '' } }) },
  { roles: FLOOR, act: ({ id }, { chance }) => (chance.next() < 0.4 ? { type: 'FinishPicking', doc: id, payload: {} } : null) },
  { roles: FLOOR, act: ({ id }, eyes) => ({
    type: 'Inspect', doc: id, signed: true, ...photos(eyes).blobs,
    payload: { result: eyes.chance.pick(['pass', 'hold', 'fail']), checks: { quantity: 'pass', appearance: 'pass', labels: 'fail' }, reason: 'seen', photos: photos(eyes).list },
  }) },
  { roles: FLOOR, act: inspectLots },
  { roles: ['quality', 'supervisor'], act: ({ id, inspection }, { chance }) => (inspection ? { type: 'Concede', doc: id, signed: chance.next() < 0.9, payload: { inspection: inspection.command, reason: '客戶同意' } } : null) },
  { roles: FLOOR, act: packs },
  { roles: FLOOR, act: loads },
  { roles: FLOOR, act: (order, { chance }) => (chance.next() < 0.3
    ? { type: 'Ship', doc: order.id, signed: true, payload: (numbers) => ({ deliveryOrder: numbers.next('DO'), carrier: '', vehicle: 'KLA-1', driver: '', packages: 1, ...readBack(order, chance) }) }
    : null) },
  { roles: ['service'], act: ({ id }) => ({ type: 'ConfirmAdvice', doc: id, signed: true, payload: { to: '謝𠮷', note: '' } }) },
  { roles: [...FLOOR, 'driver'], act: ({ id }, { now }) => ({ type: 'ReportCheck', doc: id, payload: { check: 0, place: '泰安', arrivesAt: new Date(now + 3_600_000).toISOString(), note: '' } }) },
  { roles: ROAD, act: ({ id }) => ({ type: 'Depart', doc: id, payload: {} }) },
  { roles: ROAD, act: ({ id }) => ({ type: 'Arrive', doc: id, payload: { place: null } }) },
  { roles: ROAD, act: ({ id, lines }, eyes) => (eyes.chance.next() < 0.3 ? {
    type: 'SignReceipt', doc: id, ...photos(eyes).blobs,
    payload: { lines: lines.map(({ no }) => ({ line: no, accepted: 1, short: 0, damaged: 0, refused: 0, reason: '', photos: [] })), receiver: { name: '謝𠮷', role: '' }, ink: INK, place: null, photos: photos(eyes).list },
  } : null) },
  { roles: ROAD, act: ({ id }) => ({ type: 'TakeCash', doc: id, payload: { expected: 100, taken: 90, reason: 'no change' } }) },
  { roles: ROAD, act: ({ id, trip }, { chance }) => (trip ? { type: 'MoveStop', doc: id, payload: { trip: trip.id, stop: chance.int(1, 9) } } : null) },
  { roles: ROAD, act: ({ id }, eyes) => ({ type: 'ReportAbsent', doc: id, ...photos(eyes).blobs, payload: { place: null, note: '沒人', photos: photos(eyes).list, againAt: null, ...eyes.chance.pick([{}, { after: 'stay' as const }, { after: 'back' as const, why: 'refused' as const }]) } }) },
  { roles: ROAD, act: (order) => {
    const goods = returnable(order).map(({ line, lot, quantity, damaged }) => ({ line, lot, quantity, damaged }))
    return goods.length > 0 ? { type: 'ReturnGoods', doc: order.id, payload: { goods, note: '', photos: [] } } : null
  } },
  { roles: ROAD, act: ({ id, receipt, lines }) => (receipt ? {
    type: 'AmendReceipt', doc: id, signed: true,
    payload: { lines: lines.slice(0, 1).map(({ no }) => ({ line: no, accepted: 0, short: 0, damaged: 1, refused: 0, reason: 'wet', photos: [] })), reason: 'seen later', receiver: null, ink: INK, photos: [] },
  } : null) },
  { roles: FLOOR, act: (order) => {
    const [back] = toPutAway(order)
    return back ? { type: 'PutAway', doc: order.id, payload: { goods: back.id, quantity: 1, to: back.from } } : null
  } },
  { roles: [...FLOOR, 'driver'], act: reportProblem },
  { roles: ['service', 'finance', 'service-supervisor'], act: ({ id }, { chance }) => ({ type: 'SignGate', doc: id, signed: true, payload: { gate: chance.pick(['confirmation', 'release', 'notice']), note: '' } }) },
  { roles: ['service', 'finance', 'service-supervisor'], act: ({ id }, { chance }) => (chance.next() < 0.3 ? { type: 'WithdrawGate', doc: id, signed: true, payload: { gate: chance.pick(['confirmation', 'release', 'notice']), reason: 'changed' } } : null) },
  { roles: ['service-supervisor'], act: ({ id }) => ({ type: 'OverrideNotice', doc: id, signed: true, payload: { reason: '客戶停機等料' } }) },
  { roles: ['service', 'service-supervisor'], act: ({ id }, eyes) => (eyes.chance.next() < 0.3 ? { type: 'ChangeOrder', doc: id, payload: someForm(eyes) } : null) },
  { roles: ['service-supervisor', 'supervisor'], act: ({ id }, { chance }) => ({ type: 'SetSequence', doc: id, payload: { sequence: chance.next() < 0.3 ? null : chance.int(1, 9) } }) },
  { roles: ['service', 'service-supervisor'], act: ({ id }, { chance }) => (chance.next() < 0.2 ? { type: 'CancelOrder', doc: id, signed: true, payload: { reason: 'no' } } : null) },
  { roles: ['supervisor'], act: ({ id }) => ({ type: 'MarkEmergency', doc: id, signed: true, payload: { reason: 'now' } }) },
  { roles: ['supervisor'], act: (order, eyes) => onTrip(order, eyes) },
  { roles: ['supervisor'], act: (order, eyes) => onTrip(order, eyes) },
  { roles: ['supervisor'], act: ({ id, trip }) => (trip ? { type: 'TakeOffTrip', doc: id, payload: {} } : null) },
  { roles: ['supervisor'], act: settle },
  { roles: ['supervisor'], act: settle },
]

function reportProblem({ id }: Order, eyes: Eyes): Act {
  const { list, blobs } = photos(eyes)
  return { type: 'ReportProblem', doc: id, ...blobs, payload: { what: 'delay', note: '路上', photos: list } }
}

const LOTS = ['L-1', 'L-2', 'L-3', '']
const PLACES = ['C-07-2', 'C-07-3', 'D-01-1']
const goodsOf = (sku: string) => ({ sku, name: '牛皮紙', spec: '', unit: 'roll' as const, grams: 1000, barcode: '' })
/** Of what nobody had put down: somebody else may have by now, or somebody picked it. */
function firstOf(sku: string, { chance, site }: Eyes): Act {
  const goods = { lot: chance.pick(LOTS), quantity: chance.int(1, 3), grams: 1000, receivedOn: '2026-11-24', expires: null, held: false }
  return { type: 'ReceiveGoods', doc: productIdOf(site, sku), payload: { ...goods, product: goodsOf(sku), location: chance.pick(PLACES), note: '' } }
}
/** At the shelves: what came in, where it went, what was counted there, and the questions it raised. */
function atShelf({ id, sku, stock, questions = [] }: Product, { chance, roles }: Eyes): Act | null {
  const [question] = questions
  if (question && roles.includes('supervisor') && chance.next() < 0.5) return { type: 'SettleStock', doc: id, signed: true, payload: { question: question.id, decision: chance.pick(['accept', 'late']), note: '' } }
  const held = stock.find((each) => each.held)
  if (held && roles.includes('supervisor') && chance.next() < 0.2) return { type: 'ReleaseStock', doc: id, signed: chance.next() < 0.9, payload: { location: held.location, lot: held.lot, reason: '檢驗合格' } }
  if (roles.includes('supervisor') && chance.next() < 0.1) return { type: 'CorrectProduct', doc: id, signed: chance.next() < 0.9, payload: chance.pick([{ name: '牛皮紙𠮷' }, { grams: chance.int(1, 3) * 500 }, { unit: 'roll' as const, barcode: '4710001000010' }]) }
  const [lot, location, receivedOn] = [chance.pick(LOTS), chance.pick(PLACES), '2026-11-24']
  const goods = { lot, ...(chance.next() < 0.2 && { supplierLot: 'S-𠮷' }), quantity: chance.int(1, 3), grams: 1000, receivedOn, expires: null, held: chance.next() < 0.1 }
  const known = stock.find((each) => each.lot === lot && each.location === location)?.quantity ?? 0
  return chance.pick<Act>([
    { type: 'ReceiveGoods', doc: id, payload: { ...goods, product: goodsOf(sku), location, note: '' } },
    { type: 'MoveStock', doc: id, payload: { ...goods, from: location, to: chance.pick([...PLACES, '']) } },
    { type: 'CountStock', doc: id, payload: { location, lot, expected: known, counted: Math.max(0, known + chance.int(-1, 1)), grams: 0, receivedOn } },
  ])
}

function claim({ id }: Order): Act {
  return { type: 'ClaimOrder', doc: id, payload: {} }
}

function pick({ id, lines }: Order, { chance }: Eyes): Act {
  const { no } = chance.pick(lines)
  return { type: 'PickLine', doc: id, payload: { line: no, quantity: 1, lot: `L-${chance.next() < 0.5 ? chance.int(1, 3) : chance.int(4, 99)}`, from: 'C-07-2', grams: 1000 } }
}

/** Every line by the standard that fits it, with a defect now and then. */
function inspectLots(order: Order, eyes: Eyes): Act | null {
  const { chance } = eyes
  const { list, blobs } = photos(eyes)
  const offered = lotsOf(order)
  const lots = offered.map(({ line, sku, size, standard, targets }): LotReport => ({
    ...{ line, sku, size, standard: standard.id, severity: { critical: 'normal', major: 'normal', minor: chance.pick(SEVERITIES) }, all: chance.next() < 0.2 },
    ...{ looked: chance.next() < 0.8 ? size : 0, measures: measuresOf(standard, targets), disposition: chance.pick(DECIDED) },
    defects: chance.next() < 0.3 ? [{ check: '', defect: chance.pick(DEFECTS), count: 1, note: '壓痕𠮷', photos: list }] : [],
  }))
  const standards = [...new Map(offered.map(({ standard }) => [standard.id, usedOf(standard)])).values()]
  if (lots.length === 0) return null
  return { type: 'Inspect', doc: order.id, signed: true, ...blobs, payload: { result: 'pass', checks: { quantity: 'pass', appearance: 'pass', labels: 'pass' }, reason: '', photos: [], standards, lots } }
}

function packs({ id, lines, packages }: Order, { chance }: Eyes): Act {
  // A number stands on a label: what is packed again may keep it.
  const kept = chance.next() < 0.3 ? packages[0]?.code : undefined
  return {
    type: 'Pack',
    doc: id,
    payload: (numbers) => ({
      packages: lines.map(({ no }, i) => ({
        no: i + 1,
        kind: 'pallet',
        grams: 1000,
        contents: [{ line: no, quantity: 1, lot: 'L-7' }],
        code: (i === 0 ? kept : undefined) ?? packageCode(numbers.count('SSCC-34712345'), { extension: '3', prefix: '4712345' }),
        ...(i === 1 ? { sizeMm: { length: 1200, width: 800, height: 950 } } : {}),
      })),
    }),
  }
}

function loads({ id, packages }: Order, { chance }: Eyes): Act {
  const loaded = packages.filter(() => chance.next() < 0.8).map(({ no, code }) => ({ no, ...(code === undefined ? {} : { code }), scanned: chance.next() < 0.9 }))
  return { type: 'Load', doc: id, payload: { vehicle: 'KLA-1', packages: Math.max(1, loaded.length), ...(loaded.length > 0 ? { loaded } : {}) } }
}

function settle(order: Order, { chance }: Eyes): Act | null {
  const open = order.exceptions.find((each) => each.settled === null)
  if (!open) return null
  const substitutes = order.lines.map(({ no, name, spec, grams }) => ({ line: no, sku: `T-${no}`, name, spec, grams }))
  return { type: 'SettleException', doc: order.id, signed: true, payload: { exception: open.id, decision: chance.pick(settlements(order, open)), note: 'yes', substitutes, agreed: 'by phone' } }
}

/** As the pile lies here: elsewhere somebody may have picked more of it meanwhile. */
function readBack(order: Order, chance: Chance) {
  if (chance.next() < 0.3) return {}
  const clauses = clausesOf(order, (no) => pickedOf(order, no)).map(({ id, value }) => ({ id, value, ok: chance.next() < 0.9, note: '' }))
  const advice = { phone: '', grams: 1000, departsAt: null, arrivesAt: order.promisedAt, checks: order.promisedAt === null ? [] : [{ dueAt: order.promisedAt, place: '泰安' }] }
  return { readBack: { with: '', at: order.placed.at, clauses }, advice }
}

function onTrip({ id }: Order, { chance, drivers, seen }: Eyes): Act | null {
  const trip = chance.next() < 0.7 ? seen.find((body): body is Trip => body.kind === 'trip') : undefined
  const driver = trip?.driver ?? chance.pick(drivers)
  return { type: 'PutOnTrip', doc: id, payload: { id: trip?.id ?? `trip-of-${driver}`, number: 'T-1', driver, driverName: driver, vehicle: '', stop: 1 } }
}

export function place({ chance, now }: Pick<Eyes, 'chance' | 'now'>): Act {
  return { type: 'PlaceOrder', doc: uuidv7(now, chance.bytes), payload: someForm({ chance, now }) }
}
function someForm({ chance, now }: Pick<Eyes, 'chance' | 'now'>): OrderForm {
  const at = new Date(now).toISOString()
  const lines = Array.from({ length: chance.int(1, 3) }, (_, i) => ({ no: i + 1, sku: `S-${i}`, name: '牛皮紙', spec: '1092 mm', unit: 'roll' as const, quantity: 5, price: 100, grams: 1000 }))
  return {
    number: `SO-${chance.int(1, 1_000_000)}`,
    source: { name: '', key: '' },
    process: 'stock',
    customer: { id: 'C-1', name: '立德𠮷包裝', grade: chance.pick(['A', 'B', 'C']) },
    terms: 'monthly',
    contact: '謝佳蓉',
    phone: '04-0000-0201',
    shipTo: '台中市',
    currency: 'TWD',
    placedAt: at,
    promisedAt: at,
    tolerance: '',
    quality: '',
    packaging: '',
    delivery: '',
    clauses: '',
    memo: '',
    lines,
  }
}

/** One that is new, or one that is there goes with somebody else. */
function plan({ chance, now, drivers, seen }: Eyes): Act {
  const driver = chance.pick(drivers)
  const trip = chance.next() < 0.3 ? seen.find((body): body is Trip => body.kind === 'trip') : undefined
  if (trip) return { type: 'ChangeTrip', doc: trip.id, payload: { number: trip.number, driver, driverName: driver, vehicle: trip.vehicle, plannedAt: trip.plannedAt, note: '換車' } }
  return { type: 'PlanTrip', doc: uuidv7(now, chance.bytes), payload: { number: `T-${chance.int(1, 999)}`, driver, driverName: driver, vehicle: 'KLA-1', plannedAt: new Date(now).toISOString(), note: '' } }
}

/** Null when there is nothing this person could do here. */
export function someAct(eyes: Eyes): Act | null {
  const { chance, roles, seen } = eyes
  const may = (wanted: readonly Role[]) => wanted.some((role) => roles.includes(role))
  if (roles.includes('supervisor') && chance.next() < 0.05) return plan(eyes)
  if (roles.includes('service') && chance.next() < (seen.filter((body) => body.kind === 'order').length < 4 ? 0.4 : 0.02)) return place(eyes)
  const shelves = seen.filter((body): body is Product => body.kind === 'product')
  if (may(FLOOR) && chance.next() < 0.02) return firstOf('S-2', eyes)
  if (may(FLOOR) && shelves.length > 0 && chance.next() < 0.15) return atShelf(chance.pick(shelves), eyes)
  const orders = seen.filter((body): body is Order => body.kind === 'order')
  // A photograph that is taken is used as a rule: few of the other acts can have one.
  if (eyes.photo && orders.length > 0 && may([...FLOOR, 'driver']) && chance.next() < 0.7) return reportProblem(chance.pick(orders), eyes)
  const choices = CHOICES.filter((each) => may(each.roles))
  return orders.length === 0 || choices.length === 0 ? null : chance.pick(choices).act(chance.pick(orders), eyes)
}
