/** A phone with two pages open on the same tables, and nothing that keeps them apart. Each can go at any step; the tables stay. */
import { IDBFactory as Tables, IDBKeyRange as KeyRange, IDBObjectStore as ObjectStore } from 'fake-indexeddb'
import { docsOf } from '../../client/bundle.ts'
import { unpack } from '../../client/unpack.ts'
import { type Device, openDevice } from '../../client/device.ts'
import type { Attention, Bundle, Cursor, DocRow, Meta, MetaKey, MetaValue, Queued, RegisterRow, Shadow, Text } from '../../client/db.ts'
import type { Random } from '../../shared/sync/id.ts'
import type { Line } from './line.ts'
import type { Timeline } from './timeline.ts'

/** What of the simulated tables this file knows of their inside. */
type RawTransaction = { db: RawConnection; mode: string; _state: string; _abort(name: string): void }
type RawConnection = { _rawDatabase: RawDatabase }
type RawStore = { records: { values(): Iterable<{ key: unknown; value: unknown }> } }
type RawDatabase = { transactions: RawTransaction[]; rawObjectStores: Map<string, RawStore> }

export const NAME = 'phone'
const fullDisks = new WeakSet<RawDatabase>()
const writes = new WeakMap<RawDatabase, number>()
for (const verb of ['put', 'add', 'delete', 'clear'] as const) {
  const write = ObjectStore.prototype[verb] as (...given: unknown[]) => unknown
  const watched = function (this: { transaction: unknown }, ...given: unknown[]) {
    const transaction = this.transaction as RawTransaction
    const raw = transaction.db._rawDatabase
    writes.set(raw, (writes.get(raw) ?? 0) + 1)
    // As browsers say it: the transaction is aborted, later, whatever its requests were told.
    if (fullDisks.has(raw) && (verb === 'put' || verb === 'add')) setImmediate(() => transaction._state !== 'finished' && transaction._abort('QuotaExceededError'))
    return write.apply(this, given)
  }
  Object.defineProperty(ObjectStore.prototype, verb, { value: watched, configurable: true, writable: true })
}

/** As an app made it before a field had its name of today (edits.ts, YESTERDAY). */
function makeOld(row: Queued): void {
  if (row.type !== 'PickLine' || row.v !== 2) return
  const { quantity, ...rest } = row.payload as { quantity: number }
  row.v = 1
  row.payload = { ...rest, pieces: quantity }
}

export type Page = { device: Device; dead: boolean; end: AbortController }

export class Phone {
  readonly name: string
  /** its clock − the true one, ms */
  skew = 0
  app: 'old' | 'new' = 'new'
  pages: Page[] = []
  readonly #tables = new Tables()
  readonly #given: { time: Timeline; random: Random; line: Line }
  #boots = 0

  constructor(name: string, given: { time: Timeline; random: Random; line: Line }) {
    this.name = name
    this.#given = given
  }

  open(): Page {
    const { time, random, line } = this.#given
    const booted = time.now - 1000 * this.#boots
    const page: Page = { device: undefined as never, dead: false, end: new AbortController() }
    const never = new Promise<never>(() => {})
    this.#boots += 1
    page.device = openDevice({
      name: NAME,
      indexedDB: this.#tables,
      IDBKeyRange: KeyRange,
      world: {
        now: () => time.now + this.skew,
        mono: () => time.now - booted,
        boot: `boot-${this.#boots}`,
        zone: 'Asia/Taipei',
        app: this.app,
        base: '',
        random,
        fetch: (url, init) => (page.dead ? never : line.fetch(page, url, init)),
        wait: (ms, signal) => (page.dead ? never : time.wait(ms, signal).then(() => (page.dead ? never : undefined))),
        drawn: () => Promise.resolve(),
        lock: (_, work) => work(),
        queue: (_, work) => work(),
      },
    })
    page.device.db.outbox.hook('creating', (_, row) => {
      if (this.app === 'old') makeOld(row)
    })
    page.device.sync.start()
    this.pages.push(page)
    return page
  }

  /** The page is gone between two steps: what it was writing is undone, and it says nothing more. */
  crash(page: Page): void {
    page.dead = true
    page.end.abort()
    this.pages = this.pages.filter((each) => each !== page)
    const mine = page.device.db.backendDB() as unknown as RawConnection | undefined
    for (const raw of this.#databases())
      for (const transaction of raw.transactions) if (transaction.db === mine && transaction._state !== 'finished') transaction._abort('AbortError')
    page.device.db.close({ disableAutoOpen: true })
  }

  /** Everything that lies in another phone's tables, as a cloned profile has it. Nobody may be writing there. */
  async become(other: Phone): Promise<void> {
    const page = this.open()
    const { db } = page.device
    for (const table of db.all()) await table.bulkPut(other.table(table.name as 'docs'))
    // The count of what was ever made goes along.
    const made = (['outbox', 'archive', 'attention'] as const).flatMap((name) => other.table(name as 'outbox'))
    const last = made.toSorted((a, b) => b.n - a.n)[0]
    if (last && !(await db.outbox.get(last.n))) {
      await db.outbox.put(last)
      await db.outbox.delete(last.n)
    }
    this.crash(page)
  }

  full(is: boolean): void {
    for (const raw of this.#databases()) {
      if (is) fullDisks.add(raw)
      else fullDisks.delete(raw)
    }
  }

  /** Whether a page is writing just now. */
  get writing(): boolean {
    return this.#databases().some((raw) => raw.transactions.some(({ mode, _state }) => mode !== 'readonly' && _state !== 'finished'))
  }

  /** How often anything was written: while it is the same, nothing has changed. */
  get written(): number {
    const raw = this.#raw(NAME)
    return raw ? (writes.get(raw) ?? 0) : 0
  }

  /** What lies in a table, read beside all pages. */
  table(name: 'docs'): DocRow[]
  table(name: 'texts'): Text[]
  table(name: 'shadow'): Shadow[]
  table(name: 'outbox' | 'archive'): Queued[]
  table(name: 'attention'): Attention[]
  table(name: 'cursors'): Cursor[]
  table(name: 'meta'): Meta[]
  table(name: 'registers'): RegisterRow[]
  table(name: 'bundles'): Bundle[]
  table(name: 'struck'): { id: string }[]
  table(name: string): unknown[] {
    const raw = this.#raw(NAME)
    return [...(raw?.rawObjectStores.get(name)?.records.values() ?? [])].map(({ value }) => value)
  }

  /** Rows, and what is bundled as rows. */
  docs(): DocRow[] {
    const struck = new Set(this.table('struck').map(({ id }) => id))
    const lists = new Map(this.table('registers').flatMap((register) => register.ids.map((id, at) => [`${register.n} ${id}`, register.lists[at] ?? []] as const)))
    const bundled = this.table('bundles').flatMap((bundle) =>
      docsOf(bundle, unpack).map((doc) => ({ id: doc.body.id, scope: bundle.scope, version: doc.body.version, doc, lists: lists.get(`${bundle.n} ${doc.body.id}`) ?? [], codes: [] })),
    )
    return [...this.table('docs'), ...bundled.filter(({ id }) => !struck.has(id))]
  }

  meta<K extends MetaKey>(key: K): MetaValue<K> | undefined {
    return this.table('meta').find((row) => row.key === key)?.value as MetaValue<K> | undefined
  }

  /** hashes of the photographs that lie here */
  get photos(): string[] {
    const raw = this.#raw(`${NAME}-pictures`)
    return [...(raw?.rawObjectStores.get('pictures')?.records.values() ?? [])].map(({ value }) => (value as { sha256: string }).sha256)
  }

  #raw(name: string): RawDatabase | undefined {
    return (this.#tables as unknown as { _databases: Map<string, RawDatabase> })._databases.get(name)
  }
  #databases(): RawDatabase[] {
    return [...(this.#tables as unknown as { _databases: Map<string, RawDatabase> })._databases.values()]
  }
}
