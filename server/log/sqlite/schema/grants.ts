/** Shift grants whose token was proven: their devices need not send it again. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const grants: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('grant')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute()
  },
}
