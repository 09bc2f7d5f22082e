/**
 * A phone without a screen: the real engine in Node over fake-indexeddb, against a server in this process or on a port.
 * Its tables outlive it: `reload` is the page loaded again, `tab` another page over the same tables.
 */
import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb'
import { type Device, openDevice } from '../../client/device.ts'
import { rowsById } from '../../client/rows.ts'
import type { Act } from '../../client/issue.ts'
import type { World } from '../../client/world.ts'
import { type Grant, readGrant } from '../../shared/people/grant.ts'
import type { Body } from '../../shared/sync/doc.ts'

type Fetch = World['fetch']
type App = { request(path: string, init?: RequestInit): Response | Promise<Response> }
/** A device that was enrolled straight in the server's log, and the token of the grant of who is at it. */
export type Seat = { id: string; site: string; token: string; number?: number; grant?: string }
export type PhoneOptions = {
  /** a server on a port, or one in this process */
  url?: string
  app?: App
  name?: string
  /** enrols by a one-time code … */
  code?: string
  /** … or sits down where the log already has a device */
  seat?: Seat
  person?: string
  pin?: string
  /** ms since 1970; the real time if absent */
  now?: () => number
  /** between the phone and the server: to count, cut, delay or forge */
  between?: (fetch: Fetch) => Fetch
  random?: World['random']
}
/** Bytes of bodies as they travel, packed; `sent` one line per request. */
export type Traffic = { up: number; down: number; sent: { method: string; path: string; up: number; down: number; status: number }[] }
export type Phone = Awaited<ReturnType<typeof openPhone>>

const ORIGIN = 'http://phone.test'

export async function openPhone({ url, app, name = 'phone', code, seat, person, pin, now = Date.now, between = (fetch) => fetch, random }: PhoneOptions) {
  const tables = new FakeFactory()
  const traffic: Traffic = { up: 0, down: 0, sent: [] }
  const line = { up: true }
  const held = new Set<string>()
  const turns = new Map<string, Promise<unknown>>()
  const timers = new Set<{ at: number; ring(): void }>()
  const clock = { mono: 0 }
  let boots = 0

  const server: Fetch = between(counted(app ? inProcess(app) : fetch, traffic))
  const world = (nth: number): World => ({
    now,
    // Without a clock of its own to turn, the phone lives in real time.
    mono: now === Date.now ? () => performance.now() : () => clock.mono,
    boot: `boot-${nth}`,
    zone: 'Asia/Taipei',
    app: 'test',
    base: url ?? ORIGIN,
    random: random ?? ((length) => crypto.getRandomValues(new Uint8Array(length))),
    fetch: (path, init) => (line.up ? server(path, init) : Promise.reject(new TypeError('Failed to fetch'))),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        if (now === Date.now) {
          const timer = setTimeout(resolve, ms)
          signal?.addEventListener('abort', () => {
            clearTimeout(timer)
            resolve()
          })
          return
        }
        const timer = { at: clock.mono + ms, ring: resolve }
        timers.add(timer)
        signal?.addEventListener('abort', () => {
          timers.delete(timer)
          resolve()
        })
      }),
    drawn: () => Promise.resolve(),
    async lock(key, work) {
      if (held.has(key)) return 'busy'
      held.add(key)
      try {
        return await work()
      } finally {
        held.delete(key)
      }
    },
    queue(key, work, signal) {
      const before = turns.get(key) ?? Promise.resolve()
      const given = new Promise<never>((_, no) => signal.addEventListener('abort', () => no(signal.reason)))
      const mine = Promise.race([before, given]).then(() => {
        signal.throwIfAborted()
        return work()
      })
      turns.set(key, Promise.allSettled([before, mine]))
      return mine
    },
  })
  const open = (): Device => {
    boots += 1
    return openDevice({ world: world(boots), name, indexedDB: tables, IDBKeyRange: FakeKeyRange })
  }

  let device = open()
  const tabs: Device[] = []
  const phone = {
    traffic,
    line,
    tables,
    /** the locks that its tabs hold */
    held,
    get device() {
      return device
    },
    get db() {
      return device.db
    },
    /** All acts, or an error that says why not. */
    async issue(...acts: Act[]): Promise<string[]> {
      const issued = await device.issue(acts)
      if ('done' in issued) return issued.ids
      throw new Error(`not recorded: ${JSON.stringify(issued)}`)
    },
    sync: () => device.sync.now(),
    async body<K extends Body['kind']>(id: string, kind: K): Promise<Extract<Body, { kind: K }> | null> {
      const body = (await rowsById(device.db, [id])).get(id)?.doc.body
      return body?.kind === kind ? (body as Extract<Body, { kind: K }>) : null
    },
    order: (id: string) => phone.body(id, 'order'),
    async reload() {
      await device.close()
      return phone.reopen()
    },
    /** The page is gone without a word, and loaded again. */
    async reopen() {
      held.clear()
      turns.clear()
      device = open()
      return device
    },
    tab() {
      const tab = open()
      tabs.push(tab)
      return tab
    },
    /** Another phone with a copy of everything that lies in this one's tables, as a cloned profile has it. */
    async cloneInto(other: { db: Device['db'] }) {
      for (const table of [...device.db.all()]) await other.db.table(table.name).bulkPut(await table.toArray())
    },
    /** Turns the phone's clock on, in steps small enough for what becomes due to make more due. */
    async turn(ms: number) {
      const end = clock.mono + ms
      while (clock.mono < end) {
        const next = Math.min(end, clock.mono + 1000, ...[...timers].map((timer) => timer.at))
        clock.mono = Math.max(clock.mono, next)
        for (const timer of [...timers])
          if (timer.at <= clock.mono) {
            timers.delete(timer)
            timer.ring()
          }
        await settled()
      }
    },
    async close() {
      line.up = false
      await Promise.all([device, ...tabs].map((each) => each.close()))
    },
  }

  if (code !== undefined) {
    const enrolled = await device.people.enrol(code, name)
    if (enrolled === 'offline' || 'problem' in enrolled) throw new Error(`not enrolled: ${JSON.stringify(enrolled)}`)
  }
  if (seat) await sit(device, seat, name)
  if (person !== undefined && pin !== undefined) {
    const answer = await device.people.signIn(person, pin)
    if (typeof answer === 'string' || !('grant' in answer)) throw new Error(`not signed in: ${JSON.stringify(answer)}`)
  }
  return phone
}

async function sit({ db }: Device, { id, site, token, number = 1, grant: grantToken }: Seat, name: string): Promise<void> {
  await db.put('identity', { device: id, number, name, token, site, siteName: site, zone: 'Asia/Taipei', currency: 'TWD' })
  if (grantToken !== undefined) await hand({ db }, grantToken)
}

/** Hands the phone to whom the grant is for, as if they had just signed in. */
export async function hand({ db }: Pick<Device, 'db'>, token: string): Promise<Grant> {
  const grant = readGrant(token)
  if (!grant) throw new Error('no grant')
  await db.put('grants', { ...(await db.read('grants')), [grant.id]: token })
  await db.put('current', grant.id)
  return grant
}

/** Until everything that could go on without a clock has gone on: no timer is awaited, only the queues are emptied. */
export async function settled(turns = 50): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise<void>((resolve) => setImmediate(resolve))
}

/** Lets what is under way go on until something is so. Turns no clock; gives up in the end, however slow the machine. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000
  while (!(await so())) {
    if (performance.now() > end) throw new Error(`did not come about: ${so}`)
    await settled(1)
  }
}

/** A server in this process, asked as a browser asks: packed answers are unpacked. */
function inProcess(app: App): Fetch {
  return async (url, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('Accept-Encoding', 'gzip')
    const { cache: _, ...rest } = init
    return app.request(url.slice(url.indexOf('/api/')), { ...rest, headers })
  }
}

function counted(next: Fetch, traffic: Traffic): Fetch {
  return async (url, init = {}) => {
    const up = typeof init.body === 'string' ? Buffer.byteLength(init.body) : init.body instanceof ArrayBuffer ? init.body.byteLength : 0
    const response = await next(url, init)
    const entry = { method: init.method ?? 'GET', path: url.replace(/^https?:\/\/[^/]+/, ''), up, down: 0, status: response.status }
    traffic.up += up
    traffic.sent.push(entry)
    if (!response.body) return response
    const counting = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        entry.down += chunk.byteLength
        traffic.down += chunk.byteLength
        controller.enqueue(chunk)
      },
    })
    // A server on a port has been unpacked by fetch already: its bytes are counted unpacked.
    const gzipped = response.headers.get('Content-Encoding') === 'gzip' && next !== fetch
    const body = response.body.pipeThrough(counting)
    return new Response(gzipped ? body.pipeThrough(new DecompressionStream('gzip') as ReadableWritablePair<Uint8Array, Uint8Array>) : body, {
      status: response.status,
      headers: response.headers,
    })
  }
}
