/** What a supervisor decided of what was set apart; and that the same file counts once, however often it comes. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const quarantine: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('quarantine').addColumn('digest', 'text', (column) => column.notNull().defaultTo('')).execute()
    await db.schema.alterTable('quarantine').addColumn('closed', 'text').execute()
    await db.schema.createIndex('quarantine_digest').on('quarantine').column('digest').execute()
  },
}
