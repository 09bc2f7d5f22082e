/** How things stand on this device before it talks: whose it is, who reads, what waits and what was never loaded. */
import { actorOf, type Grant, readGrant } from '../../shared/people/grant.ts'
import { scopesFor } from '../../shared/sync/doc.ts'
import type { DeviceDb, Identity } from '../db.ts'
import type { World } from '../world.ts'

export const waitingCount = (db: DeviceDb): Promise<number> => db.outbox.where('state').equals('waiting').count()

/** `over`: somebody is at the device, and the grant has ended. `missing`: the reader's scopes that were never loaded. */
type Standing = { identity: Identity | undefined; epoch: string; reader: Grant | 'nobody' | 'over'; waiting: number; missing: string[] }
export function standing(db: DeviceDb, world: World): Promise<Standing> {
  return db.transaction('r', [db.meta, db.outbox, db.cursors], async () => {
    const [{ identity, epoch = '', current = '', grants = {}, clock }, waiting, held] = await Promise.all([
      db.readAll('identity', 'epoch', 'current', 'grants', 'clock'),
      waitingCount(db),
      db.cursors.toCollection().primaryKeys(),
    ])
    const grant = current === '' ? null : readGrant(grants[current] ?? '')
    // By the server's clock as far as it is known: this device's may be hours off (SYNC §5).
    const over = grant !== null && Date.parse(grant.until) <= world.now() + (clock?.offset ?? 0)
    const missing = grant && !over ? scopesFor(actorOf(grant)).filter((scope) => !held.includes(scope)) : []
    return { identity, epoch, reader: grant ? (over ? 'over' : grant) : 'nobody', waiting, missing }
  })
}
