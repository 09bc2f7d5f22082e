/** Exceptions: raised beside a fact, naming the goods and where they belong. */
import type { OrderEvent } from './events.ts'
import type { ExceptionKind } from './exception.ts'
import { type Act, type Goods, lineOf, type Order } from './order.ts'

type Raised = Extract<OrderEvent, { type: 'ExceptionRaised' }>

/** One exception per kind and command: its id is the command's with the kind, so that device and server make the same one. */
export function raise(kind: ExceptionKind, act: Act, goods: Goods[] = [], note = ''): Raised {
  return { type: 'ExceptionRaised', exception: { ...act, id: `${act.command}.${kind}`, kind, goods, note, settled: null } }
}

export function goodsOf(order: Order, no: number, quantity: number, lot = '', from = ''): Goods {
  const line = lineOf(order, no)
  return { line: no, sku: line?.sku ?? '', name: line?.name ?? '', unit: line?.unit ?? 'piece', quantity, lot, from }
}

/** Everything that lies in this order's pile, place by place. */
export function pile(order: Order): Goods[] {
  return order.picks
    .filter((pick) => pick.quantity > pick.back)
    .map((pick) => goodsOf(order, pick.line, pick.quantity - pick.back, pick.lot, pick.from))
}
