/** What is to be done with goods that did not pass, by the worst that was said of their lots. */
import type { Decided } from '../../shared/inspection/report.ts'
import { type Inspection, isFreed, type Order } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import type { DeviceDb } from '../db.ts'
import { ordersIn } from '../live/docs.ts'

export type Held = Exclude<Decided, 'accept'>

/** Null: it passed, or was conceded. An inspection of the old form says hold or fail. */
export function heldAs(inspection: Inspection): Held | null {
  if (isFreed(inspection)) return null
  const said = new Set((inspection.lots ?? []).map((lot) => lot.disposition))
  if (said.has('reject') || (inspection.result === 'fail' && !inspection.lots)) return 'reject'
  return said.has('rework') ? 'rework' : 'hold'
}

/** Orders whose goods are held, by promised date: they are all among those that nobody can go on with. */
export async function ordersHeld(db: DeviceDb): Promise<Order[]> {
  return (await ordersIn(db, 'stuck', { limit: 500 })).filter((order) => stageOf(order) === 'held')
}
