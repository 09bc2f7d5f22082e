/** The world the server lives in, handed in so that tests and the simulation can turn its clock and seed its chance. */
import type { Random } from '../shared/sync/id.ts'
import type { Blobs } from './blobs/blobs.ts'
import type { Log } from './log/log.ts'
import type { Grants } from './people/grant.ts'
import type { Client } from './routes/static.ts'
import type { Hub } from './sync/hub.ts'

export type Outside = {
  log: Log
  blobs: Blobs
  /** a folder for imports under way, emptied when the first one comes; without one, one of the system's temporary folders */
  imports?: string
  /** ms since 1970 */
  now(): number
  random: Random
  /** version of the app, as the devices know it */
  app: string
  /** the built app that browsers get; without it the server has doors and no pages */
  client?: Client
  /** Resolves after ms, or early when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  /** Told of every fault, with a reference that the person saw. */
  report(error: unknown, reference: string): void
}

/** What the doors work with. */
export type World = Outside & { grants: Grants; hub: Hub }
