/** The server's copy on this device, as one transaction changes it: what a page, a fresh copy or a lost scope makes of it (SYNC §2). */
import { checksum } from '../../shared/sync/checksum.ts'
import { type Doc, evolveBody, scopesOf } from '../../shared/sync/doc.ts'
import type { Op, ScopePage, SyncReply } from '../../shared/sync/wire.ts'
import type { DeviceDb, Identity, Queued, Rankings } from '../db.ts'
import { type Change, writeDocs } from '../docs.ts'
import { eachBundled } from '../bundle.ts'
import { unbundle } from './bundling.ts'
import { rankingsOf } from '../ranking.ts'
import { foreseen, type Here, hereOf, type ServerCopy, serverCopy, shownOf, type Tokens } from '../replay.ts'

const MOST_NEED = 1000

/**
 * The server’s copy as it is being changed. `here`: what was read of it, once. `failed`: docs of which our copy is not what the server has, or
 * may not be: they need a `put`. `moved`: scopes of which the cursor goes on. `nearer`: commands may be settled by it. `settled`: those that are. `nameless`: a scope they waited for is gone.
 */
export type Copy = {
  db: DeviceDb
  identity: Identity
  epoch: string
  grants: Tokens
  rankings: Rankings | undefined
  lastSeq: number
  cursors: Map<string, { position: number; consistent: number }>
  moved: Set<string>
  here: Map<string, Here>
  changed: Map<string, ServerCopy>
  touched: Set<string>
  need: Set<string>
  needBefore: number
  failed: Set<string>
  nearer: boolean
  nameless: boolean
  settled: Set<number>
}

/** With what is here of these docs, in one turn of the tables. Null when the device is not enrolled. */
export async function openCopy(db: DeviceDb, ids: readonly string[] = []): Promise<Copy | null> {
  const [{ identity, epoch = '', grants = {}, need = [], rankings }, rows, here] = await Promise.all([
    db.readAll('identity', 'epoch', 'grants', 'need', 'rankings'),
    db.cursors.toArray(),
    hereOf(db, ids),
  ])
  if (!identity) return null
  return {
    db,
    identity,
    epoch,
    grants,
    rankings,
    lastSeq: 0,
    cursors: new Map(rows.map(({ scope, position, consistent }) => [scope, { position, consistent }])),
    moved: new Set(),
    here,
    changed: new Map(),
    touched: new Set(),
    need: new Set(need),
    needBefore: need.length,
    failed: new Set(),
    nearer: false,
    nameless: false,
    settled: new Set(),
  }
}

/** Reads what is here of these docs, unless that was read before. */
async function look({ db, here, touched }: Copy, ids: Iterable<string>): Promise<void> {
  const unread = [...new Set(ids)].filter((id) => !here.has(id))
  for (const [id, found] of await hereOf(db, unread, touched)) here.set(id, found)
}

/** Docs that changed and docs whose commands moved are built anew; docs where nothing waits are written as they came. */
export async function finish(copy: Copy): Promise<void> {
  const { db, identity, grants, rankings, here, changed, touched, need, needBefore, cursors, moved, settled } = copy
  const ids = new Set([...changed.keys(), ...touched])
  await look(copy, ids)
  const plain = new Map<string, Change>()
  const built = new Map<string, ServerCopy>()
  for (const id of ids) {
    const { doc, scope } = changed.get(id) ?? serverCopy(here.get(id))
    if (here.get(id)?.shadow || touched.has(id)) built.set(id, { doc, scope: scope || `site:${identity.site}` })
    else plain.set(id, doc && { doc, scope })
  }
  const waiting = [...built.keys()].map((id) => [id, here.get(id)?.pending.filter(({ n }) => !settled.has(n)) ?? []] as const).filter(([, pending]) => pending.length > 0)
  const shown = shownOf(db, built, new Map(waiting), grants)
  const rows = new Map([...here].flatMap(([id, { row }]) => (row ? [[id, row] as const] : [])))
  await Promise.all([
    shown.written,
    writeDocs(db, new Map([...plain, ...shown.changes]), { rows, rankings: rankingsOf(rankings) }),
    moved.size > 0 ? db.cursors.bulkPut([...cursors].flatMap(([scope, cursor]) => (moved.has(scope) ? [{ scope, ...cursor }] : []))) : null,
    need.size > 0 || needBefore > 0 ? db.put('need', [...need].slice(-MOST_NEED)) : null,
  ])
}

/** A scope that is no longer ours, or begins anew. What waits stays; a doc of which something waits loses only its server copy. */
export async function dropScope(copy: Copy, scope: string, why: 'lost' | 'reset'): Promise<void> {
  const { db } = copy
  copy.cursors.delete(scope)
  const { [scope]: _, ...loads } = (await db.read('loads')) ?? {}
  const ids = (await db.docs.where('scope').equals(scope).primaryKeys()) as string[]
  // Who takes over a phone may hold it by another scope already: so says our copy, which may be behind. It is asked for.
  const otherOf = (doc: Doc) => scopesOf(doc.body).find((each) => each !== scope && (copy.cursors.has(each) || loads[each] !== undefined))
  for (const [id, here] of await hereOf(db, ids)) {
    const { doc } = serverCopy(here)
    const other = doc && otherOf(doc)
    copy.changed.set(id, other ? { doc, scope: other } : { doc: null, scope })
    if (other) copy.failed.add(id)
  }
  await eachBundled(db, scope, ({ id, doc }) => {
    const other = otherOf(doc)
    if (!other) return
    copy.changed.set(id, { doc, scope: other })
    copy.failed.add(id)
  })
  await unbundle(db, scope)
  await Promise.all([db.cursors.delete(scope), db.put('loads', loads)])
  if (why === 'reset') return
  const awaited = await db.outbox.where('state').equals('awaited').toArray()
  const changed = awaited.filter((command) => command.heads[scope] !== undefined)
  await db.outbox.bulkPut(changed.map(({ heads: { [scope]: __, ...heads }, ...command }) => ({ ...command, heads, state: Object.keys(heads).length > 0 ? 'awaited' : 'answered' })))
  if (changed.length > 0) copy.nearer = copy.nameless = true
}

/** First loads under way of scopes that a reader is no longer given: the server can't name what has no cursor yet. */
export async function lostLoads({ db }: Copy, { scopes }: SyncReply): Promise<string[]> {
  if (Object.keys(scopes).length === 0) return []
  return Object.keys((await db.read('loads')) ?? {}).filter((scope) => !scopes[scope])
}

/** Compare and swap: the page is taken only if it begins where our copy ends. */
export async function takePage(copy: Copy, scope: string, page: ScopePage): Promise<boolean> {
  const cursor = copy.cursors.get(scope)
  if (page.from !== (cursor?.position ?? 0)) return false
  await takeOps(copy, scope, page.ops)
  const next = { position: page.to, consistent: page.more ? (cursor?.consistent ?? 0) : page.to }
  copy.cursors.set(scope, next)
  if (next.position === cursor?.position && next.consistent === cursor.consistent) return true
  copy.moved.add(scope)
  if (!page.more) copy.nearer = true
  return true
}

async function takeOps(copy: Copy, scope: string, ops: readonly Op[]): Promise<void> {
  const { here, changed, failed } = copy
  await look(copy, ops.map(idOf))
  for (const op of ops) {
    const id = idOf(op)
    if ('put' in op) {
      changed.set(id, { doc: op.put, scope })
      continue
    }
    const base = changed.get(id) ?? serverCopy(here.get(id))
    if ('exit' in op) {
      if (base.scope === scope || base.scope === '') changed.set(id, { doc: null, scope })
      continue
    }
    const doc = 'same' in op ? predicted(copy, base.doc, here.get(id)?.pending ?? [], op) : folded(base.doc, op)
    if (doc) changed.set(id, { doc, scope })
    else failed.add(id)
  }
}

/**
 * Copies that were asked for, as far as the page of their scope was taken: a copy from beyond our cursor would miss what other docs
 * say of the same moment. What was not taken is asked for again; what nobody gives us is none of ours any more.
 */
export function takePuts(copy: Copy, asked: readonly string[], { puts, scopes }: SyncReply, taken: ReadonlySet<string>): void {
  const { changed, need } = copy
  const known = (id: string) => {
    if (need.delete(id)) copy.nearer = true
  }
  const gone = (id: string) => {
    if (!changed.has(id)) changed.set(id, { doc: null, scope: '' })
    known(id)
  }
  const given = new Set(puts.map((doc) => doc.body.id))
  if (taken.size > 0 && taken.size === Object.keys(scopes).length) for (const id of asked) if (!given.has(id)) gone(id)
  for (const doc of puts) {
    const scope = scopesOf(doc.body).find((each) => taken.has(each))
    if (!scope) continue
    changed.set(doc.body.id, { doc, scope })
    known(doc.body.id)
  }
}

export const idOf = (op: Op): string => ('put' in op ? op.put.body.id : 'exit' in op ? op.exit : 'same' in op ? op.same : op.delta)

/** Our own commands that the server has by now, onto our copy. Null if that is not what the server has: drift. */
function predicted({ grants, identity, lastSeq }: Copy, base: Doc | null, pending: readonly Queued[], op: Extract<Op, { same: string }>): Doc | null {
  const known = pending.filter((command) => command.state !== 'waiting' || (command.device === identity.device && command.seq <= lastSeq))
  const doc = foreseen(base, known, op.version, grants)
  return doc && doc.body.version === op.version && checksum(doc) === op.sum ? doc : null
}

/** The missed events onto our copy. Null if they don't fit it, or what comes out is not what the server has: drift. */
function folded(base: Doc | null, { delta, from, version, events, applied, sum }: Extract<Op, { delta: string }>): Doc | null {
  const has = base?.body.version ?? 0
  if (!base || has < from || has > version) return null
  const body = events.slice(has - from).reduce((state, event) => evolveBody(state, event, delta), base.body)
  const doc: Doc = { body, applied: { ...base.applied, ...applied } }
  return body.version === version && checksum(doc) === sum ? doc : null
}
