/** The stops of a trip: which is next, what leaves with the vehicle, and in which order they are driven. */
import { isReturning } from '../../shared/order/again.ts'
import { dueBack } from '../../shared/order/back.ts'
import { type Order, shippedLines } from '../../shared/order/order.ts'
import type { Trip } from '../../shared/trip/trip.ts'

/** Cancelled before it left: nothing of it is to be delivered. */
export const isOff = (order: Order): boolean => order.cancelled !== null && !order.departed && !order.arrived
export const isDone = (order: Order): boolean => order.receipt !== null

/** The first stop that still has to be driven to. */
export const nextStop = (orders: readonly Order[]): Order | null => openStops(orders)[0] ?? null

const hasLeft = (order: Order): boolean => order.departed !== null || order.arrived !== null || order.receipt !== null
export const tripLeft = (orders: readonly Order[]): boolean => orders.some(hasLeft)

/** What leaves now: goods that were loaded or shipped, or, when nobody recorded either, all that has something to deliver. */
export function departing(orders: readonly Order[]): Order[] {
  const here = orders.filter((order) => !hasLeft(order) && !isOff(order) && shippedLines(order).length > 0)
  const aboard = here.filter((order) => order.loading !== null || order.shipment !== null)
  return aboard.length > 0 ? aboard : here
}
/** What was planned for the trip and stays in the house. */
export function stayingBehind(orders: readonly Order[]): Order[] {
  const leaving = departing(orders)
  return orders.filter((order) => !hasLeft(order) && !isOff(order) && !leaving.includes(order))
}

export function freeStop(orders: readonly Order[]): number {
  return Math.min(1000, orders.reduce((most, order) => Math.max(most, order.trip?.stop ?? 0), 0) + 1)
}

/** Stops that are still to be driven to, in their order. What nobody took may come back at once, or be tried again. */
export const openStops = (orders: readonly Order[]): Order[] => orders.filter((order) => !isDone(order) && !isOff(order) && !isReturning(order))
/** Stops whose goods have to come back to the house. */
export const bringing = (orders: readonly Order[]): Order[] => orders.filter((order) => dueBack(order).length > 0)

export type Move = 'next' | 'earlier' | 'later' | 'last'
/** Whether the stop is not there already. */
export function canMove(orders: readonly Order[], id: string, to: Move): boolean {
  const open = openStops(orders)
  const at = open.findIndex((order) => order.id === id)
  return at >= 0 && (to === 'next' || to === 'earlier' ? at > 0 : at < open.length - 1)
}

/** The stop numbers after one order moved: only of orders whose number changes. Those that are signed for stay where they are. */
export function moved(orders: readonly Order[], id: string, to: Move): { order: Order; stop: number }[] {
  const open = openStops(orders)
  const at = open.findIndex((order) => order.id === id)
  const one = open[at]
  if (!one || !canMove(orders, id, to)) return []
  const rest = open.filter((order) => order !== one)
  rest.splice({ next: 0, earlier: at - 1, later: at + 1, last: rest.length }[to], 0, one)
  const done = orders.reduce((most, order) => (open.includes(order) ? most : Math.max(most, order.trip?.stop ?? 0)), 0)
  const numbers = open.map((order) => order.trip?.stop ?? 0)
  // Stops keep the numbers that the papers say; those that several orders share, or gaps, are numbered anew.
  const whole = numbers.every((stop, i) => i === 0 || stop === (numbers[i - 1] ?? 0) + 1)
  return rest.map((order, i) => ({ order, stop: (whole ? (numbers[0] ?? 1) : done + 1) + i })).filter(({ order, stop }) => order.trip?.stop !== stop)
}

/** The payload that puts an order on a trip as this stop. */
export function tripStop(trip: Trip, stop: number): NonNullable<Order['trip']> {
  return { id: trip.id, number: trip.number, driver: trip.driver, driverName: trip.driverName, vehicle: trip.vehicle, stop }
}
