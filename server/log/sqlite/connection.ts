/** One connection to the file, with the promises the log makes: WAL, a real fsync per commit, foreign keys. */
import Database, { type Cell, type Statement } from 'better-sqlite3'

export type { Cell }
export type Connection = {
  readonly handle: Database
  prepare(sql: string): Statement
  close(): void
}

const FULL = 2

/** In WAL mode `synchronous` comes up as NORMAL when an existing file is opened again, so it is set on every connection. */
export function connect(file: string, mode: 'write' | 'read'): Connection {
  const handle = new Database(file, { readonly: mode === 'read', timeout: 5000 })
  if (mode === 'write') handle.pragma('journal_mode = WAL')
  handle.pragma('synchronous = FULL')
  handle.pragma('foreign_keys = ON')
  handle.pragma('cache_size = -65536')
  const synchronous = handle.pragma('synchronous', { simple: true })
  if (synchronous !== FULL) throw new Error(`SQLite runs with synchronous=${String(synchronous)}, wanted ${FULL} (FULL)`)
  const prepared = new Map<string, Statement>()
  return {
    handle,
    prepare(sql) {
      let statement = prepared.get(sql)
      if (!statement) {
        statement = handle.prepare(sql)
        prepared.set(sql, statement)
      }
      return statement
    },
    close: () => handle.close(),
  }
}
