/** What a device sent, read with care: one malformed command is set apart, it never blocks the others. */
import * as z from 'zod/mini'
import { MAX_COMMANDS, type QuarantineReason, SyncRequest, WireCommand } from '../../shared/sync/wire.ts'
import { malformed } from './judge.ts'

/** `broken`: what is wrong with its envelope. It can still be told apart by id and seq. `came` is what arrived, whole. */
export type Arrived = { command: WireCommand; broken: QuarantineReason | null; came: unknown }
export type Arrival = Omit<SyncRequest, 'commands'> & { commands: Arrived[] }

const Request = z.extend(SyncRequest, { commands: z._default(z.array(z.unknown()).check(z.maxLength(MAX_COMMANDS)), []) })
const Key = z.pick(WireCommand, { id: true, seq: true })

export function readArrival(body: unknown, now: string): { arrival: Arrival } | { wrong: QuarantineReason } {
  const request = z.safeParse(Request, body)
  if (!request.success) return { wrong: malformed('', request.error) }
  const commands: Arrived[] = []
  for (const [i, came] of request.data.commands.entries()) {
    const arrived = readCommand(came, now, `commands.${i}`)
    if ('wrong' in arrived) return arrived
    commands.push(arrived)
  }
  return { arrival: { ...request.data, commands } }
}

/** `wrong`: not even its id and number can be read. */
export function readCommand(came: unknown, now: string, path: string): Arrived | { wrong: QuarantineReason } {
  const whole = z.safeParse(WireCommand, came)
  if (whole.success) return { command: whole.data, broken: null, came }
  const key = z.safeParse(Key, came)
  if (!key.success) return { wrong: malformed(path, key.error) }
  return { command: stub(key.data, now), broken: malformed('', whole.error), came }
}

function stub({ id, seq }: z.infer<typeof Key>, now: string): WireCommand {
  return { id, seq, type: '', v: 1, doc: '', grant: '', at: now, mono: 0, seen: 0, signed: false, payload: null, blobs: [] }
}
