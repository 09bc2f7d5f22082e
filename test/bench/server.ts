/** What the server takes: commands through POST /api/sync against the same rows written raw, both with synchronous=FULL. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import Database from 'better-sqlite3'
import { openSqliteLog } from '../../server/log/sqlite/log.ts'
import type { Enrolled, SignedIn } from '../../shared/people/wire.ts'
import { readGrant } from '../../shared/people/grant.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import { wholeReply } from '../../shared/sync/slim.ts'
import { MAX_COMMANDS, PROTOCOL, type SlimReply, type SyncReply, type WireCommand } from '../../shared/sync/wire.ts'
import { startProcess } from '../support/process.ts'
import { form } from '../server/floor.ts'
import { costOf } from './cost.ts'
import { figure, type Figure, median } from './figure.ts'
import { fill } from './fill.ts'
import { firstPick, foundMill, openOffice, poster } from './mill.ts'

const pack = promisify(gzip)
const random = (length: number) => new Uint8Array(randomBytes(length))
const PHONES = 20
const PICKS_AN_ORDER = 6
const COMMANDS_A_PHONE = 1000
const SINGLES = 300
/** Of the large site, as the handheld's. */
const CODES = 50_000

export async function serverFigures(): Promise<Figure[]> {
  const server = await startProcess()
  try {
    const phones = await enrolled(server.url, await server.code())
    for (const phone of phones) await phone.learn()
    await Promise.all(phones.map((phone) => phone.place(Math.ceil(COMMANDS_A_PHONE / PICKS_AN_ORDER))))
    const picks = phones.map((phone) => phone.picks(COMMANDS_A_PHONE))
    const began = performance.now()
    await Promise.all(phones.map((phone, i) => phone.sendAll(picks[i] ?? [])))
    const seconds = (performance.now() - began) / 1000
    const perSecond = (PHONES * COMMANDS_A_PHONE) / seconds

    const [first] = phones
    if (!first) throw new Error('no phone')
    const singles = first.picks(SINGLES)
    const trips: number[] = []
    for (const command of singles) {
      const sent = performance.now()
      await first.send([command])
      trips.push(performance.now() - sent)
    }
    const raw = await rawInserts(join(server.directory, 'countersign.sqlite'))
    const small = await pickAt(1000)
    const large = await pickAt(100_000)
    return [
      figure({
        name: 'commands through POST /api/sync',
        value: perSecond,
        unit: 'commands/s',
        baseline: { name: 'the same rows by raw batched inserts, synchronous=FULL', value: raw.perSecond },
        aim: { over: 0.25 },
        note: `${PHONES} phones, ${PHONES * COMMANDS_A_PHONE} picks in requests of ${MAX_COMMANDS}; validated, decided, answered, fsynced`,
      }),
      figure({
        name: 'one command, there and back',
        value: median(trips),
        unit: 'ms',
        baseline: { name: 'a bare commit of the same rows', value: raw.singleMs },
        note: `median of ${SINGLES}`,
      }),
      figure({
        name: 'a pick, there and back, with 100,000 orders on the server',
        value: large.ms,
        unit: 'ms',
        baseline: { name: 'the same with 1,000', value: small.ms },
        aim: { under: 1.5 },
        note: `median of ${SINGLES}; ${CODES} bar codes in either`,
      }),
      figure({
        name: 'CPU of the server for it',
        value: large.cpu,
        unit: 'ms',
        baseline: { name: 'the same with 1,000', value: small.cpu },
        aim: { under: 1.5 },
      }),
    ]
  } finally {
    await server.end()
  }
}

/** Of one line from its lot, sent as it is made: ms until the answer, and of the server's CPU. */
async function pickAt(orders: number): Promise<{ ms: number; cpu: number }> {
  const server = await startProcess()
  try {
    const mill = await foundMill(server, { orders: SINGLES, lines: 1 })
    // Before there are many: for a device that has just joined, what it will load is packed, and that is measured elsewhere.
    const office = await openOffice(mill)
    await fill(server.directory, mill.site, { orders: orders - SINGLES, codes: CODES, shelves: mill.products, from: SINGLES })
    const before = costOf(server.pid())
    const trips: number[] = []
    for (const [i, doc] of mill.orders.entries()) {
      const sent = performance.now()
      await office.send([{ type: 'PickLine', doc, payload: firstPick(mill.products[i % mill.products.length]) }])
      trips.push(performance.now() - sent)
    }
    return { ms: median(trips), cpu: (costOf(server.pid(), before).cpu / SINGLES) * 1000 }
  } finally {
    await server.end()
  }
}

type LoadPhone = Awaited<ReturnType<typeof enrolOne>>

async function enrolled(url: string, code: string): Promise<LoadPhone[]> {
  const post = poster(url)
  const pin = '2468'
  const setup = await post<Enrolled & SignedIn>('/api/setup', { code, site: 'bench', person: 'bench', pin, example: false, device: { name: 'desk', publicKey: '' } })
  const headers = { Authorization: `Bearer ${setup.token}`, Grant: setup.grant }
  const person = readGrant(setup.grant)
  if (!person) throw new Error('the set-up gave no grant')
  const everyone = { name: 'bench', roles: ['warehouse', 'service', 'service-supervisor', 'supervisor'], pin: null, active: true }
  await post(`/api/people/${person.person}`, everyone, { headers, method: 'PATCH' })
  const phones: LoadPhone[] = []
  for (let i = 0; i < PHONES; i++) {
    const { code: next } = await post<{ code: string }>('/api/codes', {}, { headers })
    const device = await post<Enrolled>('/api/enrol', { code: next, device: { name: `phone ${i}`, publicKey: '' } })
    const { grant } = await post<SignedIn>('/api/sign-in', { person: person.person, pin }, { headers: { Authorization: `Bearer ${device.token}` } })
    phones.push(enrolOne(url, device, grant, i))
  }
  return phones
}

function enrolOne(url: string, { device, token }: Enrolled, grant: string, index: number) {
  const grantId = readGrant(grant)?.id ?? ''
  const orders: string[] = []
  let [seq, epoch, cursors, picked] = [0, '', {} as Record<string, number>, 0]
  const command = (type: string, doc: string, payload: unknown): WireCommand => {
    seq += 1
    const at = new Date().toISOString()
    return { id: uuidv7(Date.now(), random), seq, type, v: 1, doc, grant: grantId, at, mono: 1, seen: 1, signed: true, payload, blobs: [] }
  }
  async function send(commands: WireCommand[]): Promise<SyncReply> {
    const wall = new Date().toISOString()
    const body = {
      protocol: PROTOCOL,
      app: 'bench',
      device: device.id,
      epoch,
      acked: seq - commands.length,
      // A load of work only: what others do is not asked for.
      current: '',
      grants: { [grantId]: grant },
      cursors,
      held: {},
      need: [],
      waiting: { commands: 0, blobs: 0, oldest: null },
      clock: { wall, zone: 'Asia/Taipei', mono: 1, boot: 'bench', offset: 0, error: 5 },
      commands,
    }
    const text = JSON.stringify(body)
    const packed = text.length > 1000
    const response = await fetch(`${url}/api/sync`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...(packed ? { 'Content-Encoding': 'gzip' } : {}) },
      body: packed ? new Uint8Array(await pack(text, { level: 1 })) : text,
    })
    if (!response.ok) throw new Error(`sync: ${response.status} ${await response.text()}`)
    const reply = wholeReply((await response.json()) as SlimReply, { cursors })
    const bad = reply.verdicts.find((each) => each.verdict !== 'accepted')
    if (bad) throw new Error(`not accepted: ${JSON.stringify(bad)}`)
    epoch = reply.epoch
    return reply
  }
  async function sendAll(commands: readonly WireCommand[]): Promise<void> {
    for (let i = 0; i < commands.length; i += MAX_COMMANDS) await send(commands.slice(i, i + MAX_COMMANDS))
  }
  return {
    send,
    sendAll,
    async learn() {
      epoch = (await send([])).epoch
      cursors = {}
    },
    async place(count: number) {
      for (let i = 0; i < count; i++) orders.push(`bench-${index}-${i}`)
      const placed = orders.flatMap((id) => [command('PlaceOrder', id, form(id)), command('SignGate', id, { gate: 'confirmation', note: '' })])
      await sendAll(placed)
    },
    /** The next picks, a few per order as on a floor. */
    picks(count: number): WireCommand[] {
      return Array.from({ length: count }, () => {
        const doc = orders[Math.floor(picked / PICKS_AN_ORDER) % orders.length] ?? ''
        picked += 1
        return command('PickLine', doc, { line: 1, quantity: 1, lot: `R-26-${String(picked).padStart(6, '0')}`, from: 'A-03-1', grams: 412_000 })
      })
    },
  }
}

/** Every row of the picks into fresh tables of the same form, in transactions as large as a request. */
async function rawInserts(file: string): Promise<{ perSecond: number; singleMs: number }> {
  const source = new Database(file, { readonly: true })
  const picks = source.prepare(`select * from command where type = 'PickLine'`).all() as Row[]
  const events = groups(source.prepare(`select event.* from event where event.command in (select id from command where type = 'PickLine')`).all() as Row[], 'command')
  const docs = groups(source.prepare('select * from doc').all() as Row[], 'id')
  const feeds = groups(source.prepare('select * from feed').all() as Row[], 'doc')
  source.close()

  const folder = mkdtempSync(join(tmpdir(), 'countersign-raw-'))
  try {
    const target = join(folder, 'raw.sqlite')
    await (await openSqliteLog({ file: target, random })).close()
    const db = new Database(target)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    const put = {
      command: inserter(db, 'command', picks[0]),
      event: inserter(db, 'event', [...events.values()][0]?.[0]),
      doc: inserter(db, 'doc', [...docs.values()][0]?.[0]),
      feed: inserter(db, 'feed', [...feeds.values()][0]?.[0]),
    }
    const write = (commands: readonly Row[]) => {
      db.prepare('begin immediate').run()
      for (const command of commands) {
        put.command(command)
        for (const event of events.get(String(command.id)) ?? []) put.event(event)
      }
      // As the server does: a doc once per batch, however many commands touched it.
      for (const id of new Set(commands.map((command) => String(command.doc)))) {
        for (const doc of docs.get(id) ?? []) put.doc(doc)
        for (const feed of feeds.get(id) ?? []) put.feed(feed)
      }
      db.prepare('commit').run()
    }
    const many = picks.slice(0, picks.length - SINGLES)
    const began = performance.now()
    for (let i = 0; i < many.length; i += MAX_COMMANDS) write(many.slice(i, i + MAX_COMMANDS))
    const perSecond = many.length / ((performance.now() - began) / 1000)
    const singles = picks.slice(-SINGLES).map((pick) => {
      const from = performance.now()
      write([pick])
      return performance.now() - from
    })
    db.close()
    return { perSecond, singleMs: median(singles) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Row = { [column: string]: unknown }
function groups(rows: readonly Row[], by: string): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => String(row[by]))
}
function inserter(db: Database, table: string, sample: Row | undefined) {
  const columns = Object.keys(sample ?? {})
  const statement = db.prepare(`insert or replace into "${table}" (${columns.map((each) => `"${each}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`)
  return (row: Row) => statement.run(...columns.map((column) => row[column]))
}
