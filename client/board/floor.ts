/** What the board reads of the orders: exceptions, owed papers, calls to make, claims, figures. Each from a range of one index. */
import { byGravity } from '../../shared/order/gravity.ts'
import { type Order, type OrderException, openExceptions, shippedOf } from '../../shared/order/order.ts'
import { STEPS } from '../../shared/order/stage.ts'
import { promiseOf } from '../../shared/order/waits.ts'
import type { DeviceDb } from '../db.ts'
import { countOf, ordersIn } from '../live/docs.ts'
import { countIn } from '../live/orders.ts'

/** More than these are not drawn; their number is said. */
export const MOST = 200

export type OpenException = { order: Order; exception: OrderException }

/** The gravest first, of those the oldest. */
export async function exceptionsOpen(db: DeviceDb): Promise<OpenException[]> {
  const orders = await ordersIn(db, 'exceptions', { limit: MOST })
  const all = orders.flatMap((order) => openExceptions(order).map((exception) => ({ order, exception })))
  return all.sort((a, b) => byGravity(a.exception, b.exception))
}

/** Their goods are on the way, and nobody has made sure that the customer knows (M20): by when that is due. */
export const advicesDue = (db: DeviceDb): Promise<Order[]> => ordersIn(db, 'advise', { limit: MOST })
/** Those to be asked after on their way before `until` (M22), missed ones first. */
export const checksDue = (db: DeviceDb, until: string): Promise<Order[]> => ordersIn(db, 'checks', { before: until, limit: MOST })

/** They went out, nobody took them, and no other delivery is planned yet (M22): by when to come again, or since when. */
export const untakenOf = (db: DeviceDb): Promise<Order[]> => ordersIn(db, 'absent', { limit: MOST })

/** Claimed and not finished, whoever has it; longest first. */
export async function claimsOpen(db: DeviceDb): Promise<Order[]> {
  const rows = await db.docs.where('lists').startsWith('claimed:').limit(MOST).toArray()
  const orders = rows.map((row) => row.doc.body).filter((body) => body.kind === 'order')
  return orders.sort((a, b) => ((a.claim?.at ?? '') < (b.claim?.at ?? '') ? -1 : 1))
}

export type Share = { part: number; whole: number }
export type Figures = { onTime: Share; complete: Share; open: number; confirm: number; emergency: number }

/** M3, of what was delivered since `from` (ISO UTC) and of what is open. */
export async function figuresOf(db: DeviceDb, from: string): Promise<Figures> {
  const [closed, open, confirm, emergency] = await Promise.all([
    ordersIn(db, 'closed', { from, limit: 500, reverse: true }),
    countOf(db, 'open'),
    countOf(db, 'confirm.promised'),
    // The first sign of a rank: 0 for an emergency, 1 for every other.
    countIn(db, STEPS.filter((step) => step !== 'done').map((step) => ({ list: `${step}.promised`, from: '0', before: '1' }))),
  ])
  const delivered = closed.filter((order) => order.receipt)
  const promises = delivered.map((order) => promiseOf(order, from).state)
  const kept = promises.filter((state) => state === 'kept').length
  return {
    onTime: { part: kept, whole: kept + promises.filter((state) => state === 'missed').length },
    complete: { part: delivered.filter((order) => order.lines.every((line) => shippedOf(order, line.no) >= line.quantity)).length, whole: delivered.length },
    open,
    confirm,
    emergency,
  }
}
