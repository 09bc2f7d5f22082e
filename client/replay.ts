/** What is shown: the server's copy with the waiting commands folded in, and nothing else (SYNC §6, A2). */
import { actorOf, type Grant, readGrant } from '../shared/people/grant.ts'
import type { Actor } from '../shared/people/role.ts'
import { type Doc, type DocCommand, type DocEvent, decideDoc, foldDoc, isDocCommandType } from '../shared/sync/doc.ts'
import { upcast } from '../shared/sync/upcast.ts'
import type { DeviceDb, Queued, Shadow } from './db.ts'
import { endsOf } from './bundle.ts'
import { type Change, writeDocs } from './docs.ts'
import { type Row, rowsById } from './rows.ts'
import { MOST_SIDE_BY_SIDE, rowsWith } from './tables.ts'

export type Tokens = { readonly [grant: string]: string }
type Previewed = Omit<Queued, 'n'>

/** The last token read: one person's work is replayed under the same grant, command by command. */
let last: { token: string; grant: Grant | null } | null = null
export function grantOf(token: string): Grant | null {
  if (last?.token !== token) last = { token, grant: readGrant(token) }
  return last.grant
}

/** Who a queued command acts for, read from the token of the grant it names. */
export function actorFor(command: { grant: string; device: string }, grants: Tokens): Actor | null {
  const token = grants[command.grant]
  const grant = token === undefined ? null : grantOf(token)
  return grant && { ...actorOf(grant), device: command.device }
}

/** The command as the rules see it. Its payload was checked when it was made, by the schema of that day. */
export function asked(command: Previewed): DocCommand | null {
  if (!isDocCommandType(command.type)) return null
  const { id, doc, type, at, signed } = command
  return { id, doc, type, at, signed, payload: upcast(command) } as DocCommand
}

/** One command onto a doc, and what of it happened. Never throws: a command whose preview throws is passed over and still sent. */
export function preview(doc: Doc | null, command: Previewed, grants: Tokens): { doc: Doc | null; doubt: string | null; events: readonly DocEvent[] } {
  try {
    const ask = asked(command)
    const actor = actorFor(command, grants)
    if (!ask || !actor) throw new Error(`no preview for ${command.type}`)
    const answer = decideDoc(doc, ask, actor)
    if ('refuse' in answer) return { doc, doubt: answer.refuse.type, events: [] }
    return { doc: foldDoc(doc, answer.accept, command.doc, command), doubt: null, events: answer.accept }
  } catch {
    return { doc, doubt: 'no-preview', events: [] }
  }
}

/**
 * Whether the server's copy holds the effect of the command already. Never asked of a copy with our own folded in: after a change of
 * identity numbers need not rise.
 */
const holds = (doc: Doc | null, command: Previewed): boolean => command.seq <= (doc?.applied[command.device] ?? 0)

/** Folds pending onto base. */
export function replay(base: Doc | null, pending: readonly Queued[], grants: Tokens): { doc: Doc | null; doubts: Map<number, string | null> } {
  let doc = base
  const doubts = new Map<number, string | null>()
  for (const command of pending) {
    if (holds(base, command)) continue
    const shown = preview(doc, command, grants)
    doc = shown.doc
    doubts.set(command.n, shown.doubt)
  }
  return { doc, doubts }
}

/** The server's doc as this device foresaw it: its own commands folded onto its copy, up to a version. */
export function foreseen(base: Doc | null, pending: readonly Queued[], version: number, grants: Tokens): Doc | null {
  let doc = base
  for (const command of pending) {
    if ((doc?.body.version ?? 0) >= version) break
    if (!holds(base, command)) doc = preview(doc, command, grants).doc
  }
  return doc
}

/** What `rebuild` needs to know of a doc: its server copy (null if the server has none) and the scope it came by. */
export type ServerCopy = { doc: Doc | null; scope: string }

/** Writes docs and shadows of the ids from their server copies and what waits. Inside a transaction over all tables. */
export async function rebuild(db: DeviceDb, copies: ReadonlyMap<string, ServerCopy>): Promise<void> {
  if (copies.size === 0) return
  const [grants = {}, waiting] = await Promise.all([db.read('grants'), pendingOf(db, [...copies.keys()])])
  const { changes, written } = shownOf(db, copies, waiting, grants)
  await Promise.all([written, writeDocs(db, changes)])
}

/** What docs are from now on, by their server copies and what waits. The shadows are being written; the docs themselves are the caller's. */
export function shownOf(db: DeviceDb, copies: ReadonlyMap<string, ServerCopy>, waiting: ReadonlyMap<string, readonly Queued[]>, grants: Tokens): { changes: Map<string, Change>; written: Promise<unknown> } {
  const changes = new Map<string, Change>()
  const doubted: Promise<unknown>[] = []
  for (const [id, copy] of copies) {
    const pending = waiting.get(id) ?? []
    const { doc, doubts } = replay(copy.doc, pending, grants)
    changes.set(id, doc && { doc, scope: copy.scope })
    for (const command of pending) {
      const doubt = doubts.get(command.n)
      if (doubt !== undefined && doubt !== command.doubt) doubted.push(db.outbox.update(command.n, { doubt }))
    }
  }
  const [held, free] = [[...copies.keys()].filter((id) => waiting.has(id)), [...copies.keys()].filter((id) => !waiting.has(id))]
  const written = Promise.all([
    ...doubted,
    free.length > 0 ? db.shadow.bulkDelete(free) : null,
    held.length > 0 ? db.shadow.bulkPut(held.map((id) => ({ id, doc: copies.get(id)?.doc ?? null }))) : null,
  ])
  return { changes, written }
}

/** Commands that are sooner read all at once than picked out. */
const NEAR = 1000

/** The commands in the outbox per doc, in the order they were made. */
export async function pendingOf(db: DeviceDb, ids: readonly string[]): Promise<Map<string, Queued[]>> {
  const found = (ids.length > MOST_SIDE_BY_SIDE && (await nearOf(db, new Set(ids)))) || (await rowsWith(db.outbox, 'doc', ids))
  return Map.groupBy(found.sort((a, b) => a.n - b.n), (command) => command.doc)
}
async function nearOf(db: DeviceDb, ids: ReadonlySet<string>): Promise<Queued[] | null> {
  const near = await db.outbox.where('doc').between(...endsOf([...ids]), true, true).limit(NEAR + 1).toArray()
  return near.length > NEAR ? null : near.filter(({ doc }) => ids.has(doc))
}

/** What is here of a doc: its row, and while commands wait these and the server's copy beside it. */
export type Here = { row: Row | undefined; shadow: Shadow | undefined; pending: readonly Queued[] }

/** `waits`: of these something may wait though no copy lies aside yet. */
export async function hereOf(db: DeviceDb, ids: readonly string[], waits: ReadonlySet<string> = new Set()): Promise<Map<string, Here>> {
  if (ids.length === 0) return new Map()
  const [rows, [shadows, pending]] = await Promise.all([rowsById(db, ids), waitingOn(db, ids, waits)])
  return new Map(ids.map((id) => [id, { row: rows.get(id), shadow: shadows.get(id), pending: pending.get(id) ?? [] }]))
}

async function waitingOn(db: DeviceDb, ids: readonly string[], waits: ReadonlySet<string>): Promise<[Map<string, Shadow>, Map<string, Queued[]>]> {
  const shadows = await shadowsOf(db, ids)
  const wanted = ids.filter((id) => shadows.has(id) || waits.has(id))
  return [shadows, wanted.length > 0 ? await pendingOf(db, wanted) : new Map()]
}

/** The server's copy as the device has it: the shadow where commands wait, the doc itself otherwise. */
export function serverCopy(here: Here | undefined): ServerCopy {
  return { doc: here?.shadow ? here.shadow.doc : (here?.row?.doc ?? null), scope: here?.row?.scope ?? '' }
}

/** A page names a thousand docs, of which commands wait for a few: which ones that are is one question, not one for each. */
async function shadowsOf(db: DeviceDb, ids: readonly string[]): Promise<Map<string, Shadow>> {
  const wanted = ids.length > MOST_SIDE_BY_SIDE ? await shadowed(db, ids) : ids
  const shadows = wanted.length > 0 ? await db.shadow.bulkGet([...wanted]) : []
  return new Map(shadows.flatMap((shadow) => (shadow ? [[shadow.id, shadow] as const] : [])))
}
async function shadowed(db: DeviceDb, ids: readonly string[]): Promise<string[]> {
  const held = new Set(await db.shadow.toCollection().primaryKeys())
  return ids.filter((id) => held.has(id))
}
