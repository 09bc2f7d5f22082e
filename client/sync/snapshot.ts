/** The first load of a scope: pages by doc id, resumable, the next fetched while one is written; then the cursor goes on. */
import type { SnapshotPage } from '../../shared/sync/wire.ts'
import type { DeviceDb, Load } from '../db.ts'
import type { World } from '../world.ts'
import { call, retryAfter } from './line.ts'
import { applySnapshot } from './settle.ts'

/** `put-off`: work waits, and work goes first; the load continues where it was. */
export type Loaded = { kind: 'loaded' | 'put-off' | 'offline' | 'no-grant' | 'not-ours' | 'stale' } | { kind: 'later'; ms: number }
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
  const fetchPage = (after: string) => call(world, `/api/snapshot/${encodeURIComponent(scope)}?after=${encodeURIComponent(after)}`, { headers })
  let load: Load | null = (await db.read('loads'))?.[scope] ?? null
  let coming = fetchPage(load?.after ?? '')
  for (;;) {
    progress(load?.done ?? 0)
    const heard = await coming
    if (heard === 'offline') return { kind: 'offline' }
    if (heard.status === 401) return { kind: 'no-grant' }
    if (heard.status === 403 && heard.problem) return { kind: 'not-ours' }
    if (heard.status === 429 || heard.status === 503) return { kind: 'later', ms: retryAfter(heard.headers, world.now()) }
    if (heard.status !== 200 || !isPage(heard.json)) return { kind: 'offline' }
    const page = heard.json
    const next: Promise<Awaited<typeof coming>> | null = page.next === null ? null : fetchPage(page.next)
    const applied = await applySnapshot(db, scope, load, page)
    if (applied === 'stale') return { kind: 'stale' }
    if (applied === 'loaded' || !next) return { kind: 'loaded' }
    if (await putOff()) return { kind: 'put-off' }
    load = (await db.read('loads'))?.[scope] ?? null
    coming = next
  }
}

function isPage(json: unknown): json is SnapshotPage {
  if (typeof json !== 'object' || json === null) return false
  const { epoch, position, docs } = json as Partial<SnapshotPage>
  return typeof epoch === 'string' && typeof position === 'number' && Array.isArray(docs)
}
