/**
 * Commands of one device → verdicts, inside one transaction. The whole batch is worked out in memory and written by few
 * statements: commands with verdicts, events, docs with their feeds, quarantine.
 */
import { hash } from 'node:crypto'
import type { Grant } from '../../shared/people/grant.ts'
import type { Doc, DocEvent } from '../../shared/sync/doc.ts'
import type { Clock, SyncReply, Verdict, WireCommand } from '../../shared/sync/wire.ts'
import type { CommandRow, DeviceRow, DocChange, EventRow, QuarantineRow, WriteTx } from '../log/log.ts'
import type { Arrived } from './arrival.ts'
import { begins, type Judged, judge } from './judge.ts'

export type Batch = {
  device: DeviceRow
  commands: readonly Arrived[]
  /** proven grants by id; those that could not be proven are missing */
  grants: ReadonlyMap<string, Grant>
  clock: Clock
  /** server time, ISO UTC */
  now: string
  /** told of a rule that threw */
  report(error: unknown): void
}
export type Executed = {
  verdicts: Verdict[]
  stopped: SyncReply['stopped']
  lastSeq: number
  /** new heads of the scopes that moved */
  heads: Map<string, number>
  /** hashes that accepted commands name */
  named: string[]
  fresh: Fresh
}
/** What this transaction has just written, so that nobody reads it back: docs, and per doc the events in order. */
export type Fresh = { docs: ReadonlyMap<string, Doc>; events: ReadonlyMap<string, readonly EventRow[]> }
/** Another device speaks under this one's name: the profile was cloned (SYNC §2). Nothing of the batch stands. */
export class DeviceFork extends Error {}

export async function execute(tx: WriteTx, batch: Batch): Promise<Executed> {
  const { device, now } = batch
  const answered = await tx.verdicts(device.site, batch.commands.map(({ command }) => command.id))
  const work = await gather(tx, batch, answered)
  const executed: Executed = { verdicts: [], stopped: null, lastSeq: device.lastSeq, heads: new Map(), named: [], fresh: { docs: new Map(), events: new Map() } }
  const rows: CommandRow[] = []
  const events: EventRow[] = []
  const apart: Omit<QuarantineRow, 'id'>[] = []

  for (const arrived of batch.commands) {
    const { command } = arrived
    const stored = answered.get(command.id)
    if (stored) {
      // Known under another number: a fork sends again what its twin already sent. Its sequence goes on.
      if (command.seq === executed.lastSeq + 1) executed.lastSeq += 1
      executed.verdicts.push({ ...stored, seq: command.seq })
      if (stored.verdict === 'accepted') executed.named.push(...command.blobs)
      continue
    }
    if (command.seq <= executed.lastSeq)
      throw new DeviceFork(`device ${device.id} sent command ${command.id} as ${command.seq}, which is taken; the last is ${executed.lastSeq}`)
    if (command.seq > executed.lastSeq + 1) {
      executed.stopped = { seq: command.seq, why: 'gap' }
      break
    }
    const judged = work.judge(arrived)
    const verdict: Verdict = {
      id: command.id,
      seq: command.seq,
      verdict: judged.verdict,
      reason: judged.verdict === 'accepted' ? null : judged.reason,
      at: now,
    }
    executed.lastSeq = command.seq
    executed.verdicts.push(verdict)
    answered.set(command.id, verdict)
    rows.push(rowOf(command, verdict, batch))
    if (judged.verdict === 'accepted') {
      events.push(...eventsOf(command, judged.events, work.docs.get(command.doc)?.body.version ?? 0, device.id))
      if (judged.doc) work.docs.set(command.doc, judged.doc)
      executed.named.push(...command.blobs)
    }
    if (judged.verdict === 'quarantined') {
      if ('cause' in judged) batch.report(judged.cause)
      apart.push({ site: device.site, device: device.id, receivedAt: now, reason: JSON.stringify(judged.reason), body: JSON.stringify(arrived.came) })
    }
  }

  if (rows.length > 0) await tx.addCommands(device.site, rows)
  if (events.length > 0) await tx.addEvents(device.site, events)
  if (apart.length > 0) await tx.quarantine(apart)
  const changes = work.changes()
  if (changes.length > 0) executed.heads = await tx.putDocs(device.site, changes, now)
  executed.fresh = { docs: new Map(changes.map(({ after }) => [after.body.id, after])), events: Map.groupBy(events, (each) => each.doc) }
  return executed
}

/** Everything the batch needs to know, read in few questions; then each command is judged against what the earlier ones left. */
async function gather(tx: WriteTx, { device, commands, grants }: Batch, answered: ReadonlyMap<string, Verdict>) {
  const unknown = commands.filter(({ command }) => !answered.has(command.id))
  const before = await tx.docs(device.site, [...new Set(unknown.map(({ command }) => command.doc))])
  const docs = new Map<string, Doc>(before)
  const elsewhere = new Map<string, string>()
  const here = new Set(before.keys())
  for (const { command } of unknown) {
    if (here.has(command.doc)) continue
    here.add(command.doc)
    const site = begins(command.type) ? null : await tx.siteOfDoc(command.doc)
    if (site !== null) elsewhere.set(command.doc, site)
  }
  const revoked = new Set<string>()
  for (const person of new Set([...grants.values()].map((grant) => grant.person))) if ((await tx.person(person))?.revokedAt) revoked.add(person)
  const identities = await identitiesOf(tx, device, grants)
  return {
    docs,
    judge({ command, broken }: Arrived): Judged {
      if (broken) return { verdict: 'quarantined', reason: device.revokedAt ? { type: 'revoked-device' } : broken }
      const grant = grants.get(command.grant) ?? null
      const doc = docs.get(command.doc) ?? null
      return judge(command, { device, identities, grant, personRevoked: grant !== null && revoked.has(grant.person), doc, elsewhere: elsewhere.get(command.doc) ?? null })
    },
    changes: (): DocChange[] =>
      [...docs].flatMap(([id, after]) => {
        const was = before.get(id) ?? null
        return was === after ? [] : [{ before: was, after }]
      }),
  }
}

/** The device and, as far as its grants ask for them, the devices it was split from. */
async function identitiesOf(tx: WriteTx, device: DeviceRow, grants: ReadonlyMap<string, Grant>): Promise<Set<string>> {
  const identities = new Set([device.id])
  const foreign = [...grants.values()].some((grant) => grant.device !== device.id)
  for (let parent = device.forkOf; foreign && parent !== null && !identities.has(parent); ) {
    identities.add(parent)
    parent = (await tx.device(parent))?.forkOf ?? null
  }
  return identities
}

function eventsOf(command: WireCommand, events: readonly DocEvent[], version: number, device: string): EventRow[] {
  return events.map((event, i) => ({ doc: command.doc, version: version + 1 + i, command: command.id, device, seq: command.seq, event }))
}

function rowOf(command: WireCommand, verdict: Verdict, { device, grants, clock, now }: Batch): CommandRow {
  const payload = JSON.stringify(command.payload ?? null)
  const { id, seq, type, v, doc, grant, at, mono, seen, signed, blobs } = command
  return {
    id,
    device: device.id,
    seq,
    type,
    v,
    doc,
    person: grants.get(grant)?.person ?? '',
    grant,
    clock: JSON.stringify({ wall: at, zone: clock.zone, mono, boot: clock.boot, offset: clock.offset, error: clock.error }),
    at,
    receivedAt: now,
    seen,
    signed,
    blobs,
    payloadHash: hash('sha256', payload),
    payload,
    verdict,
  }
}
