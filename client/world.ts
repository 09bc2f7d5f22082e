/** The world a device lives in, handed in so that tests and the simulation can turn its clock, cut its network and seed its chance. */
import type { Random } from '../shared/sync/id.ts'
import type { About } from '../shared/sync/wire.ts'

export type World = {
  /** ms since 1970 by this device's clock */
  now(): number
  /** ms on a clock that never jumps, from the start of `boot` */
  mono(): number
  boot: string
  zone: string
  app: string
  /** origin of the server, '' for the page's own */
  base: string
  random: Random
  fetch(url: string, init?: RequestInit): Promise<Response>
  /** Resolves after ms, or early when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
  /** How this device is, as far as its browser tells; missing where there is none. */
  about?(): Promise<Omit<About, 'refused'>>
  /** Resolves when the screen has had the time to draw what has just changed; at once where nobody looks. */
  drawn(): Promise<void>
  /** Runs work while holding a lock shared by all tabs; 'busy' if another tab holds it. Being right never depends on it. */
  lock<T>(name: string, work: () => Promise<T>): Promise<T | 'busy'>
  /** The same in its turn, however long that takes; rejects if the signal aborts before. */
  queue<T>(name: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>
}
