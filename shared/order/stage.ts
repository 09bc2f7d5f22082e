/** Where an order stands, read off what happened to it: its stage, the step that is next, the phase of M1. */
import { isFreed, type Order } from './order.ts'

export const STAGES = [
  'placed',
  'confirmed',
  'picking',
  'picked',
  'held',
  'inspected',
  'packed',
  'loaded',
  'shipped',
  'underway',
  'arrived',
  'delivered',
  'cancelled',
] as const
export type Stage = (typeof STAGES)[number]

/**
 * Where the order stands: the furthest thing that happened to it. Goods that left are on their way even if the order was
 * cancelled; goods that did not pass are held even if somebody packed them.
 */
export function stageOf(order: Order): Stage {
  if (order.receipt) return 'delivered'
  if (order.arrived) return 'arrived'
  if (order.departed) return 'underway'
  if (order.shipment) return 'shipped'
  if (order.cancelled) return 'cancelled'
  if (order.loading) return 'loaded'
  if (order.inspection && !isFreed(order.inspection)) return 'held'
  if (order.packed) return 'packed'
  if (order.inspection) return 'inspected'
  if (order.pickingFinished) return 'picked'
  if (order.claim || order.picks.length > 0) return 'picking'
  return order.signed.confirmation ? 'confirmed' : 'placed'
}

export const STEPS = ['confirm', 'pick', 'inspect', 'pack', 'load', 'ship', 'deliver', 'done'] as const
export type Step = (typeof STEPS)[number]

/** The step that has to do something next (M1: what it waits for). */
export function stepOf(order: Order): Step {
  const stage = stageOf(order)
  switch (stage) {
    case 'placed':
      return 'confirm'
    case 'confirmed':
    case 'picking':
      return 'pick'
    case 'picked':
    case 'held':
      return 'inspect'
    case 'inspected':
      return 'pack'
    case 'packed':
      return 'load'
    case 'loaded':
      return 'ship'
    case 'shipped':
    case 'underway':
    case 'arrived':
      return 'deliver'
    case 'delivered':
    case 'cancelled':
      return 'done'
  }
}

export const PHASES = ['preparation', 'transmission', 'entry', 'fulfilment', 'tracking'] as const
/** M1's five stages, as an index 0–4 of the one it is in (a cancelled order: the one it had come to); 5 when all is done. */
export function phaseOf(order: Order): number {
  const stage = stageOf(order)
  switch (stage) {
    case 'placed':
      return 1
    case 'confirmed':
      return 2
    case 'picking':
    case 'picked':
    case 'held':
    case 'inspected':
    case 'packed':
    case 'loaded':
      return 3
    case 'shipped':
    case 'underway':
    case 'arrived':
      return 4
    case 'delivered':
      return 5
    case 'cancelled':
      return order.claim || order.picks.length > 0 ? 3 : order.signed.confirmation ? 2 : 1
  }
}
