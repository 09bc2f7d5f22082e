/** What is shown: the server's copy with the waiting commands folded in, and nothing else (SYNC §6, A2). */
import { actorOf, type Grant, readGrant } from '../shared/people/grant.ts'
import type { Actor } from '../shared/people/role.ts'
import { type Doc, type DocCommand, decideDoc, foldDoc, isDocCommandType } from '../shared/sync/doc.ts'
import type { DeviceDb, Queued } from './db.ts'
import { writeDocs } from './docs.ts'

/** Who a queued command acts for, read from the token of the grant it names. */
export function actorFor(command: { grant: string; device: string }, grants: { [id: string]: string }): Actor | null {
  const token = grants[command.grant]
  const grant: Grant | null = token === undefined ? null : readGrant(token)
  return grant && { ...actorOf(grant), device: command.device }
}

/** The command as the rules see it. Its payload was checked when it was made, by the same schema. */
export function asked(command: Queued): DocCommand | null {
  if (!isDocCommandType(command.type)) return null
  const { id, doc, type, at, signed, payload } = command
  return { id, doc, type, at, signed, payload } as DocCommand
}

/** Folds pending onto base. Never throws: a command whose preview throws is passed over and still sent. */
export function replay(base: Doc | null, pending: readonly Queued[], grants: { [id: string]: string }): { doc: Doc | null; doubts: Map<number, string | null> } {
  let doc = base
  const doubts = new Map<number, string | null>()
  for (const command of pending) {
    if (command.seq <= (doc?.applied[command.device] ?? 0)) continue
    try {
      const ask = asked(command)
      const actor = actorFor(command, grants)
      if (!ask || !actor) throw new Error(`no preview for ${command.type}`)
      const answer = decideDoc(doc, ask, actor)
      if ('refuse' in answer) doubts.set(command.seq, answer.refuse.type)
      else {
        doc = foldDoc(doc, answer.accept, command.doc, command)
        doubts.set(command.seq, null)
      }
    } catch {
      doubts.set(command.seq, 'no-preview')
    }
  }
  return { doc, doubts }
}

/** What `rebuild` needs to know of a doc: its server copy (null if the server has none) and the scope it came by. */
export type ServerCopy = { doc: Doc | null; scope: string }

/** Writes docs and shadows of the ids from their server copies and what waits. Inside a transaction over all tables. */
export async function rebuild(db: DeviceDb, copies: ReadonlyMap<string, ServerCopy>): Promise<void> {
  if (copies.size === 0) return
  const grants = (await db.read('grants')) ?? {}
  const waiting = new Map<string, Queued[]>()
  const ids = [...copies.keys()]
  for (const command of await db.outbox.where('doc').anyOf(ids).sortBy('seq')) waiting.set(command.doc, [...(waiting.get(command.doc) ?? []), command])
  const changes = new Map<string, { doc: Doc; scope: string } | null>()
  for (const [id, copy] of copies) {
    const pending = waiting.get(id) ?? []
    if (pending.length === 0) {
      changes.set(id, copy.doc && { doc: copy.doc, scope: copy.scope })
      continue
    }
    const { doc, doubts } = replay(copy.doc, pending, grants)
    changes.set(id, doc && { doc, scope: copy.scope })
    for (const command of pending) {
      const doubt = doubts.get(command.seq)
      if (doubt !== undefined && doubt !== command.doubt) await db.outbox.update(command.seq, { doubt })
    }
  }
  const without = ids.filter((id) => !waiting.has(id))
  await db.shadow.bulkDelete(without)
  await db.shadow.bulkPut(ids.filter((id) => waiting.has(id)).map((id) => ({ id, doc: copies.get(id)?.doc ?? null })))
  await writeDocs(db, changes)
}

/** Server copies of the ids as the device has them: the shadow where commands wait, the doc itself otherwise. */
export async function serverCopies(db: DeviceDb, ids: readonly string[]): Promise<Map<string, ServerCopy>> {
  const [shadows, rows] = await Promise.all([db.shadow.bulkGet([...ids]), db.docs.bulkGet([...ids])])
  return new Map(
    ids.map((id, i) => {
      const shadow = shadows[i]
      const row = rows[i]
      return [id, { doc: shadow ? shadow.doc : (row?.doc ?? null), scope: row?.scope ?? '' }]
    }),
  )
}
