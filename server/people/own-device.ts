/**
 * A device of the server's own, one per site and purpose, with number 0 and a token that nobody has: what is written under it
 * keeps (site, device, seq) unique and touches the sequence of no phone or desk. The transaction that reads its last number
 * writes the next ones. Who did it is the person, as in any act.
 */
import { hash } from 'node:crypto'
import type { Random } from '../../shared/sync/id.ts'
import type { DeviceRow, WriteTx } from '../log/log.ts'

export type Purpose = 'import' | 'quarantine'
export const ownDeviceId = (purpose: Purpose, site: string): string => `${purpose}-${site}`

export async function ownDevice(tx: WriteTx, { purpose, site, now, random }: { purpose: Purpose; site: string; now: string; random: Random }): Promise<DeviceRow> {
  const id = ownDeviceId(purpose, site)
  const known = await tx.device(id)
  if (known) return known
  const device: DeviceRow = {
    id,
    site,
    // Numbers that devices give out offline begin at 1.
    number: 0,
    name: purpose,
    tokenHash: hash('sha256', random(32)),
    publicKey: '',
    lastSeq: 0,
    enrolledAt: now,
    revokedAt: null,
    forkOf: null,
    seen: null,
  }
  await tx.addDevice(device)
  return device
}
