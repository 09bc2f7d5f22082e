/**
 * The order of the steps: work out first, then what is new, then photographs; as often as `schedule` says, by one tab at a time.
 * That one tab at a time does it is an economy: whatever two tabs do at once, `settle` keeps right.
 */
import type { DeviceDb } from '../db.ts'
import type { PictureLane } from '../pictures.ts'
import { handIn } from '../rescue/carry.ts'
import type { World } from '../world.ts'
import { createContact, TROUBLE } from './contact.ts'
import { createListening } from './listening.ts'
import { AT_REST, deafened, type Ended, end, type Plan, step, want } from './schedule.ts'
import { tidy } from './settle.ts'
import { waitingCount } from './standing.ts'
import type { Reason, Sync } from './status.ts'
import { createTalk } from './talk.ts'
import { sendPictures } from './upload.ts'

/** A tab that holds the lock for longer is frozen. */
const FROZEN_MS = 120_000
/** Until what the server could not take is shown to it again. */
const AGAIN_MS = 10_000
const DAY_MS = 24 * 3_600_000

export function createSync(db: DeviceDb, world: World, pictures: PictureLane): Sync {
  const contact = createContact(db, world)
  const { say, silence } = contact
  const talk = createTalk({ db, world, pictures, contact })
  const listening = createListening({
    db,
    world,
    mayListen: () => contact.status().paused === null && plan.phase !== 'stopped',
    behind: () => become(want(plan, 'poke', world.mono())),
    deafened: (at) => become(deafened(plan, at)),
  })
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
        return TROUBLE
      }
      busySince = null
      return ended
    } catch (error) {
      // The tables can't be read or written now. Nothing is lost by trying later.
      // Some of the tables' errors show no name of their own in a console.
      console.error(`sync: ${error}`, error)
      return TROUBLE
    } finally {
      say({ busy: false, loading: null })
    }
  }

  async function round(): Promise<Ended> {
    const said = await talk()
    const ended = said.step === 'fine' ? await picturesOut() : said
    // Whoever may not talk may still carry: that door is open to all.
    const carried = ended.step === 'trouble' ? 'done' : await handIn(db, world)
    if (ended.step === 'fine' && world.mono() - tidiedAt > DAY_MS) {
      tidiedAt = world.mono()
      await tidy(db, world.now())
      await pictures.tidy()
    }
    await listening.attend(ended.step === 'fine')
    if (ended.step !== 'fine') return ended
    return { step: 'fine', listening: listening.is(), again: Math.min(ended.again ?? Infinity, carried === 'offline' ? AGAIN_MS : Infinity) }
  }

  async function picturesOut(): Promise<Ended> {
    const sent = await sendPictures({ pictures, db, world, putOff: async () => (await waitingCount(db)) > 0 })
    switch (sent.kind) {
      case 'done':
        return { step: 'fine', listening: false }
      case 'put-off': {
        const said = await talk()
        return said.step === 'fine' ? picturesOut() : said
      }
      case 'offline':
        return silence()
      case 'turned-away':
        return { step: 'hold' }
      case 'later':
        // What is said and heard does not wait for it.
        return { step: 'fine', listening: false, again: Math.max(AGAIN_MS, sent.ms) }
    }
  }

  /** Without a schedule, one after the other. */
  let alone: Promise<unknown> = Promise.resolve()
  return {
    start() {
      if (plan.phase !== 'stopped') return
      plan = step(plan, 'start', world.mono())
      void db.read('out').then(
        (out) => contact.status().contact === 'unknown' && out?.since && say({ outSince: out.since }),
        () => undefined,
      )
      running = running.then(run)
    },
    async stop() {
      become(step(plan, 'stop', world.mono()))
      await Promise.all([running, listening.end(), alone])
    },
    status: contact.status,
    subscribe: contact.subscribe,
    async now() {
      if (plan.phase === 'stopped') {
        const mine = alone.then(inTurn)
        alone = mine
        await mine
        return contact.status()
      }
      await new Promise<void>((resolve) => {
        askers.push(resolve)
        become(want(plan, 'person', world.mono()))
      })
      return contact.status()
    },
    poke(reason: Reason) {
      become(want(plan, reason, world.mono()))
    },
  }
}

/** A fraction in [0, 1). */
function chance(world: World): number {
  const [a = 0, b = 0, c = 0] = world.random(3)
  return (a * 65536 + b * 256 + c) / 16777216
}
