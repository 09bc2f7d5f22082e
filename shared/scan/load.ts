/** What a scan at the vehicle means: a package that belongs on it, or what it is instead. Never more than is to be loaded. */
import { leftOf, type Order, type Package } from '../order/order.ts'
import { namesPackage, namesPlace, type Scan } from './scan.ts'

/** `scanned`: by its code; otherwise ticked off. A package that was never numbered goes by its order's. */
export type Aboard = { no: number; code?: string | undefined; scanned: boolean }
export type Answer =
  | { is: 'right'; order: Order; aboard: Aboard }
  /** it is on the vehicle already */
  | { is: 'again'; order: Order; no: number }
  /** the order: each of its packages has a number of its own, which is wanted */
  | { is: 'which'; order: Order }
  /** all of its packages are on it */
  | { is: 'enough'; order: Order }
  /** recorded as loaded before, or gone */
  | { is: 'past'; order: Order; no: number | null }
  | { is: 'cancelled'; order: Order; no: number | null }
  | { is: 'unknown' }

export type AboardOf = (order: Order) => readonly Aboard[]

export function expectPackage(scan: Scan, orders: readonly Order[], aboardOf: AboardOf): Answer {
  for (const order of orders) {
    const parcel = packageBy(order, scan)
    if (!parcel && !namesOrder(scan, order)) continue
    const no = parcel?.no ?? null
    if (order.cancelled) return { is: 'cancelled', order, no }
    if (order.loading ?? leftOf(order)) return { is: 'past', order, no }
    return parcel ? one(order, parcel, aboardOf(order)) : next(order, aboardOf(order))
  }
  return { is: 'unknown' }
}

export const packageBy = (order: Order, scan: Scan): Package | undefined => order.packages.find(({ code }) => code !== undefined && namesPackage(scan, code))
export const namesOrder = (scan: Scan, { number, shipment }: Order): boolean => namesPlace(scan, number) || namesPlace(scan, shipment?.deliveryOrder ?? '')

function one(order: Order, { no, code }: Package, aboard: readonly Aboard[]): Answer {
  return aboard.some((each) => each.no === no) ? { is: 'again', order, no } : { is: 'right', order, aboard: { no, code, scanned: true } }
}

/** By the number of the order: packages that have none of their own, one after the other; goods that nobody packed are counted. */
function next(order: Order, aboard: readonly Aboard[]): Answer {
  if (order.packages.length === 0) return { is: 'right', order, aboard: { no: aboard.length + 1, scanned: true } }
  const left = order.packages.filter(({ no }) => !aboard.some((each) => each.no === no))
  const [parcel] = left
  if (!parcel) return { is: 'enough', order }
  const bare = left.find(({ code }) => code === undefined)
  return bare ? { is: 'right', order, aboard: { no: bare.no, scanned: true } } : { is: 'which', order }
}

export const missingOf = (order: Order, aboard: readonly Aboard[]): Package[] => order.packages.filter(({ no }) => !aboard.some((each) => each.no === no))
/** Everything that was packed is on the vehicle. Of goods that nobody packed nobody can say. */
export const isWhole = (order: Order, aboard: readonly Aboard[]): boolean => order.packages.length > 0 && missingOf(order, aboard).length === 0
