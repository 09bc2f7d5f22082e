/** Tables that the browser may close at any time. Dexie opens them again once; where that failed, it would say no to everything for good. */
import { Dexie, type Table } from 'dexie'

const [SOON_MS, LATE_MS] = [100, 5000]

// On localhost it would note for a debugger from where each request came: a quarter of what a tap takes.
Dexie.debug = false

export class Tables extends Dexie {
  private shut = false

  override close(how = { disableAutoOpen: true }): void {
    this.shut = how.disableAutoOpen
    super.close(how)
  }

  /** One more attempt, for whom it matters now. Rejects with the cause. */
  async opened(): Promise<void> {
    if (!this.isOpen() && !this.shut) await this.open()
  }

  /** Until they are closed on purpose. `reopened` hears each time that they are open again; what was in them may be gone. */
  keepOpen(wait: (ms: number) => Promise<void>, reopened?: () => void): void {
    let trying = false
    this.on('close', async () => {
      if (trying) return
      trying = true
      for (let pause = SOON_MS; trying; pause = Math.min(2 * pause, LATE_MS)) {
        await wait(pause)
        if (this.shut) break
        trying = await this.open().then(
          () => false,
          () => true,
        )
      }
      trying = false
      if (!this.shut) reopened?.()
    })
  }
}

/** A cursor over many keys steps from each to the next that is there. */
export const MOST_SIDE_BY_SIDE = 20
/** Rows of which the index has one of these keys; one that has several of them, once for each. A few are asked for side by side: a cursor goes there and back for each. */
export async function rowsWith<T, K, I>(table: Table<T, K, I>, index: string, keys: readonly string[]): Promise<T[]> {
  const wanted = [...new Set(keys)]
  if (wanted.length > MOST_SIDE_BY_SIDE) return table.where(index).anyOf(wanted).toArray()
  return (await Promise.all(wanted.map((key) => table.where(index).equals(key).toArray()))).flat()
}
