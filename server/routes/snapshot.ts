/** GET /api/snapshot/:scope: the first load, in pages by doc id. What changes meanwhile comes by the cursor afterwards. */
import { Hono } from 'hono'
import { scopesFor } from '../../shared/sync/doc.ts'
import { LOAD_DOCS, LOAD_SIZE, type SnapshotPage } from '../../shared/sync/wire.ts'
import type { World } from '../world.ts'
import { createBundles, textOf } from './bundles.ts'
import { signedIn } from './caller.ts'
import { answerJson } from './packed.ts'
import { problem } from './problem.ts'

/** `next` carries the position of the first page, so that every page says the same one. */
const NEXT = /^(\d{1,16})~(.+)$/

export function snapshotRoutes(world: World) {
  const bundled = createBundles()
  return new Hono().get('/api/snapshot/:scope', signedIn(world), async (c) => {
    const scope = c.req.param('scope')
    if (!scopesFor(c.get('actor')).includes(scope)) throw problem(403, 'other-scope')
    const came = c.req.query('after') ?? ''
    const after = NEXT.exec(came)
    if (came !== '' && !after) throw problem(400, 'malformed', { path: 'after', message: came })
    const { page, docs } = await world.log.read(async (tx) => {
      const position = after ? Number(after[1]) : (await tx.scope(scope)).head
      const { docs, more } = await tx.docsOfScope(scope, after?.[2] ?? '', { docs: LOAD_DOCS, size: LOAD_SIZE })
      const next = more ? `${position}~${docs.at(-1)?.id}` : null
      return { page: { epoch: await tx.epoch(), scope, position, next }, docs }
    })
    // Of a site's orders most are closed, and no phone reads those before somebody looks at one. No other scope's, which may overlap with it (client/bundle.ts).
    if (c.req.query('bundled') !== '1' || !scope.startsWith('site:')) return answerJson(c, pageText(page, docs))
    const { closed, rest } = await bundled(docs)
    return answerJson(c, pageText(page, rest.flatMap((at) => docs[at] ?? []), closed))
  })
}

type Page = Omit<SnapshotPage, 'docs' | 'closed'>
const pageText = (page: Page, docs: readonly { json: string }[], closed: Buffer | null = null): string =>
  `${JSON.stringify(page).slice(0, -1)}${closed ? `,"closed":${closed}` : ''},"docs":${textOf(docs)}}`
