/** The server dies without a word while several phones send, again and again: what it answered stands, and nothing is there twice. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Act } from '../../client/issue.ts'
import type { Enrolled, NewCode, PersonRecord, SignedIn } from '../../shared/people/wire.ts'
import { connect } from '../../server/log/sqlite/connection.ts'
import { openPhone, type Phone } from '../support/open-phone.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { form, pick } from './floor.ts'

const PHONES = 3
const KILLS = 2

let server: ServerProcess
const phones: Phone[] = []
beforeEach(async () => {
  server = await startProcess()
}, 60_000)
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close()
  await server.end()
})

async function post<T>(path: string, body: unknown, { token, grant }: Partial<Enrolled & SignedIn> = {}): Promise<T> {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(grant && { Grant: grant }) }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

/** The verdicts that the phones have been told so far, by command. */
async function toldTo(told: Map<string, string>): Promise<void> {
  for (const { db } of phones)
    for (const table of [db.outbox, db.archive, db.attention])
      for (const { id, verdict } of await table.toArray()) if (verdict && !told.has(id)) told.set(id, JSON.stringify(verdict))
}

test('whatever was told as recorded is in the log once with that verdict, and everything made arrives once', { timeout: 180_000 }, async () => {
  const boss = await post<Enrolled & SignedIn>('/api/setup', { code: await server.code(), site: '北廠', person: '林主管', pin: '4711', example: false, device: { name: '辦公室', publicKey: '' } })
  const clerk = await post<PersonRecord>('/api/people', { name: '王', roles: ['service', 'warehouse'], pin: '1234', active: true }, boss)
  for (let i = 0; i < PHONES; i++) {
    const { code } = await post<NewCode>('/api/codes', {}, boss)
    phones.push(await openPhone({ url: server.url, name: `phone-${i}`, code, person: clerk.id, pin: '1234' }))
  }
  for (const phone of phones) phone.device.sync.start()

  const made: string[] = []
  const told = new Map<string, string>()
  let over = false
  const working = phones.map(async (phone, i) => {
    for (let n = 0; !over; n++) {
      const doc = `o-${i}-${n}`
      const acts: Act[] = [{ type: 'PlaceOrder', doc, payload: form(doc) }, { type: 'PickLine', doc, payload: pick(1) }]
      made.push(...(await phone.issue(...acts)))
      await new Promise((resolve) => setTimeout(resolve, 20))
      await toldTo(told)
    }
  })
  for (let i = 0; i < KILLS; i++) {
    for (const before = told.size; told.size < before + 20; ) await new Promise((resolve) => setTimeout(resolve, 10))
    await server.kill()
    await server.start()
  }
  over = true
  await Promise.all(working)
  const waiting = async () => (await Promise.all(phones.map(({ db }) => db.outbox.count()))).reduce((sum, each) => sum + each, 0)
  for (let i = 0; (await waiting()) > 0 && i < 50; i++) for (const phone of phones) await phone.sync()
  expect(await waiting()).toBe(0)
  const verdicts = new Map<string, string>()
  await toldTo(verdicts)
  await server.kill()

  const file = connect(join(server.directory, 'countersign.sqlite'), 'read')
  const rows = file.prepare('select id, verdict, decidedAt from command').all() as { id: string; verdict: string; decidedAt: string }[]
  const picks = file.prepare("select count(*) as orders, sum(json_array_length(body, '$.picks')) as picks from doc where kind = 'order'").get()
  file.close()
  expect(rows.map(({ id }) => id).sort()).toEqual([...made].sort())
  for (const [id, verdict] of told) expect(verdicts.get(id)).toBe(verdict)
  const decided = new Map(rows.map(({ id, verdict, decidedAt }) => [id, [verdict, decidedAt]]))
  for (const [id, verdict] of told) expect(decided.get(id)).toEqual(['accepted', (JSON.parse(verdict) as { at: string }).at])
  expect(picks).toEqual({ orders: made.length / 2, picks: made.length / 2 })
})
