/** One conversation with the server: work out first, then what is new, as many round trips as that takes. */
import type { Forked } from '../../shared/people/wire.ts'
import { type About, MAX_COMMANDS } from '../../shared/sync/wire.ts'
import type { DeviceDb, Identity } from '../db.ts'
import type { PictureLane } from '../pictures.ts'
import type { World } from '../world.ts'
import { type Contact, TROUBLE } from './contact.ts'
import { type Answer, type Errand, exchange } from './exchange.ts'
import { takeIdentity } from './identity.ts'
import { call, credentials } from './line.ts'
import type { Ended } from './schedule.ts'
import { applyReply } from './settle.ts'
import { loadScope } from './snapshot.ts'
import { standing, waitingCount } from './standing.ts'

const ABOUT_MS = 600_000
/** Round trips of which nothing came, before a round is given up. */
const MOST_VAIN = 3

/** How one round goes. `notOurs`: scopes that the server would not load; `askFirst`: a load met another history. */
type Course = { notOurs: Set<string>; most: number; sendOnly: boolean; askFirst: boolean; vain: number }

export function createTalk({ db, world, pictures, contact }: { db: DeviceDb; world: World; pictures: PictureLane; contact: Contact }): () => Promise<Ended> {
  const { say, hear, silence } = contact

  /** Until nothing waits and nothing is new, or until something is in the way. */
  async function talk(): Promise<Ended> {
    const course: Course = { notOurs: new Set(), most: MAX_COMMANDS, sendOnly: false, askFirst: false, vain: 0 }
    while (course.vain <= MOST_VAIN) {
      // Each asks other tables.
      const [here, about, blobsWaiting] = await Promise.all([standing(db, world), aboutNow(), pictures.waiting()])
      const { identity, epoch, reader, waiting, missing } = here
      if (!identity) return { step: 'hold' }
      const reads = typeof reader === 'object' && !course.sendOnly
      const loads = reads ? missing.filter((scope) => !course.notOurs.has(scope)) : []
      const [scope] = loads
      const ended =
        scope !== undefined && epoch !== '' && waiting === 0 && !course.askFirst
          ? await loadFirst(course, scope)
          : // What is new now is not so new any more when the last of the work has gone out: it is read once, with that.
            await askAndTell(course, identity, { news: reads && loads.length === 0 && waiting <= course.most, most: course.most, blobsWaiting, about })
      if (ended === 'go on' || (ended === 'done' && loads.length > 0)) continue
      return ended === 'done' ? { step: 'fine', listening: false } : ended
    }
    return TROUBLE
  }

  async function loadFirst(course: Course, scope: string): Promise<Ended | 'go on'> {
    const loaded = await load(scope)
    switch (loaded.kind) {
      case 'loaded':
      case 'put-off':
        return 'go on'
      case 'stale':
        course.askFirst = true
        course.vain += 1
        return 'go on'
      case 'not-ours':
        course.notOurs.add(scope)
        course.vain += 1
        return 'go on'
      case 'no-grant':
        say({ paused: 'no-grant' })
        course.sendOnly = true
        return 'go on'
      case 'offline':
        return silence()
      case 'later':
        return { step: 'trouble', retryAfter: loaded.ms }
    }
  }

  /** One round trip. 'done': nothing waits, and there is nothing more to read. */
  async function askAndTell(course: Course, identity: Identity, errand: Errand): Promise<Ended | 'go on' | 'done'> {
    const { news, about } = errand
    const exchanged = await exchange(db, world, errand)
    if (exchanged === 'not-enrolled') return { step: 'hold' }
    const { sent, answer } = exchanged
    course.askFirst = false
    const came = take(answer)
    if (came === 'send-only') {
      if (!news) return { step: 'hold' }
      course.sendOnly = true
      return 'go on'
    }
    if (came === 'smaller') {
      const count = sent.commands?.count ?? 0
      if (count <= 1) return { step: 'trouble', retryAfter: 60_000 }
      course.most = Math.floor(count / 2)
      return 'go on'
    }
    if (came === 'other-identity') {
      course.vain += 1
      return (await fork(identity)) ?? 'go on'
    }
    if ('step' in came) return came
    const { reply, measured } = came
    if (about) told = { at: world.mono(), refused: about.refused }
    const settled = await applyReply(db, { sent, reply, measured, now: world.now() })
    if (settled.outcome === 'stale') {
      course.vain += 1
      return 'go on'
    }
    course.vain = settled.moved ? 0 : course.vain + 1
    if (settled.twin) return (await fork(identity)) ?? 'go on'
    if (settled.newEpoch) await pictures.lacks(null)
    // It forgot whom we work for, and has done nothing: the tokens go along next time.
    if (reply.grants.length > 0) return 'go on'
    await pictures.lacks(settled.wanted)
    for (const each of settled.loads) course.notOurs.delete(each)
    if (news) readIsFor(course, Object.keys(reply.scopes).length > 0)
    else if (!course.sendOnly) say({ paused: (await standing(db, world)).reader === 'over' ? 'no-grant' : null })
    if (reply.stopped?.why === 'busy') return { step: 'trouble', retryAfter: 1000 }
    return settled.more || settled.loads.length > 0 || (await waitingCount(db)) > 0 ? 'go on' : 'done'
  }

  let told = { at: -Infinity, refused: 0 }
  /** How this device is: now and then, and when somebody has read a refusal or there is a new one. */
  async function aboutNow(): Promise<About | null> {
    if (!world.about) return null
    const refused = await db.attention.filter((each) => each.closedAt === null).count()
    if (refused === told.refused && world.mono() - told.at < ABOUT_MS) return null
    return { ...(await world.about()), refused }
  }

  /** Whether the server still knows the person at the device. */
  function readIsFor(course: Course, somebody: boolean): void {
    say({ update: false, paused: somebody ? null : 'no-grant' })
    if (!somebody) course.sendOnly = true
  }

  type Came = Ended | Extract<Answer, { kind: 'reply' }> | 'smaller' | 'other-identity' | 'send-only'
  /** What an answer says of the line, and what has to be done about it. */
  function take(answer: Answer): Came {
    switch (answer.kind) {
      case 'offline':
        return silence()
      case 'reply':
        hear()
        return answer
      case 'too-large':
        hear()
        return 'smaller'
      case 'device-fork':
        hear()
        return 'other-identity'
      case 'update-needed':
        hear()
        say({ update: true })
        return 'send-only'
      case 'no-grant':
        hear()
        say({ paused: 'no-grant' })
        return 'send-only'
      case 'turned-away':
        say({ paused: answer.why })
        return hear({ step: 'hold' })
      case 'later':
        return hear({ step: 'trouble', retryAfter: answer.ms })
      case 'fault':
        console.error('sync', answer.status, answer.problem)
        return hear({ step: 'trouble', retryAfter: 0 })
    }
  }

  async function load(scope: string) {
    const headers = await credentials(db)
    const loaded = await loadScope({
      db,
      world,
      scope,
      headers,
      putOff: async () => (await waitingCount(db)) > 0,
      progress: (done) => say({ loading: { scope, done, of: 0 } }),
    })
    say({ loading: null })
    if (loaded.kind !== 'offline') hear()
    return loaded
  }

  /** Null when the device has its new identity. */
  async function fork(was: Identity): Promise<Ended | null> {
    const heard = await call(world, '/api/devices/fork', { method: 'POST', headers: { Authorization: `Bearer ${was.token}` } })
    if (heard === 'offline') return silence()
    const forked = heard.json as Forked | null
    if (heard.status >= 300 || !forked?.token) return hear(heard.status === 401 ? { step: 'hold' } : TROUBLE)
    const { device, token } = forked
    await takeIdentity(db, was.device, { device: device.id, number: device.number, name: device.name, token })
    return null
  }

  return talk
}
