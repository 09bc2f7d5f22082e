/** A server on a real file in a folder of its own, with sites, people and devices, for tests through its doors. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Grant } from '../../shared/people/grant.ts'
import type { Role } from '../../shared/people/role.ts'
import type { Payload } from '../../shared/order/commands.ts'
import type { DocCommandType } from '../../shared/sync/doc.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import { wholeReply } from '../../shared/sync/slim.ts'
import { PROTOCOL, type SlimReply, type SyncReply, type SyncRequest, type WireCommand } from '../../shared/sync/wire.ts'
import { createApp } from '../../server/app.ts'
import { openFolder } from '../../server/blobs/folder.ts'
import type { Log } from '../../server/log/log.ts'
import { openSqliteLog } from '../../server/log/sqlite/log.ts'
import { createGrants, type Grants } from '../../server/people/grant.ts'
import { issueCode, SETUP_MS } from '../../server/people/code.ts'
import { hashPin } from '../../server/people/pin.ts'
import { savePeople } from '../../server/people/save.ts'
import { tokenHash } from '../../server/routes/caller.ts'
import type { Client } from '../../server/routes/static.ts'
import { foundSite } from '../../server/site/found.ts'

export const random = (length: number) => new Uint8Array(randomBytes(length))
export const START = Date.parse('2026-11-24T08:00:00.000Z')

export type Floor = Awaited<ReturnType<typeof openFloor>>

export function makeFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'floor-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export type Call = { token?: string; grant?: string; body?: unknown; headers?: Record<string, string>; from?: string }

export async function openFloor(folder = makeFolder(), client?: Client) {
  const clock = { now: START }
  const faults: unknown[] = []
  /** of those who wait for the clock, as listeners do between two beats */
  const waits = new Set<AbortSignal>()
  const log: Log = await openSqliteLog({ file: join(folder.path, 'log.sqlite'), random })
  const app = createApp({
    log,
    blobs: await openFolder(join(folder.path, 'blobs')),
    imports: join(folder.path, 'imports'),
    now: () => clock.now,
    random,
    app: 'test',
    wait: (_, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        waits.add(signal)
        signal.addEventListener('abort', () => {
          waits.delete(signal)
          resolve()
        })
      }),
    report: (error) => faults.push(error),
    ...(client && { client }),
  })
  const at = () => new Date(clock.now).toISOString()
  const server = () => ({ by: '', name: '', at: at(), device: '', command: uuidv7(clock.now, random) })
  const grants = createGrants(log)
  return {
    app,
    log,
    clock,
    faults,
    waits,
    folder,
    grants,
    async site(id: string) {
      await log.write((tx) => tx.addSite({ id, name: id, zone: 'Asia/Taipei', currency: 'TWD', createdAt: new Date(clock.now).toISOString() }))
      return id
    },
    async person(site: string, id: string, ...roles: Role[]) {
      await log.write((tx) => tx.savePerson({ id, site, name: id, roles, pinHash: null, wrongPins: 0, lockedUntil: null, revokedAt: null }))
      return { id, site, roles }
    },
    /** A site as the server's own set-up would make it, with its doc. */
    async foundSite(id: string) {
      await log.write((tx) => foundSite(tx, { id, name: id, zone: 'Asia/Taipei', currency: 'TWD', createdAt: at() }, server()))
      return id
    },
    /** A person with a PIN and a doc. */
    async employ(site: string, id: string, pin: string, ...roles: Role[]) {
      const row = { id, site, name: id, roles, pinHash: await hashPin(pin, random), wrongPins: 0, lockedUntil: null, revokedAt: null }
      await log.write((tx) => savePeople(tx, site, [row], server()))
      return { id, site, roles }
    },
    /** The code that the server prints at its first start. */
    setupCode: async () => (await issueCode(log, { purpose: 'setup', site: null, now: clock.now, lasts: SETUP_MS, random })).code,
    /** A request at any door; `from` is the address it comes from. */
    call: (method: string, path: string, { token, grant, body, headers = {}, from = '10.0.0.9' }: Call = {}) =>
      app.request(
        path,
        {
          method,
          headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(grant && { Grant: grant }), ...headers },
          ...(body !== undefined && { body: typeof body === 'string' || body instanceof Uint8Array ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body) }),
        },
        { incoming: { socket: { remoteAddress: from } } },
      ),
    device: (site: string, id: string, forkOf: string | null = null) => enrol(log, clock, { site, id, forkOf }),
    post: (token: string, body: unknown, headers: Record<string, string> = {}) =>
      app.request('/api/sync', {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body),
      }),
    /** The server's process dies without a word: nothing is flushed that was not already. */
    async close() {
      await log.close()
    },
    async end() {
      await log.close()
      folder.remove()
    },
  }
}

async function enrol(log: Log, clock: { now: number }, { site, id, forkOf }: { site: string; id: string; forkOf: string | null }) {
  const token = `token-of-${id}`
  await log.write(async (tx) =>
    tx.addDevice({
      id,
      site,
      number: await tx.nextDeviceNumber(site),
      name: id,
      tokenHash: tokenHash(token),
      publicKey: '',
      lastSeq: 0,
      enrolledAt: new Date(clock.now).toISOString(),
      revokedAt: null,
      forkOf,
      seen: null,
    }),
  )
  return { id, site, token }
}

type Who = { id: string; site: string; roles: readonly Role[] }
/** A phone as far as the wire goes: numbers its commands, remembers its cursors, and says what it was told to say. */
export class Phone {
  readonly floor: Floor
  readonly id: string
  readonly site: string
  readonly token: string
  readonly grants: { [id: string]: string } = {}
  current = ''
  seq = 0
  epoch = ''
  cursors: { [scope: string]: number } = {}
  held: { [doc: string]: number } = {}

  constructor(floor: Floor, device: { id: string; site: string; token: string }) {
    this.floor = floor
    this.id = device.id
    this.site = device.site
    this.token = device.token
  }

  async signIn(who: Who, grants: Grants = this.floor.grants, change: Partial<Grant> = {}): Promise<string> {
    const grant: Grant = {
      id: `grant-${who.id}-${this.id}`,
      site: this.site,
      device: this.id,
      person: who.id,
      name: who.id,
      roles: [...who.roles],
      from: new Date(this.floor.clock.now).toISOString(),
      until: new Date(this.floor.clock.now + 12 * 3_600_000).toISOString(),
      ...change,
    }
    this.grants[grant.id] = await grants.sign(grant)
    this.current = grant.id
    return grant.id
  }

  /** At a door of the person who is signed in here. */
  call(method: string, path: string, call: Call = {}) {
    return this.floor.call(method, path, { token: this.token, grant: this.grants[this.current] ?? '', ...call })
  }

  command(type: DocCommandType | (string & {}), doc: string, payload: unknown, change: Partial<WireCommand> = {}): WireCommand {
    this.seq = change.seq ?? this.seq + 1
    return {
      id: uuidv7(this.floor.clock.now, random),
      seq: this.seq,
      type,
      v: 1,
      doc,
      grant: this.current,
      at: new Date(this.floor.clock.now).toISOString(),
      mono: 1000,
      seen: 0,
      signed: true,
      payload,
      blobs: [],
      ...change,
    }
  }

  request(commands: readonly unknown[] = [], change: Partial<SyncRequest> = {}) {
    const wall = new Date(this.floor.clock.now).toISOString()
    return {
      protocol: PROTOCOL,
      app: 'test',
      device: this.id,
      epoch: this.epoch,
      acked: 0,
      current: this.current,
      grants: this.grants,
      cursors: this.cursors,
      held: this.held,
      need: [],
      waiting: { commands: 0, blobs: 0, oldest: null },
      clock: { wall, zone: 'Asia/Taipei', mono: 1000, boot: 'boot', offset: 0, error: 20 },
      commands,
      ...change,
    }
  }

  send(commands: readonly unknown[] = [], change: Partial<SyncRequest> = {}) {
    return this.floor.post(this.token, this.request(commands, change))
  }

  /** One round trip, its pages taken over. A new phone asks twice: first it learns the epoch. */
  async sync(commands: readonly unknown[] = [], change: Partial<SyncRequest> = {}): Promise<SyncReply> {
    if (this.epoch === '') {
      const first = await this.reply(await this.send())
      this.take(first)
      if (commands.length === 0) return first
    }
    const reply = await this.reply(await this.send(commands, change))
    this.take(reply)
    return reply
  }

  async reply(response: Response): Promise<SyncReply> {
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
    return wholeReply((await response.json()) as SlimReply, this)
  }

  take(reply: SyncReply): void {
    if (reply.epoch !== this.epoch) this.cursors = {}
    this.epoch = reply.epoch
    for (const scope of reply.lost) delete this.cursors[scope]
    for (const [scope, page] of Object.entries(reply.scopes)) this.cursors[scope] = page.to
  }
}

export function form(number: string, change: Partial<Payload<'PlaceOrder'>> = {}): Payload<'PlaceOrder'> {
  return {
    number,
    source: { name: '', key: '' },
    process: 'stock',
    customer: { id: 'c1', name: 'Lin Paper', grade: 'A' },
    terms: 'monthly',
    contact: 'Ms Lin',
    phone: '02-1234',
    shipTo: 'Taichung 12',
    currency: 'TWD',
    placedAt: '2026-11-24T00:00:00.000Z',
    promisedAt: '2026-11-27T00:00:00.000Z',
    tolerance: '±2 %',
    quality: 'A',
    packaging: 'pallet',
    delivery: 'truck',
    clauses: '',
    memo: '',
    lines: [{ no: 1, sku: 'BX-204', name: 'Kraft 200 g', spec: '1092 mm', unit: 'roll', quantity: 100, price: 120000, grams: 500000 }],
    ...change,
  }
}
export const pick = (quantity = 1): Payload<'PickLine'> => ({ line: 1, quantity, lot: 'L1', from: 'A-03', grams: 0 })
export const trip = (driver: string, id = `trip-${driver}`): Payload<'PutOnTrip'> => ({ id, number: id, driver, driverName: driver, vehicle: 'KLA-1234', stop: 1 })

/** A site with everyone who is needed, on one phone each. */
export async function staffedFloor() {
  const floor = await openFloor()
  await floor.site('north')
  const clerk = await floor.person('north', 'clerk', 'service', 'service-supervisor', 'warehouse', 'shipper', 'supervisor')
  const picker = await floor.person('north', 'picker', 'warehouse')
  const desk = new Phone(floor, await floor.device('north', 'desk'))
  await desk.signIn(clerk)
  const phone = new Phone(floor, await floor.device('north', 'phone'))
  await phone.signIn(picker)
  return { floor, desk, phone, clerk, picker }
}
