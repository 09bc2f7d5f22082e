/** The real world: this browser's clock, chance, network and locks. */
import type { About } from '../shared/sync/wire.ts'
import type { World } from './world.ts'

const MOST_DRAWN_MS = 300

export function browserWorld(): World {
  return {
    now: () => Date.now(),
    mono: () => performance.now(),
    // One per page load: performance.now() begins anew with it.
    boot: crypto.randomUUID().slice(0, 8),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    app: __APP_VERSION__,
    base: '',
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    fetch: (url, init) => fetch(url, init),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const timer = setTimeout(done, ms)
        function done() {
          clearTimeout(timer)
          signal?.removeEventListener('abort', done)
          resolve()
        }
        signal?.addEventListener('abort', done)
      }),
    about,
    drawn: () =>
      new Promise((resolve) => {
        if (document.visibilityState === 'hidden') return resolve()
        // A page that is hidden meanwhile draws no more frames.
        setTimeout(resolve, MOST_DRAWN_MS)
        // The first frame shows what changed, the second what follows from it; a task after it, both are on the glass.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))
      }),
    lock: (name, work) =>
      'locks' in navigator
        ? navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : ('busy' as const)))
        : work(),
    queue: (name, work, signal) => ('locks' in navigator ? navigator.locks.request(name, { signal }, work) : work()),
  }
}

type Charged = { getBattery?(): Promise<{ level: number }> }
/** What a browser does not tell, or not in time, is null. */
async function about(): Promise<Omit<About, 'refused'>> {
  const soon = <T>(ask: Promise<T> | undefined): Promise<T | null> => Promise.race([ask ?? null, new Promise<null>((done) => setTimeout(() => done(null), 1000))]).catch(() => null)
  const [room, persistent, battery] = await Promise.all([soon(navigator.storage?.estimate?.()), soon(navigator.storage?.persisted?.()), soon((navigator as Navigator & Charged).getBattery?.())])
  const free = room?.quota === undefined ? null : Math.max(0, Math.round(room.quota - (room.usage ?? 0)))
  return { free, persistent, battery: battery && Math.round(battery.level * 100) / 100 }
}
