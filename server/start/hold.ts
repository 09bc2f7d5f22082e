/**
 * One server per data folder: two would not tell each other's phones what changed, and each ends what the other has under way.
 * The system lifts the lock when the process ends, however it ends.
 */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { codeOf, StartFault } from './fault.ts'

/** A server that is just ending gets this long to be gone. */
const PATIENCE_MS = 3_000

/** Returns what lets it go. */
export function holdFolder(folder: string): () => void {
  try {
    const lock = new Database(join(folder, 'server.lock'), { timeout: PATIENCE_MS })
    lock.prepare('begin exclusive').run()
    return () => lock.close()
  } catch (cause) {
    throw new StartFault(codeOf(cause).startsWith('SQLITE_BUSY') ? 'folderTaken' : 'noData', { directory: folder }, cause)
  }
}
