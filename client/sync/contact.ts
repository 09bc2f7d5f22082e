/** What the screens hear of the line: who listens hears each change once. */
import type { DeviceDb } from '../db.ts'
import type { World } from '../world.ts'
import type { Ended } from './schedule.ts'
import { AT_FIRST, type Sync, type SyncStatus } from './status.ts'

export const TROUBLE: Ended = { step: 'trouble', retryAfter: 0 }

export type Contact = Pick<Sync, 'status' | 'subscribe'> & {
  say(change: Partial<SyncStatus>): void
  /** Somebody answered; gives back how it ended. */
  hear(ended?: Ended): Ended
  /** Nobody did. */
  silence(): Ended
}

export function createContact(db: DeviceDb, world: World): Contact {
  let status: SyncStatus = AT_FIRST
  const listeners = new Set<(status: SyncStatus) => void>()
  const say = (change: Partial<SyncStatus>) => {
    const entries = Object.entries(change) as [keyof SyncStatus, unknown][]
    if (entries.every(([key, value]) => Object.is(status[key], value))) return
    status = { ...status, ...change }
    for (const fn of listeners) fn(status)
  }
  /** Since when nobody answers is known after a reload too. Only a word on a screen: work waits for none of it. */
  function keepOut(since: number | null): void {
    void db.put('out', { since }).catch(() => undefined)
  }
  return {
    status: () => status,
    subscribe(fn) {
      listeners.add(fn)
      return () => listeners.delete(fn)
    },
    say,
    hear(ended = TROUBLE) {
      if (status.outSince !== null) keepOut(null)
      say({ contact: 'online', lastContact: world.now(), outSince: null })
      return ended
    },
    silence() {
      if (status.outSince === null) keepOut(world.now())
      say({ contact: 'offline', outSince: status.outSince ?? world.now() })
      return TROUBLE
    },
  }
}
