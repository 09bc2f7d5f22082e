/** The device's tables (SYNC §2). What the screens read is `docs`: the server's copy with the waiting commands folded in. */
import { Dexie, type Table } from 'dexie'
import type { Doc } from '../shared/sync/doc.ts'
import type { Verdict, WireCommand } from '../shared/sync/wire.ts'

export type Identity = { device: string; number: number; name: string; token: string; site: string; siteName: string; zone: string; currency: string }
/** A person who may work here: the server's grant, and what checks the PIN without a network. */
export type Unlock = { person: string; grant: string; token: string; salt: string; verifier: string; wrong: number; lockedUntil: number }

export type Meta =
  | { key: 'identity'; value: Identity }
  | { key: 'epoch'; value: string }
  /** last allocated sequence number */
  | { key: 'seq'; value: number }
  | { key: 'acked'; value: number }
  /** id of the grant of the person at the device, '' when locked */
  | { key: 'current'; value: string }
  /** tokens of every grant that a kept command may name */
  | { key: 'grants'; value: { [id: string]: string } }
  | { key: 'unlocks'; value: Unlock[] }
  | { key: 'need'; value: string[] }
  | { key: 'numbers'; value: { [series: string]: number } }
  | { key: 'counts'; value: { [list: string]: number } }
  | { key: 'clock'; value: { offset: number; error: number } }
  | { key: 'contact'; value: { at: string } }
export type MetaKey = Meta['key']
export type MetaValue<K extends MetaKey> = Extract<Meta, { key: K }>['value']

/** `waiting`: no verdict stored yet. `answered`: accepted, its effect not yet in our copy; `heads` says when it will be. */
export type Queued = WireCommand & {
  device: string
  by: string
  byName: string
  state: 'waiting' | 'answered'
  heads: { [scope: string]: number }
  verdict: Verdict | null
  /** the rules would now say no, or threw: shown as doubtful, still sent */
  doubt: string | null
}
export type Archived = Queued & { settledAt: number }
export type Attention = Queued & { verdict: Verdict; seenAt: number | null; closedAt: number | null }
export type Cursor = { scope: string; position: number; consistent: number }

/** `lists`: one entry per list the doc stands in, as `list|rank`, so that a range of one index is a sorted list. */
export type DocRow = { id: string; scope: string; version: number; doc: Doc; lists: string[]; words: string[] }
export type Shadow = { id: string; doc: Doc | null }

export class DeviceDb extends Dexie {
  declare meta: Table<Meta, MetaKey>
  declare outbox: Table<Queued, number>
  declare archive: Table<Archived, string>
  declare attention: Table<Attention, string>
  declare cursors: Table<Cursor, string>
  declare docs: Table<DocRow, string>
  declare shadow: Table<Shadow, string>

  constructor(name = 'countersign', options: { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = {}) {
    super(name, { chromeTransactionDurability: 'strict', ...options })
    this.version(1).stores({
      meta: '&key',
      outbox: '&seq, id, doc, state',
      archive: '&id, doc, seq, settledAt',
      attention: '&id, doc, closedAt',
      cursors: '&scope',
      docs: '&id, scope, *lists, *words',
      shadow: '&id',
    })
  }

  async read<K extends MetaKey>(key: K): Promise<MetaValue<K> | undefined> {
    const row = await this.meta.get(key)
    return row?.value as MetaValue<K> | undefined
  }

  async put<K extends MetaKey>(key: K, value: MetaValue<K>): Promise<void> {
    await this.meta.put({ key, value } as Meta)
  }

  /** Every table: the transactions of issue and settle touch most of them. */
  all(): Table[] {
    return [this.meta, this.outbox, this.archive, this.attention, this.cursors, this.docs, this.shadow]
  }
}
