/** The stream of what others do: open while somebody may read, by one tab at a time, and again later and later when it ends soon. */
import type { DeviceDb } from '../db.ts'
import type { World } from '../world.ts'
import { credentials } from './line.ts'
import { standing } from './standing.ts'
import { listen } from './stream.ts'

/** A stream that ends sooner is no good: it is opened again later and later. */
const SHORT_MS = 10_000

/** Another tab listens first: until it is gone this one waits, and what that one hears is in the tables, and so on this screen. */
type Line = { of: string; end: AbortController; ended: Promise<void>; openedAt: number | null }
/** `behind`: there is more than what was heard. `deafened`: nothing is heard, until a round after `at` opens the line again. */
type Ear = { db: DeviceDb; world: World; mayListen(): boolean; behind(): void; deafened(at: number): void }

export function createListening({ db, world, mayListen, behind, deafened }: Ear) {
  let line: Line | null = null
  let shortLines = 0
  let openAfter = -Infinity
  /** Listens for whoever is at the device; stops when nobody may. */
  async function attend(fine: boolean): Promise<void> {
    const { identity, reader } = await standing(db, world)
    const may = identity && typeof reader === 'object' && mayListen()
    const of = may ? `${identity.device} ${reader.id}` : ''
    if (line && line.of !== of) {
      line.end.abort()
      line = null
    }
    if (!may || line || !fine || world.mono() < openAfter) return
    const mine: Line = { of, end: new AbortController(), ended: Promise.resolve(), openedAt: null }
    line = mine
    const headers = await credentials(db)
    mine.ended = world
      .queue(`${db.name}/stream`, () => heard(mine, headers), mine.end.signal)
      .catch((): 'ended' => 'ended')
      .then((how) => {
        if (line !== mine) return
        line = null
        if (mine.openedAt === null) return
        const short = world.mono() - mine.openedAt < SHORT_MS
        shortLines = short ? shortLines + 1 : 0
        openAfter = short ? world.mono() + Math.min(60_000, 1000 * 2 ** shortLines) : -Infinity
        if (short) deafened(openAfter)
        else if (how === 'ended') behind()
      })
  }
  function heard(mine: Line, headers: Record<string, string>) {
    mine.openedAt = world.mono()
    return listen({ db, world, headers, behind, signal: mine.end.signal })
  }

  return {
    attend,
    /** Whoever waits for another tab is not: that one may be frozen. */
    is: () => (line?.openedAt ?? null) !== null,
    /** Resolves when the stream is closed. */
    async end() {
      line?.end.abort()
      await line?.ended
    },
  }
}
