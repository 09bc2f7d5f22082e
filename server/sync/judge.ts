/**
 * One command → its verdict and what it does. Nothing here touches the store: docs, people and grants are handed in.
 * A fact is accepted, whatever the order's state; what can't be placed is quarantined whole; only requests are refused.
 */
import * as z from 'zod/mini'
import type { Refusal } from '../../shared/order/refusal.ts'
import { actorOf, type Grant } from '../../shared/people/grant.ts'
import { ALL_COMMANDS, type Body, type Doc, type DocCommand, type DocEvent, decideDoc, foldDoc, isDocCommandType, isFactType, isStockCommand, isTripCommand } from '../../shared/sync/doc.ts'
import { upcast } from '../../shared/sync/upcast.ts'
import type { QuarantineReason, WireCommand } from '../../shared/sync/wire.ts'
import type { DeviceRow, PersonRow } from '../log/log.ts'

export type Case = {
  device: DeviceRow
  /** this device and those it was split from: a fork keeps working under the grants it has */
  identities: ReadonlySet<string>
  /** the proven grant that the command names, null if there is none */
  grant: Grant | null
  /** whom the grant is for, as they stand now; null if the log never knew them */
  person: Pick<PersonRow, 'roles' | 'revokedAt'> | null
  doc: Doc | null
  /** when it was made, by the server's clock as far as the device can tell; ISO UTC */
  madeAt: string
}
export type Judged =
  | { verdict: 'accepted'; events: DocEvent[]; doc: Doc | null }
  | { verdict: 'refused'; reason: Refusal }
  | { verdict: 'quarantined'; reason: QuarantineReason; cause?: unknown }

const quarantined = (reason: QuarantineReason): Judged => ({ verdict: 'quarantined', reason })

/** The kind of doc that a command works on. */
function kindOf(command: DocCommand): Body['kind'] {
  return isTripCommand(command) ? 'trip' : isStockCommand(command) ? 'product' : 'order'
}
/** Whether a command of this type begins a doc. */
function begins(type: string): boolean {
  return type === 'PlaceOrder' || type === 'PlanTrip' || type === 'ReceiveGoods'
}

/** Work made before is good whenever it arrives; what came after is for the supervisor to decide (DESIGN §4). */
export function isOver({ revokedAt }: { revokedAt: string | null }, madeAt: string): boolean {
  return revokedAt !== null && madeAt >= revokedAt
}

export function judge(command: WireCommand, { device, identities, grant, person, doc, madeAt }: Case): Judged {
  if (isOver(device, madeAt)) return quarantined({ type: 'revoked-device' })
  if (!grant) return quarantined({ type: 'bad-grant' })
  if (grant.site !== device.site || !identities.has(grant.device)) return quarantined({ type: 'outside-grant' })
  if (person && isOver(person, madeAt)) return quarantined({ type: 'revoked-person' })
  if (!isDocCommandType(command.type)) return quarantined({ type: 'unknown-type', came: command.type })
  const rule = ALL_COMMANDS[command.type]
  if (command.v > rule.v) return quarantined({ type: 'unknown-type', came: `${command.type} ${command.v}` })
  const payload = z.safeParse(rule.payload, upcast(command))
  if (!payload.success) return quarantined(malformed('payload', payload.error))
  if (!rule.roles.some((role) => grant.roles.includes(role))) return quarantined({ type: 'forbidden', roles: [...rule.roles] })
  const { id, doc: docId, type, at, signed } = command
  const asked = { id, doc: docId, type, at, signed, payload: payload.data } as DocCommand
  if (doc && doc.body.kind !== kindOf(asked)) return quarantined({ type: 'malformed', path: 'doc', message: `is a ${doc.body.kind}` })
  // What another site has is not there: not even that it exists is said.
  if (!doc && !begins(type) && isFactType(type)) return quarantined({ type: 'no-order' })
  try {
    // What was done in a role stays done. What is still to be decided, only the roles decide that the person has now.
    const roles = isFactType(type) ? grant.roles : grant.roles.filter((role) => person?.roles.includes(role) ?? true)
    const answer = decideDoc(doc, asked, { ...actorOf(grant), roles, device: device.id })
    if ('refuse' in answer) return { verdict: 'refused', reason: answer.refuse }
    return { verdict: 'accepted', events: answer.accept, doc: foldDoc(doc, answer.accept, docId, { device: device.id, seq: command.seq }) }
  } catch (cause) {
    return { verdict: 'quarantined', reason: { type: 'poison', message: cause instanceof Error ? cause.message : String(cause) }, cause }
  }
}

/** The first thing that is wrong with a shape. */
export function malformed(at: string, error: z.core.$ZodError): QuarantineReason {
  const issue = error.issues[0]
  return { type: 'malformed', path: [at, ...(issue?.path ?? [])].filter((part) => part !== '').map(String).join('.'), message: issue?.message ?? '' }
}
