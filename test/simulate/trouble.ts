/** What goes wrong in a shift: each fault with a rate of its own, on phones, lines, servers and the store, and what people do to one another's rights. */
import { format } from '../../shared/sync/id.ts'
import { Phone } from './device.ts'
import { Watch } from './invariants.ts'
import { CALM, Line, type Weather } from './line.ts'
import { afterTasks } from './platform.ts'
import { PEOPLE, type Shift, START } from './seed.ts'
import type { Copy } from './store.ts'

export class Trouble {
  /** how often each fault came */
  readonly faults: { [fault: string]: number } = {}
  /** the store is another one in a moment */
  restoring = false
  readonly shift: Shift
  #backup: Copy | null = null

  constructor(shift: Shift) {
    this.shift = shift
  }

  /** Each fault with a rate of its own, in this seed: some seeds are stormy in one way, some in all. */
  begin(): void {
    const { chance, store, time, lines, servers, watches } = this.shift
    const weather = (): Weather => ({
      drop: chance.next() < 0.7 ? chance.next() * 0.3 : 0,
      twice: chance.next() * 0.2,
      portal: chance.next() < 0.2 ? chance.next() * 0.2 : 0,
      cut: chance.next() < 0.5 ? chance.next() * 0.2 : 0,
      slowest: chance.pick([100, 400, 4000, 20_000]),
    })
    for (const line of lines.values()) line.weather = weather()
    this.#every('crash', 20_000, () => {
      const { phone } = chance.pick(watches)
      const line = lines.get(phone)
      const gone = () =>
        afterTasks(chance.int(1, 60), () => {
          for (const page of chance.next() < 0.5 ? [...phone.pages] : phone.pages.slice(0, 1)) phone.crash(page)
        })
      // At any time, or in the middle of taking in an answer.
      if (line && chance.next() < 0.7) line.onAnswer = gone
      else gone()
      time.in(chance.int(5_000, 30_000), () => {
        if (chance.next() < 0.3) phone.app = 'new'
        while (phone.pages.length < (chance.next() < 0.7 ? 2 : 1)) phone.open()
      })
    })
    this.#every('server', 40_000, () => {
      const server = chance.pick(servers)
      server.onRequest = () => afterTasks(chance.int(1, 60), () => server.die())
      time.in(chance.int(5_000, 25_000), () => server.start())
    })
    this.#every('power', 120_000, () => void this.#powerCut())
    this.#every('clone', 120_000, () => this.#clone(chance.pick(watches).phone))
    this.#every('revoked', 150_000, () => void this.#revoke(chance.pick(watches.slice(1))?.phone).catch(() => undefined))
    this.#every('clock', 60_000, () => {
      chance.pick(watches).phone.skew += chance.pick([-3_600_000, 3_600_000, -60_000, 60_000, 7_200_000])
    })
    this.#every('out of reach', 60_000, () => {
      const line = lines.get(chance.pick(watches).phone)
      if (!line) return
      line.down = true
      time.in(chance.int(1000, 90_000), () => (line.down = false))
    })
    this.#every('full', 90_000, () => {
      const { phone } = chance.pick(watches)
      phone.full(true)
      time.in(chance.int(1000, 30_000), () => phone.full(false))
    })
    this.#every('sign in', 60_000, () => {
      const { phone } = chance.pick(watches.slice(1).concat(watches.slice(0, 1)))
      const page = phone.pages[0]
      if (page) void this.shift.signIn(page, chance.pick(Object.keys(PEOPLE))).catch(() => undefined)
    })
    this.#every('roles', 120_000, () => void this.#changePerson(chance.pick(Object.keys(PEOPLE).slice(1))).catch(() => undefined))
    this.#every('disk', 20_000, () => store.reachDisk())
    this.#every('backup', 60_000, () => (this.#backup = store.copy()))
    this.#every('restore', 150_000, () => void this.#restore())
    this.#handedOn()
    this.#oldNews()
  }

  /** A seed has a fault or hasn't; if it has, about every so often. */
  #every(fault: string, mean: number, happen: () => void): void {
    const { chance, time, end } = this.shift
    if (chance.next() < 0.5) return
    const again = () => {
      if (time.now > end) return
      this.faults[fault] = (this.faults[fault] ?? 0) + 1
      happen()
      time.in(chance.int(mean / 4, mean * 2), again)
    }
    time.in(chance.int(mean / 4, mean * 2), again)
  }

  /** Two hand one phone to one another all the time, in some seeds: who asked is not who stands there when the answer comes. */
  #handedOn(): void {
    const { aside, time, end, watches } = this.shift
    if (aside.next() < 0.75) return
    const { phone } = aside.pick(watches)
    const two = [aside.pick(Object.keys(PEOPLE)), aside.pick(Object.keys(PEOPLE))]
    const again = () => {
      if (time.now > end) return
      const [page] = phone.pages
      const [person = ''] = two.reverse()
      this.faults['handed on'] = (this.faults['handed on'] ?? 0) + 1
      if (page) void this.shift.signIn(page, person).catch(() => undefined)
      time.in(aside.int(1000, 12_000), again)
    }
    time.in(aside.int(1000, 12_000), again)
  }

  /** In some seeds all are at the same few orders, and what they hear of one another is older than the answers they get, when those come. */
  #oldNews(): void {
    const { aside, lines } = this.shift
    if (aside.next() < 0.75) return
    this.shift.crowded = true
    this.faults['old news'] = 1
    for (const line of lines.values()) line.weather = { ...line.weather, drop: 0, cut: 0, slowest: 1000, late: aside.pick([500, 1000, 2000]) }
  }

  async #changePerson(id: string): Promise<void> {
    const { chance, store, time } = this.shift
    const row = await store.log.read((tx) => tx.person(id))
    const roles = PEOPLE[id]
    if (!row || !roles) return
    const at = new Date(time.now).toISOString()
    await store.log.write((tx) => tx.savePerson({ ...row, roles: chance.next() < 0.5 ? ['driver'] : roles, revokedAt: chance.next() < 0.3 ? at : null }))
  }

  /** Its tables, byte for byte, on another phone: from now on two speak under one name. */
  #clone(phone: Phone): void {
    const { chance, time, servers, truth, lines, watches } = this.shift
    if (phone.writing || watches.length > 6) return
    const line = new Line({ time, chance, servers, truth })
    line.weather = lines.get(phone)?.weather ?? CALM
    const twin = new Phone(`twin of ${phone.name} at ${time.now - START}`, { time, random: chance.bytes, line })
    void twin.become(phone).then(() => {
      lines.set(twin, line)
      watches.push(new Watch(twin, truth))
      twin.open()
      this.shift.work(twin)
    })
  }

  async #revoke(phone: Phone | undefined): Promise<void> {
    const device = phone?.meta('identity')?.device
    const { store, time } = this.shift
    if (device) await store.log.write((tx) => tx.saveDevice(device, { revokedAt: new Date(time.now).toISOString() }))
  }

  /** What was not on the disk is gone. With every commit fsynced that is nothing that anyone was told. */
  async #powerCut(): Promise<void> {
    const { chance, store, time, servers } = this.shift
    for (const server of servers) server.die()
    await store.losePower()
    time.in(chance.int(100, 15_000), () => servers.forEach((server) => void server.start()))
  }

  /** Both servers down, the store as it was at the last backup, another epoch, and up again. */
  async #restore(): Promise<void> {
    const { chance, store, time, servers } = this.shift
    if (this.restoring || store.busy) return
    this.restoring = true
    for (const server of servers) server.die()
    const copy = chance.next() < 0.3 ? null : this.#backup
    const back = copy ?? store.copy()
    await store.become(back)
    const epoch = format(chance.bytes(16), 4)
    await store.log.write((tx) => tx.beginEpoch(epoch))
    await this.shift.rememberAll(epoch)
    this.restoring = false
    time.in(chance.int(100, 10_000), () => servers.forEach((server) => void server.start()))
  }
}
