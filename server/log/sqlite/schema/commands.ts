/** The log itself: what was asked, what was answered, what happened; and what nobody could place. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const commands: Migration = {
  async up(db: Kysely<unknown>) {
    const make = db.schema
    await make
      .createTable('command')
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('v', 'integer', (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('grant', 'text', (column) => column.notNull())
      .addColumn('clock', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('receivedAt', 'text', (column) => column.notNull())
      .addColumn('seen', 'integer', (column) => column.notNull())
      .addColumn('signed', 'integer', (column) => column.notNull())
      .addColumn('blobs', 'text', (column) => column.notNull())
      .addColumn('payloadHash', 'text', (column) => column.notNull())
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('verdict', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('decidedAt', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('command_id', ['site', 'id'])
      .addUniqueConstraint('command_seq', ['site', 'device', 'seq'])
      .execute()
    await make
      .createTable('event')
      .addColumn('site', 'text', (column) => column.notNull())
      .addColumn('doc', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('command', 'text', (column) => column.notNull())
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('event_version', ['site', 'doc', 'version'])
      .execute()
    await make
      .createTable('quarantine')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('site', 'text')
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('receivedAt', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute()
    await make.createIndex('quarantine_of_site').on('quarantine').columns(['site', 'id']).execute()
  },
}
