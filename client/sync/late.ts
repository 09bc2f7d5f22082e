/** The part of the device that talks, loaded behind the first screen: a tap and a reload need nothing of it. */
import { AT_FIRST, type Sync, type SyncStatus } from './status.ts'

/** Behaves as the sync it will be. What is asked before it is there is done when it is; `start` says what was missed. */
export function createLateSync(load: () => Promise<Sync>): Sync {
  let sync: Sync | null = null
  let loading: Promise<Sync> | null = null
  let started = false
  const early = new Set<(status: SyncStatus) => void>()
  const ends = new Map<(status: SyncStatus) => void, () => void>()

  function come(): Promise<Sync> {
    loading ??= load().then(
      (come) => {
        sync = come
        for (const fn of early) ends.set(fn, come.subscribe(fn))
        early.clear()
        if (started) come.start()
        return come
      },
      (error: unknown) => {
        // The part could not be had (an update under way, no network at the very first visit): the next reason tries again.
        loading = null
        throw error
      },
    )
    return loading
  }

  return {
    start() {
      started = true
      if (sync) sync.start()
      else come().catch(() => undefined)
    },
    async stop() {
      started = false
      await (sync ?? (await loading?.catch(() => null)))?.stop()
    },
    status: () => sync?.status() ?? AT_FIRST,
    subscribe(fn) {
      if (sync) return sync.subscribe(fn)
      early.add(fn)
      return () => {
        early.delete(fn)
        ends.get(fn)?.()
      }
    },
    now: async () => (await come()).now(),
    poke(reason) {
      if (sync) sync.poke(reason)
      else if (started) come().catch(() => undefined)
    },
  }
}
