/** How sync stands, for the screens: what real requests said, never `navigator.onLine`. */

/** Why to talk now. Reasons, not flags: the schedule decides what each is worth. */
export type Reason = 'start' | 'tap' | 'visible' | 'online' | 'poke' | 'person' | 'signed-in'

export type SyncStatus = {
  contact: 'unknown' | 'online' | 'offline'
  /** a round trip is under way */
  busy: boolean
  /** ms since 1970, by this device's clock */
  lastContact: number | null
  /** since when nobody answers */
  outSince: number | null
  nextTryAt: number | null
  /** Everything is kept. 'no-grant': work still goes out, news doesn't come in until somebody signs in. */
  paused: null | 'unknown-device' | 'device-revoked' | 'no-grant'
  /** the server wants a newer app before it gives news; work still goes out */
  update: boolean
  /** the first load of a scope, in docs; `of` is 0 while nobody knows how many */
  loading: { scope: string; done: number; of: number } | null
}

export type Sync = {
  start(): void
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>
  status(): SyncStatus
  /** Calls back with every change; returns what ends it. */
  subscribe(fn: (status: SyncStatus) => void): () => void
  /** A person asks: at once. Resolves when the round is over, whatever came of it. */
  now(): Promise<SyncStatus>
  poke(reason: Reason): void
}

export const AT_FIRST: SyncStatus = {
  contact: 'unknown',
  busy: false,
  lastContact: null,
  outSince: null,
  nextTryAt: null,
  paused: null,
  update: false,
  loading: null,
}
