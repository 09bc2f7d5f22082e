/**
 * What came out of a rescue file → the log. Signed by a device we know, it counts as if the device had sent it itself: each
 * command once, in the order of its numbers, judged like any other. Everything else waits whole in quarantine.
 */
import { hash, verify } from 'node:crypto'
import { NotRescue, type RescueReport, type RescueWork, type Signed } from '../../shared/sync/rescue.ts'
import type { DeviceRow, ReadTx, WriteTx } from '../log/log.ts'
import { type Arrived, readCommand } from './arrival.ts'
import { DeviceFork, type Executed, execute } from './execute.ts'
import { prove, type SyncWorld } from './sync.ts'

/** What one transaction holds; others wait as long. */
const MOST = 500
/** Some thousands of acts. Anyone can make a file that no device has signed, and all of it would be kept. */
const MOST_UNPROVEN = 2 * 1024 * 1024

export type Rescued = RescueReport & { site: string | null; named: string[] }

export async function takeRescued(world: SyncWorld, signed: Signed, work: RescueWork): Promise<Rescued> {
  const known = await world.log.read((tx) => tx.device(work.device))
  const nothing: Rescued = { ...NOTHING, device: known && { number: known.number, name: known.name }, site: known?.site ?? null, commands: work.commands.length }
  if (!known) return apart(world, signed, { ...nothing, kept: 'unknown-device', site: await siteOf(world, work) })
  if (!isBy(known, signed)) return apart(world, signed, { ...nothing, kept: 'unsigned' })
  const arrived = inOrder(work, new Date(world.now()).toISOString())
  const done = await executeAll(world, work, arrived, async (tx) => (await tx.device(work.device)) ?? known).catch((error: unknown) => {
    if (error instanceof DeviceFork) return null
    throw error
  })
  const taken: Rescued = { ...nothing, ...(done?.sums ?? {}), named: done?.named ?? [] }
  return done?.whole ? taken : apart(world, signed, { ...taken, kept: 'gap' })
}

const NOTHING = { accepted: 0, refused: 0, quarantined: 0, known: 0, pictures: 0, kept: 'no' as const, named: [] }

/** By their numbers. What has no number of its own comes last, and is set apart by itself. */
export function inOrder({ commands }: RescueWork, now: string): Arrived[] {
  const read = commands.map((came, i) => readCommand(came, now, `commands.${i}`))
  return read.flatMap((each) => ('wrong' in each ? [] : [each])).sort((a, b) => a.command.seq - b.command.seq)
}

type Sums = Pick<RescueReport, 'accepted' | 'refused' | 'quarantined' | 'known'>
/** `as`: under whose name, read in each transaction. `whole`: nothing stopped it on the way. */
export async function executeAll(
  { log, hub, now: clock, verifyGrant, report }: SyncWorld,
  work: RescueWork,
  arrived: readonly Arrived[],
  as: (tx: WriteTx) => Promise<DeviceRow>,
): Promise<{ sums: Sums; named: string[]; whole: boolean }> {
  const proven = await prove(work.grants, verifyGrant)
  const sums: Sums = { accepted: 0, refused: 0, quarantined: 0, known: 0 }
  const named: string[] = []
  for (let from = 0; from < arrived.length; from += MOST) {
    const commands = arrived.slice(from, from + MOST)
    const now = new Date(clock()).toISOString()
    const { executed, before } = await log.write(async (tx) => {
      const device = await as(tx)
      const before = await tx.verdicts(device.site, commands.map(({ command }) => command.id))
      if (proven.size > 0) await tx.keepGrants([...proven.values()])
      const kept = await tx.grants([...new Set(commands.map(({ command }) => command.grant))].filter((id) => !proven.has(id)))
      const executed = await execute(tx, { device, commands, grants: new Map([...kept, ...proven]), clock: work.clock, now, report })
      if (executed.lastSeq !== device.lastSeq) await tx.saveDevice(device.id, { lastSeq: executed.lastSeq })
      return { executed, before }
    })
    hub.poke(executed.heads)
    count(sums, executed, before)
    named.push(...executed.named)
    if (executed.stopped) return { sums, named, whole: false }
  }
  return { sums, named, whole: arrived.length === work.commands.length }
}

function count(sums: Sums, { verdicts }: Executed, before: ReadonlyMap<string, unknown>): void {
  for (const { id, verdict } of verdicts) sums[before.has(id) ? 'known' : verdict] += 1
}

/** Once, however often it comes. */
async function apart({ log, now: clock }: SyncWorld, signed: Signed, rescued: Rescued): Promise<Rescued> {
  const body = JSON.stringify(signed)
  if (rescued.kept !== 'gap' && body.length > MOST_UNPROVEN) throw new NotRescue(`${body.length} characters that no device has signed`)
  const digest = hash('sha256', body)
  const receivedAt = new Date(clock()).toISOString()
  const device = (JSON.parse(signed.work) as RescueWork).device
  await log.write(async (tx) => {
    if (await tx.isApart(digest)) return
    await tx.quarantine([{ site: rescued.site, device, receivedAt, reason: JSON.stringify({ type: 'rescue', why: rescued.kept }), body, digest }])
  })
  return rescued
}

async function siteOf({ log }: SyncWorld, { site }: RescueWork): Promise<string | null> {
  return (await log.read((tx: ReadTx) => tx.site(site)))?.id ?? null
}

function isBy({ publicKey }: DeviceRow, { work, signature }: Signed): boolean {
  if (publicKey === '' || signature === '') return false
  try {
    const key = { key: Buffer.from(publicKey, 'base64'), format: 'der' as const, type: 'spki' as const, dsaEncoding: 'ieee-p1363' as const }
    return verify('sha256', Buffer.from(work), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
