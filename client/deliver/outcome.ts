/** What became of the goods at the door, while it is being counted: every line adds up to what was shipped of it, by construction. */
import { lineOf, type Order, type ReceiptLine, shippedLines } from '../../shared/order/order.ts'
import { scaleOf } from '../../shared/order/quantity.ts'

export const OUTCOMES = ['accepted', 'short', 'damaged', 'refused'] as const
export type Outcome = (typeof OUTCOMES)[number]
export type Differing = Exclude<Outcome, 'accepted'>
export type Counts = { [outcome in Outcome]: number }

/** What is accepted is never kept: it is what nothing else became of. */
export type LineCount = { [outcome in Differing]: number } & { counted: boolean; lots: string[]; reason: string; photos: string[] }
export const UNCOUNTED: LineCount = { counted: false, short: 0, damaged: 0, refused: 0, lots: [], reason: '', photos: [] }

/** Bounded by what was shipped, in case that changed since it was counted. */
export function countsOf(shipped: number, line: LineCount): Counts {
  const short = Math.min(line.short, shipped)
  const damaged = Math.min(line.damaged, shipped - short)
  const refused = Math.min(line.refused, shipped - short - damaged)
  return { accepted: shipped - short - damaged - refused, short, damaged, refused }
}

/** How much of an outcome a line can still have. */
export function mostOf(shipped: number, line: LineCount, outcome: Differing): number {
  const counts = countsOf(shipped, line)
  return counts.accepted + counts[outcome]
}

/** The line with so much of one outcome; the rest of the goods is accepted. */
export function withOutcome(shipped: number, line: LineCount, outcome: Differing, quantity: number): LineCount {
  const { short, damaged, refused } = countsOf(shipped, line)
  const next = { ...line, short, damaged, refused, [outcome]: Math.max(0, Math.min(quantity, mostOf(shipped, line, outcome))) }
  return differs(next) ? next : { ...next, lots: [], reason: '', photos: [] }
}

/** Which roll or lot it was, or not that one after all. */
export const withLot = (line: LineCount, lot: string): LineCount => ({ ...line, lots: line.lots.includes(lot) ? line.lots.filter((each) => each !== lot) : [...line.lots, lot] })

/** The whole line as it was shipped. */
export const accepted = (line: LineCount): LineCount => ({ ...line, counted: true, short: 0, damaged: 0, refused: 0, lots: [], reason: '', photos: [] })
export const refusedWhole = (shipped: number, reason: string): LineCount => ({ ...UNCOUNTED, counted: true, refused: shipped, reason })

export function differs(line: LineCount): boolean {
  return line.short + line.damaged + line.refused > 0
}

/** Not all of it was accepted, and nobody has said why. */
export function unexplained(line: LineCount): boolean {
  return differs(line) && line.reason.trim() === ''
}

/** Which roll or lot it was, and what is wrong with it. */
export function reasonOf(line: LineCount): string {
  return [...line.lots, line.reason.trim()].filter((part) => part !== '').join(' ').slice(0, 500)
}

export type LineCounts = { readonly [line: string]: LineCount }
export const countOfLine = (counts: LineCounts, no: number): LineCount => counts[no] ?? UNCOUNTED

/** The lines of the receipt: each line that was shipped, once. */
export function receiptLines(order: Order, counts: LineCounts): ReceiptLine[] {
  return shippedLines(order).map(({ line, quantity }) => {
    const count = countOfLine(counts, line.no)
    return { line: line.no, ...countsOf(quantity, count), reason: differs(count) ? reasonOf(count) : '', photos: [...count.photos] }
  })
}

/** What has to be paid at the door, in minor units: the goods that were accepted, less what was taken before. 0 for other terms. */
export function cashExpected(order: Order, lines: readonly ReceiptLine[]): number {
  if (order.terms !== 'cash-on-delivery') return 0
  const worth = lines.reduce((sum, { line: no, accepted: quantity }) => {
    const line = lineOf(order, no)
    return line ? sum + Math.round((line.price * quantity) / scaleOf(line.unit)) : sum
  }, 0)
  const taken = order.cash.reduce((sum, cash) => sum + cash.taken, 0)
  return Math.max(0, worth - taken)
}

/** What became of packages, by number; those that are not named were accepted. */
export type PackageOutcomes = { readonly [no: string]: Differing }

/** The lines as their packages say, of those lines that are in packages of which somebody has just spoken. */
export function withPackages(order: Order, counts: LineCounts, outcomes: PackageOutcomes, { spoken, reason }: { spoken: readonly number[]; reason: string }): LineCounts {
  const nos = new Set(order.packages.filter((each) => spoken.includes(each.no)).flatMap((each) => each.contents.map(({ line }) => line)))
  const next: { [line: string]: LineCount } = { ...counts }
  for (const { line, quantity: shipped } of shippedLines(order).filter((row) => nos.has(row.line.no))) {
    const was = countOfLine(counts, line.no)
    const sum = (outcome: Differing) =>
      order.packages.reduce((all, each) => (outcomes[each.no] === outcome ? all + each.contents.reduce((of, { line: no, quantity }) => (no === line.no ? of + quantity : of), 0) : all), 0)
    const count = { ...was, ...countsOf(shipped, { ...was, short: sum('short'), damaged: sum('damaged'), refused: sum('refused') }) }
    next[line.no] = differs(count) ? { ...lineCount(count), reason: reason || was.reason } : { ...accepted(was), counted: was.counted }
  }
  return next
}
const lineCount = ({ counted, short, damaged, refused, lots, reason, photos }: LineCount): LineCount => ({ counted, short, damaged, refused, lots, reason, photos })
