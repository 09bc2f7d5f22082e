/** Which blobs are stored, in SQLite. */
import type { BlobRow } from '../log.ts'
import type { Connection } from './connection.ts'
import { build, given, inserter, listed } from './statement.ts'

const blobByHash = given<{ site: string; sha256: string }>()((slot) =>
  build.selectFrom('blob').selectAll().where('site', '=', slot('site')).where('sha256', '=', slot('sha256')),
)
export const blob = (db: Connection, site: string, sha256: string): BlobRow | null => blobByHash.get(db, { site, sha256 }) ?? null

const storedOf = given<{ site: string; hashes: string }>()((slot) =>
  build.selectFrom('blob').select('sha256').where('site', '=', slot('site')).where('sha256', 'in', listed(slot('hashes'))),
)
export function blobsMissing(db: Connection, site: string, hashes: readonly string[]): string[] {
  if (hashes.length === 0) return []
  const stored = new Set(storedOf.all(db, { site, hashes: JSON.stringify(hashes) }).map((row) => row.sha256))
  return [...new Set(hashes)].filter((hash) => !stored.has(hash))
}

const addBlobRow = inserter<BlobRow>('blob', ['site', 'sha256', 'size', 'storedAt'], 'on conflict (site, sha256) do nothing')
export const addBlob = (db: Connection, row: BlobRow): void => addBlobRow(db, [row])
