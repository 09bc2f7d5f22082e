/** The previewed orders become PlaceOrder commands in the log, under the import's own device, judged like any other, some hundred a transaction. */
import { hash } from 'node:crypto'
import type { Actor } from '../../shared/people/role.ts'
import type { Grant } from '../../shared/people/grant.ts'
import type { Taken } from '../../shared/import/wire.ts'
import { format, type Random } from '../../shared/sync/id.ts'
import type { WireCommand } from '../../shared/sync/wire.ts'
import type { DeviceRow, Log, SiteRow, WriteTx } from '../log/log.ts'
import { ownDevice } from '../people/own-device.ts'
import { type Executed, execute } from '../sync/execute.ts'
import type { Hub } from '../sync/hub.ts'
import { Unfit } from './fault.ts'
import type { StoredOrder } from './preview.ts'
import { linesOf } from './rows.ts'

export type Taking = {
  import: string
  /** the file of orders */
  orders: string
  of: number
  actor: Actor
  site: SiteRow
  app: string
  log: Log
  hub: Hub
  random: Random
  /** ms since 1970 */
  now(): number
  signal: AbortSignal
  report(error: unknown): void
  done(orders: number, of: number): void
}

/** What one transaction holds; others wait as long. */
const MOST_ORDERS = 200
const MOST_LINES = 2000

export async function take(taking: Taking): Promise<Taken> {
  const taken: Taken = { at: '', orders: 0, lines: 0, alreadyHere: 0, refused: [] }
  let [batch, lines, done] = [[] as StoredOrder[], 0, 0]
  const write = async () => {
    if (batch.length === 0) return
    taking.signal.throwIfAborted()
    const heads = await taking.log.write((tx) => place(tx, taking, batch, taken))
    taking.hub.poke(heads)
    done += batch.length
    taking.done(done, taking.of)
    batch = []
    lines = 0
  }
  for await (const block of linesOf<StoredOrder>(taking.orders, taking.signal)) {
    for (const { value } of block) {
      batch.push(value)
      lines += value.form.lines.length
      if (batch.length >= MOST_ORDERS || lines >= MOST_LINES) await write()
    }
  }
  await write()
  return { ...taken, at: new Date(taking.now()).toISOString() }
}

/** An order that is here by now is counted, never asked for again. */
async function place(tx: WriteTx, taking: Taking, orders: readonly StoredOrder[], taken: Taken): Promise<Executed['heads']> {
  const { actor, site } = taking
  const now = new Date(taking.now()).toISOString()
  const device = await ownDevice(tx, { purpose: 'import', site: site.id, now, random: taking.random })
  if (device.revokedAt) throw new Unfit({ type: 'device-revoked' })
  const here = await tx.faces(site.id, orders.map(({ id }) => id))
  const fresh = orders.filter(({ id }) => !here.has(id))
  const grant = grantOf(taking, device, now)
  const commands = fresh.map((order, i): WireCommand => ({
    id: commandIdOf(taking.import, order.id),
    seq: device.lastSeq + 1 + i,
    type: 'PlaceOrder',
    v: 1,
    doc: order.id,
    grant: grant.id,
    at: now,
    mono: 0,
    seen: 0,
    signed: false,
    payload: order.form,
    blobs: [],
  }))
  const executed = await execute(tx, {
    device,
    commands: commands.map((command) => ({ command, broken: null, came: command })),
    grants: new Map([[grant.id, grant]]),
    clock: { wall: now, zone: site.zone, mono: 0, boot: taking.import, offset: 0, error: 0 },
    now,
    report: taking.report,
  })
  const seen = { at: now, app: taking.app, person: actor.person, personName: actor.name, commands: 0, blobs: 0, oldest: null, skewMs: 0 }
  await tx.saveDevice(device.id, { lastSeq: executed.lastSeq, seen })
  taken.alreadyHere += orders.length - fresh.length
  for (const [i, { verdict, reason }] of executed.verdicts.entries()) {
    const form = fresh[i]?.form
    if (!form) continue
    if (verdict === 'accepted') {
      taken.orders += 1
      taken.lines += form.lines.length
    } else taken.refused.push({ number: form.number, reason: reason?.type ?? '' })
  }
  return executed.heads
}

/** Taking again what a fault broke off sends the same commands; another import of a refused order asks anew. */
function commandIdOf(from: string, order: string): string {
  return format(Buffer.from(hash('sha256', `PlaceOrder ${from} ${order}`), 'hex'), 8)
}

/** The right of the person who imports, as the doors proved it, on the import's own device. */
function grantOf({ import: id, actor, site }: Taking, device: DeviceRow, now: string): Grant {
  return { id: `import-${id}`, site: site.id, device: device.id, person: actor.person, name: actor.name, roles: [...actor.roles], from: now, until: now }
}
