/** When the server's history or our name in it is another: everything that it may not remember is offered again (SYNC §2). */
import type { SyncReply } from '../../shared/sync/wire.ts'
import type { DeviceDb, Identity, Queued } from '../db.ts'
import { type Copy, finish, openCopy } from './copy.ts'

/**
 * A new identity, because another profile speaks under the old one, or because the server does not know that one any more. What
 * its last number says of the old name may be the other's: all that is kept here is offered once more under the new one (SYNC §2).
 */
export function takeIdentity(db: DeviceDb, was: string, becomes: Pick<Identity, 'device' | 'number' | 'name' | 'token'>): Promise<boolean> {
  return db.transaction('rw', db.all(), async () => {
    const copy = await openCopy(db)
    if (!copy || copy.identity.device !== was) return false
    copy.identity = { ...copy.identity, ...becomes }
    await reoffer(copy, 0)
    await Promise.all([db.put('identity', copy.identity), db.put('acked', 0)])
    await finish(copy)
    return true
  })
}

/** How far back a backup may lie, as a rule. */
const DOUBTED_MS = 48 * 3_600_000

/** The server's history is another one: its copies go, and everything it does not remember is offered again, in order. */
export async function beginEpoch(copy: Copy, { lastSeq }: SyncReply, now: number): Promise<void> {
  const { db } = copy
  await Promise.all([...db.copies().map((table) => table.clear()), db.cursors.clear(), db.put('counts', {}), db.put('loads', {}), db.put('need', [])])
  copy.cursors.clear()
  copy.need.clear()
  await reoffer(copy, lastSeq, now - DOUBTED_MS)
}

/**
 * Archive, attention and outbox, in the order they were made: what the server does not remember waits again, numbered from
 * its last number on, so that the sequence has no hole (refused ones too). Ids stay: what it does know it answers as it did. Its
 * last number may be a twin's work, so the last command that it should remember asks it: if it does not, it tells us of the twin.
 * A twin may also have offered our work to the new history before us: what was settled or refused later than `since` asks how it fared there.
 */
export async function reoffer(copy: Copy, lastSeq: number, since = Number.POSITIVE_INFINITY): Promise<void> {
  const { db, identity, touched } = copy
  const remembered = (command: Queued) => command.device === identity.device && command.seq <= lastSeq
  const asks = await lastOf(copy, remembered)
  const again = (command: Queued, at: number) => !remembered(command) || command.id === asks || at > since
  const [archive, attention, outbox] = await Promise.all([
    db.archive.filter((command) => again(command, command.settledAt)).toArray(),
    db.attention.filter((command) => again(command, Date.parse(command.verdict.at))).toArray(),
    db.outbox.toArray(),
  ])
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
  copy.here.clear()
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
