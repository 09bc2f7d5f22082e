/**
 * Group commit. Writers queue; all that wait when a transaction begins run in it one after the other, each in a savepoint
 * of its own, and share its one commit. A writer that throws is undone alone.
 *
 *   queue ──▶ BEGIN ─▶ (SAVEPOINT · work · RELEASE | ROLLBACK TO) × n ─▶ COMMIT, fsync ─▶ every promise settles
 */
import { LogBusy } from '../log.ts'
import type { Connection } from './connection.ts'

type Writer = { run: () => Promise<unknown>; done: (value: unknown) => void; failed: (error: unknown) => void }
type Outcome = () => void

/** Bounds how long others wait for one commit. */
const MOST_WRITERS = 64
/** Taken when the module loads: a test that turns the clock must not stop the log. */
const soon = setImmediate

export class WriteGroup {
  readonly #db: Connection
  readonly #queue: Writer[] = []
  #running: Promise<void> | null = null
  #closed = false

  constructor(db: Connection) {
    this.#db = db
  }

  write<T>(run: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new LogBusy('the log is closed'))
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run, done: (value) => resolve(value as T), failed: reject })
      this.#running ??= this.#drain()
    })
  }

  /** Waits for the writers that were already accepted. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#running
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // One turn of the loop lets requests that arrived together become one group.
      await new Promise<void>((resolve) => soon(resolve))
      const group = this.#queue.splice(0, MOST_WRITERS)
      try {
        for (const settle of await this.#commit(group)) settle()
      } catch (error) {
        if (this.#db.handle.inTransaction) this.#db.prepare('rollback').run()
        for (const writer of group) writer.failed(told(error))
      }
    }
    this.#running = null
  }

  /** The outcomes, to be told only after the commit. Throws if the transaction itself failed: then nothing stands. */
  async #commit(group: readonly Writer[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    this.#db.prepare('begin immediate').run()
    for (const writer of group) {
      this.#db.prepare('savepoint writer').run()
      try {
        const value = await writer.run()
        this.#db.prepare('release writer').run()
        outcomes.push(() => writer.done(value))
      } catch (error) {
        // A full disk or an I/O error has ended the whole transaction.
        if (!this.#db.handle.inTransaction) throw error
        this.#db.prepare('rollback to writer').run()
        this.#db.prepare('release writer').run()
        outcomes.push(() => writer.failed(told(error)))
      }
    }
    this.#db.prepare('commit').run()
    return outcomes
  }
}

const PASSING = ['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_FULL', 'SQLITE_IOERR']
function told(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return PASSING.some((each) => code.startsWith(each)) ? new LogBusy(`the store can't write now: ${code}`, { cause: error }) : error
}
