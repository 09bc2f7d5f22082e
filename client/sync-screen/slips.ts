/** What was answered no and nobody has put away yet: what it was, on which order, and whom to ask about it. */
import { gateOf } from '../../shared/process/gate.ts'
import type { Role } from '../../shared/people/role.ts'
import type { Body } from '../../shared/sync/doc.ts'
import type { Attention, DeviceDb, Queued } from '../db.ts'
import { rowsById } from '../rows.ts'

export type Named<C> = { command: C; body: Body | null }
export type Slip = Named<Attention>

/** Each command with the doc it is about, if this device still holds it. */
export async function withBodies<C extends Queued>(db: DeviceDb, commands: readonly C[]): Promise<Named<C>[]> {
  const rows = await rowsById(db, commands.map((command) => command.doc))
  return commands.map((command) => ({ command, body: rows.get(command.doc)?.doc.body ?? null }))
}

/** Newest answer first. */
export async function openSlips(db: DeviceDb): Promise<Slip[]> {
  const open = await db.attention.filter((each) => each.closedAt === null).toArray()
  return withBodies(db, open.sort((a, b) => (a.verdict.at < b.verdict.at ? 1 : -1)))
}

/** A person has read it: it stays in the table and leaves the screen. */
export async function closeSlip(db: DeviceDb, id: string, now: number): Promise<void> {
  await db.attention.update(id, { closedAt: now, seenAt: now })
}

/** The people who can help: by name, by role, or nobody in particular. */
export type Whom = { name: string } | { roles: readonly Role[] } | null

export function whomToAsk({ command: { verdict }, body }: Slip): Whom {
  const { reason } = verdict
  if (verdict.verdict === 'quarantined') return { roles: ['supervisor'] }
  if (!reason) return null
  if ('by' in reason) return { name: reason.by }
  if ('roles' in reason) return { roles: reason.roles as Role[] }
  if (reason.type === 'gate-shut' && body?.kind === 'order') {
    const [first = reason.gate] = reason.waitsFor
    return { roles: gateOf(body, first).signs }
  }
  if (reason.type === 'fields-lacking' || reason.type === 'not-placed') return { roles: ['service'] }
  return null
}
