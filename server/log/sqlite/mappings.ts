/** Remembered mappings of imports in SQLite. */
import type { MappingRow } from '../log.ts'
import type { Connection } from './connection.ts'
import { build, given, inserter } from './statement.ts'

const newestOf = given<{ site: string; fingerprint: string }>()((slot) =>
  build
    .selectFrom('mapping')
    .selectAll()
    .where('site', '=', slot('site'))
    .where('fingerprint', '=', slot('fingerprint'))
    .orderBy('usedAt', 'desc')
    .orderBy('source')
    .limit(1),
)
export const mappingFor = (db: Connection, site: string, fingerprint: string): MappingRow | null => newestOf.get(db, { site, fingerprint }) ?? null

const newest = given<{ site: string; limit: number }>()((slot) =>
  build.selectFrom('mapping').select('source').where('site', '=', slot('site')).orderBy('usedAt', 'desc').orderBy('source').limit(slot('limit')),
)
export const mappingSources = (db: Connection, site: string, limit: number): string[] => newest.all(db, { site, limit }).map(({ source }) => source)

const saveRow = inserter<MappingRow>(
  'mapping',
  ['site', 'source', 'fingerprint', 'body', 'person', 'usedAt'],
  'on conflict (site, source) do update set fingerprint = excluded.fingerprint, body = excluded.body, person = excluded.person, usedAt = excluded.usedAt',
)
export const saveMapping = (db: Connection, row: MappingRow): void => saveRow(db, [row])
