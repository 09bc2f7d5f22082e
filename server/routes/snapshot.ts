/** GET /api/snapshot/:scope: the first load, in pages by doc id. What changes meanwhile comes by the cursor afterwards. */
import { Hono } from 'hono'
import { type Doc, scopesFor } from '../../shared/sync/doc.ts'
import { LOAD_DOCS, LOAD_SIZE, type SnapshotPage } from '../../shared/sync/wire.ts'
import { registered } from '../../shared/work/register.ts'
import type { World } from '../world.ts'
import { signedIn } from './caller.ts'
import { answerJson, packedText } from './packed.ts'
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
    const { page, docs } = await world.log.read(async (tx) => {
      const position = after ? Number(after[1]) : (await tx.scope(scope)).head
      const { docs, more } = await tx.docsOfScope(scope, after?.[2] ?? '', { docs: LOAD_DOCS, size: LOAD_SIZE })
      const next = more ? `${position}~${docs.at(-1)?.id}` : null
      return { page: { epoch: await tx.epoch(), scope, position, next }, docs }
    })
    const bundled = c.req.query('bundled') === '1' && scope.startsWith('site:')
    return answerJson(c, bundled ? await bundledText(page, docs) : pageText(page, docs))
  })
}

type Page = Omit<SnapshotPage, 'docs'>
type Stored = { json: string }
/** Reading the docs only to write them again was half of what a page cost. */
const textOf = (docs: readonly Stored[]) => `[${docs.map(({ json }) => json).join(',')}]`
const pageText = (page: Page, docs: readonly Stored[]): string => `${JSON.stringify(page).slice(0, -1)},"docs":${textOf(docs)}}`

/** Of a site's orders most are closed, and no phone reads those before somebody looks at one. No other scope's, which may overlap with it (client/bundle.ts). */
async function bundledText(page: Page, docs: readonly Stored[]): Promise<string> {
  const { closed, register, rest } = registered(docs.map(({ json }) => ({ ...(JSON.parse(json) as Doc), json })))
  if (closed.length === 0) return pageText(page, rest)
  const packed = await packedText(textOf(closed))
  return pageText({ ...page, closed: { register, packed: packed.toString('base64') } }, rest)
}
