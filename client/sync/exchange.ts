/** Talk: what the tables say becomes one request, and what comes back a named answer. Writes nothing. */
import type * as z from 'zod/mini'
import { wholeReply } from '../../shared/sync/slim.ts'
import { type About, MAX_BYTES, PROTOCOL, type Problem, type SlimReply, type SyncReply, type SyncRequest, type WireCommand } from '../../shared/sync/wire.ts'
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
  /** ids of the grants whose token it carried */
  tokens: readonly string[]
  /** ids of the commands that were answered before this was sent: its reply was read after their commit */
  answered: ReadonlySet<string>
  /** how many commands it carried, and which ones lie between: by `n` */
  commands: { count: number; first: number; last: number } | null
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
export type Errand = { news: boolean; most: number; blobsWaiting: number; about?: About | null }

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
  return { sent, answer: interpret(heard, sent, world.now(), { wall: wallBefore + error, error }) }
}

function interpret(heard: Heard | 'offline', { cursors }: Sent, now: number, at: { wall: number; error: number }): Answer {
  if (heard === 'offline') return { kind: 'offline' }
  const { status, headers, json, problem } = heard
  if (status === 200 && isReply(json)) {
    return { kind: 'reply', reply: wholeReply(json, { cursors }), measured: { offset: Math.round(Date.parse(json.now) - at.wall), error: Math.round(at.error) } }
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

function isReply(json: unknown): json is SlimReply {
  if (typeof json !== 'object' || json === null) return false
  const { epoch, now, lastSeq } = json as Partial<SlimReply>
  return typeof epoch === 'string' && !Number.isNaN(Date.parse(now ?? '')) && typeof lastSeq === 'number'
}

/** What goes without saying is left out. */
type Request = z.input<typeof SyncRequest>

async function build(db: DeviceDb, world: World, { news, most, blobsWaiting, about }: Errand): Promise<{ sent: Sent; request: Request; token: string } | null> {
  return db.transaction('r', [db.meta, db.outbox, db.cursors], async () => {
    const waiting = db.outbox.where('state').equals('waiting')
    const [meta, cursorRows, first, answered, count] = await Promise.all([
      db.readAll('identity', 'epoch', 'acked', 'current', 'grants', 'proven', 'need', 'clock'),
      db.cursors.toArray(),
      waiting.clone().limit(most).toArray(),
      db.outbox.where('state').equals('answered').toArray(),
      waiting.clone().count(),
    ])
    const { identity, epoch = '', acked = 0, grants = {}, proven, need = [], clock } = meta
    if (!identity) return null
    const current = news ? (meta.current ?? '') : ''
    // A server whose history we don't know executes nothing (SYNC §4): the first request asks for its name.
    const queued = epoch === '' ? [] : bounded(first)
    const known = new Set(['', ...(proven?.epoch === epoch ? proven.ids : [])])
    const unproven = [...new Set([...queued.map((command) => command.grant), current])].filter((id) => !known.has(id))
    // What was begun here need not come back. Of other docs the server knows by the cursors what we have.
    const held = (news ? [...queued, ...answered] : []).flatMap(({ doc, seen }) => (seen === 0 ? [[doc, 0] as const] : [])).slice(0, 1000)
    const cursors = Object.fromEntries(cursorRows.map((row) => [row.scope, row.position]))
    const between = cursorRows.filter((row) => row.consistent !== row.position).map((row) => [row.scope, row.consistent] as const)
    const asked = news ? need : []
    const request: Request = {
      protocol: PROTOCOL,
      app: world.app,
      epoch,
      acked,
      ...(current !== '' && { current }),
      ...(unproven.length > 0 && { grants: Object.fromEntries(unproven.map((id) => [id, grants[id] ?? ''])) }),
      ...(news && cursorRows.length > 0 && { cursors }),
      ...(news && between.length > 0 && { consistent: Object.fromEntries(between) }),
      ...(held.length > 0 && { held: Object.fromEntries(held) }),
      ...(asked.length > 0 && { need: asked }),
      ...((count !== queued.length || blobsWaiting > 0) && { waiting: { commands: count, blobs: blobsWaiting, oldest: first[0]?.at ?? null } }),
      ...(about && { about }),
      clock: {
        wall: new Date(world.now()).toISOString(),
        zone: world.zone,
        mono: Math.round(world.mono()),
        boot: world.boot,
        offset: clock?.offset ?? null,
        error: clock?.error ?? null,
      },
      ...(queued.length > 0 && { commands: queued.map(onWire) }),
    }
    const tokens = unproven.filter((id) => grants[id] !== undefined)
    const [opens, ends] = [queued[0], queued.at(-1)]
    const commands = opens && ends ? { count: queued.length, first: opens.n, last: ends.n } : null
    const sent = { device: identity.device, epoch, current, cursors, need: asked, tokens, answered: new Set(answered.map((command) => command.id)), commands }
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

function onWire({ id, seq, type, v, doc, grant, at, mono, seen, signed, payload, blobs }: Queued): z.input<typeof WireCommand> {
  return { id, seq, type, ...(v !== 1 && { v }), doc, grant, at, mono, seen, ...(signed && { signed }), payload, ...(blobs.length > 0 && { blobs }) }
}
