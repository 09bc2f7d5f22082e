/** What happens elsewhere and matters here: in another tab, at the server, while nobody looked. Loaded behind the first screen. */
import { Dexie, liveQuery } from 'dexie'
import type { Device } from '../device.ts'

/** A newer version is asked for so often, and at most so often when somebody comes back. */
const [HOUR, TEN_MINUTES] = [3_600_000, 600_000]
/** What waits for so long was left behind: whoever stored it sends it at once, or tries to. */
const LEFT_MS = 5000

/** `look` asks whether there is a newer version of the app. */
export function lookOut({ db, sync, world }: Pick<Device, 'db' | 'sync' | 'world'>, look: () => Promise<void>): void {
  // Who is here, or what the device is: whoever listens for the one before stops, and who waits for its turn has it.
  let who: string | null = null
  liveQuery(() => db.readAll('identity', 'current')).subscribe({
    next({ identity, current = '' }) {
      const now = `${identity?.device ?? ''} ${current}`
      if (who !== null && who !== now) sync.poke('signed-in')
      who = now
    },
    error: () => undefined,
  })

  // Work that a tab stored which was closed, or stands still, before it was sent.
  let quiet = new AbortController()
  Dexie.on('storagemutated', (parts) => {
    if (!parts[`idb://${db.name}/outbox/`]) return
    quiet.abort()
    quiet = new AbortController()
    const { signal } = quiet
    void world.wait(LEFT_MS, signal).then(async () => !signal.aborted && (await db.outbox.where('state').equals('waiting').count()) > 0 && sync.poke('poke')).catch(() => undefined)
  })

  let lookedAt = world.mono()
  let needed = false
  const lookNow = () => {
    lookedAt = world.mono()
    void look().catch(() => undefined)
  }
  setInterval(lookNow, HOUR)
  sync.subscribe(({ update }) => {
    if (update && !needed) lookNow()
    needed = update
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && (needed || world.mono() - lookedAt > TEN_MINUTES)) lookNow()
  })
}
