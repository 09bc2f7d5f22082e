/**
 * Write: what the server said becomes true here, in one transaction with nothing foreign awaited inside (SYNC §2).
 *
 *   waiting ──accepted──▶ answered ──heads known──▶ awaited ──a complete page past them──▶ archive (30 days)
 *      │ refused, quarantined
 *      ▼
 *   attention
 */
import type { Doc } from '../../shared/sync/doc.ts'
import type { StreamEvent, SyncReply, Verdict } from '../../shared/sync/wire.ts'
import type { Steps } from '../counts.ts'
import type { Attention, DeviceDb, Load, Queued } from '../db.ts'
import { writeDocs } from '../docs.ts'
import { type Row, rowsById } from '../rows.ts'
import { bundledBetween, docsOf, endsOf } from '../bundle.ts'
import { rankingsOf } from '../ranking.ts'
import { rebuild } from '../replay.ts'
import { bundle } from './bundling.ts'
import { type Copy, dropScope, finish, idOf, lostLoads, openCopy, takePage, takePuts } from './copy.ts'
import type { Measured, Sent } from './exchange.ts'
import { beginEpoch, reoffer } from './identity.ts'
import type { Page } from './snapshot.ts'
import { unpack } from '../unpack.ts'

/**
 * `more`: the server has more for us. `loads`: scopes to load from their beginning. `moved`: something came of it. `twin`: it has heard
 * more under our name than we ever said, so the profile was cloned.
 */
export type Settled = { outcome: 'stale' } | { outcome: 'settled'; more: boolean; loads: string[]; moved: boolean; wanted: string[]; newEpoch: boolean; twin: boolean }

const KEPT_MS = 30 * 24 * 3_600_000

type Arrived = { sent: Sent; reply: SyncReply; measured: Measured; now: number }

export function applyReply(db: DeviceDb, { sent, reply, measured, now }: Arrived): Promise<Settled> {
  return db.transaction('rw', db.all(), async (): Promise<Settled> => {
    const [copy, { current = '', acked = 0, seq = 0, proven }] = await Promise.all([openCopy(db), db.readAll('current', 'acked', 'seq', 'proven')])
    // A late answer: to who we were before, or of a history we have left.
    if (!copy || copy.identity.device !== sent.device || reply.asked !== copy.epoch) return { outcome: 'stale' }
    copy.lastSeq = reply.lastSeq
    const newEpoch = reply.epoch !== copy.epoch
    if (newEpoch) await beginEpoch(copy, reply, now)
    else if (reply.stopped?.why === 'gap') await reoffer(copy, reply.lastSeq)

    const person = sent.current !== '' && sent.current === current
    if (person) for (const scope of [...reply.lost, ...(await lostLoads(copy, reply))]) await dropScope(copy, scope, 'lost')
    for (const scope of reply.reset) if (sent.cursors[scope] !== undefined && sent.cursors[scope] === copy.cursors.get(scope)?.position) await dropScope(copy, scope, 'reset')
    const heads = await headsOf(copy, reply.scopes)
    const answered = await takeVerdicts(copy, sent.commands, reply.verdicts, heads)
    if (heads) await nameHeads(copy, sent.answered, heads)

    const taken = new Set<string>()
    const loads: string[] = []
    for (const [scope, page] of Object.entries(reply.scopes)) {
      // The first load goes by snapshot: a page is no place to begin when there are many.
      if (page.more && page.from === 0 && !copy.cursors.has(scope)) loads.push(scope)
      else if (await takePage(copy, scope, page)) taken.add(scope)
    }
    takePuts(copy, sent.need, reply, taken)
    for (const id of copy.failed) copy.need.add(id)

    await settle(copy, now)
    await Promise.all([
      finish(copy),
      noteProven(db, proven, sent, reply),
      newEpoch ? db.put('epoch', reply.epoch) : null,
      db.put('acked', newEpoch ? 0 : Math.max(acked, ...reply.verdicts.map((verdict) => verdict.seq))),
      db.put('clock', measured),
      db.put('contact', { at: new Date(now).toISOString() }),
    ])
    const more = Object.entries(reply.scopes).some(([scope, page]) => page.more && taken.has(scope)) || copy.failed.size > 0 || copy.nameless
    const moved = answered.size > 0 || reply.verdicts.length > 0 || newEpoch || Object.entries(reply.scopes).some(([scope, page]) => taken.has(scope) && page.to > page.from)
    return { outcome: 'settled', more, loads, moved, wanted: reply.wanted, newEpoch, twin: reply.lastSeq > seq }
  })
}

/** 'elsewhere': it is not the next step for our copy; the next pull brings what is missing. */
export type Streamed = 'applied' | 'known' | 'elsewhere'

export function applyStreamed(db: DeviceDb, event: Extract<StreamEvent, { type: 'ops' }>, now: number): Promise<Streamed> {
  return db.transaction('rw', db.all(), async (): Promise<Streamed> => {
    const { scope, from, to, ops } = event
    const copy = await openCopy(db, [...new Set(ops.map(idOf))])
    if (copy?.epoch !== event.epoch) return 'elsewhere'
    const cursor = copy.cursors.get(scope)
    if (cursor && cursor.position >= to) return 'known'
    // Behind a page that was not the last, what came before it may still be to come: a doc stands where it changed last.
    const more = cursor !== undefined && cursor.consistent < cursor.position
    if (!cursor || !(await takePage(copy, scope, { from, to, head: to, more, ops }))) return 'elsewhere'
    for (const id of copy.failed) copy.need.add(id)
    await settle(copy, now)
    await finish(copy)
    return copy.failed.size > 0 ? 'elsewhere' : 'applied'
  })
}

/**
 * One page of a first load; what comes back is how far it has come. 'stale': another history, or somebody else has got there.
 * What need not wait for another answer of the tables does not: a page is asked of them in three turns.
 */
export function applySnapshot(db: DeviceDb, scope: string, asked: Load | null, page: Page): Promise<'stale' | 'loaded' | Load> {
  return db.transaction('rw', db.all(), async (): Promise<'stale' | 'loaded' | Load> => {
    const { closed } = page
    const ids = page.docs.map((doc) => doc.body.id).concat(closed?.ids ?? [])
    const [{ epoch, loads = {}, rankings }, cursor, [rows, held]] = await Promise.all([db.readAll('epoch', 'loads', 'rankings'), db.cursors.get(scope), hereBefore(db, ids)])
    if (epoch !== page.epoch || cursor || (loads[scope]?.after ?? '') !== (asked?.after ?? '')) return 'stale'
    const here = new Set(closed?.ids.filter((id) => rows.has(id) || held.has(id)))
    const docs = here.size === 0 || !closed ? page.docs : page.docs.concat(docsOf({ docs: closed.packed }, unpack).filter((doc) => here.has(doc.body.id)))
    const { [scope]: _, ...others } = loads
    const load: Load | null = page.next === null ? null : { epoch, position: page.position, after: page.next, done: (asked?.done ?? 0) + ids.length }
    const steps: Steps = new Map()
    await Promise.all([
      closed ? bundle(db, scope, closed, here, steps) : null,
      writeDocs(db, changesOf(docs.filter((doc) => !held.has(doc.body.id)), scope), { rows, rankings: rankingsOf(rankings), steps }),
      db.put('loads', load ? { ...others, [scope]: load } : others),
      // Every doc is here as it was at the position or later: whatever was committed before is in.
      load ? null : db.cursors.put({ scope, position: page.position, consistent: page.position }),
    ])
    await rebuild(db, changesOf(docs.filter((doc) => held.has(doc.body.id)), scope))
    return load ?? 'loaded'
  })
}

const changesOf = (docs: readonly Doc[], scope: string) => new Map(docs.map((doc) => [doc.body.id, { doc, scope }] as const))

/** What is here of these docs: their rows, and the ids of those with commands waiting. By one range each: a page comes in the order of the ids. */
async function hereBefore(db: DeviceDb, ids: readonly string[]): Promise<[ReadonlyMap<string, Row>, ReadonlySet<string>]> {
  const [first, last] = endsOf(ids)
  const [bundled, rows, shadows] = await Promise.all([
    bundledBetween(db, first, last),
    db.docs.where('id').between(first, last, true, true).toArray(),
    db.shadow.where('id').between(first, last, true, true).primaryKeys(),
  ])
  return [bundled ? await rowsById(db, ids) : new Map(rows.map((row) => [row.id, row])), new Set(shadows)]
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

type Heads = Queued['heads']
/** Ids of the commands that are now answered. */
async function takeVerdicts(copy: Copy, sent: Sent['commands'], verdicts: readonly Verdict[], heads: Heads | null): Promise<Set<string>> {
  const { db, touched } = copy
  const answered = new Set<string>()
  if (verdicts.length === 0 || !sent) return answered
  const byId = new Map(verdicts.map((verdict) => [verdict.id, verdict]))
  const waiting = (await db.outbox.where('n').between(sent.first, sent.last, true, true).toArray()).filter((command) => command.state === 'waiting')
  const refused: Attention[] = []
  const accepted: Queued[] = []
  for (const command of waiting) {
    const verdict = byId.get(command.id)
    if (!verdict) continue
    if (verdict.verdict === 'accepted') {
      accepted.push(heads ? { ...command, state: 'awaited', heads, verdict } : { ...command, state: 'answered', verdict })
      answered.add(command.id)
    } else {
      refused.push({ ...command, state: 'answered', verdict, seenAt: null, closedAt: null })
      touched.add(command.doc)
    }
  }
  if (heads && accepted.length > 0) copy.nearer = true
  await Promise.all([
    accepted.length > 0 ? db.outbox.bulkPut(accepted) : null,
    refused.length > 0 ? db.attention.bulkPut(refused) : null,
    refused.length > 0 ? db.outbox.bulkDelete(refused.map((command) => command.n)) : null,
  ])
  return answered
}

/**
 * How far each scope must be read before what was answered by now is in our copy: of every scope that we hold a copy of, or are about
 * to. Null if this reply does not say it: who asked may have been somebody else, who reads less.
 */
async function headsOf({ db, cursors }: Copy, scopes: SyncReply['scopes']): Promise<Heads | null> {
  if (Object.keys(scopes).length === 0) return null
  const held = [...cursors.keys(), ...Object.keys((await db.read('loads')) ?? {})]
  if (held.some((scope) => !scopes[scope])) return null
  return Object.fromEntries(Object.entries(scopes).map(([scope, page]) => [scope, page.head]))
}

/** For what was answered before this was asked. */
async function nameHeads(copy: Copy, ids: Sent['answered'], heads: Heads): Promise<void> {
  if (ids.size === 0) return
  const nameless = (await copy.db.outbox.where('state').equals('answered').toArray()).filter((command) => ids.has(command.id))
  if (nameless.length === 0) return
  await copy.db.outbox.bulkPut(nameless.map((command) => ({ ...command, heads, state: 'awaited' })))
  copy.nearer = true
}

/** Answered, and a complete page has passed every head: the effect is in our copy. Not while the copy of its doc is in doubt. */
async function settle({ db, cursors, touched, need, failed, nearer, settled }: Copy, now: number): Promise<void> {
  if (!nearer) return
  const awaited = await db.outbox.where('state').equals('awaited').toArray()
  const done = awaited.filter(({ heads, doc }) => !need.has(doc) && !failed.has(doc) && Object.entries(heads).every(([scope, head]) => (cursors.get(scope)?.consistent ?? -1) >= head))
  if (done.length === 0) return
  for (const { n, doc } of done) {
    settled.add(n)
    touched.add(doc)
  }
  await Promise.all([db.archive.bulkPut(done.map((command) => ({ ...command, settledAt: now }))), db.outbox.bulkDelete(done.map((command) => command.n))])
}
