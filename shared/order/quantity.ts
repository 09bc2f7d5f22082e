/** Units and amounts: a quantity is an integer in the line's unit, or thousandths where the unit is a weight or length. */
import * as z from 'zod/mini'

export const UNITS = ['roll', 'ream', 'sheet', 'pallet', 'box', 'pack', 'piece', 'kg', 'm'] as const
export const Unit = z.enum(UNITS)
export type Unit = z.infer<typeof Unit>

/** How many stored units make one shown unit: 1000 for kg and m, else 1. */
export function scaleOf(unit: Unit): 1 | 1000 {
  return unit === 'kg' || unit === 'm' ? 1000 : 1
}

/** Bounds keep every sum below 2^53. */
export const Quantity = z.int().check(z.minimum(0), z.maximum(1_000_000_000))
export const Count = z.int().check(z.minimum(1), z.maximum(1_000_000_000))
/** Money: integer minor units of the order's currency. */
export const Minor = z.int().check(z.minimum(0), z.maximum(1_000_000_000_000))

/** Digits after the point of a currency: Taiwan dollars and yen are used without. */
export function minorDigits(currency: string): 0 | 2 {
  return ['TWD', 'JPY', 'KRW'].includes(currency) ? 0 : 2
}
