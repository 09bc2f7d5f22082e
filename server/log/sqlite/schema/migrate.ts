/** Brings a file up to the newest tables. A migration that has shipped is never edited; a new one follows it. */
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Connection } from '../connection.ts'
import { blobs } from './blobs.ts'
import { checks } from './checks.ts'
import { commands } from './commands.ts'
import { docs } from './docs.ts'
import { grants } from './grants.ts'
import { mappings } from './mappings.ts'
import { people } from './people.ts'
import { products } from './products.ts'
import { quarantine } from './quarantine.ts'
import { trails } from './trails.ts'
import { trips } from './trips.ts'

const MIGRATIONS = { '0001-people': people, '0002-commands': commands, '0003-docs': docs, '0004-blobs': blobs, '0005-checks': checks, '0006-mappings': mappings, '0007-grants': grants, '0008-trips': trips, '0009-quarantine': quarantine, '0010-trails': trails, '0011-products': products }

export async function migrate(connection: Connection): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: connection.handle }) })
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateToLatest()
  if (error) throw new Error('the tables could not be brought up to date', { cause: error })
}
