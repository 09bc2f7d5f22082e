/** A device's drawer of orders: its real tables over a real IndexedDB, filled as sync fills them. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { DeviceDb } from '../../../client/db.ts'
import { writeDocs } from '../../../client/docs.ts'
import type { Body } from '../../../shared/sync/doc.ts'

export async function drawer(...bodies: Body[]): Promise<DeviceDb> {
  const db = new DeviceDb('drawer', { indexedDB: new IDBFactory(), IDBKeyRange })
  await db.open()
  await put(db, ...bodies)
  return db
}
export async function put(db: DeviceDb, ...bodies: Body[]): Promise<void> {
  const changes = new Map(bodies.map((body) => [body.id, { doc: { body, applied: {} }, scope: 'site:north' }]))
  await db.transaction('rw', [...db.copies(), db.meta], async () => writeDocs(db, changes))
}
