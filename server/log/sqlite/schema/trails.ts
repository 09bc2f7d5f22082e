/** Which versions a doc had at which positions before: a device that missed several changes of a doc is told what it missed, not the doc. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const trails: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('feed')
      .addColumn('trail', 'text', (column) => column.notNull().defaultTo(''))
      .execute()
    await sql`update feed set trail = "prevPosition" || ':' || "prevVersion" || ' ' where "prevVersion" > 0`.execute(db)
    await db.schema.alterTable('feed').dropColumn('prevPosition').execute()
    await db.schema.alterTable('feed').dropColumn('prevVersion').execute()
  },
}
