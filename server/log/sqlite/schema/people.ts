/** Who and what may talk to the server: the instance, its sites, people, one-time codes, devices. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const people: Migration = {
  async up(db: Kysely<unknown>) {
    const make = db.schema
    await make
      .createTable('instance')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('epoch', 'text', (column) => column.notNull())
      .execute()
    await make
      .createTable('secret')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'blob', (column) => column.notNull())
      .execute()
    await make
      .createTable('site')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('currency', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'text', (column) => column.notNull())
      .execute()
    await make
      .createTable('person')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('site', 'text', (column) => column.notNull().references('site.id'))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('roles', 'text', (column) => column.notNull())
      .addColumn('pinHash', 'text')
      .addColumn('wrongPins', 'integer', (column) => column.notNull())
      .addColumn('lockedUntil', 'text')
      .addColumn('revokedAt', 'text')
      .execute()
    await make.createIndex('person_of_site').on('person').columns(['site', 'name']).execute()
    await make
      .createTable('code')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('site', 'text', (column) => column.references('site.id'))
      .addColumn('expiresAt', 'text', (column) => column.notNull())
      .addColumn('usedAt', 'text')
      .execute()
    await make
      .createTable('device')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('site', 'text', (column) => column.notNull().references('site.id'))
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('tokenHash', 'text', (column) => column.notNull().unique())
      .addColumn('publicKey', 'text', (column) => column.notNull())
      .addColumn('lastSeq', 'integer', (column) => column.notNull())
      .addColumn('enrolledAt', 'text', (column) => column.notNull())
      .addColumn('revokedAt', 'text')
      .addColumn('forkOf', 'text')
      .addColumn('seen', 'text')
      .addUniqueConstraint('device_number', ['site', 'number'])
      .execute()
  },
}
