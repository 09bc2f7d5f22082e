/** A device, put together: its tables, its people, its sync. Runs in a page, in a service worker and headless. */
import { DeviceDb } from './db.ts'
import type { Act, Done, Issued } from './issue.ts'
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
   * `stored` is called in the turn in which it is stored. Rejects with the cause when the device could not store it: then
   * nothing was recorded.
   */
  issue(acts: readonly Act[], stored?: (done: Done) => void): Promise<Issued>
  /** Hears of every act that is made here, in the turn in which it is stored. Returns what ends it. */
  onIssued(hear: (done: Done) => void): () => void
  /** Hears when the tables are open again that the browser had closed. What was in them may be gone. */
  onReopened(hear: () => void): void
  close(): Promise<void>
}
export type DeviceOptions = { world: World; name?: string; indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange }

/** Everything that decides: not part of the first load. Kept, since to ask the browser again costs a tap some of its time. */
let loading: Promise<typeof import('./issue.ts')> | null = null
export function rules(): Promise<typeof import('./issue.ts')> {
  loading ??= import('./issue.ts').catch((error: unknown) => {
    // What could not be had now is asked for again.
    loading = null
    throw error
  })
  return loading
}

export function openDevice({ world, name = 'countersign', ...options }: DeviceOptions): Device {
  const db = new DeviceDb(name, options)
  const pictures = openPictures(db, world, options)
  const hearers = new Set<(done: Done) => void>()
  const reopened: (() => void)[] = []
  db.keepOpen(world.wait, () => {
    for (const hear of reopened) hear()
  })
  const sync = createLateSync(async () => (await import('./sync/sync.ts')).createSync(db, world, pictures))
  return {
    db,
    pictures,
    world,
    sync,
    people: createPeople(db, world, sync),
    async issue(acts, stored) {
      // The rules come with the first place that needs them, and are there before its first tap.
      const { issue } = await rules()
      await db.opened()
      return issue(db, world, acts, (done) => {
        for (const hear of hearers) hear(done)
        stored?.(done)
        // The screen first: what is sent meanwhile takes of the same processor.
        void world.drawn().then(() => sync.poke('tap'))
      })
    },
    onIssued(hear) {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
    onReopened: (hear) => void reopened.push(hear),
    async close() {
      await sync.stop()
      pictures.close()
      db.close()
    },
  }
}
