/** A device, put together: its tables, its people, its sync. Runs in a page, in a service worker and headless. */
import { DeviceDb } from './db.ts'
import type { Act, Issued } from './issue.ts'
import { createPeople, type People } from './people/people.ts'
import { openPictures, type Pictures } from './pictures.ts'
import { createLateSync } from './sync/late.ts'
import type { Sync } from './sync/status.ts'
import type { World } from './world.ts'

export type Device = {
  db: DeviceDb
  pictures: Pictures
  world: World
  sync: Sync
  people: People
  /**
   * Rejects with the cause when the device could not store it: then nothing was recorded. A connection to the tables that the
   * browser dropped is opened again by Dexie.
   */
  issue(...acts: Act[]): Promise<Issued>
  close(): Promise<void>
}
export type DeviceOptions = { world: World; name?: string; indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange }

/** Everything that decides: not part of the first load. */
export const rules = () => import('./issue.ts')

export function openDevice({ world, name = 'countersign', ...options }: DeviceOptions): Device {
  const db = new DeviceDb(name, options)
  const pictures = openPictures(db, world, options)
  const sync = createLateSync(async () => (await import('./sync/sync.ts')).createSync(db, world, pictures))
  return {
    db,
    pictures,
    world,
    sync,
    people: createPeople(db, world, sync),
    async issue(...acts) {
      // The rules come with the first place that needs them, and are there before its first tap.
      const { issue } = await rules()
      const issued = await issue(db, world, ...acts)
      if ('done' in issued) sync.poke('tap')
      return issued
    },
    async close() {
      await sync.stop()
      pictures.close()
      db.close()
    },
  }
}
