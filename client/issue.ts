/** A tap becomes a command: decide on what is shown, then outbox and effect in one transaction. The network has no part in it. */
import type { Refusal } from '../shared/order/refusal.ts'
import { readGrant } from '../shared/people/grant.ts'
import { ALL_COMMANDS, type Doc, type DocCommand, type DocCommandType, decideDoc, isFactType } from '../shared/sync/doc.ts'
import { uuidv7 } from '../shared/sync/id.ts'
import type { DeviceDb, Queued } from './db.ts'
import { actorFor, asked, rebuild, serverCopies } from './replay.ts'
import type { World } from './world.ts'
import { z } from './zod.ts'

type PayloadOf<T extends DocCommandType> = Extract<DocCommand, { type: T }>['payload']
/** Gives the next number of a series on this device, e.g. DO-2611-03-0007: gapless per device, without asking anyone (M21). */
export type Numbers = { next(series: string): string }
/** One act. `signed`: the person has just entered the PIN for it. A payload that carries a number of ours is a function of Numbers. */
export type Act<T extends DocCommandType = DocCommandType> = {
  [K in T]: { type: K; doc: string; payload: PayloadOf<K> | ((numbers: Numbers) => PayloadOf<K>); signed?: boolean; blobs?: string[] }
}[T]

export type Issued = { done: true; ids: string[] } | { refused: Refusal; type: DocCommandType } | { notSignedIn: true }

class Refused extends Error {
  refusal: Refusal
  type: DocCommandType
  constructor(refusal: Refusal, type: DocCommandType) {
    super(refusal.type)
    this.refusal = refusal
    this.type = type
  }
}

/** All acts become true together, or none. Rejects with the cause when the device could not store them: then nothing was recorded. */
export async function issue(db: DeviceDb, world: World, ...acts: Act[]): Promise<Issued> {
  try {
    return await db.transaction('rw', db.all(), async () => {
      const current = await db.read('current')
      const grants = (await db.read('grants')) ?? {}
      const identity = await db.read('identity')
      const grant = current === undefined || current === '' ? null : readGrant(grants[current] ?? '')
      if (!grant || !identity) return { notSignedIn: true }
      let seq = (await db.read('seq')) ?? 0
      const numbers = { ...(await db.read('numbers')) }
      const at = new Date(world.now()).toISOString()
      const ids: string[] = []
      for (const act of acts) {
        const copies = await serverCopies(db, [act.doc])
        const row = await db.docs.get(act.doc)
        seq += 1
        const command: Queued = {
          id: uuidv7(world.now(), world.random),
          seq,
          type: act.type,
          v: ALL_COMMANDS[act.type].v,
          doc: act.doc,
          grant: grant.id,
          at,
          mono: Math.round(world.mono()),
          seen: row?.version ?? 0,
          signed: act.signed ?? false,
          payload: checked(act, numbers, identity.number, at, identity.zone),
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
          const refusal = refusalOf(row?.doc ?? null, command, grants)
          if (refusal) throw new Refused(refusal, act.type)
        }
        await db.outbox.add(command)
        const copy = copies.get(act.doc)
        await rebuild(db, new Map([[act.doc, { doc: copy?.doc ?? null, scope: copy?.scope || `site:${identity.site}` }]]))
        ids.push(command.id)
      }
      await db.put('seq', seq)
      await db.put('numbers', numbers)
      return { done: true, ids }
    })
  } catch (error) {
    if (error instanceof Refused) return { refused: error.refusal, type: error.type }
    throw error
  }
}

/** The payload, checked by its schema before anything is stored. Throws ZodError: a screen that asks wrongly is a fault. */
function checked(act: Act, numbers: { [series: string]: number }, device: number, at: string, zone: string): unknown {
  const payload = typeof act.payload === 'function' ? act.payload(numbersOf(numbers, device, at, zone)) : act.payload
  return z.parse(ALL_COMMANDS[act.type].payload, payload)
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
  }
}

/** What the rules say of a request on what is shown; null when they would take it. Throws when there is no grant to read. */
function refusalOf(doc: Doc | null, command: Queued, grants: { [id: string]: string }): Refusal | null {
  const ask = asked(command)
  const actor = actorFor(command, grants)
  if (!ask || !actor) throw new Error(`${command.type} can't be asked under grant ${command.grant}`)
  const answer = decideDoc(doc, ask, actor)
  return 'refuse' in answer ? answer.refuse : null
}
