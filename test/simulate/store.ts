/** The one store of both servers: the real log on a real SQLite file, photographs beside it; what a power cut and a backup make of them. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import type { Blobs } from '../../server/blobs/blobs.ts'
import type { Log } from '../../server/log/log.ts'
import { openSqliteLog } from '../../server/log/sqlite/log.ts'
import type { Random } from '../../shared/sync/id.ts'

const RAM = '/dev/shm'
/** Memory, where there is some: no disk is asked to keep what a seed has played. */
const room = () => mkdtempSync(join(existsSync(RAM) ? RAM : tmpdir(), 'simulate-'))

/** Whether each commit is on the disk when it is told, by the word of the connection that writes. */
let syncs = true
const { pragma } = Database.prototype
Database.prototype.pragma = function (this: Database, source: string, ...more: unknown[]) {
  const said = /^synchronous = (\w+)$/.exec(source)?.[1]
  if (said) syncs = said === 'FULL'
  return pragma.call(this, source, ...(more as []))
}

type Photos = Map<string, Uint8Array>
export type Copy = { file: string; photos: Photos }

export class Store {
  log: Log
  readonly blobs: Blobs
  readonly #folder: string
  readonly #random: Random
  /** It is being put back. */
  busy = false
  #photos: Photos
  #copies = 0
  #onDisk: Copy | null = null

  private constructor(folder: string, log: Log, random: Random) {
    this.#folder = folder
    this.#random = random
    this.log = log
    this.#photos = new Map()
    this.blobs = photosIn(() => this.#photos)
  }

  static async open(random: Random): Promise<Store> {
    const folder = room()
    template ??= await blank()
    copyFileSync(template, join(folder, 'log.sqlite'))
    return new Store(folder, await openSqliteLog({ file: join(folder, 'log.sqlite'), random }), random)
  }

  get #file(): string {
    return join(this.#folder, 'log.sqlite')
  }

  /** What is committed, as a file of its own. */
  copy(): Copy {
    const file = join(this.#folder, `copy-${this.#copies++}.sqlite`)
    const reader = new Database(this.#file, { readonly: true })
    reader.prepare('vacuum into ?').run(file)
    reader.close()
    return { file, photos: new Map(this.#photos) }
  }

  /** The disk has caught up with what was written to it. */
  reachDisk(): void {
    if (!syncs && !this.busy) this.#onDisk = this.copy()
  }

  /** Nobody may be at it. */
  async losePower(): Promise<void> {
    if (!syncs && this.#onDisk && !this.busy) await this.become(this.#onDisk)
  }

  /** The store is what the copy says. Nobody may be at it. */
  async become({ file, photos }: Copy): Promise<void> {
    this.busy = true
    await this.log.close()
    for (const part of ['', '-wal', '-shm']) rmSync(`${this.#file}${part}`, { force: true })
    copyFileSync(file, this.#file)
    this.#photos = new Map(photos)
    this.log = await openSqliteLog({ file: this.#file, random: this.#random })
    this.busy = false
  }

  async end(): Promise<void> {
    await this.log.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

let template: string | null = null
async function blank(): Promise<string> {
  const folder = room()
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const log = await openSqliteLog({ file: join(folder, 'blank.sqlite'), random: (length) => new Uint8Array(length) })
  await log.close()
  return join(folder, 'blank.sqlite')
}

function photosIn(photos: () => Photos): Blobs {
  const partial = (site: string, sha256: string) => `partial ${site} ${sha256}`
  const whole = (site: string, sha256: string) => `${site} ${sha256}`
  return {
    received: async (site, sha256) => photos().get(partial(site, sha256))?.length ?? 0,
    async append(site, sha256, offset, bytes) {
      const before = photos().get(partial(site, sha256)) ?? new Uint8Array()
      if (before.length !== offset) return 'elsewhere'
      photos().set(partial(site, sha256), new Uint8Array([...before, ...bytes]))
      return 'added'
    },
    async finish(site, sha256) {
      const bytes = photos().get(partial(site, sha256)) ?? new Uint8Array()
      photos().delete(partial(site, sha256))
      if (bytes.length === 0 || createHash('sha256').update(bytes).digest('hex') !== sha256) return 'wrong-hash'
      photos().set(whole(site, sha256), bytes)
      return { size: bytes.length }
    },
    async read(site, sha256) {
      const bytes = photos().get(whole(site, sha256))
      return bytes ? (new Blob([bytes as BlobPart]).stream() as ReadableStream<Uint8Array>) : null
    },
  }
}
