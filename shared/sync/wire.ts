/**
 * The wire (SYNC §3). A change of any shape here bumps PROTOCOL, adds a line to the history and a recorded example.
 *
 * History: 1 first form.
 *          2 what goes without saying need not travel, both ways (slim.ts); the token of a grant travels until the server has it,
 *            and a reply names the `grants` it lacks.
 *          3 now and then a device says how it is (`about`): room, battery, answers of no that nobody has read.
 *            And a request says how far its copy of a scope is `consistent` while pages are still to come, so that deltas begin where it has all.
 *          4 an order may be given a place in the work order (SetSequence), and a site says after how long what is passed over rises.
 *          5 the handheld's facts: an inspection says what was found of each lot and by what standard; held goods may be freed by concession (Concede);
 *            stops moved under way, cash handed and given back, packages on a receipt and its amendments, nobody there, goods that come back;
 *            packages have a number (SSCC), a size and lots, loading says which of them, and a site how they are numbered.
 *            A pick says how it was confirmed and under which tolerance; a picking is taken over, handed over, reopened and a
 *            short report taken back; a short order that is split places its rest, one that gets other goods says which;
 *            goods are received, moved and counted on products, and picks book them (ReceiveGoods, MoveStock, CountStock, SettleStock).
 *            What was read back clause by clause and the shipping advice go with Ship; the advice is confirmed (ConfirmAdvice), the way reported (ReportCheck), a signed gate keeps its note.
 *          6 what the shelves and the office ask of it:
 *            an inspection says by which version of a standard it judged, whether that wants every unit, and how many readings of a property;
 *            what is picked of a product that nobody has put down begins it (StockBooked); goods keep their supplier's lot, and what is held is released with a signature (ReleaseStock);
 *            a picking that is taken over may go to somebody named;
 *            what came home undelivered and was put away is picked again, and what was shipped of it stands in the order's past (ShipmentUndone).
 *          7 a first load brings closed orders as they are kept, with what they are found by (SnapshotPage.closed).
 *            What the floor and the road still lacked:
 *            what nobody took stays on the vehicle or comes back, and whether nobody was there or nobody would sign (ReportAbsent); what a receipt does not say was taken is delivered again as an order of its own, or credited (SettleException);
 *            a product's card is corrected (CorrectProduct), what lies where nobody knows is asked about, and what was taken so goes off the books of the place it came from.
 */
import * as z from 'zod/mini'
import type { Refusal } from '../order/refusal.ts'
import type { Register } from '../work/register.ts'
import { MAX_BLOBS } from './bounds.ts'
import type { Doc, DocEvent } from './doc.ts'

export const PROTOCOL = 7
export const MAX_COMMANDS = 100
export const MAX_BYTES = 256 * 1024
/** Docs in one page of a pull, and of a first load. */
export const PAGE_DOCS = 200
export const LOAD_DOCS = 500
/** Characters of JSON in one page of a first load, more only in one doc: a receipt weighs five orders without one, and who looks at one unpacks its page. */
export const LOAD_SIZE = 1024 * 1024

const Id = z.string().check(z.minLength(1), z.maxLength(64))
const Position = z.int().check(z.minimum(0))

/** A command as it travels. `payload` is checked by its type's own schema, so that one malformed command never blocks the others. */
export const WireCommand = z.object({
  id: Id,
  seq: z.int().check(z.minimum(1)),
  type: z.string().check(z.maxLength(60)),
  v: z._default(z.int().check(z.minimum(1)), 1),
  doc: Id,
  /** id of the shift grant it was made under */
  grant: z.string().check(z.maxLength(64)),
  /** device wall clock, ISO UTC; testimony, never an order */
  at: z.iso.datetime(),
  /** ms on the monotonic clock of the boot named in `clock` */
  mono: z.number(),
  /** version of the doc the person saw */
  seen: z.int().check(z.minimum(0)),
  /** the person entered the PIN for this act */
  signed: z._default(z.boolean(), false),
  payload: z.unknown(),
  blobs: z._default(z.array(z.string().check(z.regex(/^[0-9a-f]{64}$/))).check(z.maxLength(MAX_BLOBS)), []),
})
export type WireCommand = z.infer<typeof WireCommand>

export const Clock = z.object({
  wall: z.iso.datetime(),
  zone: z.string().check(z.maxLength(60)),
  mono: z.number(),
  boot: z.string().check(z.maxLength(64)),
  /** last measured server − device, ms, and half the round trip it was measured with; null before the first contact */
  offset: z.nullable(z.number()),
  error: z.nullable(z.number()),
})
export type Clock = z.infer<typeof Clock>

/** How a device is, as far as its browser tells. `free`: bytes; `persistent`: the browser promises to keep what it stores; `battery`: 0 … 1; `refused`: answers of no that nobody there has put away. */
export const About = z.object({
  free: z.nullable(Position),
  persistent: z.nullable(z.boolean()),
  battery: z.nullable(z.number().check(z.minimum(0), z.maximum(1))),
  refused: Position,
})
export type About = z.infer<typeof About>

export const SyncRequest = z.object({
  protocol: z.int(),
  app: z.string().check(z.maxLength(60)),
  /** who the token of the request is for, if it says so */
  device: z.optional(Id),
  epoch: z.string().check(z.maxLength(64)),
  /** highest sequence number whose verdict the device has stored */
  acked: Position,
  /** grant of the person at the device now; decides the scopes. '' when nobody is signed in */
  current: z._default(z.string().check(z.maxLength(64)), ''),
  /** tokens of the grants that the commands and `current` name, as far as no reply of this epoch has shown that the server has them; '' for a lost one */
  grants: z._default(z.record(z.string(), z.string().check(z.maxLength(4000))), {}),
  cursors: z._default(z.record(z.string().check(z.maxLength(200)), Position), {}),
  /**
   * where the last complete page of a scope ended, while it is not where the cursor is: a doc that moved on between two pages was in
   * neither, so only of that place is it known which versions the device has
   */
  consistent: z._default(z.record(z.string().check(z.maxLength(200)), Position), {}),
  /** versions of the server copies of docs, 0 of those that were begun on the device, so that the server can answer `same`: of what it has given, it knows by the cursors which the device has */
  held: z._default(z.record(z.string().check(z.maxLength(64)), Position), {}),
  /** docs whose checksum differed or whose delta did not fit: asks for one `put` each */
  need: z._default(z.array(Id).check(z.maxLength(1000)), []),
  /** what waits on the device, for the supervisor's board; absent when that is just these commands */
  waiting: z.optional(z.object({ commands: Position, blobs: Position, oldest: z.nullable(z.iso.datetime()) })),
  about: z.optional(About),
  clock: Clock,
  commands: z._default(z.array(WireCommand).check(z.maxLength(MAX_COMMANDS)), []),
})
export type SyncRequest = z.infer<typeof SyncRequest>

export type QuarantineReason =
  | { type: 'unknown-device' }
  | { type: 'revoked-person' }
  | { type: 'revoked-device' }
  | { type: 'bad-grant' }
  | { type: 'outside-grant' }
  | { type: 'unknown-type'; came: string }
  | { type: 'malformed'; path: string; message: string }
  | { type: 'forbidden'; roles: string[] }
  /** of old: to say so told that the order is there */
  | { type: 'other-site' }
  | { type: 'no-order' }
  | { type: 'poison'; message: string }
export type Verdict = {
  id: string
  seq: number
  verdict: 'accepted' | 'refused' | 'quarantined'
  reason: Refusal | QuarantineReason | null
  /** server time, ISO UTC */
  at: string
}

export type Op =
  | { put: Doc }
  | { exit: string }
  | { same: string; version: number; sum: number }
  /** `applied`: of the devices that made the events */
  | { delta: string; from: number; version: number; events: DocEvent[]; applied: { [device: string]: number }; sum: number }

/** One page of a scope: the latest state of every doc that changed after `from`, up to `to`. Complete when `more` is false. */
export type ScopePage = { from: number; to: number; head: number; more: boolean; ops: Op[] }

export type SyncReply = {
  /** the epoch of the request, so that a late answer of an older epoch is ignored */
  asked: string
  epoch: string
  now: string
  lastSeq: number
  stopped: { seq: number; why: 'gap' | 'busy' } | null
  verdicts: Verdict[]
  scopes: { [scope: string]: ScopePage }
  /** one-off copies for `need` */
  puts: Doc[]
  lost: string[]
  reset: string[]
  /** hashes that accepted commands named and that the server has not got */
  wanted: string[]
  /** ids of grants that were named without a token and that the server has not got: nothing was executed, ask again with the tokens */
  grants: string[]
}

/** What of a reply travels since protocol 2 (slim.ts). */
export type SlimReply = Pick<SyncReply, 'epoch' | 'now' | 'lastSeq'> &
  Partial<Pick<SyncReply, 'asked' | 'stopped' | 'puts' | 'lost' | 'reset' | 'wanted' | 'grants'>> & { verdicts?: SlimVerdict[]; scopes?: { [scope: string]: SlimPage } }
export type SlimVerdict = Pick<Verdict, 'id' | 'seq'> & Partial<Verdict>
export type SlimPage = Pick<ScopePage, 'head'> & Partial<ScopePage>

/**
 * GET /api/snapshot/:scope?after=<doc id>: the first load. Position is the head when the first page was read. Asked for with
 * `&bundled=1` since protocol 7, closed orders are not in `docs`: a device keeps them as they come.
 */
export type SnapshotPage = { epoch: string; scope: string; position: number; docs: Doc[]; next: string | null; closed?: Bundled }
/** Docs as JSON, gzip (RFC 1952) and base64, and what the indexes would hold of them. */
export type Bundled = { register: Register; packed: string }

/** GET /api/stream, server-sent events. */
export type StreamEvent = { type: 'ops'; epoch: string; scope: string; from: number; to: number; ops: Op[] } | { type: 'poke'; epoch: string; scope: string; head: number }

/** RFC 9457. `title` is in the person's language, `type` is the stable name. */
export type Problem = { type: string; title: string; status: number; detail?: string; [more: string]: unknown }
