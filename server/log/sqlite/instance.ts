/** The instance in SQLite: the name of its history and its secrets. */
import type { Random } from '../../../shared/sync/id.ts'
import type { Connection } from './connection.ts'
import { build, given } from './statement.ts'

const epochNow = given<Record<string, never>>()(() => build.selectFrom('instance').select('epoch').where('id', '=', 1))
const setEpoch = given<{ epoch: string }>()((slot) =>
  build
    .insertInto('instance')
    .values({ id: 1, epoch: slot('epoch') })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ epoch: slot('epoch') })),
)

export function epoch(db: Connection): string {
  const row = epochNow.get(db, {})
  if (!row) throw new Error('the log has no epoch: it was never opened for writing')
  return row.epoch
}
export function beginEpoch(db: Connection, name: string): void {
  setEpoch.run(db, { epoch: name })
}
export function ensureEpoch(db: Connection, name: string): void {
  if (!epochNow.get(db, {})) beginEpoch(db, name)
}

/** SQLite leaves a page clean when a row is overwritten by itself, so this one counts. */
const countCheck = given<Record<string, never>>()(() => build.updateTable('instance').set((set) => ({ checks: set('checks', '+', 1) })))
export function check(db: Connection): void {
  countCheck.run(db, {})
}

const secretByName = given<{ name: string }>()((slot) => build.selectFrom('secret').select('value').where('name', '=', slot('name')))
const keepSecret = given<{ name: string; value: Uint8Array }>()((slot) => build.insertInto('secret').values({ name: slot('name'), value: slot('value') }))

export const storedSecret = (db: Connection, name: string): Uint8Array | null => secretByName.get(db, { name })?.value ?? null

export function secret(db: Connection, name: string, random: Random): Uint8Array {
  const stored = storedSecret(db, name)
  if (stored) return stored
  const value = random(32)
  keepSecret.run(db, { name, value })
  return value
}
