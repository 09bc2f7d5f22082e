/** Reading docs by id, whether they have a row of their own or are bundled. Needs none of the rules. */
import { type BundledRow, bundledRows } from './bundle.ts'
import type { DeviceDb, DocRow } from './db.ts'

export type Row = DocRow | BundledRow

export async function rowsById(db: DeviceDb, ids: readonly string[]): Promise<Map<string, Row>> {
  const rows = await db.docs.bulkGet([...ids])
  const found = new Map<string, Row>(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])))
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length > 0) for (const row of await bundledRows(db, missing)) found.set(row.id, row)
  return found
}
