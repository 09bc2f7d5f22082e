/** Changes what a supervisor may change of a site: its row and its doc, together. */
import type { Act } from '../../shared/order/order.ts'
import { type Site, type SiteForm, siteDocId } from '../../shared/site/site.ts'
import type { WriteTx } from '../log/log.ts'
import { putBodies } from '../sync/put.ts'

/** Returns the new heads by scope, for `hub.poke` after the commit. */
export async function changeSite(tx: WriteTx, id: string, change: Partial<SiteForm> & Pick<Site, 'inspection'>, act: Act): Promise<{ site: Site; heads: Map<string, number> }> {
  const docId = siteDocId(id)
  const before = (await tx.docs(id, [docId])).get(docId)?.body
  if (before?.kind !== 'site') throw new Error(`site ${id} has no doc ${docId}`)
  const site: Site = { ...before, ...change, version: before.version + 1 }
  await tx.renameSite(id, site.name)
  return { site, heads: await putBodies(tx, id, [site], act) }
}
