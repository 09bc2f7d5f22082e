/**
 * Write: what the server said becomes true here, in one transaction with nothing foreign awaited inside (SYNC §2).
 *
 *   waiting ──accepted──▶ answered ──a complete page past the heads──▶ archive (30 days)
 *      │ refused, quarantined
 *      ▼
 *   attention
 */
import { checksum } from '../../shared/sync/checksum.ts'
import { type Doc, evolveBody, scopesOf } from '../../shared/sync/doc.ts'
import type { Op, ScopePage, SnapshotPage, StreamEvent, SyncReply, Verdict } from '../../shared/sync/wire.ts'
import type { Attention, DeviceDb, Identity, Load, Queued } from '../db.ts'
import { rowsById, writeDocs } from '../docs.ts'
import { foreseen, pendingOf, rebuild, type ServerCopy, serverCopies, type Tokens } from '../replay.ts'
import type { Measured, Sent } from './exchange.ts'

/**
 * `more`: the server has more for us. `loads`: scopes to load from their beginning. `moved`: something came of it. `twin`: it has heard
 * more under our name than we ever said, so the profile was cloned.
 */
export type Settled = { outcome: 'stale' } | { outcome: 'settled'; more: boolean; loads: string[]; moved: boolean; wanted: string[]; newEpoch: boolean; twin: boolean }

const KEPT_MS = 30 * 24 * 3_600_000
const MOST_NEED = 1000

type Arrived = { sent: Sent; reply: SyncReply; measured: Measured; now: number }

export function applyReply(db: DeviceDb, { sent, reply, measured, now }: Arrived): Promise<Settled> {
  return db.transaction('rw', db.all(), async (): Promise<Settled> => {
    const { identity, epoch = '', current = '', acked = 0, seq = 0, proven } = await db.readAll('identity', 'epoch', 'current', 'acked', 'seq', 'proven')
    // A late answer: to who we were before, or of a history we have left.
    if (!identity || identity.device !== sent.device || reply.asked !== epoch) return { outcome: 'stale' }
    const copy = await openCopy(db, identity, reply.lastSeq)
    const newEpoch = reply.epoch !== epoch
    if (newEpoch) await beginEpoch(copy, reply)
    else if (reply.stopped?.why === 'gap') await reoffer(copy, reply.lastSeq)

    const answered = await takeVerdicts(copy, reply.verdicts)
    const person = sent.current !== '' && sent.current === current
    if (person) for (const scope of [...reply.lost, ...(await lostLoads(copy, reply))]) await dropScope(copy, scope, 'lost')
    for (const scope of reply.reset) if (sent.cursors[scope] !== undefined && sent.cursors[scope] === copy.cursors.get(scope)?.position) await dropScope(copy, scope, 'reset')

    const taken = new Set<string>()
    const loads: string[] = []
    for (const [scope, page] of Object.entries(reply.scopes)) {
      // The first load goes by snapshot: a page is no place to begin when there are many.
      if (page.more && page.from === 0 && !copy.cursors.has(scope)) loads.push(scope)
      else if (await takePage(copy, scope, page)) taken.add(scope)
    }
    takePuts(copy, sent.need, reply, taken)
    for (const id of copy.failed) copy.need.add(id)

    await noteProven(db, proven, sent, reply)
    await nameHeads(copy, reply.scopes, new Set([...answered, ...sent.answered]))
    await settle(copy, now)
    await finish(copy)
    await Promise.all([
      db.put('epoch', reply.epoch),
      db.put('acked', newEpoch ? 0 : Math.max(acked, ...reply.verdicts.map((verdict) => verdict.seq))),
      db.put('clock', measured),
      db.put('contact', { at: new Date(now).toISOString() }),
    ])
    const more = Object.entries(reply.scopes).some(([scope, page]) => page.more && taken.has(scope)) || copy.failed.size > 0
    const moved = answered.size > 0 || reply.verdicts.length > 0 || newEpoch || Object.entries(reply.scopes).some(([scope, page]) => taken.has(scope) && page.to > page.from)
    return { outcome: 'settled', more, loads, moved, wanted: reply.wanted, newEpoch, twin: reply.lastSeq > seq }
  })
}

/** 'elsewhere': it is not the next step for our copy; the next pull brings what is missing. */
export type Streamed = 'applied' | 'known' | 'elsewhere'

export function applyStreamed(db: DeviceDb, event: Extract<StreamEvent, { type: 'ops' }>, now: number): Promise<Streamed> {
  return db.transaction('rw', db.all(), async (): Promise<Streamed> => {
    const { identity, epoch } = await db.readAll('identity', 'epoch')
    if (!identity || epoch !== event.epoch) return 'elsewhere'
    const { scope, from, to, ops } = event
    const copy = await openCopy(db, identity, 0)
    const cursor = copy.cursors.get(scope)
    if (cursor && cursor.position >= to) return 'known'
    if (!cursor || !(await takePage(copy, scope, { from, to, head: to, more: false, ops }))) return 'elsewhere'
    for (const id of copy.failed) copy.need.add(id)
    await settle(copy, now)
    await finish(copy)
    return copy.failed.size > 0 ? 'elsewhere' : 'applied'
  })
}

/** One page of a first load. 'stale': another history, or somebody else has got there. */
export function applySnapshot(db: DeviceDb, scope: string, asked: Load | null, page: SnapshotPage): Promise<'stale' | 'loading' | 'loaded'> {
  return db.transaction('rw', db.all(), async (): Promise<'stale' | 'loading' | 'loaded'> => {
    const [{ epoch, loads = {} }, cursor] = await Promise.all([db.readAll('epoch', 'loads'), db.cursors.get(scope)])
    if (epoch !== page.epoch || cursor || (loads[scope]?.after ?? '') !== (asked?.after ?? '')) return 'stale'
    const ids = page.docs.map((doc) => doc.body.id)
    const [rows, shadows] = await Promise.all([rowsById(db, ids), db.shadow.bulkGet(ids)])
    const held = new Set(shadows.flatMap((shadow) => (shadow ? [shadow.id] : [])))
    await writeDocs(db, new Map(page.docs.flatMap((doc) => (held.has(doc.body.id) ? [] : [[doc.body.id, { doc, scope }]]))), rows)
    await rebuild(db, new Map(page.docs.flatMap((doc) => (held.has(doc.body.id) ? [[doc.body.id, { doc, scope }]] : []))))
    const { [scope]: _, ...others } = loads
    if (page.next === null) {
      // Every doc is here as it was at the position or later: whatever was committed before is in.
      await Promise.all([db.cursors.put({ scope, position: page.position, consistent: page.position }), db.put('loads', others)])
      return 'loaded'
    }
    const load: Load = { epoch, position: page.position, after: page.next, done: (asked?.done ?? 0) + ids.length }
    await db.put('loads', { ...others, [scope]: load })
    return 'loading'
  })
}

/**
 * A new identity, because another profile speaks under the old one, or because the server does not know that one any more. What
 * its last number says of the old name may be the other's: all that is kept here is offered once more under the new one (SYNC §2).
 */
export function takeIdentity(db: DeviceDb, was: string, becomes: Pick<Identity, 'device' | 'number' | 'name' | 'token'>): Promise<boolean> {
  return db.transaction('rw', db.all(), async () => {
    const identity = await db.read('identity')
    if (!identity || identity.device !== was) return false
    const copy = await openCopy(db, { ...identity, ...becomes }, 0)
    await reoffer(copy, 0)
    await Promise.all([db.put('identity', copy.identity), db.put('acked', 0)])
    await finish(copy)
    return true
  })
}

/** Settled commands are kept for 30 days, and the tokens of grants as long as something names them. */
export function tidy(db: DeviceDb, now: number): Promise<void> {
  return db.transaction('rw', [db.meta, db.archive, db.outbox, db.attention], async () => {
    await db.archive.where('settledAt').below(now - KEPT_MS).delete()
    const { grants = {}, unlocks = [], current = '', proven } = await db.readAll('grants', 'unlocks', 'current', 'proven')
    const named = new Set([current, ...unlocks.map((unlock) => unlock.grant)])
    for (const table of [db.archive, db.outbox, db.attention]) await table.toCollection().each((command: Queued) => named.add(command.grant))
    const kept = Object.entries(grants).filter(([id]) => named.has(id))
    if (kept.length < Object.keys(grants).length) await db.put('grants', Object.fromEntries(kept))
    if (proven?.ids.some((id) => !named.has(id))) await db.put('proven', { ...proven, ids: proven.ids.filter((id) => named.has(id)) })
  })
}

/** Tokens that the server has by now need not travel again in this epoch; those it lacks do. */
async function noteProven(db: DeviceDb, before: { epoch: string; ids: string[] } | undefined, { tokens }: Sent, { epoch, grants }: SyncReply): Promise<void> {
  const known = before?.epoch === epoch ? before.ids : []
  const ids = [...new Set([...known, ...tokens])].filter((id) => !grants.includes(id))
  if (before?.epoch !== epoch || ids.length !== known.length || ids.some((id) => !known.includes(id))) await db.put('proven', { epoch, ids })
}

/** The server's copy as it is being changed. `failed`: docs whose `same` or `delta` did not fit and that need a `put`. */
type Copy = {
  db: DeviceDb
  identity: Identity
  grants: Tokens
  lastSeq: number
  cursors: Map<string, { position: number; consistent: number }>
  changed: Map<string, ServerCopy>
  touched: Set<string>
  need: Set<string>
  needBefore: number
  failed: Set<string>
}

async function openCopy(db: DeviceDb, identity: Identity, lastSeq: number): Promise<Copy> {
  const [{ grants = {}, need = [] }, rows] = await Promise.all([db.readAll('grants', 'need'), db.cursors.toArray()])
  return {
    db,
    identity,
    grants,
    lastSeq,
    cursors: new Map(rows.map(({ scope, position, consistent }) => [scope, { position, consistent }])),
    changed: new Map(),
    touched: new Set(),
    need: new Set(need),
    needBefore: need.length,
    failed: new Set(),
  }
}

/** Docs that changed and docs whose commands moved are built anew; docs where nothing waits are written as they came. */
async function finish({ db, identity, changed, touched, need, needBefore }: Copy): Promise<void> {
  const rest = [...touched].filter((id) => !changed.has(id))
  const [stored, shadows] = await Promise.all([serverCopies(db, rest), db.shadow.bulkGet([...changed.keys()])])
  const held = new Set(shadows.flatMap((shadow) => (shadow ? [shadow.id] : [])))
  const plain = new Map<string, { doc: Doc; scope: string } | null>()
  const built = new Map<string, ServerCopy>([...stored].map(([id, { doc, scope }]) => [id, { doc, scope: scope || `site:${identity.site}` }]))
  for (const [id, { doc, scope }] of changed) {
    if (held.has(id) || touched.has(id)) built.set(id, { doc, scope: scope || `site:${identity.site}` })
    else plain.set(id, doc && { doc, scope })
  }
  await writeDocs(db, plain)
  await rebuild(db, built)
  if (need.size > 0 || needBefore > 0) await db.put('need', [...need].slice(-MOST_NEED))
}

/** The server's history is another one: its copies go, and everything it does not remember is offered again, in order. */
async function beginEpoch(copy: Copy, { lastSeq }: SyncReply): Promise<void> {
  const { db } = copy
  await Promise.all([db.docs.clear(), db.shadow.clear(), db.cursors.clear(), db.put('counts', {}), db.put('loads', {}), db.put('need', [])])
  copy.cursors.clear()
  copy.need.clear()
  await reoffer(copy, lastSeq)
}

/**
 * Archive, attention and outbox, in the order they were made: what the server does not remember waits again, numbered from
 * its last number on, so that the sequence has no hole (refused ones too). Ids stay: what it does know it answers as it did. Its
 * last number may be a twin's work, so the last command that it should remember asks it: if it does not, it tells us of the twin.
 */
async function reoffer(copy: Copy, lastSeq: number): Promise<void> {
  const { db, identity, touched } = copy
  const remembered = (command: Queued) => command.device === identity.device && command.seq <= lastSeq
  const asks = await lastOf(copy, remembered)
  const again = (command: Queued) => !remembered(command) || command.id === asks
  const [archive, attention, outbox] = await Promise.all([db.archive.filter(again).toArray(), db.attention.filter(again).toArray(), db.outbox.toArray()])
  let seq = lastSeq
  const waiting = [...archive, ...attention, ...outbox]
    .sort((a, b) => a.n - b.n)
    .map((command): Queued => {
      if (!remembered(command)) seq += 1
      return { ...queuedOf(command), seq: remembered(command) ? command.seq : seq, device: identity.device, state: 'waiting', heads: {}, verdict: null, doubt: null }
    })
  await Promise.all([
    db.archive.bulkDelete(archive.map((command) => command.id)),
    db.attention.bulkDelete(attention.map((command) => command.id)),
    db.outbox.bulkPut(waiting),
    db.put('seq', seq),
  ])
  for (const command of waiting) touched.add(command.doc)
}

/** The id of the last settled command that the server should remember. */
async function lastOf({ db }: Copy, remembered: (command: Queued) => boolean): Promise<string | undefined> {
  const found: (Queued | undefined)[] = await Promise.all([db.archive.orderBy('seq').reverse().filter(remembered).first(), db.attention.orderBy('seq').reverse().filter(remembered).first()])
  return found.filter((command) => command !== undefined).sort((a, b) => b.seq - a.seq)[0]?.id
}

/** Without what archive and attention add. */
function queuedOf(command: Queued & { settledAt?: number; seenAt?: number | null; closedAt?: number | null }): Queued {
  const { settledAt: _, seenAt: __, closedAt: ___, ...queued } = command
  return queued
}

/** Ids of the commands that are now answered. */
async function takeVerdicts({ db, touched }: Copy, verdicts: readonly Verdict[]): Promise<Set<string>> {
  const answered = new Set<string>()
  if (verdicts.length === 0) return answered
  const byId = new Map(verdicts.map((verdict) => [verdict.id, verdict]))
  const waiting = (await db.outbox.where('id').anyOf([...byId.keys()]).toArray()).filter((command) => command.state === 'waiting')
  const refused: Attention[] = []
  const accepted: Queued[] = []
  for (const command of waiting) {
    const verdict = byId.get(command.id)
    if (!verdict) continue
    if (verdict.verdict === 'accepted') {
      accepted.push({ ...command, state: 'answered', verdict })
      answered.add(command.id)
    } else {
      refused.push({ ...command, state: 'answered', verdict, seenAt: null, closedAt: null })
      touched.add(command.doc)
    }
  }
  await Promise.all([
    accepted.length > 0 ? db.outbox.bulkPut(accepted) : null,
    refused.length > 0 ? db.attention.bulkPut(refused) : null,
    refused.length > 0 ? db.outbox.bulkDelete(refused.map((command) => command.n)) : null,
  ])
  return answered
}

/** First loads under way of scopes that a reader is no longer given: the server can't name what has no cursor yet. */
async function lostLoads({ db }: Copy, { scopes }: SyncReply): Promise<string[]> {
  if (Object.keys(scopes).length === 0) return []
  return Object.keys((await db.read('loads')) ?? {}).filter((scope) => !scopes[scope])
}

/** A scope that is no longer ours, or begins anew. What waits stays; a doc of which something waits loses only its server copy. */
async function dropScope(copy: Copy, scope: string, why: 'lost' | 'reset'): Promise<void> {
  const { db } = copy
  copy.cursors.delete(scope)
  const { [scope]: _, ...loads } = (await db.read('loads')) ?? {}
  const ids = (await db.docs.where('scope').equals(scope).primaryKeys()) as string[]
  for (const [id, { doc }] of await serverCopies(db, ids)) {
    // Who takes over a phone may hold it by another scope already.
    const other = doc && scopesOf(doc.body).find((each) => each !== scope && (copy.cursors.has(each) || loads[each] !== undefined))
    copy.changed.set(id, other ? { doc, scope: other } : { doc: null, scope })
  }
  await Promise.all([db.cursors.delete(scope), db.put('loads', loads)])
  if (why === 'reset') return
  const answered = await db.outbox.where('state').equals('answered').toArray()
  const changed = answered.filter((command) => command.heads[scope] !== undefined)
  await db.outbox.bulkPut(changed.map(({ heads: { [scope]: __, ...heads }, ...command }) => ({ ...command, heads })))
}

/** Compare and swap: the page is taken only if it begins where our copy ends. */
async function takePage(copy: Copy, scope: string, page: ScopePage): Promise<boolean> {
  const cursor = copy.cursors.get(scope)
  if (page.from !== (cursor?.position ?? 0)) return false
  await takeOps(copy, scope, page.ops)
  const next = { position: page.to, consistent: page.more ? (cursor?.consistent ?? 0) : page.to }
  copy.cursors.set(scope, next)
  await copy.db.cursors.put({ scope, ...next })
  return true
}

async function takeOps(copy: Copy, scope: string, ops: readonly Op[]): Promise<void> {
  const { db, changed, failed } = copy
  const based = ops.flatMap((op) => ('put' in op || changed.has(idOf(op)) ? [] : [idOf(op)]))
  const [stored, pending] = await Promise.all([serverCopies(db, based), pendingOf(db, ops.flatMap((op) => ('same' in op ? [op.same] : [])))])
  for (const op of ops) {
    const id = idOf(op)
    if ('put' in op) {
      changed.set(id, { doc: op.put, scope })
      continue
    }
    const base = changed.get(id) ?? stored.get(id) ?? { doc: null, scope: '' }
    if ('exit' in op) {
      if (base.scope === scope || base.scope === '') changed.set(id, { doc: null, scope })
      continue
    }
    const doc = 'same' in op ? predicted(copy, base.doc, pending.get(id) ?? [], op) : folded(base.doc, op)
    if (doc) changed.set(id, { doc, scope })
    else failed.add(id)
  }
}

/**
 * Copies that were asked for, as far as the page of their scope was taken: a copy from beyond our cursor would miss what other docs
 * say of the same moment. What was not taken is asked for again; what nobody gives us is none of ours any more.
 */
function takePuts({ changed, need }: Copy, asked: readonly string[], { puts, scopes }: SyncReply, taken: ReadonlySet<string>): void {
  const given = new Set(puts.map((doc) => doc.body.id))
  if (taken.size > 0 && taken.size === Object.keys(scopes).length) for (const id of asked) if (!given.has(id)) need.delete(id)
  for (const doc of puts) {
    const scope = scopesOf(doc.body).find((each) => taken.has(each))
    if (!scope) continue
    changed.set(doc.body.id, { doc, scope })
    need.delete(doc.body.id)
  }
}

const idOf = (op: Op): string => ('put' in op ? op.put.body.id : 'exit' in op ? op.exit : 'same' in op ? op.same : op.delta)

/** Our own commands that the server has by now, onto our copy. Null if that is not what the server has: drift. */
function predicted({ grants, identity, lastSeq }: Copy, base: Doc | null, pending: readonly Queued[], op: Extract<Op, { same: string }>): Doc | null {
  const known = pending.filter((command) => command.state === 'answered' || (command.device === identity.device && command.seq <= lastSeq))
  const doc = foreseen(base, known, op.version, grants)
  return doc && doc.body.version === op.version && checksum(doc) === op.sum ? doc : null
}

/** The missed events onto our copy. Null if they don't fit it, or what comes out is not what the server has: drift. */
function folded(base: Doc | null, { delta, from, version, events, applied, sum }: Extract<Op, { delta: string }>): Doc | null {
  const has = base?.body.version ?? 0
  if (!base || has < from || has > version) return null
  const body = events.slice(has - from).reduce((state, event) => evolveBody(state, event, delta), base.body)
  const doc: Doc = { body, applied }
  return body.version === version && checksum(doc) === sum ? doc : null
}

/** Answered commands learn how far each scope must be read before their effect is in our copy. */
async function nameHeads({ db }: Copy, scopes: SyncReply['scopes'], ids: ReadonlySet<string>): Promise<void> {
  if (ids.size === 0 || Object.keys(scopes).length === 0) return
  const heads = Object.fromEntries(Object.entries(scopes).map(([scope, page]) => [scope, page.head]))
  const unnamed = (await db.outbox.where('state').equals('answered').toArray()).filter((command) => ids.has(command.id) && Object.keys(command.heads).length === 0)
  if (unnamed.length > 0) await db.outbox.bulkPut(unnamed.map((command) => ({ ...command, heads })))
}

/** Answered, and a complete page has passed every head: the effect is in our copy. Not while the copy of its doc is in doubt. */
async function settle({ db, cursors, touched, need, failed }: Copy, now: number): Promise<void> {
  const answered = await db.outbox.where('state').equals('answered').toArray()
  const done = answered.filter(({ heads, doc }) => {
    const named = Object.entries(heads)
    return named.length > 0 && !need.has(doc) && !failed.has(doc) && named.every(([scope, head]) => (cursors.get(scope)?.consistent ?? -1) >= head)
  })
  if (done.length === 0) return
  for (const command of done) touched.add(command.doc)
  await Promise.all([db.archive.bulkPut(done.map((command) => ({ ...command, settledAt: now }))), db.outbox.bulkDelete(done.map((command) => command.n))])
}
