/** On the way and at the door (M22, M23): departure, arrival, the signed receipt, cash, problems. */
import type { Payload } from './commands.ts'
import type { OrderEvent } from './events.ts'
import type { Act, Order } from './order.ts'
import { goodsOf, pile, raise } from './raise.ts'

export function depart(order: Order, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'OrderDeparted', act }]
  if (!order.shipment) events.push(raise('left-unshipped', act, pile(order)))
  return events
}

export function arrive(_order: Order, payload: Payload<'Arrive'>, act: Act): OrderEvent[] {
  return [{ type: 'OrderArrived', arrival: { ...act, ...payload } }]
}

/** Line by line: accepted, short, damaged, refused. The first receipt stands; a second is kept in the log and asks a supervisor. */
export function signReceipt(order: Order, payload: Payload<'SignReceipt'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'ReceiptSigned', receipt: { ...act, ...payload } }]
  if (order.receipt) events.push(raise('receipt-twice', act, [], order.receipt.receiver.name))
  if (!order.shipment) events.push(raise('receipt-unshipped', act, pile(order)))
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

export function takeCash(_order: Order, payload: Payload<'TakeCash'>, act: Act): OrderEvent[] {
  const events: OrderEvent[] = [{ type: 'CashTaken', cash: { ...act, ...payload } }]
  if (payload.taken !== payload.expected) events.push(raise('cash-differs', act, [], payload.reason))
  return events
}

export function problem(payload: Payload<'ReportProblem'>, act: Act): OrderEvent[] {
  return [
    { type: 'ProblemReported', problem: { ...act, ...payload } },
    raise('problem', act, [], payload.note === '' ? payload.what : `${payload.what}: ${payload.note}`),
  ]
}
