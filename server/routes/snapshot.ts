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

/** `position` of the first page, and the last doc of the one before. */
type After = { position: number; doc: string }

export function createSnapshots(world: World, bundled = createBundles()) {
  /** where each scope stood when it was packed for somebody who joined */
  const awaited = new Map<string, number>()

  const read = (scope: string, after: After | null) =>
    world.log.read(async (tx) => {
      const position = after?.position ?? (await tx.scope(scope)).head
      const { docs, more } = await tx.docsOfScope(scope, after?.doc ?? '', { docs: LOAD_DOCS, size: LOAD_SIZE })
      return { epoch: await tx.epoch(), position, docs, last: more ? docs.at(-1)?.id : undefined }
    })

  return {
    routes: new Hono().get('/api/snapshot/:scope', signedIn(world), async (c) => {
      const scope = c.req.param('scope')
      if (!scopesFor(c.get('actor')).includes(scope)) throw problem(403, 'other-scope')
      const came = c.req.query('after') ?? ''
      const after = NEXT.exec(came)
      if (came !== '' && !after) throw problem(400, 'malformed', { path: 'after', message: came })
      const { epoch, position, docs, last } = await read(scope, after && { position: Number(after[1]), doc: after[2] ?? '' })
      const page = { epoch, scope, position, next: last === undefined ? null : `${position}~${last}` }
      // Of a site's orders most are closed, and no phone reads those before somebody looks at one. No other scope's, which may overlap with it (client/bundle.ts).
      if (c.req.query('bundled') !== '1' || !scope.startsWith('site:')) return answerJson(c, pageText(page, docs))
      const { closed, rest } = await bundled(docs)
      return answerJson(c, pageText(page, rest.flatMap((at) => docs[at] ?? []), closed))
    }),

    /**
     * A device joins the site, and loads it in a moment: its pages are packed while a person types their PIN. Once for those who join
     * together, and again when a page's worth has changed.
     */
    async awaits(site: string): Promise<void> {
      const scope = `site:${site}`
      const { head } = await world.log.read((tx) => tx.scope(scope))
      if (head - (awaited.get(scope) ?? -LOAD_DOCS) < LOAD_DOCS) return
      awaited.set(scope, head)
      let after: After | null = null
      do {
        const page: Awaited<ReturnType<typeof read>> = await read(scope, after)
        await bundled(page.docs)
        after = page.last === undefined ? null : { position: page.position, doc: page.last }
      } while (after)
    },
  }
}

type Page = Omit<SnapshotPage, 'docs' | 'closed'>
const pageText = (page: Page, docs: readonly { json: string }[], closed: Buffer | null = null): string =>
  `${JSON.stringify(page).slice(0, -1)}${closed ? `,"closed":${closed}` : ''},"docs":${textOf(docs)}}`
