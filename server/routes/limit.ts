/** How often a door may be tried in vain, by whatever tells the callers apart. In memory: a restart forgives. */
import { problem } from './problem.ts'

type Window = { endsAt: number; tries: number }
/** Above these the windows that have ended are swept out. */
const MOST_WINDOWS = 10_000

export type Limit = {
  /** Counts a try before it is made, or throws 429. Calling what it returns says that the try was right and doesn't count. */
  take(key: string): () => void
}

export function createLimit({ now, most, windowMs }: { now: () => number; most: number; windowMs: number }): Limit {
  const windows = new Map<string, Window>()
  function current(key: string): Window {
    const window = windows.get(key)
    if (window && window.endsAt > now()) return window
    if (windows.size >= MOST_WINDOWS) for (const [each, { endsAt }] of windows) if (endsAt <= now()) windows.delete(each)
    const fresh = { endsAt: now() + windowMs, tries: 0 }
    windows.set(key, fresh)
    return fresh
  }
  return {
    take(key) {
      const window = current(key)
      if (window.tries >= most) throw problem(429, 'too-many', {}, { 'Retry-After': String(Math.ceil((window.endsAt - now()) / 1000)) })
      window.tries += 1
      return () => {
        window.tries -= 1
      }
    },
  }
}

export const TEN_MINUTES = 600_000
export const HOUR = 3_600_000
