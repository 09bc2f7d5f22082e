/** Many phones in a few processes, and how they sit down: devices of the site's log, with a shift each. */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../server/log/sqlite/connection.ts'
import { openSqliteLog } from '../../server/log/sqlite/log.ts'
import { createGrants, newShift } from '../../server/people/grant.ts'
import { tokenHash } from '../../server/routes/caller.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import type { Seat } from '../support/open-phone.ts'
import type { ServerProcess } from '../support/process.ts'
import type { Heads, Verbs } from './crew-process.ts'
import { type Mill, random } from './mill.ts'

type Verb = keyof Verbs
export type Crew = {
  /** the phones of each process */
  groups: readonly (readonly Seat[])[]
  /** what the first load of each took, ms */
  loads: readonly (readonly number[])[]
  /** Every process the same, at once. */
  all<V extends Verb>(verb: V, ask: Verbs[V]['ask']): Promise<Verbs[V]['answer'][]>
  /** Each its own part. */
  each<V extends Verb>(verb: V, ask: (group: number) => Verbs[V]['ask']): Promise<Verbs[V]['answer'][]>
  one<V extends Verb>(group: number, verb: V, ask: Verbs[V]['ask']): Promise<Verbs[V]['answer']>
  end(): Promise<void>
}

/** Devices as if they had been enrolled, with the picker at each: straight into the log, as PINs are hashed slowly on purpose. */
export async function seatsFor({ directory }: ServerProcess, { site, picker }: Mill, count: number): Promise<Seat[]> {
  const log = await openSqliteLog({ file: fileIn(directory), random })
  const grants = createGrants(log)
  const now = Date.now()
  const seats: Seat[] = []
  for (let i = 0; i < count; i++) {
    const [id, token] = [uuidv7(now, random), Buffer.from(random(24)).toString('base64url')]
    const { device, person } = await log.write(async (tx) => {
      const number = await tx.nextDeviceNumber(site)
      const row = { id, site, number, name: `phone ${number}`, tokenHash: tokenHash(token), publicKey: '', lastSeq: 0, enrolledAt: new Date(now).toISOString(), revokedAt: null, forkOf: null, seen: null }
      await tx.addDevice(row)
      return { device: row, person: await tx.person(picker.id) }
    })
    if (!person) throw new Error(`the log has no person ${picker.id}`)
    seats.push({ id, site, token, number: device.number, grant: await grants.sign(newShift(device, person, now, random)) })
  }
  await log.close()
  return seats
}

/** In as many processes as there are processors: more would only share them. */
export function spread(seats: readonly Seat[]): Seat[][] {
  const processes = Math.min(seats.length, Math.max(2, availableParallelism()))
  return Array.from({ length: processes }, (_, group) => seats.filter((_, i) => i % processes === group))
}

export async function openCrew(url: string, groups: readonly (readonly Seat[])[]): Promise<Crew> {
  const processes = groups.map(() => openProcess())
  const loads = await Promise.all(processes.map((process, group) => process.ask('open', { url, seats: groups[group] ?? [] })))
  return {
    groups,
    loads,
    all: (verb, ask) => Promise.all(processes.map((process) => process.ask(verb, ask))),
    each: (verb, ask) => Promise.all(processes.map((process, group) => process.ask(verb, ask(group)))),
    one: (group, verb, ask) => processes[group]?.ask(verb, ask) ?? Promise.reject(new Error(`there are ${processes.length} processes, no ${group}`)),
    end: async () => void (await Promise.all(processes.map((process) => process.end()))),
  }
}

function openProcess() {
  // The young of all its phones lie in one heap, where each would have its own.
  const child: ChildProcess = fork(new URL('crew-process.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--max-semi-space-size=64'] })
  const waiting = new Map<number, (answer: never) => void>()
  const gone = once(child, 'exit').then(([code]) => ({ failed: `the process ended with ${code}` }))
  child.on('message', ({ nr, answer }: { nr: number; answer: never }) => {
    waiting.get(nr)?.(answer)
    waiting.delete(nr)
  })
  let nr = 0
  return {
    async ask<V extends Verb>(verb: V, ask: Verbs[V]['ask']): Promise<Verbs[V]['answer']> {
      nr += 1
      const answered = new Promise<Verbs[V]['answer'] | { failed: string }>((resolve) => waiting.set(nr, resolve))
      child.send({ nr, verb, ask })
      const answer = await Promise.race([answered, gone])
      if (answer !== null && typeof answer === 'object' && 'failed' in answer) throw new Error(`${verb}: ${answer.failed}`)
      return answer
    },
    async end() {
      child.disconnect()
      await gone
    },
  }
}

const fileIn = (directory: string) => join(directory, 'countersign.sqlite')

/** Where the scopes stand, and when the last command was judged, as the file says. */
export function standingOf({ directory }: ServerProcess): { heads: Heads; judgedAt: number } {
  const db = connect(fileIn(directory), 'read')
  try {
    const heads = db.prepare('select id, head from scope').all() as { id: string; head: number }[]
    const last = db.prepare('select max(decidedAt) as at from command').all() as { at: string }[]
    return { heads: Object.fromEntries(heads.map(({ id, head }) => [id, head])), judgedAt: Date.parse(last[0]?.at ?? '') }
  } finally {
    db.close()
  }
}

/** The digest that a phone has which holds every doc of the site as the server does. */
export function holdingOf({ directory }: ServerProcess): string {
  const db = connect(fileIn(directory), 'read')
  try {
    const digest = createHash('sha256')
    for (const { id, version, sum } of db.prepare('select id, version, sum from doc order by id').all() as { id: string; version: number; sum: number }[]) digest.update(`${id} ${version} ${sum}\n`)
    return digest.digest('hex')
  } finally {
    db.close()
  }
}
