/** A delivery while it is being counted: kept on this device until the customer has signed. */
import type { Payload } from '../../shared/order/commands.ts'
import { type Order, shippedLines } from '../../shared/order/order.ts'
import { useDraft } from '../drafts.ts'
import { cashExpected, countOfLine, type Differing, type LineCounts, type PackageOutcomes, receiptLines, unexplained } from './outcome.ts'

/** Minor units. `handed`: what the customer gave, if anybody said; `taken` null: as much of it as is owed. */
export type CashCount = { counted: boolean; taken: number | null; handed?: number | null; reason: string }
/** `packages`: drafts of before have none. */
export type Delivery = { lines: LineCounts; cash: CashCount; packages?: PackageOutcomes }

export function useDelivery(order: string) {
  return useDraft<Delivery>(`deliver.${order}`, { lines: {}, cash: { counted: false, taken: null, reason: '' } })
}

/** Line numbers that nobody has counted yet, or that still lack their reason. */
export function uncounted(order: Order, { lines }: Delivery): number[] {
  return shippedLines(order)
    .map(({ line }) => line.no)
    .filter((no) => !countOfLine(lines, no).counted || unexplained(countOfLine(lines, no)))
}
/** Cash is asked for when the goods are counted: what was refused is not paid for. */
export function cashOf(order: Order, delivery: Delivery): Payload<'TakeCash'> {
  return cashAt(cashExpected(order, receiptLines(order, delivery.lines)), delivery.cash)
}
export function cashAt(expected: number, { handed = null, taken: kept, reason }: CashCount): Payload<'TakeCash'> {
  const taken = Math.min(kept ?? expected, handed ?? Number.MAX_SAFE_INTEGER)
  return { expected, taken, reason: taken === expected ? '' : reason.trim(), ...(handed !== null && { handed, change: handed - taken }) }
}
/** What was taken is other than what is owed, and nobody has said why. */
export const cashUnexplained = ({ expected, taken, reason }: Payload<'TakeCash'>): boolean => taken !== expected && reason === ''

/** What a customer is likely to hand over: the amount in whole notes. */
export function handedLikely(expected: number, digits: 0 | 2): number[] {
  const notes = digits === 0 ? [100, 500, 1000, 2000] : [500, 1000, 2000, 5000, 10_000]
  return [...new Set(notes.map((note) => Math.ceil(expected / note) * note))].filter((sum) => sum > expected).slice(-3)
}
/** Those that were not accepted, for the receipt. */
export function packagesOf(order: Order, { packages = {} }: Delivery): { no: number; outcome: Differing }[] {
  return order.packages.flatMap(({ no }) => (packages[no] ? [{ no, outcome: packages[no] }] : []))
}
/** Whether the customer can be asked to sign: everything is counted, and the money was asked for. */
export function readyToSign(order: Order, delivery: Delivery): boolean {
  return shippedLines(order).length > 0 && uncounted(order, delivery).length === 0 && (delivery.cash.counted || cashOf(order, delivery).expected === 0) && !cashUnexplained(cashOf(order, delivery))
}
