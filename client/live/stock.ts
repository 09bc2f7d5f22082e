/** Products as they are shown: the server's copy with what waits here, the picks and put-backs of orders among it. */
import type { Product } from '../../shared/product/product.ts'
import { withBookings } from '../../shared/stock/follow.ts'
import type { Doc } from '../../shared/sync/doc.ts'
import type { DeviceDb, DocRow } from '../db.ts'

/** Inside one transaction with what the rows were read by, if the two have to agree. */
export async function productsIn(db: DeviceDb, rows: readonly DocRow[]): Promise<Product[]> {
  const found = rows.filter(isProductRow).sort((a, b) => (a.id < b.id ? -1 : 1))
  const skus = found.map(({ doc }) => doc.body.sku)
  const waiting = skus.length === 0 ? [] : await db.outbox.where('skus').anyOf([...new Set(skus)]).distinct().sortBy('n')
  return found.map(({ doc: { body, applied } }) => {
    // The copy has those of a device up to that number.
    const pending = waiting.filter(({ device, seq, skus }) => seq > (applied[device] ?? 0) && skus?.includes(body.sku))
    return withBookings(body, pending.flatMap(({ booked = [] }) => booked))
  })
}

type ProductRow = DocRow & { doc: Doc<Product> }
const isProductRow = (row: DocRow): row is ProductRow => row.doc.body.kind === 'product'

/** Products by sku, as far as the device knows them; of several of one number the first by id, as on the server. */
export async function productsOf(db: DeviceDb, skus: readonly string[]): Promise<Map<string, Product>> {
  const rows = await db.docs.where('lists').anyOf(skus.map((sku) => `products|${sku}`)).toArray()
  return new Map((await productsIn(db, rows)).reverse().map((product) => [product.sku, product]))
}
