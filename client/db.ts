/** The device's tables (SYNC §2). What the screens read is `docs`: the server's copy with the waiting commands folded in. */
import { Dexie, type Table } from 'dexie'
import type { PersonCard } from '../shared/people/wire.ts'
import type { Booked } from '../shared/stock/follow.ts'
import type { Doc } from '../shared/sync/doc.ts'
import type { RescueReport } from '../shared/sync/rescue.ts'
import type { Verdict, WireCommand } from '../shared/sync/wire.ts'
import type { Register } from '../shared/work/register.ts'
import type { Ranking } from '../shared/work/rule.ts'
import { Tables } from './tables.ts'

export type Identity = { device: string; number: number; name: string; token: string; site: string; siteName: string; zone: string; currency: string }
/** A person who may work here: the server's grant, and what checks the PIN without a network. */
export type Unlock = { person: string; grant: string; token: string; salt: string; verifier: string; wrong: number; lockedUntil: number }

export type Meta =
  | { key: 'identity'; value: Identity }
  | { key: 'epoch'; value: string }
  /** what only the server opens is sealed for this (shared/sync/rescue.ts) */
  | { key: 'sealKey'; value: string }
  /** last allocated sequence number */
  | { key: 'seq'; value: number }
  | { key: 'acked'; value: number }
  /** id of the grant of the person at the device, '' when locked */
  | { key: 'current'; value: string }
  /** tokens of every grant that a kept command may name */
  | { key: 'grants'; value: { [id: string]: string } }
  /** ids of the grants whose token the server of this epoch has */
  | { key: 'proven'; value: { epoch: string; ids: string[] } }
  | { key: 'unlocks'; value: Unlock[] }
  | { key: 'need'; value: string[] }
  | { key: 'numbers'; value: { [series: string]: number } }
  | { key: 'counts'; value: { [list: string]: number } }
  /** where nothing lies any more (places.ts): `atPlace`, a blank between two */
  | { key: 'left'; value: string }
  | { key: 'clock'; value: { offset: number; error: number } }
  | { key: 'contact'; value: { at: string } }
  /** since when nobody answers, ms since 1970 */
  | { key: 'out'; value: { since: number | null } }
  /** who may sign in here, as the server last said it without anyone signed in */
  | { key: 'cards'; value: PersonCard[] }
  /** in which rankings the work is listed here; of those that are `coming`, as far as `after` (ranking.ts) */
  | { key: 'rankings'; value: Rankings }
  /** first loads that are under way */
  | { key: 'loads'; value: { [scope: string]: Load } }
export type MetaKey = Meta['key']
export type MetaValue<K extends MetaKey> = Extract<Meta, { key: K }>['value']

/** `after`: id of the last row that stands in the coming one, too. */
export type Rankings = { shown: Ranking; coming: Ranking | null; after: string }

/** `waiting`: no verdict stored yet. `answered`: accepted, its effect not yet in our copy. `awaited`: `heads` says when it will be. */
export type Queued = WireCommand & {
  /** the order in which commands were made here: unlike `seq` it goes on when the device takes a new identity */
  n: number
  device: string
  by: string
  byName: string
  state: 'waiting' | 'answered' | 'awaited'
  heads: { [scope: string]: number }
  verdict: Verdict | null
  /** the rules would now say no, or threw: shown as doubtful, still sent */
  doubt: string | null
  /** what it does to shelves, and of which products; of commands that do nothing to any, missing */
  booked?: Booked[]
  skus?: string[]
}
export type Archived = Queued & { settledAt: number }
export type Attention = Queued & { verdict: Verdict; seenAt: number | null; closedAt: number | null }
/** `position`: the scope's head when the first page was read; `after`: where the next page begins; `done`: docs so far. */
export type Load = { epoch: string; position: number; after: string; done: number }
export type Cursor = { scope: string; position: number; consistent: number }

/** `lists`: one entry per list the doc stands in, as `list|rank`, so that a range of one index is a sorted list. `codes`: what a scan may say. */
export type DocRow = { id: string; scope: string; version: number; doc: Doc; lists: string[]; codes: string[] }
/** What a row is found by when somebody types (shared/work/lists.ts): to be read through, all of them. */
export type Text = { id: string; text: string }
/** A page of closed orders in one row (client/bundle.ts); `first` and `last` of their ids; the lots that were picked for them, and the codes of their packages. `docs` are their JSON as gzip: a value of more than 64 kB is kept as a file, in six times the time. */
export type Bundle = { n: number; scope: string; first: string; last: string; lots: string[]; docs: Uint8Array | string | Doc[] }
/** What the indexes would hold of the docs of a bundle, in their order. */
export type RegisterRow = { n: number; scope: string } & Omit<Register, 'lots'>
export type Shadow = { id: string; doc: Doc | null }
/** A rescue file of another device, by its SHA-256. `handed`: the server has it, and `report` is what it made of it; `unfit`: `problem` says why it can't read it. */
export type Carried = { id: string; name: string; size: number; bytes: ArrayBuffer; addedAt: number; state: 'waiting' | 'handed' | 'unfit'; report: RescueReport | null; problem: string }
/** The device's own key pair: its private half can be used here and never leaves. `coming`: of an enrolment that is not answered yet. */
export type Key = { id: 'device' | 'coming'; pair: CryptoKeyPair }

/** Tables of before are brought up to date by rules that a first screen needs none of. */
const lists = () => Dexie.waitFor(import('../shared/work/lists.ts'))

export class DeviceDb extends Tables {
  declare meta: Table<Meta, MetaKey>
  declare outbox: Table<Queued, number, Omit<Queued, 'n'>>
  declare archive: Table<Archived, string>
  declare attention: Table<Attention, string>
  declare cursors: Table<Cursor, string>
  declare docs: Table<DocRow, string>
  declare texts: Table<Text, string>
  declare shadow: Table<Shadow, string>
  declare bundles: Table<Bundle, number, Omit<Bundle, 'n'>>
  declare registers: Table<RegisterRow, number>
  /** of bundled docs that have a row of their own by now, or are gone */
  declare struck: Table<{ id: string }, string>
  declare keys: Table<Key, string>
  declare carried: Table<Carried, string>

  constructor(name = 'countersign', options: { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = {}) {
    // No cache of answers: what a screen reads is what is stored.
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled', ...options })
    this.version(1).stores({
      meta: '&key',
      outbox: '++n, seq, id, doc, state, *blobs',
      archive: '&id, doc, seq, settledAt, *blobs',
      attention: '&id, doc, seq, closedAt, *blobs',
      cursors: '&scope',
      docs: '&id, scope, *lists, *words',
      shadow: '&id',
      keys: '&id',
    })
    this.version(2).stores({ carried: '&id, state' })
    this.version(3).stores({ bundles: '++n, scope, [first+last], *lots', registers: '&n, scope', struck: '&id' })
    this.version(4)
      .stores({ docs: '&id, scope, *lists, *codes', texts: '&id' })
      .upgrade(async (change) => {
        const texts: Text[] = []
        const { codesOf, textOf } = await lists()
        await change.table('docs').toCollection().modify((row: DocRow & { words?: string[] }) => {
          texts.push({ id: row.id, text: textOf(row.doc.body) })
          row.codes = codesOf(row.doc.body)
          delete row.words
        })
        await change.table('texts').bulkPut(texts)
      })
    // What was listed by promised date still is: the rest is listed behind the work.
    this.version(5)
      .stores({})
      .upgrade((change) => change.table('meta').put({ key: 'rankings', value: { shown: ['promised'], coming: ['promised', 'received'], after: '' } satisfies Rankings }))
    // Products are found by their places, too.
    this.version(6)
      .stores({ outbox: '++n, seq, id, doc, state, *blobs, *skus' })
      .upgrade(async (change) => {
        const { codesOf } = await lists()
        await change
          .table('docs')
          .where('lists')
          .startsWith('products|')
          .modify((row: DocRow) => {
            row.codes = codesOf(row.doc.body)
          })
      })
    // What waits for a page is found by its state. By its number or its id nobody looks for a command, nor for a settled one by its doc.
    this.version(7)
      .stores({ outbox: '++n, doc, state, *blobs, *skus', archive: '&id, seq, settledAt, *blobs' })
      .upgrade((change) =>
        change
          .table('outbox')
          .where({ state: 'answered' })
          .modify((row: Queued) => {
            if (Object.keys(row.heads).length > 0) row.state = 'awaited'
          }),
      )
  }

  async read<K extends MetaKey>(key: K): Promise<MetaValue<K> | undefined> {
    const row = await this.meta.get(key)
    return row?.value as MetaValue<K> | undefined
  }

  /** The whole table, which is a few rows, in one request. */
  async readMeta(): Promise<{ [k in MetaKey]?: MetaValue<k> }> {
    const rows = await this.meta.toArray()
    return Object.fromEntries(rows.map((row) => [row.key, row.value])) as { [k in MetaKey]?: MetaValue<k> }
  }

  /** Several at once. */
  async readAll<K extends MetaKey>(...keys: K[]): Promise<{ [k in K]?: MetaValue<k> }> {
    const rows = await this.meta.bulkGet(keys)
    return Object.fromEntries(rows.flatMap((row) => (row ? [[row.key, row.value]] : []))) as { [k in K]?: MetaValue<k> }
  }

  async put<K extends MetaKey>(key: K, value: MetaValue<K>): Promise<void> {
    await this.meta.put({ key, value } as Meta)
  }

  /** Every table that sync writes. */
  all(): Table[] {
    return [this.meta, this.outbox, this.archive, this.attention, this.cursors, ...this.copies()]
  }

  /** What we have of the server's docs. */
  copies(): Table[] {
    return [this.docs, this.texts, this.shadow, this.bundles, this.registers, this.struck]
  }
}
