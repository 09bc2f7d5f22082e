/** A new site: its row and, for the devices, its doc. */
import type { Act } from '../../shared/order/order.ts'
import { siteDocId } from '../../shared/site/site.ts'
import type { SiteRow, WriteTx } from '../log/log.ts'
import { putBodies } from '../sync/put.ts'

/** Returns the new heads by scope, for `hub.poke` after the commit. */
export async function foundSite(tx: WriteTx, site: SiteRow, act: Act): Promise<Map<string, number>> {
  const { id, name, zone, currency } = site
  await tx.addSite(site)
  return putBodies(tx, id, [{ kind: 'site', id: siteDocId(id), site: id, name, zone, currency, workRules: ['promised', 'received'] }], act)
}
