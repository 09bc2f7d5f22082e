/** A stateless server on the store: the real doors. It can die between any two steps, and comes back knowing nothing. */
import { createApp } from '../../server/app.ts'
import type { Log, ReadTx, WriteTx } from '../../server/log/log.ts'
import type { Random } from '../../shared/sync/id.ts'
import type { Store } from './store.ts'
import type { Timeline } from './timeline.ts'
import type { Truth } from './truth.ts'

export class Died extends Error {}
type Life = { over: boolean; end: AbortController }
type Surroundings = { store: Store; time: Timeline; truth: Truth; random: Random; fault(error: unknown): void }

export class Server {
  readonly #given: Surroundings
  #life: Life = { over: true, end: new AbortController() }
  #app: ReturnType<typeof createApp> | null = null
  /** called once, when the next request has come */
  onRequest: (() => void) | null = null

  constructor(given: Surroundings) {
    this.#given = given
    this.start()
  }

  get up(): boolean {
    return !this.#life.over
  }

  start(): void {
    if (this.up) return
    const { store, time, truth, random, fault } = this.#given
    const life = { over: false, end: new AbortController() }
    this.#life = life
    this.#app = createApp({
      log: mortal(store, life, truth),
      blobs: store.blobs,
      now: () => time.now,
      random,
      app: 'server',
      wait: (ms, signal) => time.wait(ms, signal),
      report: (error) => {
        if (!life.over) fault(error)
      },
    })
  }

  /** Whatever is under way here stays as it is; nobody who asked hears more. */
  die(): void {
    this.#life.over = true
    this.#life.end.abort()
    this.#app = null
  }

  /** Rejects when the server is down, or dies before it has answered. `signal` aborts when it dies. */
  async request(path: string, init: RequestInit): Promise<{ response: Response; died: AbortSignal }> {
    const life = this.#life
    if (!this.#app) throw new Died()
    this.onRequest?.()
    this.onRequest = null
    const died = new Promise<never>((_, reject) => life.end.signal.addEventListener('abort', () => reject(new Died())))
    died.catch(() => undefined)
    const answer = Promise.resolve(this.#app.request(path, init))
    answer.catch(() => undefined)
    return { response: await Promise.race([answer, died]), died: life.end.signal }
  }
}

/** The log as one server sees it: each question is a step at which it may be dead. What it has committed stays. */
function mortal(store: Store, life: Life, truth: Truth): Log {
  const alive = () => {
    if (life.over) throw new Died()
  }
  const stepwise = <T extends ReadTx>(tx: T): T =>
    new Proxy(tx, {
      get: (target, name) => async (...args: unknown[]) => {
        alive()
        await new Promise<void>((resolve) => setImmediate(() => resolve()))
        alive()
        return (target[name as keyof T] as (...args: unknown[]) => unknown)(...args)
      },
    })
  return {
    async write(work) {
      alive()
      let written: Parameters<WriteTx['putDocs']>[1] = []
      let said: Parameters<WriteTx['addCommands']>[1] = []
      const heard: [device: string, lastSeq: number][] = []
      let epoch = ''
      const answer = await store.log.write(async (tx) => {
        const seen = stepwise<WriteTx>({
          ...tx,
          addCommands: (site, rows) => {
            said = rows
            return tx.addCommands(site, rows)
          },
          saveDevice: (id, change) => {
            if (change.lastSeq !== undefined) heard.push([id, change.lastSeq])
            return tx.saveDevice(id, change)
          },
          putDocs: (site, changes, at) => {
            written = [...written, ...changes]
            return tx.putDocs(site, changes, at)
          },
        })
        const value = await work(seen)
        epoch = await tx.epoch()
        return value
      })
      truth.committed(epoch, written.map(({ after }) => after))
      truth.said(said)
      for (const [device, lastSeq] of heard) truth.heard(device, lastSeq)
      alive()
      return answer
    },
    async read(work) {
      alive()
      const answer = await store.log.read((tx) => work(stepwise(tx)))
      alive()
      return answer
    },
    close: async () => undefined,
  }
}
