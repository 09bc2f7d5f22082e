/** One seed: a shift in which everything goes wrong that can, then peace, then the count. */
import { chanceOf, type Chance } from '../../server/example/chance.ts'
import { takeIdentity } from '../../client/sync/identity.ts'
import { addDevice } from '../../server/people/enrol.ts'
import { createGrants } from '../../server/people/grant.ts'
import { tokenHash } from '../../server/routes/caller.ts'
import type { Grant } from '../../shared/people/grant.ts'
import type { Role } from '../../shared/people/role.ts'
import { place, someAct } from './acts.ts'
import { type Page, Phone } from './device.ts'
import { atRest, heard, photosAtRest, shelvesAtRest, Watch } from './invariants.ts'
import { CALM, Line } from './line.ts'
import { afterTasks, quiet } from './platform.ts'
import { Server } from './server.ts'
import { Store } from './store.ts'
import { Timeline } from './timeline.ts'
import { Trouble } from './trouble.ts'
import { Truth, Violation } from './truth.ts'
import { docsIn } from '../support/docs.ts'
import { putBodies } from '../../server/sync/put.ts'

export const START = Date.parse('2026-11-24T01:00:00.000Z')
const SITE = 'north'
/** What was thought of later draws from a chance of its own: where it does not happen, the seeds of before play the shifts of before. */
const ASIDE = 2 ** 31
const MINUTE = 60_000
const PEACE_MS = 4 * MINUTE
/** A line that is dead and says nothing is given up after 50 s, and then tried again. */
const NEWS_MS = 2 * MINUTE
const SHIFT_MS = 24 * 60 * MINUTE
export const PEOPLE: { [person: string]: Role[] } = {
  desk: ['service', 'service-supervisor', 'finance', 'supervisor', 'warehouse'],
  picker: ['warehouse'],
  shipper: ['shipper', 'warehouse'],
  'driver-1': ['driver'],
  'driver-2': ['driver'],
  boss: ['supervisor'],
}
const DRIVERS = ['driver-1', 'driver-2']
/** Of what some orders want; the rest nobody has put down yet. */
const SHELVES = ['S-0', 'S-1'].map((sku) => ({
  kind: 'product' as const, id: `product-${sku}`, site: SITE, sku, name: '牛皮紙', spec: '', unit: 'roll' as const, grams: 1000, barcode: '',
  stock: [1, 2, 3].map((n) => ({ location: 'C-07-2', lot: `L-${n}`, quantity: 2, grams: 2000, receivedOn: '2026-11-01' })),
}))

export type Played = { made: number; accepted: number; refused: number; quarantined: number; requests: number; faults: { [fault: string]: number } }

export async function play(seed: number): Promise<Played> {
  const chance = chanceOf(seed)
  const store = await Store.open(chance.bytes)
  const world = new Shift(chance, store, chanceOf(seed + ASIDE))
  try {
    return await world.play()
  } finally {
    await world.over()
  }
}

export class Shift {
  readonly chance: Chance
  readonly aside: Chance
  readonly store: Store
  readonly time = new Timeline(START)
  readonly truth = new Truth()
  readonly watches: Watch[] = []
  readonly servers: Server[]
  readonly lines = new Map<Phone, Line>()
  readonly wrong: unknown[] = []
  readonly trouble: Trouble
  readonly end: number
  /** all are at the same few orders */
  crowded = false
  #grants = 0

  constructor(chance: Chance, store: Store, aside: Chance) {
    this.chance = chance
    this.aside = aside
    this.store = store
    const given = { store, time: this.time, truth: this.truth, random: chance.bytes, fault: (error: unknown) => void this.wrong.push(error) }
    this.servers = [new Server(given), new Server(given)]
    this.end = START + chance.int(1, 4) * MINUTE
    this.trouble = new Trouble(this)
  }

  async play(): Promise<Played> {
    const { chance, time } = this
    await this.found()
    const crew = ['desk', ...Array.from({ length: chance.int(1, 5) }, () => chance.pick(Object.keys(PEOPLE).slice(1)))]
    for (const person of crew) await this.enrol(person)
    const { end } = this
    for (const { phone } of this.watches) this.work(phone)
    this.trouble.begin()
    await time.until(end, () => this.look())
    await this.peace()
    await time.until(end + PEACE_MS, () => this.look())
    const sums = await atRest(this.watches, this.store, SITE)
    await shelvesAtRest(this.store, SITE)
    await photosAtRest(this.watches, this.store, SITE)
    await this.news()
    return { ...sums, requests: [...this.lines.values()].reduce((sum, line) => sum + line.requests, 0), faults: this.trouble.faults }
  }

  async over(): Promise<void> {
    for (const { phone } of this.watches) for (const page of [...phone.pages]) phone.crash(page)
    for (const server of this.servers) server.die()
    this.time.end()
    await this.store.end()
  }

  async found(): Promise<void> {
    const at = new Date(START).toISOString()
    await this.store.log.write(async (tx) => {
      await tx.addSite({ id: SITE, name: SITE, zone: 'Asia/Taipei', currency: 'TWD', createdAt: at })
      await putBodies(tx, SITE, SHELVES, { by: '', name: '', at, device: '', command: 'shelves' })
      for (const [id, roles] of Object.entries(PEOPLE)) await tx.savePerson({ id, site: SITE, name: id, roles, pinHash: null, wrongPins: 0, lockedUntil: null, revokedAt: null })
    })
    await this.rememberAll(await this.store.log.read((tx) => tx.epoch()))
  }

  async enrol(person: string): Promise<void> {
    const { chance, time, store, servers, truth } = this
    const nth = this.watches.length + 1
    const id = `phone-${nth}`
    const token = `token-of-${id}`
    await store.log.write((tx) => tx.addDevice({ id, site: SITE, number: nth, name: id, tokenHash: tokenHash(token), publicKey: '', lastSeq: 0, enrolledAt: new Date(START).toISOString(), revokedAt: null, forkOf: null, seen: null }))
    const line = new Line({ time, chance, servers, truth })
    const phone = new Phone(id, { time, random: chance.bytes, line })
    phone.skew = chance.next() < 0.3 ? chance.int(-7_200_000, 7_200_000) : chance.int(-3000, 3000)
    if (chance.next() < 0.3) phone.app = 'old'
    this.lines.set(phone, line)
    const page = phone.open()
    const { db } = page.device
    await db.put('identity', { device: id, number: nth, name: id, token, site: SITE, siteName: SITE, zone: 'Asia/Taipei', currency: 'TWD' })
    await this.signIn(page, person)
    if (chance.next() < 0.8) phone.open()
    this.watches.push(new Watch(phone, truth))
  }

  async enrolAgain(page: Page, was: string): Promise<void> {
    const { chance, time, store } = this
    const now = time.now
    const { device, token } = await store.log.write((tx) => addDevice(tx, { site: SITE, name: was, publicKey: '', forkOf: null, now, random: chance.bytes }))
    const { id, number, name } = device
    await takeIdentity(page.device.db, was, { device: id, number, name, token })
    const person = (await page.device.people.current())?.person ?? 'desk'
    await this.signIn(page, person)
  }

  /** Enrolled after the backup that was put back, or forked before it and told so late: somebody enrols it once more, and its work goes along. */
  async knownAgain(phone: Phone): Promise<void> {
    const [page] = phone.pages
    const device = phone.meta('identity')?.device ?? ''
    if (page && !(await this.store.log.read((tx) => tx.device(device)))) await this.enrolAgain(page, device)
  }

  /** The server's word that this person may work here, as its door gives it. */
  async signIn({ device }: Page, person: string): Promise<void> {
    const row = await this.store.log.read((tx) => tx.person(person))
    const { identity, grants = {} } = await device.db.readAll('identity', 'grants')
    if (!row || !identity) return
    const now = this.time.now
    const grant: Grant = { id: `grant-${this.#grants++}`, site: SITE, device: identity.device, person, name: person, roles: row.roles, from: new Date(now).toISOString(), until: new Date(now + SHIFT_MS).toISOString() }
    const token = await createGrants(this.store.log).sign(grant)
    await device.db.transaction('rw', device.db.meta, async () => {
      await device.db.put('grants', { ...((await device.db.read('grants')) ?? grants), [grant.id]: token })
      await device.db.put('current', grant.id)
    })
    device.sync.poke('signed-in')
  }

  /** Somebody taps, now and then, until the end. */
  work(phone: Phone): void {
    const { chance, time, end } = this
    const pace = chance.int(3_000, 25_000)
    const again = () => {
      if (time.now > end) return
      void this.act(phone).catch(() => undefined)
      time.in(chance.int(500, this.crowded ? 4000 : pace), again)
    }
    time.in(chance.int(0, pace), again)
  }

  async act(phone: Phone): Promise<void> {
    const { chance, time } = this
    const page = phone.pages.length > 0 ? chance.pick(phone.pages) : phone.open()
    const grant = await page.device.people.current()
    if (!grant) return
    const photo = chance.next() < 0.3 ? await page.device.pictures.add(chance.bytes(chance.int(50, 400))) : null
    const seen = phone.docs().map((row) => row.doc.body).filter(({ kind, id }, _, all) => !this.crowded || kind !== 'order' || all.filter((each) => each.kind === 'order' && each.id < id).length < 5)
    const acts = Array.from({ length: chance.next() < 0.2 ? 2 : 1 }, () => someAct({ chance, now: time.now, site: SITE, roles: grant.roles, seen, drivers: DRIVERS, photo })).filter((act) => act !== null)
    if (acts.length > 0) await page.device.issue(acts)
  }

  look(): void {
    for (const watch of this.watches) watch.look(this.time.now, this.lines.get(watch.phone)?.requests ?? 0)
    const [fault] = this.wrong
    if (fault) throw fault instanceof Error ? fault : new Violation(`a server failed: ${String(fault)}`)
  }

  /** What the new history begins with. */
  async rememberAll(epoch: string): Promise<void> {
    const scopes = [`site:${SITE}`, `people:${SITE}`, ...DRIVERS.map((driver) => `driver:${SITE}:${driver}`)]
    for (const scope of scopes) this.truth.committed(epoch, await docsIn(this.store.log, scope))
  }

  /** Nothing fails any more, and somebody looks at each phone now and then. */
  async peace(): Promise<void> {
    afterTasks(Number.MAX_SAFE_INTEGER, () => undefined)
    while (this.trouble.restoring || this.store.busy) await quiet()
    for (const line of this.lines.values()) line.onAnswer = null
    for (const server of this.servers) server.onRequest = null
    for (const server of this.servers) server.start()
    for (const { phone } of this.watches) {
      const line = this.lines.get(phone)
      if (line) {
        line.weather = CALM
        line.down = false
      }
      phone.full(false)
      if (phone.pages.length === 0) phone.open()
      await this.knownAgain(phone)
      const grant = await phone.pages[0]?.device.people.current()
      const row = grant && (await this.store.log.read((tx) => tx.person(grant.person)))
      // Who may no longer come in is not at the phone at the end of the day: what waits there is sent all the same.
      if (row?.revokedAt && phone.pages[0]) await this.signIn(phone.pages[0], 'desk')
      for (let minute = 1; minute < PEACE_MS / MINUTE; minute++) this.time.in(minute * MINUTE, () => void this.knownAgain(phone).then(() => phone.pages.forEach((page) => void page.device.sync.poke('person'))))
    }
  }

  /** Each phone is opened anew and hears of work soon, though nobody asks; though the server begins anew, too, while it has just begun to listen. */
  async news(): Promise<void> {
    const { time, servers, watches } = this
    for (const other of servers.splice(1)) other.die()
    for (const { phone } of watches) {
      for (const page of [...phone.pages]) phone.crash(page)
      phone.open()
    }
    await time.until(time.now + 3000, () => this.look())
    servers[0]?.die()
    servers[0]?.start()
    const page = watches.map(({ phone }) => phone.pages[0]).find((each) => each?.device.sync.status().paused === null)
    if (!page) return
    await this.signIn(page, 'desk')
    await page.device.issue([place({ chance: this.aside, now: time.now })])
    await time.until(time.now + NEWS_MS, () => this.look())
    await heard(watches, this.store)
  }
}
