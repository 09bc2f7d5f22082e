/** What a decision about goods that are missing does (M3, 力求完整): the rest becomes an order of its own, before it leaves or after it was signed for, or other goods stand in for it. */
import type { Payload } from './commands.ts'
import { outcomesOf } from './deliver.ts'
import type { OrderEvent } from './events.ts'
import type { Line, OrderForm } from './form.ts'
import { type Act, type LineQuantity, lineOf, type Order, type OrderException, pickedOf } from './order.ts'

type Settled = Payload<'SettleException'>

/** What an exception says is missing, as far as it is still missing. */
export function restOf(order: Order, exception: OrderException): LineQuantity[] {
  const named = new Map<number, number>()
  for (const { line, quantity } of exception.goods) named.set(line, (named.get(line) ?? 0) + quantity)
  return [...named].flatMap(([no, quantity]) => {
    const line = lineOf(order, no)
    const rest = line ? Math.min(quantity, line.quantity - pickedOf(order, no)) : 0
    return rest > 0 ? [{ line: no, quantity: rest }] : []
  })
}

const restAt = (rest: readonly LineQuantity[], no: number) => rest.find((each) => each.line === no)?.quantity ?? 0
/** Whether anything stays in the order without the rest. */
export const leaves = (order: Order, rest: readonly LineQuantity[]): boolean => order.lines.some((line) => line.quantity > restAt(rest, line.no))

/** The lines without the rest. What nothing is left of goes: nothing of it lies in the pile. */
export function linesWithout(order: Order, rest: readonly LineQuantity[]): Line[] {
  return order.lines.flatMap((line) => {
    const quantity = line.quantity - restAt(rest, line.no)
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
}

const LONGEST_NUMBER = 60
/** SO-2611-0417-B1: the number of the order it comes from, and which part it is. */
export function numberOfPart(order: Order): string {
  const suffix = `-B${(order.parts?.length ?? 0) + 1}`
  return `${order.number.slice(0, LONGEST_NUMBER - suffix.length)}${suffix}`
}

/** The order of the rest: as the first was written, with its promise, to be confirmed again. */
export function partForm(order: Order, rest: readonly LineQuantity[], at: string): OrderForm {
  const { process, customer, terms, contact, phone, shipTo, currency, promisedAt, tolerance, quality, packaging, delivery, clauses, memo } = order
  const lines = order.lines.flatMap((line) => {
    const quantity = restAt(rest, line.no)
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
  const source = { name: order.number, key: order.id }
  return { number: numberOfPart(order), source, process, customer, terms, contact, phone, shipTo, currency, placedAt: at, promisedAt, tolerance, quality, packaging, delivery, clauses, memo, lines }
}

/** The rest as a part of its own, with the id of the command. The server places it in the same transaction (server/sync/parts.ts), so that it is there once or not at all. */
export function split(order: Order, exception: OrderException, act: Act): OrderEvent[] {
  const rest = restOf(order, exception)
  return [{ type: 'OrderSplit', act, exception: exception.id, id: act.command, rest, form: partForm(order, rest, act.at) }]
}

/** What the customer has not got as it should be, by what is signed and what was put right beside it; without what further orders bring. */
export function owedOf(order: Order): LineQuantity[] {
  const coming = (no: number) => (order.parts ?? []).reduce((sum, { again, rest }) => (again ? sum + restAt(rest, no) : sum), 0)
  return outcomesOf(order).flatMap(({ line: no, short, damaged, refused }) => {
    const quantity = short + damaged + refused - coming(no)
    return quantity > 0 && lineOf(order, no) ? [{ line: no, quantity }] : []
  })
}

/** What of it is delivered again; the rest of it is not. */
function wanted(order: Order, { again }: Settled): LineQuantity[] {
  return again ? order.lines.map(({ no }) => ({ line: no, quantity: again.reduce((sum, each) => (each.line === no ? sum + each.quantity : sum), 0) })).filter(({ quantity }) => quantity > 0) : owedOf(order)
}

/** An order of what is delivered again, with its own way, delivery order and receipt; the first stays as it was signed for. */
export function again(order: Order, exception: OrderException, payload: Settled, act: Act): OrderEvent[] {
  const rest = wanted(order, payload)
  return [{ type: 'RestOrdered', act, exception: exception.id, id: act.command, rest, form: partForm(order, rest, act.at) }]
}

/** Other goods for each line that is short: a line of their own, to be picked where they lie. */
export function substitute(order: Order, exception: OrderException, { substitutes = [], agreed = '' }: Settled, act: Act): OrderEvent[] {
  let no = Math.max(...order.lines.map((line) => line.no))
  const events = restOf(order, exception).flatMap((rest): OrderEvent[] => {
    const line = lineOf(order, rest.line)
    const other = substitutes.find((each) => each.line === rest.line)
    if (!line || !other) return []
    no += 1
    const { sku, name, spec, grams } = other
    return [{ type: 'LineSubstituted', act, exception: exception.id, instead: { ...rest, name: line.name }, line: { ...line, no, sku, name, spec, grams, quantity: rest.quantity }, agreed }]
  })
  return [...events, { type: 'PickingReopened', act, lines: [] }]
}

/** A substitution that does not say what stands in, or that the customer agreed; nothing to deliver again, or more than is owed. */
export function isEmpty(order: Order, exception: OrderException, payload: Settled): boolean {
  const { decision, substitutes = [], agreed = '' } = payload
  if (decision === 'again') {
    const rest = wanted(order, payload)
    return rest.length === 0 || rest.some(({ line, quantity }) => quantity > restAt(owedOf(order), line))
  }
  if (exception.kind !== 'short' || decision !== 'substitute') return false
  return agreed.trim() === '' || restOf(order, exception).some((rest) => !substitutes.some((each) => each.line === rest.line))
}
