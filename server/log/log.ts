/**
 * The seam to the store. What stands behind it (sqlite/, later postgres/) offers the same verbs and passes the same suite.
 * Positions and versions stay below 2^53. Everything a `write` does becomes true together, fsynced before its promise resolves.
 * What a write reads by `device` and `docs` is its own until it ends: nobody else changes it meanwhile.
 */
import type { HistoryRow } from '../../shared/order/history.ts'
import type { Doc, DocEvent } from '../../shared/sync/doc.ts'
import type { About, Verdict } from '../../shared/sync/wire.ts'
import type { Grant } from '../../shared/people/grant.ts'
import type { Role } from '../../shared/people/role.ts'

export type DeviceRow = {
  id: string
  site: string
  /** small number of the device in its site, part of the numbers it gives out offline (M21) */
  number: number
  name: string
  /** SHA-256 of the bearer token, hex */
  tokenHash: string
  /** SPKI of the device's public key, base64, '' if it has none */
  publicKey: string
  lastSeq: number
  enrolledAt: string
  revokedAt: string | null
  /** the device this one was split from (device-fork) */
  forkOf: string | null
  /** last contact: when, who, what waits there; JSON of DeviceSeen */
  seen: DeviceSeen | null
}
export type DeviceSeen = {
  at: string
  app: string
  person: string | null
  personName: string | null
  commands: number
  blobs: number
  oldest: string | null
  skewMs: number | null
  /** what it last said of itself; missing in what was kept before it did */
  about?: About | null
}

/** A person's secrets and standing; name and roles are in the person doc too, for the devices. */
export type PersonRow = {
  id: string
  site: string
  name: string
  roles: Role[]
  /** argon2id, PHC string; null while no PIN is set */
  pinHash: string | null
  wrongPins: number
  lockedUntil: string | null
  revokedAt: string | null
}
export type SiteRow = { id: string; name: string; zone: string; currency: string; createdAt: string }
/** One-time codes: hashed, with an end. `purpose` says what they open. */
export type CodeRow = { hash: string; purpose: 'setup' | 'enrol'; site: string | null; expiresAt: string; usedAt: string | null }

export type CommandRow = {
  id: string
  device: string
  seq: number
  type: string
  v: number
  doc: string
  person: string
  grant: string
  /** wall, mono, boot, zone, offset, error as the device gave them; JSON */
  clock: string
  at: string
  receivedAt: string
  /** version of the doc the person saw, and whether they entered the PIN for this act */
  seen: number
  signed: boolean
  /** hashes of the photographs it names */
  blobs: string[]
  payloadHash: string
  payload: string
  verdict: Verdict
}
export type EventRow = { doc: string; version: number; command: string; device: string; seq: number; event: DocEvent }
/** What tells a device whether its own copy is right, without the doc itself; `size` is the length of the body's JSON. */
export type DocFace = { applied: Doc['applied']; sum: number; size: number }
/** `size`: of their JSON, in characters. */
export type PageBounds = { docs: number; size: number }
/** `state`: another one whenever the doc is another. */
export type ScopePage = { docs: { id: string; state: string; json: string }[]; more: boolean }
export type DocChange = { before: Doc | null; after: Doc }
/** `earlier`: the versions the doc had in this scope without a break, newest first, as far back as the log remembers. */
export type FeedOp = { doc: string; position: number; op: 'put' | 'exit'; version: number; earlier: readonly { position: number; version: number }[] }
export type { HistoryRow }

/** `digest`: SHA-256 of the body of what came whole, '' of a single command. `closed`: what a supervisor decided; JSON of Closed. */
export type QuarantineRow = { id: number; site: string | null; device: string; receivedAt: string; reason: string; body: string; digest: string; closed: string | null }
export type Apart = Omit<QuarantineRow, 'id' | 'closed'>

export type BlobRow = { sha256: string; site: string; size: number; storedAt: string }

/** How the files of a source were last read. `fingerprint` is of the base file's header; `body` is JSON that only imports read. */
export type MappingRow = { site: string; source: string; fingerprint: string; body: string; person: string; usedAt: string }

export interface ReadTx {
  epoch(): Promise<string>
  site(id: string): Promise<SiteRow | null>
  sites(): Promise<SiteRow[]>
  device(id: string): Promise<DeviceRow | null>
  deviceByToken(tokenHash: string): Promise<DeviceRow | null>
  devices(site: string): Promise<DeviceRow[]>
  person(id: string): Promise<PersonRow | null>
  people(site: string): Promise<PersonRow[]>
  code(hash: string): Promise<CodeRow | null>
  docs(site: string, ids: readonly string[]): Promise<Map<string, Doc>>
  /** orders that say they are on this trip, in id order */
  docsOnTrip(site: string, trip: string): Promise<Doc[]>
  /** products of this number, in id order */
  productsOf(site: string, sku: string): Promise<Doc[]>
  /** whether there is any product */
  keepsStock(site: string): Promise<boolean>
  faces(site: string, ids: readonly string[]): Promise<Map<string, DocFace>>
  /** shift grants that were proven once, by id */
  grants(ids: readonly string[]): Promise<Map<string, Grant>>
  /** the stored answers to re-sent commands */
  verdicts(site: string, ids: readonly string[]): Promise<Map<string, Verdict>>
  /** head and the lowest position a cursor may have; {0, 0} for a scope never written */
  scope(scope: string): Promise<{ head: number; minPosition: number }>
  /** feed rows with position > from, in order, at most limit */
  feed(scope: string, from: number, limit: number): Promise<FeedOp[]>
  /** events of docs with version > given, in order */
  eventsSince(site: string, since: ReadonlyMap<string, number>): Promise<Map<string, EventRow[]>>
  history(site: string, doc: string): Promise<HistoryRow[]>
  /** docs of a scope in id order, as the JSON texts they lie there as: a snapshot only passes them on. One at least, if there is any */
  docsOfScope(scope: string, after: string, most: PageBounds): Promise<ScopePage>
  /** those that wait first, then those that were decided, each newest first */
  quarantined(site: string, limit: number): Promise<QuarantineRow[]>
  quarantinedRow(site: string, id: number): Promise<QuarantineRow | null>
  /** whether this very thing was set apart before */
  isApart(digest: string): Promise<boolean>
  blob(site: string, sha256: string): Promise<BlobRow | null>
  blobsMissing(site: string, hashes: readonly string[]): Promise<string[]>
  /** the one used last for files with this header */
  mappingFor(site: string, fingerprint: string): Promise<MappingRow | null>
  /** newest first */
  mappingSources(site: string, limit: number): Promise<string[]>
  /** a secret of this instance, made at the first call */
  secret(name: string): Promise<Uint8Array>
}

export interface WriteTx extends ReadTx {
  addSite(site: SiteRow): Promise<void>
  renameSite(id: string, name: string): Promise<void>
  addDevice(device: DeviceRow): Promise<void>
  saveDevice(id: string, change: Partial<Omit<DeviceRow, 'id' | 'site'>>): Promise<void>
  savePerson(person: PersonRow): Promise<void>
  addCode(code: CodeRow): Promise<void>
  useCode(hash: string, at: string): Promise<void>
  /** For good: work under a grant is good whenever it arrives. */
  keepGrants(grants: readonly Grant[]): Promise<void>
  /** Unused codes of a purpose expire now. */
  endCodes(purpose: CodeRow['purpose'], at: string): Promise<void>
  addCommands(site: string, rows: readonly CommandRow[]): Promise<void>
  addEvents(site: string, rows: readonly EventRow[]): Promise<void>
  /**
   * Writes the docs and, per scope they are or were in, a gapless position each (scopes in sorted order, bumped last).
   * `before` is the doc as it was (null if new): leaving a scope writes an `exit` there. Returns the new heads by scope.
   */
  putDocs(site: string, changes: readonly DocChange[], at: string): Promise<Map<string, number>>
  /** Drops exits older than a time; cursors that lie before them get a reset. Returns how many. */
  forgetExits(before: string): Promise<number>
  quarantine(rows: readonly Apart[]): Promise<void>
  closeQuarantined(id: number, closed: string): Promise<void>
  addBlob(blob: BlobRow): Promise<void>
  saveMapping(row: MappingRow): Promise<void>
  nextDeviceNumber(site: string): Promise<number>
  /** Writes something small that differs each time, to see whether anything can be written */
  check(): Promise<void>
  /** A restored or failed-over store begins another history (SYNC §1). */
  beginEpoch(epoch: string): Promise<void>
}

/** The store can't take a write now (locked by another process, disk full): nothing was recorded, ask again later. */
export class LogBusy extends Error {}

export interface Log {
  /** Group commit: writers that wait share one transaction; one that throws is undone alone and the others stand. */
  write<T>(work: (tx: WriteTx) => Promise<T>): Promise<T>
  read<T>(work: (tx: ReadTx) => Promise<T>): Promise<T>
  close(): Promise<void>
}
