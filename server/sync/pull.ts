/** What a device may read, page by page: the docs of its scopes that changed after its cursors, each as small as it can be. */
import { type Doc, scopesOf } from '../../shared/sync/doc.ts'
import { type Op, PAGE_DOCS, type ScopePage, type SyncReply } from '../../shared/sync/wire.ts'
import type { DocFace, EventRow, FeedOp, ReadTx } from '../log/log.ts'
import type { Fresh } from './execute.ts'

/** Whose copy a page is for; '' that of everyone who listens. `held`: versions of its server copies, as far as it says them; `fresh`: what was just written. */
export type Holder = { device: string; held: ReadonlyMap<string, number>; deltas: boolean; fresh?: Fresh }
export type Pull = {
  site: string
  scopes: readonly string[]
  /** empty when the device speaks of another epoch */
  cursors: ReadonlyMap<string, number>
  /** of scopes that are being read: up to where the device has everything */
  consistent: ReadonlyMap<string, number>
  need: readonly string[]
  holder: Holder
}

export async function pull(tx: ReadTx, { site, scopes, cursors, consistent, need, holder }: Pull): Promise<Pick<SyncReply, 'scopes' | 'puts' | 'lost' | 'reset'>> {
  const pages: [string, ScopePage][] = []
  const reset: string[] = []
  for (const scope of scopes) {
    const { head, minPosition } = await tx.scope(scope)
    const cursor = cursors.get(scope) ?? 0
    const lies = cursor > head || (cursor > 0 && cursor < minPosition)
    if (lies) reset.push(scope)
    // Who is sent back to the beginning drops its copies: nothing is the `same` then.
    const since = Math.min(cursor, consistent.get(scope) ?? cursor)
    const page = lies ? { from: 0, since: 0, holder: { ...holder, held: new Map() } } : { from: cursor, since, holder }
    pages.push([scope, await readPage(tx, { site, scope, head, minPosition, ...page })])
  }
  return {
    scopes: Object.fromEntries(pages),
    puts: need.length === 0 ? [] : [...(await tx.docs(site, need)).values()].filter((doc) => mayHold(doc, scopes)),
    lost: [...cursors.keys()].filter((scope) => !scopes.includes(scope)),
    reset,
  }
}

export function mayHold(doc: Doc, scopes: readonly string[]): boolean {
  return scopesOf(doc.body).some((scope) => scopes.includes(scope))
}

/** A page begins at `from`; up to `since` the device has every doc as it was there. */
export type Place = { from: number; since: number }
type Page = Place & { site: string; scope: string; holder: Holder; head: number; minPosition: number; limit?: number }
export async function readPage(tx: ReadTx, { site, scope, from, since, holder, head, minPosition, limit = PAGE_DOCS }: Page): Promise<ScopePage> {
  if (from >= head) return { from, to: head, head, more: false, ops: [] }
  const found = await tx.feed(scope, from, limit + 1)
  const more = found.length > limit
  const rows = found.slice(0, limit)
  const last = more ? (rows.at(-1)?.position ?? head) : head
  // A page must not end where cursors are no longer good: its device would be sent back to the beginning, for ever.
  if (more && last < minPosition)
    return readPage(tx, { site, scope, from, since, holder, head, minPosition, limit: limit * 2 })
  return { from, to: last, head, more, ops: await opsOf(tx, site, rows, { from, since }, holder) }
}

export async function opsOf(tx: ReadTx, site: string, rows: readonly FeedOp[], { from, since }: Place, holder: Holder): Promise<Op[]> {
  const small = await economies(tx, site, rows, since, holder)
  const whole = rows.flatMap((row) => (row.op === 'put' && !small.has(row.doc) ? [row.doc] : []))
  const docs = await tx.docs(site, whole.filter((id) => !holder.fresh?.docs.has(id)))
  return rows.flatMap((row): Op[] => {
    // Nothing to leave for a device that begins.
    if (row.op === 'exit') return from === 0 ? [] : [{ exit: row.doc }]
    const op = small.get(row.doc)
    if (op) return [op]
    const doc = holder.fresh?.docs.get(row.doc) ?? docs.get(row.doc)
    if (!doc) throw new Error(`feed has doc ${row.doc} at ${row.position}, the store has no such doc`)
    return [{ put: doc }]
  })
}

/** The docs of which the device has an earlier version that it can bring up to date itself: `same` and `delta`. */
async function economies(tx: ReadTx, site: string, rows: readonly FeedOp[], since: number, holder: Holder): Promise<Map<string, Op>> {
  const bases = new Map<string, number>()
  for (const row of rows) {
    const base = row.op === 'put' ? baseOf(row, since, holder) : null
    if (base !== null) bases.set(row.doc, base)
  }
  const ops = new Map<string, Op>()
  if (bases.size === 0) return ops
  const faces = await tx.faces(site, [...bases.keys()])
  const events = await eventsAfter(tx, site, bases, holder)
  for (const row of rows) {
    const face = faces.get(row.doc)
    const op = face && smallest(row, face, events.get(row.doc) ?? [], since, holder)
    if (op) ops.set(row.doc, op)
  }
  return ops
}

async function eventsAfter(tx: ReadTx, site: string, bases: ReadonlyMap<string, number>, { fresh }: Holder): Promise<Map<string, readonly EventRow[]>> {
  const events = new Map<string, readonly EventRow[]>()
  const unread = new Map<string, number>()
  for (const [doc, base] of bases) {
    const known = fresh?.events.get(doc)
    if (known?.[0] && known[0].version <= base + 1) events.set(doc, known)
    else unread.set(doc, base)
  }
  for (const [doc, read] of await tx.eventsSince(site, unread)) events.set(doc, read)
  return events
}

/** The version of the doc that the device has, as far as it is known: it says so of docs that were begun there. */
function baseOf(row: FeedOp, since: number, holder: Holder): number | null {
  return heldVersion(row, holder) ?? recentVersion(row, since, holder)
}

function heldVersion(row: FeedOp, { held }: Holder): number | null {
  const version = held.get(row.doc)
  return version !== undefined && version <= row.version ? version : null
}

/** The newest version from before that place is the one the device has, or it has a later one. */
function recentVersion(row: FeedOp, since: number, { deltas }: Holder): number | null {
  return (deltas && row.earlier.find(({ position }) => position <= since)?.version) || null
}

function smallest(row: FeedOp, face: DocFace, events: readonly EventRow[], since: number, holder: Holder): Op | null {
  const { doc, version } = row
  const { applied, sum, size } = face
  const base = baseOf(row, since, holder)
  const missed = base === null ? null : between(events, base, version)
  if (base === null || !missed) return null
  // Every event after the device's copy came from this very device: it keeps the commands until it has read so far, and what it predicted is what happened.
  if (holder.device !== '' && missed.every((each) => each.device === holder.device && each.event.type !== 'StockBooked')) return { same: doc, version, sum }
  if (base === 0 || !holder.deltas) return null
  const delta = missed.map((each) => each.event)
  const changed = new Set(missed.map((each) => each.device))
  const moved = Object.fromEntries(Object.entries(applied).filter(([device]) => changed.has(device)))
  return JSON.stringify(delta).length < size ? { delta: doc, from: base, version, events: delta, applied: moved, sum } : null
}

/** The events after one version up to another, null if the log has not all of them. */
function between(events: readonly EventRow[], after: number, upTo: number): EventRow[] | null {
  const found = events.filter((each) => each.version > after)
  return found.length === upTo - after ? found : null
}
