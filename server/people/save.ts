/** A person's row, with secrets and standing, and the doc of it that devices get: always written together. */
import type { Act } from '../../shared/order/order.ts'
import type { PersonRow, WriteTx } from '../log/log.ts'
import { putBodies } from '../sync/put.ts'

/** Returns the new heads by scope, for `hub.poke` after the commit. */
export async function savePeople(tx: WriteTx, site: string, people: readonly PersonRow[], act: Act): Promise<Map<string, number>> {
  for (const person of people) await tx.savePerson(person)
  const bodies = people.map(({ id, name, roles, revokedAt }) => ({ kind: 'person' as const, id, site, name, roles, active: revokedAt === null }))
  return putBodies(tx, site, bodies, act)
}
