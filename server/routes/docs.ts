/** Reading one doc for somebody: only what is in their scopes is there at all. */
import type { Actor } from '../../shared/people/role.ts'
import { type Doc, scopesFor } from '../../shared/sync/doc.ts'
import type { ReadTx } from '../log/log.ts'
import { mayHold } from '../sync/pull.ts'
import { problem } from './problem.ts'

export async function docFor(tx: ReadTx, actor: Actor, id: string): Promise<Doc> {
  const doc = (await tx.docs(actor.site, [id])).get(id)
  if (!doc || !mayHold(doc, scopesFor(actor))) throw problem(404, 'no-order', { id })
  return doc
}
