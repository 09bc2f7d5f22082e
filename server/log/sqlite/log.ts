/** The log in one SQLite file: one connection writes, others read what is committed. */
import type { Random } from '../../../shared/sync/id.ts'
import { format } from '../../../shared/sync/id.ts'
import type { Log, ReadTx } from '../log.ts'
import { type Connection, connect } from './connection.ts'
import { WriteGroup } from './group.ts'
import { ensureEpoch, storedSecret } from './instance.ts'
import { migrate } from './schema/migrate.ts'
import { readTx, writeTx } from './transaction.ts'

const MOST_READERS = 4

export async function openSqliteLog(options: { file: string; random: Random }): Promise<Log> {
  const { file, random } = options
  const writer = connect(file, 'write')
  await migrate(writer)
  ensureEpoch(writer, format(random(16), 4))
  const group = new WriteGroup(writer)
  const tx = writeTx(writer, random)
  const readers = new Readers(file)

  const log: Log = {
    write: (work) => group.write(() => work(tx)),
    read: (work) =>
      readers.use((db) => {
        // A secret that isn't there yet has to be written, by the connection that writes.
        const secret: ReadTx['secret'] = async (name) => storedSecret(db, name) ?? log.write((write) => write.secret(name))
        return work(readTx(db, secret))
      }),
    async close() {
      await group.close()
      await readers.close()
      writer.close()
    },
  }
  return log
}

/** A few connections for reading; who finds none free waits. */
class Readers {
  readonly #file: string
  readonly #free: Connection[] = []
  readonly #waiting: ((db: Connection) => void)[] = []
  #open = 0
  #idle: (() => void) | null = null

  constructor(file: string) {
    this.#file = file
  }

  async use<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    const db = await this.#take()
    try {
      db.prepare('begin').run()
      return await work(db)
    } finally {
      if (db.handle.inTransaction) db.prepare('commit').run()
      this.#give(db)
    }
  }

  /** Waits for the reads under way. */
  async close(): Promise<void> {
    if (this.#free.length < this.#open) await new Promise<void>((resolve) => (this.#idle = resolve))
    for (const db of this.#free) db.close()
  }

  #take(): Connection | Promise<Connection> {
    const free = this.#free.pop()
    if (free) return free
    if (this.#open < MOST_READERS) {
      this.#open += 1
      return connect(this.#file, 'read')
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #give(db: Connection): void {
    const next = this.#waiting.shift()
    if (next) {
      next(db)
      return
    }
    this.#free.push(db)
    if (this.#free.length === this.#open) this.#idle?.()
  }
}
