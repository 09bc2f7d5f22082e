/**
 * What was set apart, and what a supervisor decides of it. Applied, it is written under the quarantine's own device, as what
 * its person did when they did it; the verdict that the device was given stays (SYNC §6, A4).
 */
import { hash } from 'node:crypto'
import { type Grant, readGrant } from '../../shared/people/grant.ts'
import type { ApartAct, Closed, QuarantineCard, QuarantineForm } from '../../shared/people/wire.ts'
import type { Actor } from '../../shared/people/role.ts'
import { format, type Random } from '../../shared/sync/id.ts'
import type { RescueWork, Signed } from '../../shared/sync/rescue.ts'
import type { Clock, Verdict } from '../../shared/sync/wire.ts'
import type { QuarantineRow, ReadTx, WriteTx } from '../log/log.ts'
import { ownDevice } from '../people/own-device.ts'
import { type Arrived, readCommand } from './arrival.ts'
import { type Executed, execute } from './execute.ts'
import { parsed } from './json.ts'
import { inOrder } from './rescue.ts'

/** Drawn of one row; the rest is counted. */
const MOST_ACTS = 50

type Body = { arrived: Arrived[]; grants: RescueWork['grants']; clock: Clock | null }

/** The commands of a row, as they were sent. Never throws: what can't be read is no command. */
function bodyOf({ reason, body, receivedAt }: QuarantineRow): Body {
  const came: unknown = JSON.parse(body)
  if ((JSON.parse(reason) as { type: string }).type !== 'rescue') {
    const read = readCommand(came, receivedAt, '')
    return { arrived: 'wrong' in read ? [] : [read], grants: {}, clock: null }
  }
  const { work } = came as Signed
  const rescued = work === undefined ? null : (parsed(work) as RescueWork)
  return rescued ? { arrived: inOrder(rescued, receivedAt), grants: rescued.grants, clock: rescued.clock } : { arrived: [], grants: {}, clock: null }
}

export async function quarantineCards(tx: ReadTx, site: string, most: number): Promise<QuarantineCard[]> {
  const rows = await tx.quarantined(site, most)
  const devices = new Map((await tx.devices(site)).map((device) => [device.id, device.name]))
  const bodies = rows.map(bodyOf)
  const drawn = bodies.map(({ arrived }) => arrived.slice(0, MOST_ACTS))
  const docs = await tx.docs(site, [...new Set(drawn.flat().map(({ command }) => command.doc))])
  const grants = await tx.grants([...new Set(drawn.flat().map(({ command }) => command.grant))])
  const actOf = ({ command: { type, doc, at, grant, payload } }: Arrived, tokens: RescueWork['grants']): ApartAct => {
    const body = docs.get(doc)?.body
    const placed = (typeof payload === 'object' && payload !== null ? payload : {}) as { number?: unknown; customer?: { name?: unknown } }
    const number = body?.kind === 'order' || body?.kind === 'trip' ? body.number : text(placed.number)
    const customer = body?.kind === 'order' ? body.customer.name : text(placed.customer?.name)
    return { type, doc, number, customer, at, by: (grants.get(grant) ?? readGrant(tokens[grant] ?? ''))?.name ?? '', payload }
  }
  return rows.map(({ id, device, receivedAt, reason, closed }, i) => ({
    id,
    device,
    deviceName: devices.get(device) ?? '',
    receivedAt,
    reason: JSON.parse(reason) as QuarantineCard['reason'],
    acts: (drawn[i] ?? []).map((arrived) => actOf(arrived, bodies[i]?.grants ?? {})),
    of: bodies[i]?.arrived.length ?? 0,
    closed: closed === null ? null : (JSON.parse(closed) as Closed),
  }))
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export type Decision = Pick<QuarantineForm, 'outcome' | 'reason'> & { actor: Actor; now: string; random: Random; verifyGrant(token: string): Promise<Grant | null>; report(error: unknown): void }
export type Decided = { is: 'done'; closed: Closed; heads: Executed['heads'] } | { is: 'already'; closed: Closed } | { is: 'no'; why: Verdict['reason'] } | null

/** In one transaction. Null when there is no such row; 'no' when a part of it can't be applied: then the caller undoes all of it. */
export async function decide(tx: WriteTx, id: number, decision: Decision): Promise<Decided> {
  const { actor, now, outcome, reason } = decision
  const row = await tx.quarantinedRow(actor.site, id)
  if (!row) return null
  if (row.closed !== null) return { is: 'already', closed: JSON.parse(row.closed) as Closed }
  const closed: Closed = { outcome, by: actor.person, name: actor.name, at: now, reason }
  const executed = outcome === 'applied' ? await apply(tx, row, decision) : null
  const no = executed?.verdicts.find(({ verdict }) => verdict !== 'accepted')
  if (no) return { is: 'no', why: no.reason }
  await tx.closeQuarantined(id, JSON.stringify(closed))
  return { is: 'done', closed, heads: executed?.heads ?? new Map() }
}

/** Under the grant it was made under, widened by what the supervisor may sign; by the supervisor where no grant tells who made it. */
async function apply(tx: WriteTx, row: QuarantineRow, { actor, now, random, verifyGrant, report }: Decision): Promise<Executed> {
  const { arrived, grants: tokens, clock } = bodyOf(row)
  const device = await ownDevice(tx, { purpose: 'quarantine', site: actor.site, now, random })
  const kept = await tx.grants([...new Set(arrived.map(({ command }) => command.grant))])
  const single = row.digest === ''
  const known = single ? new Map() : await tx.verdicts(actor.site, arrived.map(({ command }) => command.id))
  const grants = new Map<string, Grant>()
  const commands: Arrived[] = []
  for (const each of arrived.filter(({ command }) => !known.has(command.id))) {
    const was = kept.get(each.command.grant) ?? (await verifyGrant(tokens[each.command.grant] ?? ''))
    const mine = was?.site === actor.site ? was : null
    const grant: Grant = { id: `applied-${row.id}-${each.command.grant}`, site: actor.site, device: device.id, person: mine?.person ?? actor.person, name: mine?.name ?? actor.name, roles: [...new Set([...(mine?.roles ?? []), ...actor.roles])], from: now, until: now }
    grants.set(grant.id, grant)
    // Its own number was answered once and for all: applied, it is another command.
    const commandId = single ? format(Buffer.from(hash('sha256', `applied ${row.id} ${each.command.id}`), 'hex'), 8) : each.command.id
    const command = { ...each.command, id: commandId, seq: device.lastSeq + 1 + commands.length, grant: grant.id }
    commands.push({ ...each, command, came: command })
  }
  const executed = await execute(tx, { device, commands, grants, clock: clock ?? { wall: now, zone: '', mono: 0, boot: `quarantine-${row.id}`, offset: null, error: null }, now, report, decided: true })
  await tx.saveDevice(device.id, { lastSeq: executed.lastSeq })
  return executed
}
