/** What can have happened to goods on the shelf (M15), and what a supervisor decides of a question they raised. */
import * as z from 'zod/mini'
import { CONCEDES } from '../inspection/disposition.ts'
import { Count, Quantity, Unit } from '../order/quantity.ts'
import type { Role } from '../people/role.ts'

const FLOOR: readonly Role[] = ['warehouse', 'quality', 'shipper', 'supervisor']

const text = (max: number) => z.string().check(z.maxLength(max))
const need = (max: number) => z.string().check(z.minLength(1), z.maxLength(max))
const Place = text(60)
const Lot = text(80)
const Day = z.iso.date()
/** as who made it calls the lot, where it is called otherwise here */
const SupplierLot = z.optional(Lot)
/** Grams more or less. */
const Shift = z.int().check(z.minimum(-1_000_000_000), z.maximum(1_000_000_000))

/** Of a product that may be new here. `sku`: by which orders mean it, so it is never another's. */
export const ProductCard = z.object({ sku: need(80), name: need(300), spec: text(300), unit: Unit, grams: Quantity, barcode: text(80) })
export type ProductCard = z.infer<typeof ProductCard>

/** What was wrong on it: only what changes, so that two who correct different things both do. */
export const Correction = z.object({ name: z.optional(need(300)), spec: z.optional(text(300)), unit: z.optional(Unit), grams: z.optional(Quantity), barcode: z.optional(text(80)) })
export type Correction = z.infer<typeof Correction>

export const STOCK_DECISIONS = ['accept', 'late'] as const
/** `accept`: a count stands, and where less than nothing lies, or goods that nobody can place, nothing does. `late`: what came late was counted already, so it is booked back. */
export type StockDecision = (typeof STOCK_DECISIONS)[number]

const fact = <S>(payload: S) => ({ kind: 'fact', payload, roles: FLOOR, pin: false, v: 1 }) as const

export const STOCK_COMMANDS = {
  /** finished goods into stock (成品交庫): one roll or one lot. `held`: nobody is sent to take it before quality frees it */
  ReceiveGoods: fact(
    z.object({ product: ProductCard, location: need(60), lot: Lot, supplierLot: SupplierLot, quantity: Count, grams: Quantity, receivedOn: Day, expires: z.nullable(Day), held: z.boolean(), note: text(500) }),
  ),
  /** `held`: what it is where it lies now; to the same place it only holds, or frees where quality says so. To '': from there it was taken, by nobody's word until now */
  MoveStock: fact(z.object({ lot: Lot, supplierLot: SupplierLot, from: Place, to: Place, quantity: Count, grams: Quantity, receivedOn: Day, expires: z.nullable(Day), held: z.boolean() })),
  /** `expected`: what the counter's device knew of; `grams`: how much more or less than it knew of */
  CountStock: fact(z.object({ location: Place, lot: Lot, expected: Shift, counted: Quantity, grams: Shift, receivedOn: Day })),
  /** what was held may be taken (M15): inspected and good, or taken on somebody's word; with a signature */
  ReleaseStock: { kind: 'request', payload: z.object({ location: Place, lot: Lot, reason: need(500) }), roles: CONCEDES, pin: true, v: 1 },
  SettleStock: { kind: 'request', payload: z.object({ question: need(80), decision: z.enum(STOCK_DECISIONS), note: text(1000) }), roles: ['supervisor'] as readonly Role[], pin: true, v: 1 },
  /** its unit only while nothing of it lies anywhere: what is counted in one is nothing in another */
  CorrectProduct: { kind: 'request', payload: Correction, roles: ['supervisor'] as readonly Role[], pin: true, v: 1 },
} as const

export type StockCommandType = keyof typeof STOCK_COMMANDS
export type StockCommand = { [T in StockCommandType]: { id: string; doc: string; type: T; at: string; signed: boolean; payload: z.infer<(typeof STOCK_COMMANDS)[T]['payload']> } }[StockCommandType]
