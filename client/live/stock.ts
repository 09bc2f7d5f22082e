/** Products as they are shown: the server's copy with what waits here, the picks and put-backs of orders among it. */
import type { Product } from '../../shared/product/product.ts'
import { begunBy, withBookings } from '../../shared/stock/follow.ts'
import type { Doc } from '../../shared/sync/doc.ts'
import type { DeviceDb, DocRow, Queued } from '../db.ts'
import { rowsWith } from '../tables.ts'

/** Inside one transaction with what the rows were read by, if the two have to agree. */
export async function productsIn(db: DeviceDb, rows: readonly DocRow[]): Promise<Product[]> {
  const found = rows.filter(isProductRow).sort((a, b) => (a.id < b.id ? -1 : 1))
  const skus = found.map(({ doc }) => doc.body.sku)
  const waiting = await waitingFor(db, skus)
  return found.map(({ doc: { body, applied } }) => {
    // The copy has those of a device up to that number.
    const pending = waiting.filter(({ device, seq, skus }) => seq > (applied[device] ?? 0) && skus?.includes(body.sku))
    return withBookings(body, pending.flatMap(({ booked = [] }) => booked))
  })
}

/** What waits here that books goods of these. */
async function waitingFor(db: DeviceDb, skus: readonly string[]): Promise<Queued[]> {
  const found = await rowsWith(db.outbox, 'skus', skus)
  return [...new Map(found.map((command) => [command.n, command])).values()].sort((a, b) => a.n - b.n)
}

type ProductRow = DocRow & { doc: Doc<Product> }
const isProductRow = (row: DocRow): row is ProductRow => row.doc.body.kind === 'product'

/** Products by sku, as far as the device knows them; of several of one number the first by id, as on the server. */
export async function productsOf(db: DeviceDb, skus: readonly string[]): Promise<Map<string, Product>> {
  const rows = await rowsWith(db.docs, 'lists', skus.map((sku) => `products|${sku}`))
  const found = new Map((await productsIn(db, rows)).reverse().map((product) => [product.sku, product]))
  for (const product of await begunIn(db, skus.filter((sku) => !found.has(sku)))) found.set(product.sku, product)
  return found
}

/** What was picked here of products that nobody has put down, and that the server has not begun yet: at a site that keeps its stock. */
async function begunIn(db: DeviceDb, skus: readonly string[]): Promise<Product[]> {
  const waiting = await waitingFor(db, skus)
  const any = waiting.length === 0 ? undefined : await db.docs.where('lists').startsWith('products|').first()
  const bookings = waiting.flatMap(({ booked = [] }) => booked)
  return any ? skus.flatMap((sku) => begunBy(any.doc.body.site, sku, bookings) ?? []) : []
}

/** Of which something was picked or put back here that the server has not answered: no list and no code has it. */
export async function productsMoving(db: DeviceDb): Promise<Product[]> {
  const skus = await db.outbox.orderBy('skus').uniqueKeys()
  return skus.length === 0 ? [] : [...(await productsOf(db, skus.map(String))).values()]
}
