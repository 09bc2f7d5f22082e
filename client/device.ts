/** A device, put together: its tables, its people, its sync. Runs in a page, in a service worker and headless. */
import type { DeviceDb } from './db.ts'
import type { Act, Issued } from './issue.ts'
import type { People } from './people/people.ts'
import type { Pictures } from './pictures.ts'
import type { Sync } from './sync/status.ts'
import type { World } from './world.ts'

export type Device = {
  db: DeviceDb
  pictures: Pictures
  world: World
  sync: Sync
  people: People
  /** Rejects with the cause when the device could not store it: then nothing was recorded. */
  issue(...acts: Act[]): Promise<Issued>
  close(): Promise<void>
}
export type DeviceOptions = { world: World; name?: string; indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange }

export function openDevice(_options: DeviceOptions): Device {
  throw new Error('not built yet')
}
