/** What devices may hold: the folded docs, the scopes with their heads, and per scope the latest position of each doc. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const docs: Migration = {
  async up(db: Kysely<unknown>) {
    const make = db.schema
    await make
      .createTable('doc')
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('sum', 'integer', (column) => column.notNull())
      .addColumn('size', 'integer', (column) => column.notNull())
      .addColumn('applied', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('doc_id', ['site', 'id'])
      .execute()
    await make.createIndex('doc_anywhere').on('doc').column('id').execute()
    await make
      .createTable('scope')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('head', 'integer', (column) => column.notNull())
      .addColumn('minPosition', 'integer', (column) => column.notNull())
      .execute()
    await make
      .createTable('feed')
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull())
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('op', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('prevPosition', 'integer', (column) => column.notNull())
      .addColumn('prevVersion', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('feed_doc', ['scope', 'doc'])
      .execute()
    await make.createIndex('feed_position').unique().on('feed').columns(['scope', 'position']).execute()
    await make.createIndex('feed_exits').on('feed').column('at').where(sql<boolean>`"op" = 'exit'`).execute()
  },
}
