/** The order form: what was agreed with the customer (M5), and what is still missing of it. */
import * as z from 'zod/mini'
import { Count, Minor, Quantity, scaleOf, Unit } from './quantity.ts'

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

/** Order value in minor units. */
export function amountOf(order: OrderForm): number {
  return order.lines.reduce((sum, line) => sum + worthOf(line), 0)
}
/** Expected weight in grams; kg lines weigh what they say. */
export function gramsOf(order: OrderForm): number {
  return order.lines.reduce((sum, line) => sum + (line.unit === 'kg' ? line.quantity : line.unit === 'm' ? 0 : line.grams * line.quantity), 0)
}

/** Whether that is all of it: nobody knows what a metre weighs, nor goods that came without a weight. */
export function isWeighed(order: OrderForm): boolean {
  return order.lines.every((line) => line.unit === 'kg' || (line.unit !== 'm' && line.grams > 0))
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
