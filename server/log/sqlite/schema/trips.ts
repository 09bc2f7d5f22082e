/** Which orders are on which trip: who changes the trip takes them along. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const trips: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('doc').addColumn('trip', 'text').execute()
    await sql`update doc set trip = json_extract(body, '$.trip.id') where kind = 'order'`.execute(db)
    await db.schema.createIndex('doc_on_trip').on('doc').columns(['site', 'trip']).where(sql<boolean>`"trip" is not null`).execute()
  },
}
