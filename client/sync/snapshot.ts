/** The first load of a scope: pages by doc id, resumable, the next fetched while one is written; then the cursor goes on. */
import type { SnapshotPage } from '../../shared/sync/wire.ts'
import type { Closed } from './bundling.ts'
import type { DeviceDb, Load } from '../db.ts'
import type { World } from '../world.ts'
import { call, retryAfter } from './line.ts'
import { applySnapshot } from './settle.ts'

/** `put-off`: work waits, and work goes first; the load continues where it was. */
export type Loaded = { kind: 'loaded' | 'put-off' | 'offline' | 'no-grant' | 'not-ours' | 'stale' } | { kind: 'later'; ms: number }
/** Of a first load: `docs` for rows, `closed` to be bundled. */
export type Page = Pick<SnapshotPage, 'epoch' | 'position' | 'docs' | 'next'> & { closed: Closed | null }
type Loading = {
  db: DeviceDb
  world: World
  scope: string
  headers: Record<string, string>
  /** whether something else must go first */
  putOff(): Promise<boolean>
  progress(done: number): void
}

export async function loadScope({ db, world, scope, headers, putOff, progress }: Loading): Promise<Loaded> {
  const fetchPage = (after: string) => call(world, `/api/snapshot/${encodeURIComponent(scope)}?bundled=1&after=${encodeURIComponent(after)}`, { headers })
  let load: Load | null = (await db.read('loads'))?.[scope] ?? null
  let coming = fetchPage(load?.after ?? '')
  for (;;) {
    progress(load?.done ?? 0)
    const heard = await coming
    if (heard === 'offline') return { kind: 'offline' }
    if (heard.status === 401) return { kind: 'no-grant' }
    if (heard.status === 403 && heard.problem) return { kind: 'not-ours' }
    if (heard.status === 429 || heard.status === 503) return { kind: 'later', ms: retryAfter(heard.headers, world.now()) }
    const page = heard.status === 200 ? pageIn(heard.json) : null
    if (!page) return { kind: 'offline' }
    const next: Promise<Awaited<typeof coming>> | null = page.next === null ? null : fetchPage(page.next)
    const applied = await applySnapshot(db, scope, load, page)
    if (applied === 'stale') return { kind: 'stale' }
    if (applied === 'loaded' || !next) return { kind: 'loaded' }
    if (await putOff()) return { kind: 'put-off' }
    load = applied
    coming = next
  }
}

/** Closed orders stay packed: nobody may ever look at them. */
function pageIn(json: unknown): Page | null {
  if (typeof json !== 'object' || json === null) return null
  const { epoch, position, docs, next, closed } = json as Partial<SnapshotPage>
  if (typeof epoch !== 'string' || typeof position !== 'number' || !Array.isArray(docs) || next === undefined) return null
  return { epoch, position, docs, next, closed: closed ? { ...closed.register, packed: bytesOf(closed.packed) } : null }
}

function bytesOf(base64: string): Uint8Array {
  const chars = atob(base64)
  const bytes = new Uint8Array(chars.length)
  for (let at = 0; at < chars.length; at += 1) bytes[at] = chars.charCodeAt(at)
  return bytes
}
