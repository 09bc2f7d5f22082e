/** Sites, people, codes and devices in SQLite. Rare questions: one statement each. */
import type { Selectable } from 'kysely'
import type { Grant } from '../../../shared/people/grant.ts'
import { Role } from '../../../shared/people/role.ts'
import type { CodeRow, DeviceRow, DeviceSeen, PersonRow, SiteRow } from '../log.ts'
import type { Tables } from '../tables.ts'
import type { Connection } from './connection.ts'
import { build, given, inserter, listed } from './statement.ts'

const siteById = given<{ id: string }>()((slot) => build.selectFrom('site').selectAll().where('id', '=', slot('id')))
const allSites = given<Record<string, never>>()(() => build.selectFrom('site').selectAll().orderBy('createdAt').orderBy('id'))
const addSiteRow = inserter<SiteRow>('site', ['id', 'name', 'zone', 'currency', 'createdAt'])

export const site = (db: Connection, id: string): SiteRow | null => siteById.get(db, { id }) ?? null
export const sites = (db: Connection): SiteRow[] => allSites.all(db, {})
export const addSite = (db: Connection, row: SiteRow): void => addSiteRow(db, [row])

const renameSiteRow = given<{ id: string; name: string }>()((slot) => build.updateTable('site').set({ name: slot('name') }).where('id', '=', slot('id')))
export function renameSite(db: Connection, id: string, name: string): void {
  renameSiteRow.run(db, { id, name })
}

const personById = given<{ id: string }>()((slot) => build.selectFrom('person').selectAll().where('id', '=', slot('id')))
const peopleOfSite = given<{ site: string }>()((slot) => build.selectFrom('person').selectAll().where('site', '=', slot('site')).orderBy('name').orderBy('id'))
const savePersonRow = inserter<Tables['person']>(
  'person',
  ['id', 'site', 'name', 'roles', 'pinHash', 'wrongPins', 'lockedUntil', 'revokedAt'],
  'on conflict (id) do update set name = excluded.name, roles = excluded.roles, pinHash = excluded.pinHash, wrongPins = excluded.wrongPins, lockedUntil = excluded.lockedUntil, revokedAt = excluded.revokedAt where site = excluded.site',
)
const personOf = (row: Tables['person']): PersonRow => ({ ...row, roles: (JSON.parse(row.roles) as unknown[]).map((role) => Role.parse(role)) })

export function person(db: Connection, id: string): PersonRow | null {
  const row = personById.get(db, { id })
  return row ? personOf(row) : null
}
export const people = (db: Connection, of: string): PersonRow[] => peopleOfSite.all(db, { site: of }).map(personOf)
export const savePerson = (db: Connection, row: PersonRow): void => savePersonRow(db, [{ ...row, roles: JSON.stringify(row.roles) }])

const codeByHash = given<{ hash: string }>()((slot) => build.selectFrom('code').selectAll().where('hash', '=', slot('hash')))
const addCodeRow = inserter<CodeRow>('code', ['hash', 'purpose', 'site', 'expiresAt', 'usedAt'])
const useCodeRow = given<{ hash: string; at: string }>()((slot) => build.updateTable('code').set({ usedAt: slot('at') }).where('hash', '=', slot('hash')))

export function code(db: Connection, hash: string): CodeRow | null {
  const row = codeByHash.get(db, { hash })
  if (!row) return null
  return { ...row, purpose: row.purpose === 'setup' ? 'setup' : 'enrol' }
}
export const addCode = (db: Connection, row: CodeRow): void => addCodeRow(db, [row])
export function useCode(db: Connection, hash: string, at: string): void {
  useCodeRow.run(db, { hash, at })
}

const endCodeRows = given<{ purpose: string; at: string }>()((slot) =>
  build.updateTable('code').set({ expiresAt: slot('at') }).where('purpose', '=', slot('purpose')).where('usedAt', 'is', null).where('expiresAt', '>', slot('at')),
)
export function endCodes(db: Connection, purpose: CodeRow['purpose'], at: string): void {
  endCodeRows.run(db, { purpose, at })
}

const grantsById = given<{ ids: string }>()((slot) => build.selectFrom('grant').select(['id', 'body']).where('id', 'in', listed(slot('ids'))))
const keepGrantRows = inserter<Tables['grant']>('grant', ['id', 'device', 'body'], 'on conflict (id) do update set device = excluded.device, body = excluded.body')

export function grants(db: Connection, ids: readonly string[]): Map<string, Grant> {
  const found = ids.length === 0 ? [] : grantsById.all(db, { ids: JSON.stringify(ids) })
  return new Map(found.map(({ id, body }) => [id, JSON.parse(body) as Grant]))
}
export function keepGrants(db: Connection, rows: readonly Grant[]): void {
  keepGrantRows(db, rows.map((grant) => ({ id: grant.id, device: grant.device, body: JSON.stringify(grant) })))
}

type StoredDevice = Selectable<Tables['device']>
const deviceById = given<{ id: string }>()((slot) => build.selectFrom('device').selectAll().where('id', '=', slot('id')))
const deviceOfToken = given<{ hash: string }>()((slot) => build.selectFrom('device').selectAll().where('tokenHash', '=', slot('hash')))
const devicesOfSite = given<{ site: string }>()((slot) => build.selectFrom('device').selectAll().where('site', '=', slot('site')).orderBy('number'))
const highestNumber = given<{ site: string }>()((slot) =>
  build
    .selectFrom('device')
    .select(({ fn }) => fn.max<number | null>('number').as('number'))
    .where('site', '=', slot('site')),
)
const addDeviceRow = inserter<StoredDevice>('device', [
  'id',
  'site',
  'number',
  'name',
  'tokenHash',
  'publicKey',
  'lastSeq',
  'enrolledAt',
  'revokedAt',
  'forkOf',
  'seen',
])
const saveDeviceRow = given<Omit<StoredDevice, 'site'>>()((slot) =>
  build
    .updateTable('device')
    .set({
      number: slot('number'),
      name: slot('name'),
      tokenHash: slot('tokenHash'),
      publicKey: slot('publicKey'),
      lastSeq: slot('lastSeq'),
      enrolledAt: slot('enrolledAt'),
      revokedAt: slot('revokedAt'),
      forkOf: slot('forkOf'),
      seen: slot('seen'),
    })
    .where('id', '=', slot('id')),
)
const storedDevice = (row: DeviceRow): StoredDevice => ({ ...row, seen: row.seen && JSON.stringify(row.seen) })
const deviceOf = (row: StoredDevice | undefined): DeviceRow | null => (row ? { ...row, seen: row.seen === null ? null : (JSON.parse(row.seen) as DeviceSeen) } : null)

export const device = (db: Connection, id: string): DeviceRow | null => deviceOf(deviceById.get(db, { id }))
export const deviceByToken = (db: Connection, hash: string): DeviceRow | null => deviceOf(deviceOfToken.get(db, { hash }))
export function devices(db: Connection, of: string): DeviceRow[] {
  return devicesOfSite.all(db, { site: of }).flatMap((row) => deviceOf(row) ?? [])
}
export const addDevice = (db: Connection, row: DeviceRow): void => addDeviceRow(db, [storedDevice(row)])
export function saveDevice(db: Connection, id: string, change: Partial<Omit<DeviceRow, 'id' | 'site'>>): void {
  const before = device(db, id)
  if (!before) throw new Error(`no device ${id} to save`)
  saveDeviceRow.run(db, storedDevice({ ...before, ...change }))
}
export const nextDeviceNumber = (db: Connection, of: string): number => (highestNumber.get(db, { site: of })?.number ?? 0) + 1
