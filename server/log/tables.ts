/** The tables (SYNC §4), the same on every store. `…At` are ISO texts, JSON is text, booleans are 0 and 1. */
import type { Generated } from 'kysely'

export type Tables = {
  instance: { id: number; epoch: string; checks: Generated<number> }
  secret: { name: string; value: Uint8Array }
  site: { id: string; name: string; zone: string; currency: string; createdAt: string }
  person: {
    id: string
    site: string
    name: string
    roles: string
    pinHash: string | null
    wrongPins: number
    lockedUntil: string | null
    revokedAt: string | null
  }
  code: { hash: string; purpose: string; site: string | null; expiresAt: string; usedAt: string | null }
  grant: { id: string; device: string; body: string }
  device: {
    id: string
    site: string
    number: number
    name: string
    tokenHash: string
    publicKey: string
    lastSeq: number
    enrolledAt: string
    revokedAt: string | null
    forkOf: string | null
    seen: string | null
  }
  command: {
    site: string
    id: string
    device: string
    seq: number
    type: string
    v: number
    doc: string
    person: string
    grant: string
    clock: string
    at: string
    receivedAt: string
    seen: number
    signed: number
    blobs: string
    payloadHash: string
    payload: string
    verdict: string
    reason: string | null
    /** server time of the verdict */
    decidedAt: string
  }
  event: { site: string; doc: string; version: number; command: string; device: string; seq: number; event: string }
  doc: { site: string; id: string; kind: string; version: number; sum: number; size: number; applied: string; body: string; trip: string | null; sku: string | null }
  scope: { id: string; site: string; head: number; minPosition: number }
  feed: {
    scope: string
    doc: string
    site: string
    position: number
    op: string
    version: number
    /** earlier `position:version` pairs, newest first, a space after each; what stands after the last space is the rest of one */
    trail: string
    at: string
  }
  blob: { site: string; sha256: string; size: number; storedAt: string }
  mapping: { site: string; source: string; fingerprint: string; body: string; person: string; usedAt: string }
  quarantine: { id: Generated<number>; site: string | null; device: string; receivedAt: string; reason: string; body: string; digest: Generated<string>; closed: string | null }
}
