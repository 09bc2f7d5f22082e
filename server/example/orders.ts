/** Two hundred orders: for whom, of what, how far, and what was not as planned. Everything else is chance from the seed. */
import type { OrderForm } from '../../shared/order/form.ts'
import type { Stage } from '../../shared/order/stage.ts'
import { scaleOf } from '../../shared/order/quantity.ts'
import type { Chance } from './chance.ts'
import { onDay } from './clock.ts'
import { type Customer, CUSTOMERS } from './customers.ts'
import type { Twist } from './path.ts'
import { type Goods, PRODUCTS } from './products.ts'

/** A row: so many orders of a stage with these twists. `trip`: which of the trips below they are on. */
type Row = { goal: Stage; count: number; twists?: readonly Twist[]; grade?: 'A' | 'B' | 'C'; terms?: Customer['terms']; trip?: TripKey; lacking?: boolean }

/** `leaves`: minutes from now (negative: ago). Past trips are spread over the days before. */
export const TRIPS = {
  first: { driver: 0, leaves: -190 },
  second: { driver: 1, leaves: -150 },
  third: { driver: 2, leaves: -95 },
  next: { driver: 1, leaves: 60 },
  afternoon: { driver: 2, leaves: 150 },
  tomorrow: { driver: 0, leaves: 1080 },
} as const
export type TripKey = keyof typeof TRIPS
/** Orders that were delivered on earlier days go four to a trip. */
export const PAST_STOPS = 4

export const ROWS: readonly Row[] = [
  { goal: 'placed', count: 15 },
  { goal: 'placed', count: 5, lacking: true },
  { goal: 'placed', count: 2, twists: ['emergency'] },
  { goal: 'confirmed', count: 12 },
  { goal: 'confirmed', count: 8, twists: ['unreleased'], grade: 'B' },
  { goal: 'confirmed', count: 4, twists: ['unnoticed'] },
  { goal: 'confirmed', count: 2, twists: ['emergency'] },
  { goal: 'picking', count: 9 },
  { goal: 'picking', count: 2, twists: ['short'] },
  { goal: 'picking', count: 2, twists: ['two-pickers'] },
  { goal: 'picking', count: 1, twists: ['emergency'] },
  { goal: 'picked', count: 7 },
  { goal: 'picked', count: 2, twists: ['short'] },
  { goal: 'picked', count: 1, twists: ['short-accepted'] },
  { goal: 'held', count: 5 },
  { goal: 'inspected', count: 6 },
  { goal: 'inspected', count: 1, twists: ['passed-later'] },
  { goal: 'inspected', count: 1, twists: ['no-pin'] },
  { goal: 'packed', count: 6 },
  { goal: 'packed', count: 4, twists: ['unreleased'], grade: 'B' },
  { goal: 'loaded', count: 3, trip: 'tomorrow' },
  { goal: 'loaded', count: 2, twists: ['unreleased'], grade: 'C', trip: 'tomorrow' },
  { goal: 'loaded', count: 1, twists: ['unnoticed'], trip: 'afternoon' },
  { goal: 'loaded', count: 1, twists: ['packages-differ'], trip: 'afternoon' },
  { goal: 'loaded', count: 1, twists: ['emergency', 'owed'], grade: 'A', trip: 'next' },
  { goal: 'shipped', count: 3, trip: 'next' },
  { goal: 'shipped', count: 3, trip: 'afternoon' },
  { goal: 'shipped', count: 1, twists: ['owed'], grade: 'B', trip: 'next' },
  { goal: 'delivered', count: 3, trip: 'first' },
  { goal: 'delivered', count: 1, twists: ['damaged'], trip: 'first' },
  { goal: 'arrived', count: 1, trip: 'first' },
  { goal: 'underway', count: 2, trip: 'first' },
  { goal: 'delivered', count: 2, trip: 'second' },
  { goal: 'arrived', count: 1, trip: 'second' },
  { goal: 'underway', count: 2, trip: 'second' },
  { goal: 'underway', count: 1, twists: ['overdue', 'emergency'], grade: 'B', trip: 'second' },
  { goal: 'delivered', count: 1, trip: 'third' },
  { goal: 'arrived', count: 1, trip: 'third' },
  { goal: 'underway', count: 3, trip: 'third' },
  { goal: 'underway', count: 1, twists: ['delay'], trip: 'third' },
  { goal: 'delivered', count: 45 },
  { goal: 'delivered', count: 3, twists: ['damage-settled'] },
  { goal: 'delivered', count: 2, twists: ['refused'] },
  { goal: 'delivered', count: 2, twists: ['cash-short'], terms: 'cash-on-delivery' },
  { goal: 'delivered', count: 2, twists: ['short-accepted'] },
  { goal: 'delivered', count: 1, twists: ['short-waited'] },
  { goal: 'delivered', count: 2, twists: ['passed-later'] },
  { goal: 'delivered', count: 1, twists: ['made-up', 'emergency'], grade: 'B' },
  { goal: 'delivered', count: 1, twists: ['delay'] },
  { goal: 'cancelled', count: 8 },
  { goal: 'cancelled', count: 2, twists: ['picked'] },
  { goal: 'cancelled', count: 2, twists: ['put-back'] },
]

export type Sketch = { goal: Stage; twists: ReadonlySet<Twist>; customer: Customer; trip: TripKey | null; lacking: boolean; goods: Goods[] }

export function sketches(chance: Chance): Sketch[] {
  return ROWS.flatMap(({ goal, count, twists = [], grade, terms, trip, lacking = false }) =>
    Array.from({ length: count }, (): Sketch => {
      const fitting = CUSTOMERS.filter((each) => (!grade || each.grade === grade) && (!terms || each.terms === terms))
      return { goal, twists: new Set(twists), customer: chance.pick(fitting), trip: trip ?? null, lacking, goods: goodsFor(chance) }
    }),
  )
}

function goodsFor(chance: Chance): Goods[] {
  const chosen = new Set<Goods>()
  for (let lines = chance.pick([1, 1, 2, 2, 2, 3, 4]); lines > 0; lines--) chosen.add(chance.pick(PRODUCTS))
  return [...chosen]
}

const MEMOS = ['電話訂貨，已複誦品名與數量', '業務拜訪帶回，附手寫單', '傳真訂單，字跡清楚', '客戶常備料，照上次規格', '']

/** The order form as it was taken. The number is given when all orders stand in the order they came. */
export function formOf(sketch: Sketch, { placedAt, endsAt, chance }: { placedAt: number; endsAt: number; chance: Chance }): Omit<OrderForm, 'number'> {
  const { customer, goods, lacking } = sketch
  return {
    source: { name: '', key: '' },
    process: 'stock',
    customer: { id: customer.id, name: customer.name, grade: customer.grade },
    terms: customer.terms,
    contact: customer.contact,
    phone: customer.phone,
    shipTo: lacking && chance.next() < 0.5 ? '' : customer.shipTo,
    currency: 'TWD',
    placedAt: new Date(placedAt).toISOString(),
    promisedAt: lacking && chance.next() < 0.6 ? null : new Date(promised(sketch, endsAt, chance)).toISOString(),
    tolerance: lacking ? '' : chance.pick(['±2%', '±3%', '±5%']),
    quality: [...new Set(goods.map((each) => each.quality))].join('、'),
    packaging: [...new Set(goods.map((each) => each.packaging))].join('；'),
    delivery: chance.pick(['送到倉庫門口，客戶堆高機卸貨', '尾門車送貨，人工卸貨', '下午 5 點前到，逾時隔日']),
    clauses: chance.next() < 0.2 ? '每卷附檢驗單；同一批號為限' : '',
    memo: chance.pick(MEMOS),
    lines: goods.map((each, i) => ({
      no: i + 1,
      sku: each.sku,
      name: each.name,
      spec: each.spec,
      unit: each.unit,
      quantity: quantityOf(each, chance),
      price: each.price,
      grams: each.grams,
    })),
  }
}

function quantityOf({ unit, most }: Goods, chance: Chance): number {
  if (scaleOf(unit) === 1) return chance.int(1, most)
  return chance.int(2, 10) * Math.round(most / 10) * 1000 + (chance.next() < 0.3 ? 500 : 0)
}

/** Around now for what is open: some overdue, some today, most this week. Around the day of delivery for what is done. */
function promised({ goal }: Sketch, endsAt: number, chance: Chance): number {
  const hour = chance.pick([10, 12, 14, 16, 17])
  if (goal === 'delivered') return onDay(endsAt, chance.next() < 0.12 ? -1 : chance.pick([0, 1, 1, 2]), 17, 30)
  if (goal === 'cancelled') return onDay(endsAt, chance.int(1, 6), hour)
  const chances = chance.next()
  const days = chances < 0.1 ? chance.int(-3, -1) : chances < 0.32 ? 0 : chances < 0.8 ? chance.int(1, 4) : chance.int(5, 9)
  return onDay(endsAt, goal === 'placed' && days < 0 ? 0 : days, hour, 30)
}
