/** Counts the checks of the instance's health: something that really changes, so that a check really writes. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const checks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('instance')
      .addColumn('checks', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}
