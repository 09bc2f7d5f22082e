/**
 * The order of the steps: work out first, then what is new, then photographs; as often as `schedule` says, by one tab at a time.
 * That one tab at a time does it is an economy: whatever two tabs do at once, `settle` keeps right.
 */
import { actorOf, type Grant, readGrant } from '../../shared/people/grant.ts'
import type { Forked } from '../../shared/people/wire.ts'
import { scopesFor } from '../../shared/sync/doc.ts'
import { type About, MAX_COMMANDS } from '../../shared/sync/wire.ts'
import type { DeviceDb, Identity } from '../db.ts'
import type { PictureLane } from '../pictures.ts'
import { handIn } from '../rescue/carry.ts'
import type { World } from '../world.ts'
import { type Answer, exchange } from './exchange.ts'
import { takeIdentity } from './identity.ts'
import { call, credentials } from './line.ts'
import { AT_REST, type Ended, end, type Plan, step, want } from './schedule.ts'
import { applyReply, tidy } from './settle.ts'
import { loadScope } from './snapshot.ts'
import { AT_FIRST, type Reason, type Sync, type SyncStatus } from './status.ts'
import { listen } from './stream.ts'

/** A tab that holds the lock for longer is frozen. */
const FROZEN_MS = 120_000
/** A stream that ends sooner is no good: it is opened again later and later. */
const SHORT_MS = 10_000
const DAY_MS = 24 * 3_600_000
const ABOUT_MS = 600_000
/** Round trips of which nothing came, before a round is given up. */
const MOST_VAIN = 3

/** How one round goes. `notOurs`: scopes that the server would not load; `askFirst`: a load met another history. */
type Course = { notOurs: Set<string>; most: number; sendOnly: boolean; askFirst: boolean; vain: number }

export function createSync(db: DeviceDb, world: World, pictures: PictureLane): Sync {
  let status: SyncStatus = AT_FIRST
  const listeners = new Set<(status: SyncStatus) => void>()
  const say = (change: Partial<SyncStatus>) => {
    const entries = Object.entries(change) as [keyof SyncStatus, unknown][]
    if (entries.every(([key, value]) => Object.is(status[key], value))) return
    status = { ...status, ...change }
    for (const fn of listeners) fn(status)
  }

  let plan: Plan = AT_REST
  let wake: AbortController | null = null
  let running: Promise<void> = Promise.resolve()
  let askers: (() => void)[] = []
  let busySince: number | null = null
  let tidiedAt = -Infinity
  const become = (next: Plan) => {
    plan = next
    const soon = plan.phase === 'troubled' || plan.phase === 'held'
    say({ nextTryAt: soon ? Math.round(world.now() + Math.max(0, plan.due - world.mono())) : null })
    wake?.abort()
  }

  async function run(): Promise<void> {
    while (plan.phase !== 'stopped') {
      const rest = plan.due - world.mono()
      if (rest > 0) {
        wake = new AbortController()
        await world.wait(Math.min(rest, DAY_MS), wake.signal)
        continue
      }
      const answered = askers
      askers = []
      become(step(plan, 'begin', world.mono()))
      const ended = await inTurn()
      become(end(plan, ended, { now: world.mono(), random: chance(world) }))
      for (const done of answered) done()
    }
    for (const done of askers.splice(0)) done()
  }

  /** A round, unless another tab is at it. */
  async function inTurn(): Promise<Ended> {
    say({ busy: true })
    try {
      const frozen = busySince !== null && world.mono() - busySince > FROZEN_MS
      const ended = frozen ? await round() : await world.lock(`${db.name}/sync`, round)
      if (ended === 'busy') {
        busySince ??= world.mono()
        return { step: 'trouble', retryAfter: 0 }
      }
      busySince = null
      return ended
    } catch (error) {
      // The tables can't be read or written now. Nothing is lost by trying later.
      // Some of the tables' errors show no name of their own in a console.
      console.error(`sync: ${error}`, error)
      return { step: 'trouble', retryAfter: 0 }
    } finally {
      say({ busy: false, loading: null })
    }
  }

  async function round(): Promise<Ended> {
    const said = await talk()
    const ended = said.step === 'fine' ? await sendPictures() : said
    if (ended.step === 'fine') await handIn(db, world)
    if (ended.step === 'fine' && world.mono() - tidiedAt > DAY_MS) {
      tidiedAt = world.mono()
      await tidy(db, world.now())
      await pictures.tidy()
    }
    await attend(ended.step === 'fine')
    return ended.step === 'fine' ? { step: 'fine', listening: line !== null } : ended
  }

  /** Until nothing waits and nothing is new, or until something is in the way. */
  async function talk(): Promise<Ended> {
    const course: Course = { notOurs: new Set(), most: MAX_COMMANDS, sendOnly: false, askFirst: false, vain: 0 }
    while (course.vain <= MOST_VAIN) {
      const here = await standing(db, world)
      const { identity, epoch, reader, waiting, missing } = here
      if (!identity) return { step: 'hold' }
      const reads = typeof reader === 'object' && !course.sendOnly
      const loads = reads ? missing.filter((scope) => !course.notOurs.has(scope)) : []
      const [scope] = loads
      const ended =
        scope !== undefined && epoch !== '' && waiting === 0 && !course.askFirst
          ? await loadFirst(course, scope)
          : // What is new now is not so new any more when the last of the work has gone out: it is read once, with that.
            await askAndTell(course, identity, reads && loads.length === 0 && waiting <= course.most)
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
  async function askAndTell(course: Course, identity: Identity, news: boolean): Promise<Ended | 'go on' | 'done'> {
    const about = await aboutNow()
    const exchanged = await exchange(db, world, { news, most: course.most, blobsWaiting: await pictures.waiting(), about })
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
      if (sent.commands <= 1) return { step: 'trouble', retryAfter: 60_000 }
      course.most = Math.floor(sent.commands / 2)
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

  const TROUBLE: Ended = { step: 'trouble', retryAfter: 0 }
  function hear(ended: Ended = TROUBLE): Ended {
    if (status.outSince !== null) keepOut(null)
    say({ contact: 'online', lastContact: world.now(), outSince: null })
    return ended
  }
  function silence(): Ended {
    if (status.outSince === null) keepOut(world.now())
    say({ contact: 'offline', outSince: status.outSince ?? world.now() })
    return TROUBLE
  }
  /** Since when nobody answers is known after a reload too. Only a word on a screen: work waits for none of it. */
  function keepOut(since: number | null): void {
    void db.put('out', { since }).catch(() => undefined)
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

  async function sendPictures(): Promise<Ended> {
    const sent = await pictures.send(async () => (await waitingCount(db)) > 0)
    switch (sent.kind) {
      case 'done':
        return { step: 'fine', listening: false }
      case 'put-off': {
        const said = await talk()
        return said.step === 'fine' ? sendPictures() : said
      }
      case 'offline':
        return silence()
      case 'turned-away':
        return { step: 'hold' }
      case 'later':
        return { step: 'trouble', retryAfter: sent.ms }
    }
  }

  let line: { of: string; end: AbortController; ended: Promise<void> } | null = null
  let shortLines = 0
  let openAfter = -Infinity
  /** Listens for whoever is at the device; stops when nobody may. */
  async function attend(fine: boolean): Promise<void> {
    const { identity, reader } = await standing(db, world)
    const may = identity && typeof reader === 'object' && status.paused === null && plan.phase !== 'stopped'
    const of = may ? `${identity.device} ${reader.id}` : ''
    if (line && line.of !== of) {
      line.end.abort()
      line = null
    }
    if (!may || line || !fine || world.mono() < openAfter) return
    const mine = { of, end: new AbortController(), ended: Promise.resolve() }
    line = mine
    const opened = world.mono()
    const headers = await credentials(db)
    const behind = () => become(want(plan, 'poke', world.mono()))
    mine.ended = world
      .lock(`${db.name}/stream`, () => listen({ db, world, headers, behind, signal: mine.end.signal }))
      .catch((): 'ended' => 'ended')
      .then((how) => {
        if (line !== mine) return
        line = null
        // Another tab listens: what it hears is in the tables, and so on this screen.
        if (how === 'busy') return
        const short = world.mono() - opened < SHORT_MS
        shortLines = short ? shortLines + 1 : 0
        openAfter = short ? world.mono() + Math.min(60_000, 1000 * 2 ** shortLines) : -Infinity
        if (!short && how === 'ended') behind()
      })
  }

  /** Without a schedule, one after the other. */
  let alone: Promise<unknown> = Promise.resolve()
  return {
    start() {
      if (plan.phase !== 'stopped') return
      plan = step(plan, 'start', world.mono())
      void db.read('out').then(
        (out) => status.contact === 'unknown' && out?.since && say({ outSince: out.since }),
        () => undefined,
      )
      running = running.then(run)
    },
    async stop() {
      become(step(plan, 'stop', world.mono()))
      line?.end.abort()
      await Promise.all([running, line?.ended, alone])
    },
    status: () => status,
    subscribe(fn) {
      listeners.add(fn)
      return () => listeners.delete(fn)
    },
    async now() {
      if (plan.phase === 'stopped') {
        const mine = alone.then(inTurn)
        alone = mine
        await mine
        return status
      }
      await new Promise<void>((resolve) => {
        askers.push(resolve)
        become(want(plan, 'person', world.mono()))
      })
      return status
    },
    poke(reason: Reason) {
      become(want(plan, reason, world.mono()))
    },
  }
}

const waitingCount = (db: DeviceDb): Promise<number> => db.outbox.where('state').equals('waiting').count()

/** `over`: somebody is at the device, and the grant has ended. `missing`: the reader's scopes that were never loaded. */
type Standing = { identity: Identity | undefined; epoch: string; reader: Grant | 'nobody' | 'over'; waiting: number; missing: string[] }
function standing(db: DeviceDb, world: World): Promise<Standing> {
  return db.transaction('r', [db.meta, db.outbox, db.cursors], async () => {
    const [{ identity, epoch = '', current = '', grants = {}, clock }, waiting, held] = await Promise.all([
      db.readAll('identity', 'epoch', 'current', 'grants', 'clock'),
      waitingCount(db),
      db.cursors.toCollection().primaryKeys(),
    ])
    const grant = current === '' ? null : readGrant(grants[current] ?? '')
    // By the server's clock as far as it is known: this device's may be hours off (SYNC §5).
    const over = grant !== null && Date.parse(grant.until) <= world.now() + (clock?.offset ?? 0)
    const missing = grant && !over ? scopesFor(actorOf(grant)).filter((scope) => !held.includes(scope)) : []
    return { identity, epoch, reader: grant ? (over ? 'over' : grant) : 'nobody', waiting, missing }
  })
}

/** A fraction in [0, 1). */
function chance(world: World): number {
  const [a = 0, b = 0, c = 0] = world.random(3)
  return (a * 65536 + b * 256 + c) / 16777216
}
