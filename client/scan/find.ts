/** What a code names, looked for in everything this device has: a package, an order, its delivery order, a trip; otherwise goods. */
import type { Order, Package } from '../../shared/order/order.ts'
import type { Product } from '../../shared/product/product.ts'
import { namesOrder, packageBy } from '../../shared/scan/load.ts'
import { namesPlace, type Scan } from '../../shared/scan/scan.ts'
import type { Body } from '../../shared/sync/doc.ts'
import type { Trip } from '../../shared/trip/trip.ts'
import { codeOf } from '../../shared/work/text.ts'
import { bundledWithLots } from '../bundle.ts'
import type { DeviceDb } from '../db.ts'
import { search } from '../live/docs.ts'
import { productByScan } from '../pick/shelf.ts'

export type Found =
  | { is: 'order'; order: Order; /** its package that was scanned */ parcel: Package | null }
  | { is: 'trip'; trip: Trip }
  | { is: 'product'; product: Product; lot: string }

const MOST_ROWS = 20
const MOST_BUNDLES = 4

/** By the index of codes; what was stored before its numbers stood there, and what is closed, by its words. */
export async function foundBy(db: DeviceDb, scan: Scan): Promise<Found | null> {
  const codes = codesIn(scan)
  if (codes.length === 0) return null
  const rows = await db.docs.where('codes').anyOf(codes).limit(MOST_ROWS).toArray()
  const here = namedIn(scan, rows.map((row) => row.doc.body))
  if (here) return here
  const product = await productByScan(db, scan)
  if (product) return { is: 'product', ...product }
  const closed = await bundledWithLots(db, codes, MOST_BUNDLES)
  return namedIn(scan, closed.map((row) => row.doc.body)) ?? namedIn(scan, await search(db, scan.code, MOST_ROWS))
}

const codesIn = (scan: Scan): string[] => [...new Set([scan.code, ...(scan.is === 'label' && scan.meaning.sscc ? [codeOf(scan.meaning.sscc)] : [])])].filter((code) => code !== '')

function namedIn(scan: Scan, bodies: readonly Body[]): Found | null {
  for (const body of bodies) {
    if (body.kind === 'trip' && namesPlace(scan, body.number)) return { is: 'trip', trip: body }
    if (body.kind !== 'order') continue
    const parcel = packageBy(body, scan) ?? null
    if (parcel || namesOrder(scan, body)) return { is: 'order', order: body, parcel }
  }
  return null
}
