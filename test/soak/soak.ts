/**
 * The server dies without a word while many phones send, again and again: what it answered stands, what was made arrives, and
 * nothing is there twice. Real processes, a real file, SIGKILL at random moments.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Act } from '../../client/issue.ts'
import { connect } from '../../server/log/sqlite/connection.ts'
import type { Enrolled, NewCode, PersonRecord, SignedIn } from '../../shared/people/wire.ts'
import type { Verdict } from '../../shared/sync/wire.ts'
import { overheard } from '../client/crew.ts'
import { form, pick } from '../server/floor.ts'
import { openPhone } from '../support/open-phone.ts'
import type { ServerProcess } from '../support/process.ts'

/** `told`: commands that a phone was told are recorded. `changed`: whose verdict in the log is another than was told. */
export type Soaked = { kills: number; phones: number; made: number; told: number; missing: string[]; doubled: string[]; changed: string[]; unsent: number; seconds: number }
type Size = { phones: number; kills: number; /** between two taps of a phone, ms */ pace?: number }

export async function soak(server: ServerProcess, { phones: count, kills, pace = 20 }: Size, progress: (kills: number, told: number) => void = () => undefined): Promise<Soaked> {
  const began = performance.now()
  const told = new Map<string, Verdict>()
  const crew = await Promise.all(await enrolled(server, count, told))
  for (const { device } of crew) device.sync.start()
  const made: string[] = []
  let over = false
  const working = crew.map(async (phone, i) => {
    for (let n = 0; !over; n++) {
      const doc = `o-${i}-${n}`
      const acts: Act[] = [{ type: 'PlaceOrder', doc, payload: form(doc) }, { type: 'PickLine', doc, payload: pick(1) }]
      made.push(...(await phone.issue(...acts)))
      await pause(pace)
    }
  })
  for (let i = 0; i < kills; i++) {
    // Once work goes through again, at any moment of it.
    for (const before = told.size; told.size < before + count; ) await pause(5)
    await pause(Math.random() * 200)
    await server.kill()
    await server.start()
    progress(i + 1, told.size)
  }
  over = true
  await Promise.all(working)
  const unsent = async () => (await Promise.all(crew.map(({ db }) => db.outbox.count()))).reduce((sum, each) => sum + each, 0)
  for (let i = 0; (await unsent()) > 0 && i < 50; i++) for (const phone of crew) await phone.sync()
  const left = await unsent()
  for (const phone of crew) await phone.close()
  await server.kill()
  return { kills, phones: count, made: made.length, told: told.size, ...inLog(server, made, told), unsent: left, seconds: (performance.now() - began) / 1000 }
}

/** Phones that are signed in, and whose answers are heard. */
async function enrolled(server: ServerProcess, count: number, told: Map<string, Verdict>) {
  const post = async <T>(path: string, body: unknown, { token, grant }: Partial<Enrolled & SignedIn> = {}): Promise<T> => {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(grant && { Grant: grant }) }, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const boss = await post<Enrolled & SignedIn>('/api/setup', { code: await server.code(), site: '北廠', person: '林主管', pin: '4711', example: false, device: { name: '辦公室', publicKey: '' } })
  const clerk = await post<PersonRecord>('/api/people', { name: '王', roles: ['service', 'warehouse'], pin: '1234', active: true }, boss)
  const phones = []
  for (let i = 0; i < count; i++) {
    const { code } = await post<NewCode>('/api/codes', {}, boss)
    const ear = overheard((reply) => {
      for (const verdict of reply.verdicts) if (!told.has(verdict.id)) told.set(verdict.id, verdict)
    })
    phones.push(await openPhone({ url: server.url, name: `phone-${i}`, code, person: clerk.id, pin: '1234', between: ear.between }))
  }
  return phones
}

/** What the file says, read as it lies there. */
function inLog({ directory }: ServerProcess, made: readonly string[], told: ReadonlyMap<string, Verdict>): Pick<Soaked, 'missing' | 'doubled' | 'changed'> {
  const file = connect(join(directory, 'countersign.sqlite'), 'read')
  try {
    const rows = file.prepare('select id, verdict, decidedAt from command').all() as { id: string; verdict: string; decidedAt: string }[]
    const orders = file.prepare("select id, json_array_length(body, '$.picks') as picks from doc where kind = 'order'").all() as { id: string; picks: number }[]
    const log = new Map(rows.map((row) => [row.id, row]))
    const picked = (wrong: (picks: number) => boolean) => orders.filter(({ picks }) => wrong(picks)).map(({ id }) => id)
    return {
      missing: [...made.filter((id) => !log.has(id)), ...picked((picks) => picks < 1)],
      doubled: [...Array.from({ length: rows.length - log.size }, () => 'a command'), ...picked((picks) => picks > 1)],
      changed: [...told].filter(([id, { verdict, at }]) => log.get(id)?.verdict !== verdict || log.get(id)?.decidedAt !== at).map(([id]) => id),
    }
  } finally {
    file.close()
  }
}
