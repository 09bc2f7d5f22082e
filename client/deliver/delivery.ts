/** A delivery while it is being counted: kept on this device until the customer has signed. */
import { type Order, shippedLines } from '../../shared/order/order.ts'
import { useDraft } from '../drafts.ts'
import { cashExpected, countOfLine, type LineCounts, receiptLines, unexplained } from './outcome.ts'

export type CashCount = { counted: boolean; /** minor units; null: exactly what is expected */ taken: number | null; reason: string }
export type Delivery = { lines: LineCounts; cash: CashCount }

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
export function cashOf(order: Order, delivery: Delivery): { expected: number; taken: number; reason: string } {
  const expected = cashExpected(order, receiptLines(order, delivery.lines))
  const taken = delivery.cash.taken ?? expected
  return { expected, taken, reason: taken === expected ? '' : delivery.cash.reason.trim() }
}
/** Whether the customer can be asked to sign: everything is counted, and the money was asked for. */
export function readyToSign(order: Order, delivery: Delivery): boolean {
  return shippedLines(order).length > 0 && uncounted(order, delivery).length === 0 && (delivery.cash.counted || cashOf(order, delivery).expected === 0)
}
