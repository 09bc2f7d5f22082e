/** What a receipt should have said, while it is being written: it starts from what stands, and only lines that differ are recorded. */
import { outcomesOf } from '../../shared/order/deliver.ts'
import type { Order, ReceiptLine } from '../../shared/order/order.ts'
import { type LineCount, type LineCounts, receiptLines, UNCOUNTED, unexplained } from '../deliver/outcome.ts'

/** What stands now, as counts to go on from. */
export function standingCounts(order: Order): LineCounts {
  return Object.fromEntries(
    outcomesOf(order).map(({ line, short, damaged, refused, reason, photos }): [number, LineCount] => [line, { ...UNCOUNTED, counted: true, short, damaged, refused, reason, photos }]),
  )
}

/** The lines that are other than they stand. */
export function amendedLines(order: Order, counts: LineCounts): ReceiptLine[] {
  const standing = new Map(outcomesOf(order).map((line) => [line.line, line]))
  return receiptLines(order, counts).filter((line) => {
    const was = standing.get(line.line)
    return !was || OUTCOMES.some((outcome) => was[outcome] !== line[outcome]) || (was.reason !== line.reason && line.reason !== '')
  })
}
const OUTCOMES = ['accepted', 'short', 'damaged', 'refused'] as const

export const unexplainedIn = (counts: LineCounts): boolean => Object.values(counts).some(unexplained)
