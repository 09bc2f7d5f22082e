/** Which doc is the product of a number: what is picked of it is booked there. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const products: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('doc').addColumn('sku', 'text').execute()
    await sql`update doc set sku = json_extract(body, '$.sku') where kind = 'product'`.execute(db)
    await db.schema.createIndex('doc_of_sku').on('doc').columns(['site', 'sku']).where(sql<boolean>`"sku" is not null`).execute()
  },
}
