/** How the files of a source are read: what a person settled once is offered again. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const mappings: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('mapping')
      .addColumn('site', 'text', (column) => column.notNull().references('site.id'))
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('usedAt', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('mapping_source', ['site', 'source'])
      .execute()
    await db.schema.createIndex('mapping_of_header').on('mapping').columns(['site', 'fingerprint', 'usedAt']).execute()
  },
}
