/** Writes people, products and sites at a door of their own, as docs with an event each, so that devices get them by sync. */
import type { Act } from '../../shared/order/order.ts'
import type { BodyPut } from '../../shared/sync/doc.ts'
import type { DocChange, EventRow, WriteTx } from '../log/log.ts'

type Put = BodyPut['body']
/** A body before the log gives it its version. */
export type Unversioned = Put extends infer B ? (B extends Put ? Omit<B, 'version'> : never) : never

/**
 * One version more for each body, in the caller's transaction. `act` is who wrote it and at which device (''
 * for the server itself). Returns the new heads by scope, for `hub.poke` after the commit.
 */
export async function putBodies(tx: WriteTx, site: string, bodies: readonly Unversioned[], act: Act): Promise<Map<string, number>> {
  const before = await tx.docs(site, bodies.map((body) => body.id))
  const changes: DocChange[] = []
  const events: EventRow[] = []
  for (const unversioned of bodies) {
    const was = before.get(unversioned.id) ?? null
    const body: Put = { ...unversioned, version: (was?.body.version ?? 0) + 1 }
    changes.push({ before: was, after: { body, applied: was?.applied ?? {} } })
    // No numbered command of a device made it, so no device may take it for what it predicted.
    events.push({ doc: body.id, version: body.version, command: act.command, device: '', seq: 0, event: { type: 'BodyPut', act, body } })
  }
  await tx.addEvents(site, events)
  return tx.putDocs(site, changes, act.at)
}
