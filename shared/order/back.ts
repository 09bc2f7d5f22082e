/** What comes back from a delivery: refused at the door, or taken by nobody. In the house it is to be put away where it came from. */
import { absenceOf, isReturning } from './again.ts'
import type { Payload } from './commands.ts'
import { outcomesOf } from './deliver.ts'
import type { OrderEvent } from './events.ts'
import { type Act, type Goods, leftOf, type Order, pickedOf, type ReturnedGoods } from './order.ts'
import { goodsOf, pile, raise } from './raise.ts'

export function returnGoods(order: Order, { goods, note, photos }: Payload<'ReturnGoods'>, act: Act): OrderEvent[] {
  const back = goods.map(({ line, lot, quantity, damaged }, i): ReturnedGoods => ({
    ...goodsOf(order, line, quantity, lot, fromOf(order, line, lot)),
    ...{ id: `${act.command}.${i}`, damaged, away: 0 },
  }))
  const events: OrderEvent[] = [{ type: 'GoodsReturned', back: { ...act, goods: back, note, photos, left: null } }]
  const over = tooMuch(order, back)
  if (over.length > 0) events.push(raise('return-differs', act, over))
  return events
}

export function putAway(order: Order, { goods, quantity, to }: Payload<'PutAway'>, act: Act): OrderEvent[] {
  const back = order.returns?.find((each) => each.goods.some(({ id }) => id === goods))
  const came = back?.goods.find((each) => each.id === goods)
  const events: OrderEvent[] = [{ type: 'GoodsPutAway', act, goods, line: came?.line ?? 0, lot: came?.lot ?? '', quantity, to }]
  if (!came) return [...events, raise('put-away-differs', act)]
  if (opensAgain(order, came.line)) events.push({ type: 'ShipmentUndone', act })
  const over = back?.left ? quantity : quantity - (came.quantity - came.away)
  if (over > 0) events.push(raise('put-away-differs', act, [goodsOf(order, came.line, over, came.lot, came.from)]))
  return events
}

/** Nobody has signed for it, and it is not on its way: what lies on the shelf again is picked again before it is delivered. */
function opensAgain(order: Order, line: number): boolean {
  const isHome = !order.receipt && !order.departed && !order.arrived
  const prepared = order.shipment ?? order.loading ?? order.packed ?? order.inspection ?? order.pickingFinished
  return isHome && prepared !== null && pickedOf(order, line) > 0
}

/** Where the lot was taken from; without one, where the line was taken from last. */
function fromOf(order: Order, line: number, lot: string): string {
  return order.picks.findLast((pick) => pick.line === line && pick.lot === lot)?.from ?? ''
}

/** More than went out of the house and was not accepted, or more than came back before. */
function tooMuch(order: Order, back: readonly ReturnedGoods[]): Goods[] {
  const may = new Map<number, number>()
  for (const { line, quantity } of returnable(order)) may.set(line, (may.get(line) ?? 0) + quantity)
  const came = new Map<number, number>()
  for (const { line, quantity } of back) came.set(line, (came.get(line) ?? 0) + quantity)
  return [...came].flatMap(([line, quantity]) => (quantity > (may.get(line) ?? 0) ? [goodsOf(order, line, quantity - (may.get(line) ?? 0))] : []))
}

/** `due`: it was refused, or the driver said that it comes back. Damaged goods may be kept at a discount, and what stayed on the vehicle tried again. */
export type Returnable = Goods & { due: boolean; damaged: boolean }

/** What the vehicle may bring back, lot by lot; which lots were refused nobody wrote down, so the last that were picked are named first. */
export function returnable(order: Order): Returnable[] {
  if (!leftOf(order)) return []
  const left = restOf(order)
  if (!order.receipt) return left.map((goods) => ({ ...goods, due: isReturning(order), damaged: false }))
  const lots = left.toReversed()
  return outcomesOf(order).flatMap(({ line, refused, damaged }) => {
    const came = order.returns?.flatMap((back) => back.goods).filter((each) => each.line === line) ?? []
    const sum = (hurt: boolean) => came.reduce((all, each) => (each.damaged === hurt ? all + each.quantity : all), 0)
    const due = Math.max(0, refused - sum(false))
    const hurt = Math.min(damaged - sum(true), refused + damaged - sum(false) - sum(true) - due)
    return [...taken(lots, line, due).map((goods) => ({ ...goods, due: true, damaged: false })), ...taken(lots, line, hurt).map((goods) => ({ ...goods, due: false, damaged: true }))]
  })
}

/** Since when; '' where nothing has to. */
export const dueBackSince = (order: Order): string => (dueBack(order).length > 0 ? (order.receipt ?? absenceOf(order))?.at ?? '' : '')

/** What has to come back and has not. */
export function dueBack(order: Order): Returnable[] {
  return isReturning(order) || outcomesOf(order).some((line) => line.refused > 0) ? returnable(order).filter((goods) => goods.due) : []
}

/** What came back and lies in no place yet. */
export function toPutAway(order: Order): ReturnedGoods[] {
  return (order.returns ?? []).flatMap((back) => (back.left ? [] : back.goods.filter((each) => each.quantity > each.away)))
}

/** The pile, place by place, without what came back of it. */
function restOf(order: Order): Goods[] {
  // What was put away of an undelivered order lies in its pile no more.
  const there = (each: ReturnedGoods) => (order.receipt ? each.quantity : each.quantity - each.away)
  const came = (order.returns ?? []).flatMap((back) => (back.left ? [] : back.goods.map((each) => ({ ...each, quantity: there(each) }))))
  return pile(order).flatMap((goods) => {
    let { quantity } = goods
    for (const each of came) {
      if (each.line !== goods.line || each.lot !== goods.lot) continue
      const same = Math.min(quantity, each.quantity)
      quantity -= same
      each.quantity -= same
    }
    return quantity > 0 ? [{ ...goods, quantity }] : []
  })
}

/** So much of a line out of the lots, which have less afterwards. */
function taken(lots: readonly Goods[], line: number, wanted: number): Goods[] {
  let left = wanted
  return lots.flatMap((goods) => {
    const quantity = goods.line === line ? Math.min(goods.quantity, left) : 0
    if (quantity <= 0) return []
    left -= quantity
    goods.quantity -= quantity
    return [{ ...goods, quantity }]
  })
}
