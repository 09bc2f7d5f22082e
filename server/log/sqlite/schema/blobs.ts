/** Which bytes the server has: the bytes themselves lie in a folder or an object store. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const blobs: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('blob')
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('size', 'integer', (column) => column.notNull())
      .addColumn('storedAt', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('blob_hash', ['site', 'sha256'])
      .execute()
  },
}
