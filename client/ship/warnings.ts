/** Which exceptions a fact would raise if it were recorded now, asked of the rules that will answer it (STYLE 20). */
import type { Fact, FactType, Payload } from '../../shared/order/commands.ts'
import type { ExceptionKind } from '../../shared/order/exception.ts'
import { wouldRaise } from '../../shared/order/offer.ts'
import type { Order } from '../../shared/order/order.ts'
import type { Actor } from '../../shared/people/role.ts'

export function warningsOf<T extends FactType>(order: Order, type: T, payload: Payload<T>, actor: Actor, now: number): ExceptionKind[] {
  const fact = { id: '', doc: order.id, type, at: new Date(now).toISOString(), signed: true, payload }
  return wouldRaise(order, fact as unknown as Fact, actor)
}
