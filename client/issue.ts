/** A tap becomes a command: decide on what is shown, then outbox and effect in one transaction. The network has no part in it. */
import type { OrderEvent } from '../shared/order/events.ts'
import type { Refusal } from '../shared/order/refusal.ts'
import { bookingsOf, movesStock } from '../shared/stock/follow.ts'
import { MAX_BLOBS, MAX_COMMAND_BYTES } from '../shared/sync/bounds.ts'
import { ALL_COMMANDS, type Doc, type DocCommand, type DocCommandType, type DocEvent, decideDoc, isFactType } from '../shared/sync/doc.ts'
import { uuidv7 } from '../shared/sync/id.ts'
import type { DeviceDb, Queued } from './db.ts'
import { writeDocs } from './docs.ts'
import { rowsById } from './rows.ts'
import { rankingsOf } from './ranking.ts'
import { actorFor, asked, grantOf, preview, type Tokens } from './replay.ts'
import type { World } from './world.ts'
import { parse } from './zod.ts'

type PayloadOf<T extends DocCommandType> = Extract<DocCommand, { type: T }>['payload']
/** Gives the next number of a series on this device, e.g. DO-2611-03-0007: gapless per device, without asking anyone (M21). */
export type Numbers = {
  next(series: string): string
  /** the bare count of a series, for numbers that are written in another way */
  count(series: string): { device: number; count: number }
}
/** One act. `signed`: the person has just entered the PIN for it. A payload that carries a number of ours is a function of Numbers. */
export type Act<T extends DocCommandType = DocCommandType> = {
  [K in T]: { type: K; doc: string; payload: PayloadOf<K> | ((numbers: Numbers) => PayloadOf<K>); signed?: boolean; blobs?: string[] }
}[T]

/** `ids` of the commands in the order of the acts; `docs` as they are shown from now on. */
export type Done = { done: true; ids: string[]; docs: ReadonlyMap<string, Doc | null> }
export type Issued = Done | { refused: Refusal; type: DocCommandType } | { notSignedIn: true }

type Unsent = Omit<Queued, 'n'>

class Refused extends Error {
  refusal: Refusal
  type: DocCommandType
  constructor(refusal: Refusal, type: DocCommandType) {
    super(refusal.type)
    this.refusal = refusal
    this.type = type
  }
}

/**
 * All acts become true together, or none. Rejects with the cause when the device could not store them: then nothing was
 * recorded. `stored` hears of it in the turn in which the transaction completes. Reads and writes the docs of the acts and nothing that grows with the number of orders or of what waits.
 */
export async function issue(db: DeviceDb, world: World, acts: readonly Act[], stored: (done: Done) => void): Promise<Issued> {
  try {
    return await db.transaction('rw', [db.meta, db.outbox, ...db.copies()], async (transaction) => {
      const ids = [...new Set(acts.map((act) => act.doc))]
      const [{ current = '', grants = {}, identity, seq = 0, numbers = {}, rankings }, rows, kept] = await Promise.all([
        db.readMeta(),
        rowsById(db, ids),
        // Which there are: a copy that is kept aside is never read here.
        Promise.all(ids.map((id) => db.shadow.where('id').equals(id).count())),
      ])
      const grant = current === '' ? null : grantOf(grants[current] ?? '')
      if (!grant || !identity) return { notSignedIn: true }
      const given = { ...numbers }
      const at = new Date(world.now()).toISOString()
      const shown = new Map<string, Doc | null>(ids.map((id) => [id, rows.get(id)?.doc ?? null]))
      const commands = acts.map((act, i): Unsent => {
        const doc = shown.get(act.doc) ?? null
        const command: Unsent = {
          id: uuidv7(world.now(), world.random),
          seq: seq + 1 + i,
          type: act.type,
          v: ALL_COMMANDS[act.type].v,
          doc: act.doc,
          grant: grant.id,
          at,
          mono: Math.round(world.mono()),
          seen: doc?.body.version ?? 0,
          signed: act.signed ?? false,
          payload: checked(act, given, identity.number, at, identity.zone),
          blobs: act.blobs ?? [],
          device: identity.device,
          by: grant.person,
          byName: grant.name,
          state: 'waiting',
          heads: {},
          verdict: null,
          doubt: null,
        }
        if (!isFactType(act.type)) {
          const refusal = refusalOf(doc, command, grants)
          if (refusal) throw new Refused(refusal, act.type)
        }
        const next = preview(doc, command, grants)
        shown.set(act.doc, next.doc)
        return { ...command, doubt: next.doubt, ...bookedBy(doc, next.events) }
      })
      // The first command of a doc keeps the server's copy aside; what is shown was that copy until now.
      const shadow = ids.filter((_, i) => kept[i] === 0).map((id) => ({ id, doc: rows.get(id)?.doc ?? null }))
      const scope = (id: string) => rows.get(id)?.scope ?? `site:${identity.site}`
      await Promise.all([
        db.outbox.bulkAdd(commands),
        shadow.length > 0 ? db.shadow.bulkPut(shadow) : null,
        writeDocs(db, new Map([...shown].map(([id, doc]) => [id, doc && { doc, scope: scope(id) }])), { rows, rankings: rankingsOf(rankings) }),
        db.put('seq', seq + commands.length),
        Object.entries(given).some(([series, count]) => numbers[series] !== count) ? db.put('numbers', given) : null,
      ])
      const done: Done = { done: true, ids: commands.map((command) => command.id), docs: shown }
      // Dexie's own event comes before this promise resolves; one of the browser's would come after it.
      transaction.on('complete', () => stored(done))
      return done
    })
  } catch (error) {
    if (error instanceof Refused) return { refused: error.refusal, type: error.type }
    throw error
  }
}

/** What it does to shelves: the server books the same, and until its copy of the product says so, this is subtracted (live/stock.ts). */
function bookedBy(doc: Doc | null, events: readonly DocEvent[]): Pick<Unsent, 'booked' | 'skus'> {
  if (doc?.body.kind !== 'order' || !events.some(movesStock)) return {}
  const booked = bookingsOf(doc.body, events as readonly OrderEvent[], doc.body.id)
  return booked.length > 0 ? { booked, skus: [...new Set(booked.map(({ sku }) => sku))] } : {}
}

/** The payload, checked by its schema before anything is stored. Throws ZodError: a screen that asks wrongly is a fault. */
function checked(act: Act, numbers: { [series: string]: number }, device: number, at: string, zone: string): unknown {
  const payload = typeof act.payload === 'function' ? act.payload(numbersOf(numbers, device, at, zone)) : act.payload
  const read = parse(ALL_COMMANDS[act.type].payload, payload)
  // What no request can carry would wait for ever, and everything behind it.
  const bytes = new TextEncoder().encode(JSON.stringify(read)).byteLength
  const photos = act.blobs?.length ?? 0
  if (bytes > MAX_COMMAND_BYTES || photos > MAX_BLOBS) throw new RangeError(`${act.type}: ${bytes} bytes, ${photos} photos; ${MAX_COMMAND_BYTES}, ${MAX_BLOBS}`)
  return read
}

/** SERIES-YYMM-device-count: the month by the site's clock, so that papers can be archived by month (M21). */
function numbersOf(numbers: { [series: string]: number }, device: number, at: string, zone: string): Numbers {
  return {
    next(series) {
      const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: '2-digit', month: '2-digit' }).formatToParts(new Date(at))
      const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
      const prefix = `${series}-${part('year')}${part('month')}-${String(device).padStart(2, '0')}`
      const count = (numbers[prefix] ?? 0) + 1
      numbers[prefix] = count
      return `${prefix}-${String(count).padStart(4, '0')}`
    },
    count(series) {
      // A device that was enrolled anew has another number, and begins again.
      const key = `${series}-${device}`
      const count = (numbers[key] ?? 0) + 1
      numbers[key] = count
      return { device, count }
    },
  }
}

/** What the rules say of a request on what is shown; null when they would take it. Throws when there is no grant to read. */
function refusalOf(doc: Doc | null, command: Unsent, grants: Tokens): Refusal | null {
  const ask = asked(command)
  const actor = actorFor(command, grants)
  if (!ask || !actor) throw new Error(`${command.type} can't be asked under grant ${command.grant}`)
  const answer = decideDoc(doc, ask, actor)
  return 'refuse' in answer ? answer.refuse : null
}
