/** Commands with their verdicts, events, and the quarantine in SQLite. */
import { sql } from 'kysely'
import type { DocEvent } from '../../../shared/sync/doc.ts'
import type { Verdict } from '../../../shared/sync/wire.ts'
import type { Apart, CommandRow, EventRow, HistoryRow, QuarantineRow } from '../log.ts'
import type { Tables } from '../tables.ts'
import type { Connection } from './connection.ts'
import { build, given, inserter, listed } from './statement.ts'

const verdictsById = given<{ site: string; ids: string }>()((slot) =>
  build.selectFrom('command').select(['id', 'seq', 'verdict', 'reason', 'decidedAt']).where('site', '=', slot('site')).where('id', 'in', listed(slot('ids'))),
)
export function verdicts(db: Connection, site: string, ids: readonly string[]): Map<string, Verdict> {
  const found = ids.length === 0 ? [] : verdictsById.all(db, { site, ids: JSON.stringify(ids) })
  return new Map(
    found.map(({ id, seq, verdict, reason, decidedAt }) => [
      id,
      {
        id,
        seq,
        verdict: verdict as Verdict['verdict'],
        reason: reason === null ? null : (JSON.parse(reason) as Verdict['reason']),
        at: decidedAt,
      },
    ]),
  )
}

const addCommandRows = inserter<Tables['command']>('command', [
  'site',
  'id',
  'device',
  'seq',
  'type',
  'v',
  'doc',
  'person',
  'grant',
  'clock',
  'at',
  'receivedAt',
  'seen',
  'signed',
  'blobs',
  'payloadHash',
  'payload',
  'verdict',
  'reason',
  'decidedAt',
])
export function addCommands(db: Connection, site: string, rows: readonly CommandRow[]): void {
  addCommandRows(
    db,
    rows.map(({ verdict, ...row }) => ({
      ...row,
      site,
      signed: row.signed ? 1 : 0,
      blobs: JSON.stringify(row.blobs),
      verdict: verdict.verdict,
      reason: verdict.reason && JSON.stringify(verdict.reason),
      decidedAt: verdict.at,
    })),
  )
}

const addEventRows = inserter<Tables['event']>('event', ['site', 'doc', 'version', 'command', 'device', 'seq', 'event'])
export function addEvents(db: Connection, site: string, rows: readonly EventRow[]): void {
  addEventRows(
    db,
    rows.map((row) => ({ ...row, site, event: JSON.stringify(row.event) })),
  )
}

/** `since` is a JSON object of doc → version. A cross join keeps SQLite from walking every event of the site. */
const eventsAfter = given<{ site: string; since: string }>()((slot) =>
  build
    .selectFrom(sql<{ key: string; value: number }>`json_each(${slot('since')})`.as('held'))
    .crossJoin('event')
    .selectAll('event')
    .where('event.site', '=', slot('site'))
    .whereRef('event.doc', '=', 'held.key')
    .whereRef('event.version', '>', 'held.value')
    .orderBy('event.doc')
    .orderBy('event.version'),
)
export function eventsSince(db: Connection, site: string, since: ReadonlyMap<string, number>): Map<string, EventRow[]> {
  const found = new Map<string, EventRow[]>([...since.keys()].map((doc) => [doc, []]))
  if (since.size === 0) return found
  for (const row of eventsAfter.all(db, { site, since: JSON.stringify(Object.fromEntries(since)) }))
    found.get(row.doc)?.push({
      doc: row.doc,
      version: row.version,
      command: row.command,
      device: row.device,
      seq: row.seq,
      event: JSON.parse(row.event) as DocEvent,
    })
  return found
}

const historyOf = given<{ site: string; doc: string }>()((slot) =>
  build
    .selectFrom('event')
    .leftJoin('command', (join) => join.onRef('command.site', '=', 'event.site').onRef('command.id', '=', 'event.command'))
    .select(['event.event', 'event.version', 'event.command', 'event.device', 'command.at', 'command.receivedAt', 'command.clock'])
    .where('event.site', '=', slot('site'))
    .where('event.doc', '=', slot('doc'))
    .orderBy('event.version'),
)
export function history(db: Connection, site: string, doc: string): HistoryRow[] {
  return historyOf.all(db, { site, doc }).map((row) => ({
    event: JSON.parse(row.event) as DocEvent,
    version: row.version,
    command: row.command,
    device: row.device,
    at: row.at ?? '',
    receivedAt: row.receivedAt ?? '',
    clock: row.clock ?? '{}',
  }))
}

const addQuarantined = inserter<Apart>('quarantine', ['site', 'device', 'receivedAt', 'reason', 'body', 'digest'])
export const quarantine = (db: Connection, rows: readonly Apart[]): void => addQuarantined(db, rows)

const quarantinedOf = given<{ site: string; limit: number }>()((slot) =>
  build
    .selectFrom('quarantine')
    .selectAll()
    .where('site', '=', slot('site'))
    .orderBy(sql`closed is not null`)
    .orderBy('id', 'desc')
    .limit(slot('limit')),
)
export const quarantined = (db: Connection, site: string, limit: number): QuarantineRow[] => quarantinedOf.all(db, { site, limit })

const quarantinedOne = given<{ site: string; id: number }>()((slot) =>
  build.selectFrom('quarantine').selectAll().where('site', '=', slot('site')).where('id', '=', slot('id')),
)
export const quarantinedRow = (db: Connection, site: string, id: number): QuarantineRow | null => quarantinedOne.get(db, { site, id }) ?? null

const apart = given<{ digest: string }>()((slot) => build.selectFrom('quarantine').select('id').where('digest', '=', slot('digest')).limit(1))
export const isApart = (db: Connection, digest: string): boolean => apart.get(db, { digest }) !== undefined

const close = given<{ id: number; closed: string }>()((slot) => build.updateTable('quarantine').set({ closed: slot('closed') }).where('id', '=', slot('id')))
export const closeQuarantined = (db: Connection, id: number, closed: string): void => void close.run(db, { id, closed })
