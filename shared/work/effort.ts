/** How long the rest of an order takes in the house, by what is still to do: an estimate that is the same on every device. */
import type { Line } from '../order/form.ts'
import { type Order, openOf } from '../order/order.ts'
import { stageOf } from '../order/stage.ts'
import type { Unit } from '../order/quantity.ts'

/** Handled one by one; everything else of a line is taken at once. */
const HANDLED: readonly Unit[] = ['roll', 'pallet', 'box']
/** Minutes, as judged on the floor of a mill: going to a line, one thing handled, and what a step takes by itself. */
const MINUTES = { line: 2, thing: 1, inspect: 5, pack: 5, load: 5, ship: 5 }

const thingsOf = (line: Line, quantity: number): number => (HANDLED.includes(line.unit) ? quantity : Math.min(1, quantity))
const minutesFor = (lines: readonly { line: Line; quantity: number }[]): number =>
  lines.reduce((sum, { line, quantity }) => sum + (quantity > 0 ? MINUTES.line + MINUTES.thing * thingsOf(line, quantity) : 0), 0)

/** Whole minutes of work from where it stands until it has left the house; 0 once it has. */
export function minutesLeft(order: Order): number {
  const whole = order.lines.map((line) => ({ line, quantity: line.quantity }))
  const toPick = order.lines.map((line) => ({ line, quantity: openOf(order, line) }))
  const { inspect, pack, load, ship } = MINUTES
  const things = whole.reduce((sum, { line, quantity }) => sum + thingsOf(line, quantity), 0)
  const loading = load + things + ship
  const packing = pack + things + loading
  switch (stageOf(order)) {
    case 'placed':
    case 'confirmed':
    case 'picking':
      return minutesFor(toPick) + inspect + packing
    case 'picked':
    case 'held':
      return inspect + packing
    case 'inspected':
      return packing
    case 'packed':
      return loading
    case 'loaded':
      return ship
    case 'shipped':
    case 'underway':
    case 'arrived':
    case 'delivered':
    case 'cancelled':
      return 0
  }
}
