/**
 * One round trip (SYNC §3, §4): commands in, verdicts and pages out, from one epoch, in one transaction.
 *
 *   prove the grants ─▶ [ lock the device · compare the epoch · know the grants · execute · read the pages ] ─▶ commit ─▶ poke
 *
 * A request of another epoch, or one that names a grant we have not got and sends no token of it, executes nothing.
 */
import { actorOf, type Grant } from '../../shared/people/grant.ts'
import type { Actor } from '../../shared/people/role.ts'
import { scopesFor } from '../../shared/sync/doc.ts'
import { PROTOCOL, type SyncReply } from '../../shared/sync/wire.ts'
import type { DeviceRow, DeviceSeen, Log, ReadTx, WriteTx } from '../log/log.ts'
import { identitiesOf } from '../people/identity.ts'
import type { Arrival } from './arrival.ts'
import { type Executed, execute, type Fresh } from './execute.ts'
import type { Hub } from './hub.ts'
import { pull } from './pull.ts'

export type SyncWorld = {
  log: Log
  /** ms since 1970 */
  now(): number
  verifyGrant(token: string): Promise<Grant | null>
  hub: Hub
  report(error: unknown): void
}
export type Sync = (device: DeviceRow, arrival: Arrival) => Promise<SyncReply>

export function createSync({ log, now: clock, verifyGrant, hub, report }: SyncWorld): Sync {
  return async (caller, arrival) => {
    const now = new Date(clock()).toISOString()
    const proven = await prove(arrival.grants, verifyGrant)
    const { reply, heads } = await log.write(async (tx) => {
      const device = (await tx.device(caller.id)) ?? caller
      const epoch = await tx.epoch()
      const foreign = arrival.epoch !== epoch
      const { grants, lacking } = await knowGrants(tx, arrival, proven)
      const commands = foreign || lacking.length > 0 ? [] : arrival.commands
      const executed = await execute(tx, { device, commands, grants, clock: arrival.clock, now, report })
      if (lacking.length === 0) await remember(tx, device, { arrival, grants, now, lastSeq: executed.lastSeq, answered: executed.verdicts.length })
      const reader = lacking.length === 0 ? await readerOf(tx, device, grants.get(arrival.current), now) : null
      const pages = reader ? await pagesFor(tx, reader, arrival, { foreign, fresh: executed.fresh }) : NOTHING
      return { reply: await answer(tx, device, { asked: arrival.epoch, epoch, now, executed, pages, grants: lacking }), heads: executed.heads }
    })
    hub.poke(heads, { device: caller.id, pages: reply.scopes })
    return reply
  }
}

/** The grants that this instance signed, by the id the commands name them with. */
export async function prove(tokens: Arrival['grants'], verifyGrant: SyncWorld['verifyGrant']): Promise<Map<string, Grant>> {
  const proven = new Map<string, Grant>()
  for (const [id, token] of Object.entries(tokens)) {
    const grant = await verifyGrant(token)
    if (grant?.id === id) proven.set(id, grant)
  }
  return proven
}

/**
 * Tokens are proven once and kept, so that they need not travel again. A token that came decides by itself: what it does not
 * prove is not known. `lacking`: named, and neither came nor kept. A device of protocol 1 is not asked: it sends all it has.
 */
async function knowGrants(tx: WriteTx, { protocol, current, grants: tokens, commands }: Arrival, proven: ReadonlyMap<string, Grant>): Promise<{ grants: Map<string, Grant>; lacking: string[] }> {
  if (proven.size > 0) await tx.keepGrants([...proven.values()])
  const named = new Set([current, ...commands.map(({ command }) => command.grant)])
  const unsent = [...named].filter((id) => id !== '' && !Object.hasOwn(tokens, id))
  const kept = await tx.grants(unsent)
  return { grants: new Map([...kept, ...proven]), lacking: protocol < 2 ? [] : unsent.filter((id) => !kept.has(id)) }
}

/** Who reads: a grant that runs, for this device, of a person who may still come in, with the roles they still have. */
export async function readerOf(tx: ReadTx, device: DeviceRow, grant: Grant | undefined, now: string): Promise<Actor | null> {
  if (!grant || device.revokedAt || grant.site !== device.site || grant.until <= now) return null
  if (!(await identitiesOf(tx, device, [grant.device])).has(grant.device)) return null
  const person = await tx.person(grant.person)
  if (person?.revokedAt) return null
  const roles = person ? grant.roles.filter((role) => person.roles.includes(role)) : grant.roles
  return { ...actorOf(grant), roles, device: device.id }
}

type Pages = Pick<SyncReply, 'scopes' | 'puts' | 'lost' | 'reset'>
/** Nobody reads, nothing is lost: the device keeps what it has. */
const NOTHING: Pages = { scopes: {}, puts: [], lost: [], reset: [] }

async function pagesFor(tx: ReadTx, reader: Actor, { cursors, consistent, held, need, protocol }: Arrival, { foreign, fresh }: { foreign: boolean; fresh: Fresh }): Promise<Pages> {
  const scopes = scopesFor(reader)
  const pages = await pull(tx, {
    site: reader.site,
    scopes,
    cursors: new Map(foreign ? [] : Object.entries(cursors)),
    consistent: new Map(Object.entries(consistent)),
    need,
    holder: { device: reader.device, held: new Map(foreign ? [] : Object.entries(held)), deltas: protocol === PROTOCOL, fresh },
  })
  return foreign ? { ...pages, reset: Object.keys(pages.scopes) } : pages
}

type Answer = { asked: string; epoch: string; now: string; executed: Executed; pages: Pages; grants: string[] }
async function answer(tx: ReadTx, device: DeviceRow, { asked, epoch, now, executed, pages, grants }: Answer): Promise<SyncReply> {
  const { lastSeq, stopped, verdicts, named } = executed
  const wanted = named.length === 0 ? [] : await tx.blobsMissing(device.site, named)
  return { asked, epoch, now, lastSeq, stopped, verdicts, ...pages, wanted, grants }
}

/** How long the supervisor's board may lag behind devices that only listen. */
const SEEN_MS = 30_000

async function remember(
  tx: WriteTx,
  device: DeviceRow,
  { arrival, grants, now, lastSeq, answered }: { arrival: Arrival; grants: ReadonlyMap<string, Grant>; now: string; lastSeq: number; answered: number },
): Promise<void> {
  const { app, clock, current, commands } = arrival
  const waiting = arrival.waiting ?? { commands: commands.length, blobs: 0, oldest: commands[0]?.command.at ?? null }
  const grant = grants.get(current)
  const left = Math.max(0, waiting.commands - answered)
  const seen: DeviceSeen = {
    at: now,
    app,
    person: grant?.person ?? null,
    personName: grant?.name ?? null,
    ...waiting,
    // What came in this very request does not wait on the device any more.
    commands: left,
    oldest: left === 0 ? null : waiting.oldest,
    skewMs: Date.parse(clock.wall) - Date.parse(now),
    about: arrival.about ?? device.seen?.about ?? null,
  }
  const last = device.seen
  const stale = !last || Date.parse(now) - Date.parse(last.at) >= SEEN_MS
  const moved = last?.person !== seen.person || last.commands !== seen.commands || last.blobs !== seen.blobs || last.oldest !== seen.oldest || last.app !== seen.app || arrival.about !== undefined
  if (lastSeq !== device.lastSeq || stale || moved) await tx.saveDevice(device.id, { lastSeq, seen })
}
