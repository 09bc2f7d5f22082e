/** GET /api/snapshot/:scope: the first load, in pages by doc id. What changes meanwhile comes by the cursor afterwards. */
import { Hono } from 'hono'
import { scopesFor } from '../../shared/sync/doc.ts'
import { LOAD_DOCS, type SnapshotPage } from '../../shared/sync/wire.ts'
import type { World } from '../world.ts'
import { signedIn } from './caller.ts'
import { answerJson } from './packed.ts'
import { problem } from './problem.ts'

/** `next` carries the position of the first page, so that every page says the same one. */
const NEXT = /^(\d{1,16})~(.+)$/

export function snapshotRoutes(world: World) {
  return new Hono().get('/api/snapshot/:scope', signedIn(world), async (c) => {
    const scope = c.req.param('scope')
    if (!scopesFor(c.get('actor')).includes(scope)) throw problem(403, 'other-scope')
    const came = c.req.query('after') ?? ''
    const after = NEXT.exec(came)
    if (came !== '' && !after) throw problem(400, 'malformed', { path: 'after', message: came })
    const text = await world.log.read(async (tx) => {
      const position = after ? Number(after[1]) : (await tx.scope(scope)).head
      const docs = await tx.docsOfScope(scope, after?.[2] ?? '', LOAD_DOCS)
      const last = docs.at(-1)
      const next = docs.length < LOAD_DOCS || !last ? null : `${position}~${last.id}`
      return pageText({ epoch: await tx.epoch(), scope, position, next }, docs)
    })
    return answerJson(c, text)
  })
}

/** A SnapshotPage. Reading the docs only to write them again was half of what a page cost. */
function pageText(page: Omit<SnapshotPage, 'docs'>, docs: readonly { json: string }[]): string {
  return `${JSON.stringify(page).slice(0, -1)},"docs":[${docs.map(({ json }) => json).join(',')}]}`
}
