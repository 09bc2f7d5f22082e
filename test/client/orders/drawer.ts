/** A device's drawer of orders: its real tables over a real IndexedDB, filled as sync fills them. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { DeviceDb } from '../../../client/db.ts'
import { writeDocs } from '../../../client/docs.ts'
import type { Order } from '../../../shared/order/order.ts'
import type { Product } from '../../../shared/product/product.ts'

export async function drawer(...bodies: (Order | Product)[]): Promise<DeviceDb> {
  const db = new DeviceDb('drawer', { indexedDB: new IDBFactory(), IDBKeyRange })
  await db.open()
  await put(db, ...bodies)
  return db
}
export async function put(db: DeviceDb, ...bodies: (Order | Product)[]): Promise<void> {
  const changes = new Map(bodies.map((body) => [body.id, { doc: { body, applied: {} }, scope: 'site:north' }]))
  await db.transaction('rw', [...db.copies(), db.meta], async () => writeDocs(db, changes))
}
