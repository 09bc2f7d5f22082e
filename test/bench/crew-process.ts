/** A process of phones: real engines without screens, told by crew.ts what to do. */
import { createHash } from 'node:crypto'
import { Dexie } from 'dexie'
import type { DocRow } from '../../client/db.ts'
import { eachBundled } from '../../client/bundle.ts'
import { checksum } from '../../shared/sync/checksum.ts'
import { openPhone, type Phone, type Seat } from '../support/open-phone.ts'
import { copyPlainly } from './copies.ts'

/** What can be asked of a process, and what it answers. Times are ms since 1970, with fractions. */
export type Verbs = {
  /** Opens phones and gives each its first load, one after the other; answers what each took, ms. */
  open: { ask: { url: string; seats: readonly Seat[] }; answer: number[] }
  /** They are out of reach, and try. */
  leave: { ask: null; answer: null }
  /** Per phone what is picked: one piece of a line each. */
  pick: { ask: { picks: readonly (readonly Pick[])[] }; answer: null }
  /** They have the line again, all at once. */
  back: { ask: null; answer: null }
  /** They listen; answered when every stream is open. */
  listen: { ask: null; answer: null }
  /** How many have work left or have not read so far yet, and when anything last changed in the tables of any. */
  standing: { ask: { heads: Heads }; answer: { behind: number; changedAt: number } }
  /** Since they were opened, or came back: their CPU in seconds, and how often they called. */
  account: { ask: null; answer: Account }
  /** One digest per phone of everything it holds. */
  holdings: { ask: null; answer: string[] }
  /** Picks on one phone; answers when the finger touched. */
  tap: { ask: { phone: number; pick: Pick }; answer: number }
  /** From now on it matters when a doc changes. */
  watch: { ask: { doc: string }; answer: null }
  /** Per phone, when its tables had that doc changed. */
  heard: { ask: null; answer: number[] }
}
export type Pick = { doc: string; line: number }
export type Account = { cpu: number; requests: number }
export type Heads = { [scope: string]: number }
export type Asked<V extends keyof Verbs = keyof Verbs> = { [K in V]: { nr: number; verb: K; ask: Verbs[K]['ask'] } }[V]

const OF_SYNC = ['docs', 'outbox', 'cursors']
const now = () => performance.timeOrigin + performance.now()

copyPlainly()
const phones: Phone[] = []
const changedAt: number[] = []
const streams = new Set<Phone>()
let watched: { doc: string; since: number[]; at: (number | null)[]; all: PromiseWithResolvers<void> } | null = null
let before = process.cpuUsage()
let calls = 0

/** Told of what the real tables took in, in the turn in which the transaction completes. */
Dexie.on('storagemutated', (parts) => {
  const at = now()
  phones.forEach((phone, i) => {
    if (OF_SYNC.some((table) => parts[`idb://${phone.db.name}/${table}/`])) changedAt[i] = at
    if (watched && parts[`idb://${phone.db.name}/docs/`]) void look(i, at)
  })
})

async function look(i: number, at: number): Promise<void> {
  const here = watched
  if (!here || (await versionOf(phones[i], here.doc)) <= (here.since[i] ?? 0)) return
  here.at[i] ??= at
  if (here.at.every((each) => each !== null)) here.all.resolve()
}
const versionOf = async (phone: Phone | undefined, doc: string): Promise<number> => (await phone?.db.docs.get(doc))?.version ?? 0

const answers: { [V in keyof Verbs]: (ask: Verbs[V]['ask']) => Promise<Verbs[V]['answer']> } = {
  async open({ url, seats }) {
    before = process.cpuUsage()
    const took: number[] = []
    for (const seat of seats) {
      const phone = await openPhone({ url, seat, name: seat.id, between: (fetch) => (path, init) => heardOf(path, fetch(path, init), () => phone) })
      const began = performance.now()
      await phone.sync()
      took.push(performance.now() - began)
      phones.push(phone)
      changedAt.push(now())
    }
    return took
  },
  async leave() {
    for (const phone of phones) {
      phone.line.up = false
      phone.device.sync.start()
    }
    return null
  },
  async pick({ picks }) {
    for (const [i, mine] of picks.entries())
      for (const acts of Map.groupBy(await Promise.all(mine.map((pick) => actOf(i, pick))), ({ doc }) => doc).values()) await phones[i]?.issue(...acts)
    return null
  },
  async back() {
    before = process.cpuUsage()
    calls = 0
    for (const phone of phones) {
      phone.line.up = true
      phone.device.sync.poke('online')
    }
    return null
  },
  async listen() {
    for (const phone of phones) phone.device.sync.start()
    while (streams.size < phones.length) await new Promise((done) => setTimeout(done, 20))
    return null
  },
  async standing({ heads }) {
    const ready = await Promise.all(
      phones.map(async ({ db }) => {
        const cursors = await db.cursors.toArray()
        return (await db.outbox.count()) === 0 && ((await db.read('need')) ?? []).length === 0 && cursors.every(({ scope, position }) => position === heads[scope])
      }),
    )
    return { behind: ready.filter((each) => !each).length, changedAt: Math.max(...changedAt) }
  },
  async account() {
    const { user, system } = process.cpuUsage(before)
    return { cpu: (user + system) / 1e6, requests: calls }
  },
  holdings: () => Promise.all(phones.map(holdingOf)),
  async tap({ phone, pick }) {
    const act = await actOf(phone, pick)
    const at = now()
    await phones[phone]?.issue(act)
    return at
  },
  async watch({ doc }) {
    watched = { doc, since: await Promise.all(phones.map((phone) => versionOf(phone, doc))), at: phones.map(() => null), all: Promise.withResolvers() }
    return null
  },
  async heard() {
    await watched?.all.promise
    return watched?.at.map(Number) ?? []
  },
}

async function actOf(i: number, { doc, line }: Pick) {
  const found = (await phones[i]?.order(doc))?.lines.find(({ no }) => no === line)
  if (!found) throw new Error(`phone ${i} has no line ${line} of order ${doc}`)
  return { type: 'PickLine' as const, doc, payload: { line, quantity: 1, lot: `R-26-${found.sku.slice(3)}011`, from: 'A-03-1', grams: found.grams } }
}

async function heardOf(path: string, calling: Promise<Response>, phone: () => Phone): Promise<Response> {
  calls += 1
  const response = await calling
  if (path.endsWith('/api/stream') && response.ok) streams.add(phone())
  return response
}

/** Text of every doc's version and checksum, in the order of their ids. */
async function holdingOf({ db }: Phone): Promise<string> {
  const digest = createHash('sha256')
  const rows: DocRow[] = await db.docs.toArray()
  await eachBundled(db, `site:${(await db.read('identity'))?.site}`, (row) => rows.push(row))
  for (const { id, version, doc } of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) digest.update(`${id} ${version} ${checksum(doc)}\n`)
  return digest.digest('hex')
}

process.on('message', async ({ nr, verb, ask }: Asked) => {
  const answer = await answers[verb](ask as never).catch((error: unknown) => ({ failed: String(error) }))
  process.send?.({ nr, answer })
})
process.on('disconnect', () => process.exit(0))
