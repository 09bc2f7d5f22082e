/** Signs and proves shift grants with the instance's secret 'grant' (HMAC-SHA-256). */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Grant, readGrant } from '../../shared/people/grant.ts'
import { type Random, uuidv7 } from '../../shared/sync/id.ts'
import type { DeviceRow, Log, PersonRow } from '../log/log.ts'

const mac = (secret: Uint8Array, body: string) => createHmac('sha256', secret).update(body).digest()

export function signGrant(secret: Uint8Array, grant: Grant): string {
  const body = Buffer.from(JSON.stringify(grant)).toString('base64url')
  return `${body}.${mac(secret, body).toString('base64url')}`
}

const SHIFT_MS = 12 * 60 * 60_000
/** A shift of a person at a device, from now. */
export function newShift(device: DeviceRow, person: PersonRow, now: number, random: Random): Grant {
  return {
    id: uuidv7(now, random),
    site: device.site,
    device: device.id,
    person: person.id,
    name: person.name,
    roles: person.roles,
    from: new Date(now).toISOString(),
    until: new Date(now + SHIFT_MS).toISOString(),
  }
}

/** The grant if this instance signed exactly this token, null otherwise. Whether it still runs is another question. */
export function verifyGrant(secret: Uint8Array, token: string): Grant | null {
  const [body, signature, more] = token.split('.')
  if (!body || !signature || more !== undefined) return null
  const wanted = mac(secret, body)
  const came = Buffer.from(signature, 'base64url')
  return came.length === wanted.length && timingSafeEqual(came, wanted) ? readGrant(token) : null
}

export type Grants = { sign(grant: Grant): Promise<string>; verify(token: string): Promise<Grant | null> }

/** Reads the secret once. */
export function createGrants(log: Log): Grants {
  let known: Promise<Uint8Array> | null = null
  const secret = () => {
    known ??= log.read((tx) => tx.secret('grant')).catch((error: unknown) => {
      known = null
      throw error
    })
    return known
  }
  return {
    sign: async (grant) => signGrant(await secret(), grant),
    verify: async (token) => verifyGrant(await secret(), token),
  }
}
