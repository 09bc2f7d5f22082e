/** On the way and at the door (M22, M23): departure, arrival, the signed receipt and what was put right beside it, cash, nobody there, problems. */
import { isWritten } from '../receipt/ink.ts'
import type { Payload } from './commands.ts'
import type { OrderEvent } from './events.ts'
import { type Act, type Goods, type Order, type ReceiptLine, shippedOf } from './order.ts'
import { goodsOf, pile, raise } from './raise.ts'

export function depart(order: Order, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'OrderDeparted', act }]
  if (!order.shipment) events.push(raise('left-unshipped', act, pile(order)))
  return events
}

export function arrive(order: Order, payload: Payload<'Arrive'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'OrderArrived', arrival: { ...act, ...payload } }]
  if (!order.shipment && !order.departed) events.push(raise('left-unshipped', act, pile(order)))
  return events
}

/** Line by line: accepted, short, damaged, refused. The first receipt stands; a second is kept in the log and asks a supervisor. */
export function signReceipt(order: Order, payload: Payload<'SignReceipt'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'ReceiptSigned', receipt: { ...act, ...payload } }]
  if (order.receipt) events.push(raise('receipt-twice', act, pile(order), order.receipt.receiver.name))
  if (!order.shipment) events.push(raise('receipt-unshipped', act, pile(order)))
  if (order.cancelled) events.push(raise('receipt-after-cancel', act, pile(order), order.cancelled.reason))
  if (!isWritten(payload.ink)) events.push(raise('receipt-unwritten', act, pile(order), payload.receiver.name))
  const wrong = wrongSums(order, payload.lines, order.lines.map((line) => line.no))
  if (wrong.length > 0) events.push(raise('receipt-sums-differ', act, wrong))
  const differing = payload.lines.filter((line) => line.short + line.damaged + line.refused > 0)
  if (differing.length > 0)
    events.push(
      raise(
        'receipt-differs',
        act,
        differing.map((line) => goodsOf(order, line.line, line.short + line.damaged + line.refused)),
        differing.map((line) => line.reason).filter((reason) => reason !== '').join('; '),
      ),
    )
  return events
}

/** Lines whose outcomes don't add up to what was shipped of them, with the difference: what nobody can account for. */
function wrongSums(order: Order, lines: readonly ReceiptLine[], nos: readonly number[]): Goods[] {
  const signed = new Map<number, number>(nos.map((no) => [no, 0]))
  for (const { line, accepted, short, damaged, refused } of lines) signed.set(line, (signed.get(line) ?? 0) + accepted + short + damaged + refused)
  return [...signed].flatMap(([no, sum]) => {
    const gap = Math.abs(shippedOf(order, no) - sum)
    return gap === 0 ? [] : [goodsOf(order, no, gap)]
  })
}

/** A signed receipt is never written anew. What the customer has not signed is asked of them. */
export function amendReceipt(order: Order, payload: Payload<'AmendReceipt'>, act: Act): OrderEvent[] {
  const { lines, ink, reason } = payload
  const events: OrderEvent[] = [{ type: 'ReceiptAmended', amendment: { ...act, ...payload } }]
  if (!order.receipt) events.push(raise('amended-unsigned', act, [], reason))
  if (!ink || !isWritten(ink)) events.push(raise('receipt-amended', act, lines.map(({ line, short, damaged, refused }) => goodsOf(order, line, short + damaged + refused)), reason))
  const wrong = wrongSums(order, lines, [])
  if (wrong.length > 0) events.push(raise('receipt-sums-differ', act, wrong))
  return events
}

/** What became of each line: as it was signed, or as the last amendment of it says. */
export function outcomesOf(order: Order): ReceiptLine[] {
  const lines = new Map(order.receipt?.lines.map((line) => [line.line, line]))
  for (const amendment of order.amendments ?? []) for (const line of amendment.lines) lines.set(line.line, line)
  return [...lines.values()]
}

/** It can be delivered later; meanwhile service agrees on a time (waits.ts). */
export function absent(order: Order, payload: Payload<'ReportAbsent'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'CustomerAbsent', absence: { ...act, ...payload } }]
  if (order.receipt) events.push(raise('absent-late', act, pile(order), order.receipt.receiver.name))
  return events
}

/** Money that was taken before may be the rest of what is owed, or the same twice: somebody has to look. */
export function takeCash(order: Order, payload: Payload<'TakeCash'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'CashTaken', cash: { ...act, ...payload } }]
  const { expected, taken, handed = taken, change = handed - taken } = payload
  if (taken !== expected || handed - change !== taken || order.cash.length > 0) events.push(raise('cash-differs', act, [], payload.reason))
  return events
}

export function problem(payload: Payload<'ReportProblem'>, act: Act): OrderEvent[] {
  return [
    { type: 'ProblemReported', problem: { ...act, ...payload } },
    raise('problem', act, [], payload.note === '' ? payload.what : `${payload.what}: ${payload.note}`),
  ]
}
