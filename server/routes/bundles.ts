/**
 * What a page of a first load packs of its closed orders. They hardly ever change, and after a restore every phone asks for all of them:
 * what was packed once is kept, under the states of its docs.
 */
import { createHash } from 'node:crypto'
import type { Doc } from '../../shared/sync/doc.ts'
import { registered } from '../../shared/work/register.ts'
import type { ScopePage } from '../log/log.ts'
import { packedText } from './packed.ts'

/** Reading the docs only to write them again was half of what a page cost. */
type Stored = ScopePage['docs'][number]
/** `closed`: JSON of the register and the packed docs, null if none is closed. `rest`: where the others stand among the docs of the page. */
export type Bundled = { closed: Buffer | null; rest: readonly number[] }

/** Some 300,000 orders. */
const KEPT_BYTES = 64 * 1024 * 1024

export const textOf = (docs: readonly { json: string }[]): string => `[${docs.map(({ json }) => json).join(',')}]`

export function createBundles(most = KEPT_BYTES): (docs: readonly Stored[]) => Promise<Bundled> {
  /** used longest ago first */
  const kept = new Map<string, Bundled>()
  const making = new Map<string, Promise<Bundled>>()
  let bytes = 0
  /** Who asks for what is being packed waits for it. */
  const made = (key: string, docs: readonly Stored[]): Promise<Bundled> => {
    const under = making.get(key) ?? bundle(docs).finally(() => making.delete(key))
    making.set(key, under)
    return under
  }
  const drop = (key: string) => {
    bytes -= sizeOf(kept.get(key))
    kept.delete(key)
  }
  return async (docs) => {
    const key = createHash('sha256').update(docs.map(({ id, state }) => `${id} ${state}`).join()).digest('base64')
    const bundled = kept.get(key) ?? (await made(key, docs))
    drop(key)
    kept.set(key, bundled)
    bytes += sizeOf(bundled)
    for (const oldest of kept.keys()) if (bytes > most) drop(oldest)
    return bundled
  }
}

/** Of a page without closed orders, too: each change of an open one makes another. 0 for none. */
const sizeOf = (bundled: Bundled | undefined): number => (bundled ? (bundled.closed?.length ?? 0) + 8 * bundled.rest.length + 100 : 0)

async function bundle(stored: readonly Stored[]): Promise<Bundled> {
  const { closed, register, rest } = registered(stored.map(({ json }, at) => ({ ...(JSON.parse(json) as Doc), json, at })))
  const places = rest.map(({ at }) => at)
  if (closed.length === 0) return { closed: null, rest: places }
  const packed = await packedText(textOf(closed))
  return { closed: Buffer.from(JSON.stringify({ register, packed: packed.toString('base64') })), rest: places }
}
