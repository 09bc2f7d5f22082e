/** What a device may read, page by page: the docs of its scopes that changed after its cursors, each as small as it can be. */
import { checksum } from '../../shared/sync/checksum.ts'
import { type Doc, scopesOf } from '../../shared/sync/doc.ts'
import { type Op, PAGE_DOCS, type ScopePage, type SyncReply } from '../../shared/sync/wire.ts'
import type { EventRow, FeedOp, ReadTx } from '../log/log.ts'

/** Whose copy a page is for. `held`: versions of its server copies of docs with commands waiting. */
export type Holder = { device: string; held: ReadonlyMap<string, number>; deltas: boolean }
export type Pull = {
  site: string
  scopes: readonly string[]
  /** empty when the device speaks of another epoch */
  cursors: ReadonlyMap<string, number>
  need: readonly string[]
  holder: Holder
}

export async function pull(tx: ReadTx, { site, scopes, cursors, need, holder }: Pull): Promise<Pick<SyncReply, 'scopes' | 'puts' | 'lost' | 'reset'>> {
  const pages: [string, ScopePage][] = []
  const reset: string[] = []
  for (const scope of scopes) {
    const { head, minPosition } = await tx.scope(scope)
    const cursor = cursors.get(scope) ?? 0
    const lies = cursor > head || (cursor > 0 && cursor < minPosition)
    if (lies) reset.push(scope)
    // Who is sent back to the beginning drops its copies: nothing is the `same` then.
    const page = lies ? { from: 0, holder: { ...holder, held: new Map() } } : { from: cursor, holder }
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

type Page = { site: string; scope: string; from: number; holder: Holder; head: number; minPosition: number; limit?: number }
export async function readPage(tx: ReadTx, { site, scope, from, holder, head, minPosition, limit = PAGE_DOCS }: Page): Promise<ScopePage> {
  if (from >= head) return { from, to: head, head, more: false, ops: [] }
  const found = await tx.feed(scope, from, limit + 1)
  const more = found.length > limit
  const rows = found.slice(0, limit)
  const last = more ? (rows.at(-1)?.position ?? head) : head
  // A page must not end where cursors are no longer good: its device would be sent back to the beginning, for ever.
  if (more && last < minPosition)
    return readPage(tx, { site, scope, from, holder, head, minPosition, limit: limit * 2 })
  return { from, to: last, head, more, ops: await opsOf(tx, site, rows, from, holder) }
}

export async function opsOf(tx: ReadTx, site: string, rows: readonly FeedOp[], from: number, holder: Holder): Promise<Op[]> {
  const puts = rows.filter((row) => row.op === 'put')
  const docs = await tx.docs(site, puts.map((row) => row.doc))
  const since = new Map<string, number>()
  for (const row of puts) {
    const base = baseOf(row, from, holder)
    if (base !== null) since.set(row.doc, base)
  }
  const events = await tx.eventsSince(site, since)
  return rows.flatMap((row): Op[] => {
    // Nothing to leave for a device that begins.
    if (row.op === 'exit') return from === 0 ? [] : [{ exit: row.doc }]
    const doc = docs.get(row.doc)
    if (!doc) throw new Error(`feed has doc ${row.doc} at ${row.position}, the store has no such doc`)
    return [smallest(row, doc, events.get(row.doc) ?? [], from, holder)]
  })
}

/** The lowest version of the doc that the device may be known to have, null if none. */
function baseOf(row: FeedOp, from: number, { held, deltas }: Holder): number | null {
  const versions: number[] = []
  const version = held.get(row.doc)
  if (version !== undefined && version <= row.version) versions.push(version)
  if (deltas && isRecent(row, from)) versions.push(row.prevVersion)
  return versions.length === 0 ? null : Math.min(...versions)
}

/** The device's cursor lies after the version before this one: that is the version it has. */
function isRecent(row: FeedOp, from: number): boolean {
  return row.prevVersion > 0 && row.prevPosition > 0 && row.prevPosition <= from
}

function smallest(row: FeedOp, doc: Doc, events: readonly EventRow[], from: number, { device, held, deltas }: Holder): Op {
  const version = held.get(row.doc)
  if (version !== undefined && version <= row.version && isOwn(events, version, row.version, device))
    return { same: row.doc, version: row.version, sum: checksum(doc) }
  if (deltas && isRecent(row, from)) {
    const after = events.filter((each) => each.version > row.prevVersion)
    const whole = after.length === row.version - row.prevVersion
    if (whole && JSON.stringify(after.map((each) => each.event)).length < JSON.stringify(doc.body).length)
      return { delta: row.doc, from: row.prevVersion, version: row.version, events: after.map((each) => each.event), applied: doc.applied, sum: checksum(doc) }
  }
  return { put: doc }
}

/** Every event after the device's copy came from this very device: what it predicted is what happened. */
function isOwn(events: readonly EventRow[], after: number, upTo: number, device: string): boolean {
  const since = events.filter((each) => each.version > after)
  return since.length === upTo - after && since.every((each) => each.device === device)
}
