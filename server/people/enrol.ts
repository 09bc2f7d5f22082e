/** A device of a site: its number, its token, and what it is told when it joins. */
import { hash } from 'node:crypto'
import type { Enrolled, SiteCard } from '../../shared/people/wire.ts'
import { sealKeys } from '../../shared/sync/seal.ts'
import { type Random, uuidv7 } from '../../shared/sync/id.ts'
import type { CodeRow, DeviceRow, ReadTx, WriteTx } from '../log/log.ts'

type NewDevice = { site: string; name: string; publicKey: string; forkOf: string | null; now: number; random: Random }

type Joined = { device: DeviceRow; token: string }

/** The token is told once and kept as its hash: 256 random bits need no slow one. */
export async function addDevice(tx: WriteTx, { now, random, ...given }: NewDevice): Promise<Joined> {
  const token = newToken(random)
  const device: DeviceRow = {
    ...given,
    id: uuidv7(now, random),
    number: await tx.nextDeviceNumber(given.site),
    tokenHash: hash('sha256', token),
    lastSeq: 0,
    enrolledAt: new Date(now).toISOString(),
    revokedAt: null,
    seen: null,
  }
  await tx.addDevice(device)
  return { device, token }
}

/** The device that joined with this very code and key and never heard of it: its answer was lost. It is given another token. */
export async function joinAgain(tx: WriteTx, { site, usedAt }: CodeRow, publicKey: string, random: Random): Promise<Joined | null> {
  const devices = site === null || publicKey === '' ? [] : await tx.devices(site)
  const device = devices.find((each) => each.publicKey === publicKey && each.enrolledAt === usedAt && each.revokedAt === null && each.seen === null)
  if (!device) return null
  const token = newToken(random)
  await tx.saveDevice(device.id, { tokenHash: hash('sha256', token) })
  return { device, token }
}

const newToken = (random: Random): string => Buffer.from(random(32)).toString('base64url')

/** Somebody holds it: it isn't locked out, nor one of the example's story, for which there is no token. */
export function isHeld({ revokedAt, tokenHash }: DeviceRow): boolean {
  return revokedAt === null && /^[0-9a-f]{64}$/.test(tokenHash)
}

export async function siteCard(tx: ReadTx, site: string): Promise<SiteCard> {
  const row = await tx.site(site)
  if (!row) throw new Error(`there is no site ${site}, yet a device of it`)
  const { id, name, zone, currency } = row
  const people = (await tx.people(site)).filter((person) => person.revokedAt === null)
  return { site: { id, name, zone, currency }, people: people.map((person) => ({ id: person.id, name: person.name, roles: person.roles })), sealKey: (await sealKeys(await tx.secret('rescue'))).publicKey }
}

export async function enrolled(tx: ReadTx, { device, token }: { device: DeviceRow; token: string }): Promise<Enrolled> {
  const { id, number, name, site } = device
  return { device: { id, number, name }, token, ...(await siteCard(tx, site)) }
}
