/**
 * One-time codes: short enough to read out and type (ABCD-EFGH), 40 bits, with an end. Kept as argon2id with the
 * instance's secret 'code' as salt, so that a code finds its row by its hash and a stolen file gives no code away.
 */
import type { Random } from '../../shared/sync/id.ts'
import type { CodeRow, Log, ReadTx, WriteTx } from '../log/log.ts'
import { argon2id } from './phc.ts'

/** Crockford's alphabet: no I, L, O, U. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 8

export const ENROL_MS = 10 * 60_000
/** Printed by a server of which nobody has a device yet. */
export const PRINTED_ENROL_MS = 60 * 60_000
export const SETUP_MS = 24 * 60 * 60_000

export function makeCode(random: Random): string {
  const signs = [...random(LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join('')
  return `${signs.slice(0, 4)}-${signs.slice(4)}`
}

/** What was typed, as it was meant: any case, spaces or none, full width, O for 0 and I or L for 1. */
export function readCode(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replaceAll(/[^0-9A-Z]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

export async function hashCode(log: Log, code: string): Promise<string> {
  const salt = await log.read((tx) => tx.secret('code'))
  return argon2id(readCode(code), salt)
}

export type NewCode = { code: string; expiresAt: string }
type Issue = { purpose: CodeRow['purpose']; site: string | null; now: number; lasts: number; random: Random }

/** A new code in the log. Setup codes that were not used end here: only the newest printed link opens. */
export async function issueCode(log: Log, { purpose, site, now, lasts, random }: Issue): Promise<NewCode> {
  const code = makeCode(random)
  const hash = await hashCode(log, code)
  const expiresAt = new Date(now + lasts).toISOString()
  await log.write(async (tx) => {
    if (purpose === 'setup') await tx.endCodes(purpose, new Date(now).toISOString())
    await tx.addCode({ hash, purpose, site, expiresAt, usedAt: null })
  })
  return { code, expiresAt }
}

export type WrongCode = 'unknown-code' | 'used-code' | 'expired-code'
/** The code's row if it opens now; else why not. */
export async function findCode(tx: ReadTx, purpose: CodeRow['purpose'], hash: string, now: string): Promise<CodeRow | WrongCode> {
  const row = await tx.code(hash)
  if (row?.purpose !== purpose) return 'unknown-code'
  if (row.usedAt !== null) return 'used-code'
  return row.expiresAt <= now ? 'expired-code' : row
}

/** Finds and uses up, in one transaction: of two who come with the same code, one gets in. */
export async function takeCode(tx: WriteTx, purpose: CodeRow['purpose'], hash: string, now: string): Promise<CodeRow | WrongCode> {
  const row = await findCode(tx, purpose, hash, now)
  if (typeof row !== 'string') await tx.useCode(hash, now)
  return row
}
