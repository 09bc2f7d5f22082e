/**
 * Commands of one device → verdicts, inside one transaction. The whole batch is worked out in memory and written by few
 * statements: commands with verdicts, events, docs with their feeds, quarantine.
 */
import { hash } from 'node:crypto'
import type { Grant } from '../../shared/people/grant.ts'
import type { Doc, DocEvent } from '../../shared/sync/doc.ts'
import type { Clock, SyncReply, Verdict, WireCommand } from '../../shared/sync/wire.ts'
import type { Apart, CommandRow, DeviceRow, DocChange, EventRow, PersonRow, WriteTx } from '../log/log.ts'
import { identitiesOf } from '../people/identity.ts'
import type { Arrived } from './arrival.ts'
import { isOver, type Judged, judge } from './judge.ts'
import { partFollows } from './parts.ts'
import { type Shelves, stockFollows } from './stock.ts'
import { type Followed, type Shelf, tripFollows } from './trips.ts'

export type Batch = {
  device: DeviceRow
  commands: readonly Arrived[]
  /** proven grants by id; those that could not be proven are missing */
  grants: ReadonlyMap<string, Grant>
  clock: Clock
  /** server time, ISO UTC */
  now: string
  /** a supervisor has decided that it counts, whoever may come in by now */
  decided?: true
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
  const apart: Apart[] = []

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
      const was = work.docs.get(command.doc) ?? null
      if (judged.doc) work.docs.set(command.doc, judged.doc)
      executed.named.push(...command.blobs)
      for (const { doc, event } of await stockFollows(was, judged.events, { device: device.id, seq: command.seq }, work.shelves)) {
        events.push({ doc: doc.body.id, version: doc.body.version, command: command.id, device: device.id, seq: command.seq, event })
        work.docs.set(doc.body.id, doc)
      }
      for (const { doc, event } of await work.follows(command, judged.events)) {
        // No device foresaw it, so none may take it for what it predicted.
        events.push({ doc: doc.body.id, version: doc.body.version, command: command.id, device: '', seq: 0, event })
        work.docs.set(doc.body.id, doc)
      }
    }
    if (judged.verdict === 'quarantined') {
      if ('cause' in judged) batch.report(judged.cause)
      apart.push({ site: device.site, device: device.id, receivedAt: now, reason: JSON.stringify(judged.reason), body: JSON.stringify(arrived.came), digest: '' })
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
async function gather(tx: WriteTx, { device, commands, grants, clock, decided }: Batch, answered: ReadonlyMap<string, Verdict>) {
  const unknown = commands.filter(({ command }) => !answered.has(command.id))
  const before = await tx.docs(device.site, [...new Set(unknown.map(({ command }) => command.doc))])
  const docs = new Map<string, Doc>(before)
  const people = new Map<string, PersonRow | null>()
  for (const person of new Set([...grants.values()].map((grant) => grant.person))) people.set(person, await tx.person(person))
  const identities = await identitiesOf(tx, device, [...grants.values()].map((grant) => grant.device))
  /** Docs that no command of the batch names, beside those that some do. */
  const also = (stored: Iterable<readonly [string, Doc]>) => {
    for (const [id, doc] of stored) {
      if (docs.has(id)) continue
      docs.set(id, doc)
      before.set(id, doc)
    }
  }
  const shelf: Shelf = {
    async doc(id) {
      if (!docs.has(id)) also(await tx.docs(device.site, [id]))
      return docs.get(id) ?? null
    },
    async onTrip(trip) {
      also((await tx.docsOnTrip(device.site, trip)).map((doc) => [doc.body.id, doc] as const))
      return [...docs.values()].filter(({ body }) => body.kind === 'order' && body.trip?.id === trip)
    },
  }
  const skus = new Map<string, string | null>()
  let keeps: boolean | null = null
  const shelves: Shelves = {
    async product(sku) {
      const begun = [...docs.values()].find(({ body }) => body.kind === 'product' && body.sku === sku)
      if (begun) return begun
      if (!skus.has(sku)) {
        const [stored] = await tx.productsOf(device.site, sku)
        if (stored) also([[stored.body.id, stored]])
        skus.set(sku, stored?.body.id ?? null)
      }
      return docs.get(skus.get(sku) ?? '') ?? null
    },
    async keeping() {
      keeps ||= [...docs.values()].some(({ body }) => body.kind === 'product') || (keeps ?? (await tx.keepsStock(device.site)))
      return keeps ? device.site : null
    },
    taken: async (id) => (await shelf.doc(id)) !== null,
  }
  return {
    docs,
    shelves,
    judge({ command, broken }: Arrived): Judged {
      const madeAt = timeOf(command, clock)
      if (broken) return { verdict: 'quarantined', reason: isOver(device, madeAt) ? { type: 'revoked-device' } : broken }
      const grant = grants.get(command.grant) ?? null
      const doc = docs.get(command.doc) ?? null
      const person = grant && !decided ? (people.get(grant.person) ?? null) : null
      return judge(command, { device, identities, grant, person, doc, madeAt })
    },
    /** What becomes of other docs by it. */
    async follows({ id, doc, at, grant }: WireCommand, events: readonly DocEvent[]): Promise<Followed[]> {
      const who = grants.get(grant)
      if (!who) return []
      const act = { by: who.person, name: who.name, at, device: device.id, command: id }
      return [...(await tripFollows(events, doc, act, shelf)), ...(await partFollows(events, doc, act, shelf))]
    },
    changes: (): DocChange[] =>
      [...docs].flatMap(([id, after]) => {
        const was = before.get(id) ?? null
        return was === after ? [] : [{ before: was, after }]
      }),
  }
}

/** When it was made, by the server's clock. An offset that leads out of the years we write is nobody's clock: then the device's own word. */
function timeOf({ at }: WireCommand, { offset }: Clock): string {
  const made = new Date(Date.parse(at) + (offset ?? 0))
  const year = made.getUTCFullYear()
  return year >= 0 && year <= 9999 ? made.toISOString() : at
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
