/**
 * Tells who listens that scopes moved: after the commit, coalesced, each change read once for all who listen to its scope.
 * In-process; being right never depends on it.
 */
import type { StreamEvent, SyncReply } from '../../shared/sync/wire.ts'
import type { Log } from '../log/log.ts'
import { opsOf } from './pull.ts'

/** Above these a change is only announced. */
const MOST_DOCS = 20
const MOST_BYTES = 16 * 1024

/** Somebody at a device who listens. What they are told comes as a server-sent event, too, made once for all. `end`: they may hear nothing more under what they listened with. */
export type Ear = {
  site: string
  scopes: readonly string[]
  device: string
  person: string
  tell(event: StreamEvent, bytes: Uint8Array): void
  end(): void
}
export type Hub = {
  /** Scopes have moved, in a transaction that is committed. Whoever has read that far by the reply is not told of it again. */
  poke(heads: ReadonlyMap<string, number>, reader?: Reader): void
  /** Calls back with a poke per scope first, then with every change. Returns what ends it. */
  listen(ear: Ear): Promise<() => void>
  /** What a device or a person may hear has changed: they are cut off at once, and come back with what they may hear now. */
  cut(whom: { device: string } | { person: string }): void
}
/** A device and the pages it is being given. */
export type Reader = { device: string; pages: SyncReply['scopes'] }

/** `told`: everyone here has been told of everything up to this position; null until the first listener's poke. */
type Channel = { site: string; ears: Set<Ear>; told: number | null }
const soon = setImmediate

export function createHub(log: Log, report: (error: unknown) => void): Hub {
  const channels = new Map<string, Channel>()
  /** per scope that moved, up to where devices have read it by their own replies */
  const moved = new Map<string, Map<string, number>>()
  let telling = false

  async function tell(): Promise<void> {
    while (moved.size > 0) {
      await new Promise<void>((resolve) => soon(resolve))
      const scopes = [...moved]
      moved.clear()
      for (const [scope, read] of scopes) {
        const channel = channels.get(scope)
        if (!channel || channel.told === null) continue
        const event = await changeOf(log, scope, channel.site, channel.told).catch((error: unknown) => {
          report(error)
          // Who can't be told comes back, and hears where the scope stands.
          for (const ear of channel.ears) leave(ear)
          return null
        })
        if (!event) continue
        channel.told = event.type === 'ops' ? event.to : event.head
        send(channel, event, read)
      }
    }
  }

  function poke(heads: ReadonlyMap<string, number>, reader?: Reader): void {
    for (const scope of heads.keys()) {
      if (!channels.has(scope)) continue
      const read = moved.get(scope) ?? new Map<string, number>()
      moved.set(scope, read)
      const page = reader?.pages[scope]
      if (reader && page && !page.more) read.set(reader.device, page.to)
    }
    if (telling || moved.size === 0) return
    telling = true
    tell()
      .catch(report)
      .finally(() => {
        telling = false
      })
  }

  return {
    poke,
    async listen(ear) {
      const { site, scopes } = ear
      // Listening begins before the heads are read: what is committed in between is told too.
      for (const scope of scopes) {
        const channel = channels.get(scope) ?? { site, ears: new Set(), told: null }
        channels.set(scope, channel)
        channel.ears.add(ear)
      }
      const { epoch, heads } = await headsOf(log, scopes).catch((error: unknown) => {
        hush(ear)
        throw error
      })
      for (const [scope, head] of heads) {
        const channel = channels.get(scope)
        if (channel) channel.told ??= head
        const event: StreamEvent = { type: 'poke', epoch, scope, head }
        ear.tell(event, sent(event))
      }
      poke(heads)
      return () => hush(ear)
    },
    cut(whom) {
      const ears = [...channels.values()].flatMap((channel) => [...channel.ears])
      for (const ear of ears) {
        if ('device' in whom ? ear.device !== whom.device : ear.person !== whom.person) continue
        leave(ear)
      }
    },
  }

  function leave(ear: Ear): void {
    hush(ear)
    ear.end()
  }

  function hush(ear: Ear): void {
    for (const scope of ear.scopes) {
      const channel = channels.get(scope)
      channel?.ears.delete(ear)
      if (channel?.ears.size === 0) channels.delete(scope)
    }
  }
}

function headsOf(log: Log, scopes: readonly string[]): Promise<{ epoch: string; heads: Map<string, number> }> {
  return log.read(async (tx) => {
    const heads = new Map<string, number>()
    for (const scope of scopes) heads.set(scope, (await tx.scope(scope)).head)
    return { epoch: await tx.epoch(), heads }
  })
}

const encoder = new TextEncoder()
const sent = (event: StreamEvent): Uint8Array => encoder.encode(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)

function send(channel: Channel, event: StreamEvent, read: ReadonlyMap<string, number>): void {
  const bytes = sent(event)
  const upTo = event.type === 'ops' ? event.to : event.head
  for (const ear of channel.ears) if ((read.get(ear.device) ?? -1) < upTo) ear.tell(event, bytes)
}

/** What happened in a scope since everyone was told, null if nothing. */
function changeOf(log: Log, scope: string, site: string, told: number): Promise<StreamEvent | null> {
  return log.read(async (tx) => {
    const epoch = await tx.epoch()
    const { head } = await tx.scope(scope)
    if (head === told) return null
    const rows = head < told ? [] : await tx.feed(scope, told, MOST_DOCS + 1)
    const poke: StreamEvent = { type: 'poke', epoch, scope, head }
    if (head < told || rows.length > MOST_DOCS) return poke
    const ops = await opsOf(tx, site, rows, { from: told, since: told }, { device: '', held: new Map(), deltas: true })
    const event: StreamEvent = { type: 'ops', epoch, scope, from: told, to: head, ops }
    return JSON.stringify(ops).length > MOST_BYTES ? poke : event
  })
}
