/** Several orders picked onto one trolley, a slot each (M19): one walk through the aisles, each stop of one order; every order keeps its own facts. */
import type { Order } from '../order/order.ts'
import { comparePlaces, type Stop } from './walk.ts'

export const SLOTS = ['A', 'B', 'C', 'D'] as const
export type Slot = (typeof SLOTS)[number]
/** An order on the trolley, with its own walk. */
export type Carried = { slot: Slot; order: Order; walk: readonly Stop[] }
export type TrolleyStop = { slot: Slot; order: string; stop: Stop }

/** By place; the same goods of several orders one after the other, so that one reach serves them. */
export function walkOfTrolley(carried: readonly Carried[]): TrolleyStop[] {
  return carried
    .flatMap(({ slot, order, walk }) => walk.map((stop): TrolleyStop => ({ slot, order: order.id, stop })))
    .sort((a, b) => comparePlaces(placeOf(a), placeOf(b)) || (a.stop.line.sku < b.stop.line.sku ? -1 : a.stop.line.sku > b.stop.line.sku ? 1 : 0) || (a.slot < b.slot ? -1 : a.slot > b.slot ? 1 : 0))
}
const placeOf = ({ stop }: TrolleyStop) => stop.sources[0]?.location ?? stop.place
export const isStop = (each: TrolleyStop, order: string, line: number): boolean => each.order === order && each.stop.line.no === line

/** What is in hand: the chosen stop while it is open, else the next one on the way from where it lay; null when all is picked. */
export function stopInHand(walk: readonly TrolleyStop[], at: { order: string; line: number; place: string } | null): TrolleyStop | null {
  const open = walk.filter(({ stop }) => stop.open > 0)
  if (!at) return open[0] ?? null
  const chosen = open.find((each) => isStop(each, at.order, at.line))
  return chosen ?? open.find((each) => comparePlaces(placeOf(each), at.place) >= 0) ?? open[0] ?? null
}

/** Other orders that want the same goods: then the slot has to be said, too. */
export function rivalsOf(walk: readonly TrolleyStop[], { order, stop }: TrolleyStop): TrolleyStop[] {
  return walk.filter((each) => each.order !== order && each.stop.open > 0 && each.stop.line.sku === stop.line.sku)
}

/** A slot's letter, as it is printed on the trolley: A, or SLOT-A. */
export function slotOf(code: string): Slot | null {
  const letter = /^(?:slot-?)?([a-d])$/.exec(code)?.[1]?.toUpperCase()
  return SLOTS.find((slot) => slot === letter) ?? null
}
