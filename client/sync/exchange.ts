/** Talk: what the tables say becomes one request, and what comes back a named answer. Writes nothing. */
import { MAX_BYTES, PROTOCOL, type Problem, type SyncReply, type SyncRequest, type WireCommand } from '../../shared/sync/wire.ts'
import type { DeviceDb, Queued } from '../db.ts'
import type { World } from '../world.ts'
import { call, type Heard, packed, retryAfter } from './line.ts'

/** What a request said, for `settle` to compare with what holds when its reply arrives. */
export type Sent = {
  device: string
  epoch: string
  /** grant of the person at the device; '' when no news was asked for */
  current: string
  cursors: { [scope: string]: number }
  need: readonly string[]
  /** ids of the commands that were answered before this was sent: its reply was read after their commit */
  answered: ReadonlySet<string>
  commands: number
}
/** Half the round trip is the error of the offset (SYNC §5). */
export type Measured = { offset: number; error: number }

export type Answer =
  | { kind: 'reply'; reply: SyncReply; measured: Measured }
  /** nobody answered, or nobody of ours */
  | { kind: 'offline' }
  | { kind: 'too-large' }
  | { kind: 'device-fork' }
  | { kind: 'turned-away'; why: 'unknown-device' | 'device-revoked' }
  | { kind: 'no-grant' }
  | { kind: 'update-needed' }
  /** too many, or not now: not before `ms` from now */
  | { kind: 'later'; ms: number }
  | { kind: 'fault'; problem: Problem | null; status: number }

/** `news: false` sends only: the request names nobody, so the server gives no pages. */
export type Errand = { news: boolean; most: number; blobsWaiting: number }

export async function exchange(db: DeviceDb, world: World, errand: Errand): Promise<{ sent: Sent; answer: Answer } | 'not-enrolled'> {
  const built = await build(db, world, errand)
  if (!built) return 'not-enrolled'
  const { sent, request, token } = built
  const { body, headers } = await packed(JSON.stringify(request))
  const wallBefore = world.now()
  const before = world.mono()
  const heard = await call(world, '/api/sync', {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body,
  })
  const error = (world.mono() - before) / 2
  return { sent, answer: interpret(heard, world.now(), { wall: wallBefore + error, error }) }
}

function interpret(heard: Heard | 'offline', now: number, at: { wall: number; error: number }): Answer {
  if (heard === 'offline') return { kind: 'offline' }
  const { status, headers, json, problem } = heard
  if (status === 200 && isReply(json)) {
    return { kind: 'reply', reply: json, measured: { offset: Math.round(Date.parse(json.now) - at.wall), error: Math.round(at.error) } }
  }
  // A proxy on the way may say these too, in its own words.
  if (status === 413) return { kind: 'too-large' }
  if (status === 429 || status === 503) return { kind: 'later', ms: retryAfter(headers, now) }
  if (!problem) return { kind: 'offline' }
  switch (problem.type) {
    case 'device-fork':
      return { kind: 'device-fork' }
    case 'unknown-device':
    case 'no-token':
      return { kind: 'turned-away', why: 'unknown-device' }
    case 'device-revoked':
      return { kind: 'turned-away', why: 'device-revoked' }
    case 'no-grant':
      return { kind: 'no-grant' }
    case 'update-needed':
      return { kind: 'update-needed' }
    default:
      return { kind: 'fault', problem, status }
  }
}

function isReply(json: unknown): json is SyncReply {
  if (typeof json !== 'object' || json === null) return false
  const { epoch, asked, now, verdicts, scopes } = json as Partial<SyncReply>
  return typeof epoch === 'string' && typeof asked === 'string' && !Number.isNaN(Date.parse(now ?? '')) && Array.isArray(verdicts) && typeof scopes === 'object'
}

async function build(db: DeviceDb, world: World, { news, most, blobsWaiting }: Errand): Promise<{ sent: Sent; request: SyncRequest; token: string } | null> {
  return db.transaction('r', [db.meta, db.outbox, db.cursors, db.shadow], async () => {
    const waiting = db.outbox.where('state').equals('waiting')
    const [meta, cursorRows, first, answered, count] = await Promise.all([
      db.readAll('identity', 'epoch', 'acked', 'current', 'grants', 'need', 'clock'),
      db.cursors.toArray(),
      waiting.clone().limit(most).toArray(),
      db.outbox.where('state').equals('answered').toArray(),
      waiting.clone().count(),
    ])
    const { identity, epoch = '', acked = 0, grants = {}, need = [], clock } = meta
    if (!identity) return null
    const current = news ? (meta.current ?? '') : ''
    // A server whose history we don't know executes nothing (SYNC §4): the first request asks for its name.
    const queued = epoch === '' ? [] : bounded(first)
    const docs = [...new Set([...queued, ...(news ? answered : [])].map((command) => command.doc))].slice(0, 1000)
    const shadows = await db.shadow.bulkGet(docs)
    const named = new Set([...queued.map((command) => command.grant), current])
    const cursors = Object.fromEntries(cursorRows.map((row) => [row.scope, row.position]))
    const asked = news ? need : []
    const request: SyncRequest = {
      protocol: PROTOCOL,
      app: world.app,
      device: identity.device,
      epoch,
      acked,
      current,
      grants: Object.fromEntries(Object.entries(grants).filter(([id]) => named.has(id))),
      cursors: news ? cursors : {},
      held: news ? Object.fromEntries(shadows.flatMap((shadow) => (shadow ? [[shadow.id, shadow.doc?.body.version ?? 0]] : []))) : {},
      need: asked,
      waiting: { commands: count, blobs: blobsWaiting, oldest: first[0]?.at ?? null },
      clock: {
        wall: new Date(world.now()).toISOString(),
        zone: world.zone,
        mono: Math.round(world.mono()),
        boot: world.boot,
        offset: clock?.offset ?? null,
        error: clock?.error ?? null,
      },
      commands: queued.map(onWire),
    }
    const sent = { device: identity.device, epoch, current, cursors, need: asked, answered: new Set(answered.map((command) => command.id)), commands: queued.length }
    return { sent, request, token: identity.token }
  })
}

/** As many as fit; always one. */
function bounded(commands: readonly Queued[]): Queued[] {
  const fit: Queued[] = []
  let bytes = 0
  for (const command of commands) {
    bytes += new TextEncoder().encode(JSON.stringify(onWire(command))).byteLength
    if (fit.length > 0 && bytes > MAX_BYTES) break
    fit.push(command)
  }
  return fit
}

function onWire({ id, seq, type, v, doc, grant, at, mono, seen, signed, payload, blobs }: Queued): WireCommand {
  return { id, seq, type, v, doc, grant, at, mono, seen, signed, payload, blobs }
}
