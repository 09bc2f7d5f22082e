/** Bundles (../bundle.ts) as a first load writes them, and as they go when their scope is lost. */
import type { Register } from '../../shared/work/register.ts'
import { eachBundled, endsOf, unpackBy } from '../bundle.ts'
import { addToCounts, type Steps, step } from '../counts.ts'
import type { DeviceDb } from '../db.ts'
import { unpack } from '../unpack.ts'

unpackBy(unpack)

/** Closed orders of a page: what they are found by, and their JSON, packed as it came. */
export type Closed = Register & { packed: Uint8Array }

/**
 * `here`: those of them that this device has already, which count by the row that the caller writes for them. `steps` of the others are
 * there at once; the caller writes them. Bundles of one site do not overlap, so no other scope is bundled. Inside a transaction over `copies`.
 */
export async function bundle(db: DeviceDb, scope: string, { ids, lists, texts, lots, packed }: Closed, here: ReadonlySet<string>, steps: Steps): Promise<void> {
  if (ids.length === 0) return
  ids.forEach((id, at) => void (here.has(id) || step(steps, lists[at] ?? [], 1)))
  const [first, last] = endsOf(ids)
  const n = await db.bundles.add({ scope, first, last, lots, docs: packed })
  await Promise.all([
    db.registers.add({ n, scope, ids, lists, texts }),
    db.struck.count().then((count) => (count > 0 ? db.struck.bulkDelete(ids.filter((id) => !here.has(id))) : undefined)),
    here.size > 0 ? db.struck.bulkPut([...here].map((id) => ({ id }))) : undefined,
  ])
}

/** The bundles of a scope go, and what is in them leaves the figures. Inside a transaction over `copies` and `meta`. */
export async function unbundle(db: DeviceDb, scope: string): Promise<void> {
  const steps: Steps = new Map()
  await eachBundled(db, scope, (row) => step(steps, row.lists, -1))
  await addToCounts(db, steps)
  await Promise.all([db.bundles.where('scope').equals(scope).delete(), db.registers.where('scope').equals(scope).delete()])
}
