/** What a row of the table says of an order, before it is put into words. */
import type { ExceptionKind } from '../../shared/order/exception.ts'
import { gramsOf, isWeighed, type Line } from '../../shared/order/form.ts'
import { byGravity } from '../../shared/order/gravity.ts'
import { openExceptions, type Order } from '../../shared/order/order.ts'
import { type Stage, stageOf } from '../../shared/order/stage.ts'
import { isStuck, type PromiseState, promiseOf, standingOf, type Wait } from '../../shared/order/waits.ts'
import { gateStates } from '../../shared/process/gate.ts'

/** As StageLine draws them. */
export type Station = 'done' | 'here' | 'shut' | 'next'

/** The one thing a row's last column says: a sign only where something is not as it should be, or all is done. */
export type Chip =
  | { sign: 'exception'; why: ExceptionKind | 'owed' | 'late' | 'at-risk' }
  | { sign: 'blocked' }
  | { sign: 'done' }
  | { sign: null; stage: Stage }

export function chipOf(order: Order, now: string): Chip {
  const [exception] = openExceptions(order).toSorted(byGravity)
  if (exception) return { sign: 'exception', why: exception.kind }
  if (!order.cancelled && gateStates(order, now).some((each) => each.state === 'owed' && each.overdue)) return { sign: 'exception', why: 'owed' }
  if (isStuck(order)) return { sign: 'blocked' }
  const { state } = promiseOf(order, now)
  if (state === 'late' || state === 'at-risk') return { sign: 'exception', why: state }
  const stage = stageOf(order)
  return stage === 'delivered' ? { sign: 'done' } : { sign: null, stage }
}

/** M1's five stages; a barrier where nobody can go on. */
export function stationsOf(order: Order, phase: number): Station[] {
  const here: Station = order.cancelled ? 'next' : isStuck(order) ? 'shut' : 'here'
  return [0, 1, 2, 3, 4].map((i) => (i < phase ? 'done' : i === phase ? here : 'next'))
}

/** The first line stands for all; the quantity is summed where all lines count in one unit. */
export type GoodsShort = { first: Line; more: number; sum: { quantity: number; unit: Line['unit'] } | null; grams: number; weighed: boolean }
export function goodsShort(order: Order): GoodsShort | null {
  const [first] = order.lines
  if (!first) return null
  const alike = order.lines.every((line) => line.unit === first.unit)
  const quantity = order.lines.reduce((sum, line) => sum + line.quantity, 0)
  return { first, more: order.lines.length - 1, sum: alike ? { quantity, unit: first.unit } : null, grams: gramsOf(order), weighed: isWeighed(order) }
}

export type RowView = { phase: number; stations: Station[]; goods: GoodsShort | null; wait: Wait | null; promise: PromiseState; chip: Chip }
/** `about`: the kind of wait that is asked about, where it is one. */
export function rowView(order: Order, now: string, about?: Wait['type']): RowView {
  const { phase, waits, promise } = standingOf(order, now)
  return { phase, stations: stationsOf(order, phase), goods: goodsShort(order), wait: waits.find(({ type }) => type === about) ?? waits[0] ?? null, promise, chip: chipOf(order, now) }
}
