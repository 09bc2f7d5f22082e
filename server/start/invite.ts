/** Who may come in next: a link for the set-up while there is no site, one for the first device of a site that has none, or for any that is asked for. */
import type { Random } from '../../shared/sync/id.ts'
import type { Log } from '../log/log.ts'
import { issueCode, PRINTED_ENROL_MS, SETUP_MS } from '../people/code.ts'
import { isHeld } from '../people/enrol.ts'

/** Codes go behind the `#`: browsers keep that part to themselves. */
export type Invitation = { to: 'setup' | 'enrol'; path: string }

export async function invite(log: Log, { now, random, enrol }: { now: number; random: Random; enrol: boolean }): Promise<Invitation[]> {
  const empty = await log.read(async (tx) => {
    const sites = await tx.sites()
    const devices = await Promise.all(sites.map((site) => tx.devices(site.id)))
    return { sites: sites.length, deviceless: sites.filter((_, i) => enrol || !devices[i]?.some(isHeld)) }
  })
  if (empty.sites === 0) {
    const { code } = await issueCode(log, { purpose: 'setup', site: null, now, lasts: SETUP_MS, random })
    return [{ to: 'setup', path: `/setup#${code}` }]
  }
  const invitations: Invitation[] = []
  for (const site of empty.deviceless) {
    const { code } = await issueCode(log, { purpose: 'enrol', site: site.id, now, lasts: PRINTED_ENROL_MS, random })
    invitations.push({ to: 'enrol', path: `/enrol#${code}` })
  }
  return invitations
}
