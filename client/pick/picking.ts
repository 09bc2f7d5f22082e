/** A picker at an order: which line is in hand, what the last scan said, and the acts that follow from it. */
import { computed, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Payload } from '../../shared/order/commands.ts'
import type { Owed } from '../../shared/order/handover.ts'
import { whyNot } from '../../shared/order/offer.ts'
import type { Order, Pick, PickWay, Short } from '../../shared/order/order.ts'
import type { Unit } from '../../shared/order/quantity.ts'
import { type Answer, expect } from '../../shared/scan/expect.ts'
import type { Printed } from '../../shared/scan/printed.ts'
import { isPrinted, type Scan } from '../../shared/scan/scan.ts'
import { nextStop, type Source, type Stop, takeOf, walkOf } from '../../shared/work/walk.ts'
import { type Outcome, useAct } from '../act.ts'
import type { Act } from '../issue.ts'
import { useDevice } from '../live/device.ts'
import { useLive } from '../live/live.ts'
import { useOrder } from '../live/order.ts'
import { readScan } from '../scan/read.ts'
import { signal } from '../scan/signal.ts'
import { useSession } from '../session.ts'
import { isWanted, type Job, productByScan, type Shelf, type Shown, shelfOf, skusOf } from './shelf.ts'

type Calm = 'right' | 'over' | 'other-lot' | 'other-line' | 'same-lot' | 'found' | 'unlisted'
type Unfit = Exclude<Answer, { is: Calm }>
/** The step that can be undone: the last one of whoever is at the device. */
export type LastStep = { is: 'pick'; pick: Pick } | { is: 'short'; short: Short }
/** `ask` and `wrong` stay until they are answered. `scan`: what was read; `known`: whose it is, when it is not this order's. */
export type Said =
  | { state: 'idle' }
  | { state: 'right'; unit: Unit; take: Source; picked: number }
  | { state: 'place'; place: string }
  /** where taps don't count, goods before their place */
  | { state: 'place-first'; place: string; scan: Scan }
  | { state: 'ask'; scan: Scan; answer: Extract<Answer, { is: Exclude<Calm, 'right'> }> }
  | { state: 'wrong'; scan: Scan; answer: Unfit; known: { name: string; spec: string } | null }

/** `commanded`: something printed was scanned that only the screen can carry out. `hand`: which line is in hand, where the screen leads through several orders. */
export function usePicking(id: () => string, commanded: (printed: Printed) => void = () => undefined, hand?: { line(): number | null }) {
  const { db, world } = useDevice()
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const { act, actThen, busy, slow } = useAct()
  const { order, waiting, failed } = useOrder(id)
  /** Asked again for another order or other goods, and whenever a shelf changes. */
  const wanted = computed(() => (order.value ? JSON.stringify([order.value.id, ...skusOf(order.value)]) : ''))
  /** The place that was scanned last and was right: goods of the next line that lie there too need no other scan. */
  const here = shallowRef('')
  const scanOnly = computed(() => session.site?.pickBy === 'scan')
  const usual = computed(() => session.site?.tolerance ?? '')
  const shelf = useLive(
    async (wanted): Promise<(Shelf & { of: string }) | null> => {
      if (wanted === '') return null
      const [of = '', ...skus] = JSON.parse(wanted) as string[]
      return { of, ...(await shelfOf(db, of, skus)) }
    },
    () => wanted.value,
  )
  const job = computed((): Job | null | undefined => {
    const { value: paper } = order
    const { value: there } = shelf.value
    if (!paper) return paper
    return there?.of === paper.id ? { order: paper, waiting: waiting.value, products: there.products, walk: walkOf(paper, there.products, there.known ?? paper, usual.value) } : undefined
  })

  const said = shallowRef<Said>({ state: 'idle' })
  const stamp = shallowRef(0)
  function say(next: Said) {
    said.value = next
    stamp.value += 1
    if (next.state !== 'idle') signal(next.state === 'place' ? 'right' : next.state === 'place-first' ? 'ask' : next.state)
  }

  /** The line somebody chose stands in the address, so that a reload comes back to it. */
  const chosen = computed(() => (hand ? hand.line() : Number(route.query.line) || null))
  function stopIn({ walk }: { walk: readonly Stop[] }): Stop | null {
    const mine = walk.find((stop) => stop.line.no === chosen.value)
    return mine && mine.open > 0 ? mine : nextStop(walk, chosen.value)
  }
  const at = computed(() => (job.value ? stopIn(job.value) : null))
  const shown = computed<Shown | null>(() => (at.value ? { line: at.value.line.no, open: at.value.open, take: takeOf(at.value) } : null))

  async function choose(line: number) {
    said.value = { state: 'idle' }
    if (!hand && chosen.value !== line) await router.replace({ query: { ...route.query, line: String(line) } })
  }

  /** Before the first pick the order is taken on, if one may: both become true together. A fact needs no leave (M38). */
  function claimFirst(order: Order): Act[] {
    const { actor } = session
    if (!actor || order.claim !== null || whyNot(order, { type: 'ClaimOrder' }, actor, new Date().toISOString()) !== null) return []
    return [{ type: 'ClaimOrder', doc: order.id, payload: {} }]
  }

  async function pick(order: Order, payload: Payload<'PickLine'>): Promise<Outcome> {
    const { line, lot, from: location, quantity, grams } = payload
    const picked = order.picks.reduce((sum, each) => (each.line === line ? sum + each.quantity - each.back : sum), quantity)
    const right = () => {
      void choose(line)
      say({ state: 'right', unit: order.lines.find((each) => each.no === line)?.unit ?? 'piece', take: { lot, location, quantity, grams }, picked })
    }
    const named = order.tolerance.trim() === '' && usual.value !== '' ? { tolerance: usual.value } : {}
    return actThen(right, ...claimFirst(order), { type: 'PickLine', doc: order.id, payload: { ...payload, ...named } })
  }
  const payloadOf = (line: number, { lot, location, quantity, grams }: Source, way: PickWay): Payload<'PickLine'> => ({ line, quantity, lot, from: location, grams, way })
  /** Whether the place has to be scanned before the goods that lie there. */
  const toPlace = computed(() => {
    const place = shown.value?.take.location ?? ''
    return scanOnly.value && place !== '' && place !== here.value ? place : ''
  })

  // One after the other, each on what the one before has left.
  let queue: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: (fresh: Job) => Promise<T>, none = (): undefined => undefined): Promise<T | undefined> {
    const turn = queue.then(async () => (job.value ? work(job.value) : none()))
    queue = turn.catch(() => undefined)
    return turn
  }

  /** Takes what the key said. A second tap finds that it is no longer wanted and does nothing; one on a key just drawn waits its turn. */
  function take(wanted: Shown): Promise<unknown> {
    return inTurn(async ({ order, walk }) => {
      if (isWanted(walk, wanted)) await pick(order, payloadOf(wanted.line, wanted.take, 'tap'))
    })
  }

  function scanned(text: string): Promise<unknown> {
    const scan = readScan(text, world)
    if (isPrinted(scan)) return carryOut(scan)
    return inTurn(async (fresh) => {
      const answer = expect(scan, { order: fresh.order, walk: fresh.walk, at: stopIn(fresh), products: fresh.products })
      switch (answer.is) {
        case 'right':
          if (toPlace.value !== '' && answer.take.location === toPlace.value) return say({ state: 'place-first', place: toPlace.value, scan })
          await pick(fresh.order, payloadOf(answer.line, answer.take, 'scan'))
          return
        case 'over':
        case 'other-lot':
        case 'other-line':
        case 'same-lot':
        case 'found':
        case 'unlisted':
          return say({ state: 'ask', scan, answer })
        case 'place':
          here.value = answer.right ? answer.wanted : ''
          return say(answer.right ? { state: 'place', place: answer.wanted } : { state: 'wrong', scan, answer, known: null })
        case 'again':
        case 'enough':
        case 'unknown': {
          const known = answer.is === 'unknown' ? await productByScan(db, scan) : null
          return say({ state: 'wrong', scan, answer, known: known && { name: known.product.name, spec: known.product.spec } })
        }
      }
    }, () => void signal('wrong'))
  }

  /** A question of the strip is answered here, and what was done last undone; everything else is a key of the screen. */
  async function carryOut(printed: Printed): Promise<unknown> {
    const command = printed.is === 'command' ? printed.command : null
    const { state } = said.value
    if (command === 'yes' && state === 'ask') return agree()
    if (command === 'no' && state !== 'idle') return say({ state: 'idle' })
    if (command === 'undo' && last.value && job.value?.order.pickingFinished === null) return undo()
    return commanded(printed)
  }

  /** The answer to a question of the strip: yes, this one. */
  function agree(): Promise<unknown> {
    const asked = said.value
    if (asked.state !== 'ask' || busy.value) return Promise.resolve()
    return inTurn(async ({ order }) => {
      if (said.value === asked) await pick(order, payloadOf(asked.answer.line, asked.answer.take, 'scan'))
    })
  }

  const byHand = (payload: Payload<'PickLine'>): Promise<Outcome | undefined> => inTurn(({ order }) => pick(order, payload))

  /** What is scanned while it is stored comes after it. The second of two taps does nothing. */
  async function once(...acts: Act[]): Promise<Outcome> {
    if (busy.value) return 'turned-away'
    return (await inTurn(() => act(...acts))) ?? 'turned-away'
  }

  async function short(payload: Payload<'ReportShort'>): Promise<Outcome> {
    const outcome = await once({ type: 'ReportShort', doc: id(), payload })
    if (outcome === 'done') await choose(payload.line)
    return outcome
  }

  /** What was done last by whoever is at the device, if it can be undone: a pick that still lies in the pile, a short that nobody has decided about. */
  const last = computed<LastStep | null>(() => {
    const { actor } = session
    const order = job.value?.order
    if (!actor || !order) return null
    const pick = order.picks.findLast((each) => each.by === actor.person && each.quantity > each.back)
    const short = order.shorts.findLast((each) => each.by === actor.person)
    const mayTake = short && whyNot(order, { type: 'TakeBackShort', short: short.command }, actor, new Date(world.now()).toISOString()) === null
    if (short && mayTake && (!pick || short.at >= pick.at)) return { is: 'short', short }
    return pick ? { is: 'pick', pick } : null
  })
  async function undo(): Promise<Outcome> {
    const step = last.value
    if (!step) return 'turned-away'
    if (step.is === 'pick') return putBack(step.pick)
    const outcome = await once({ type: 'TakeBackShort', doc: id(), payload: { short: step.short.command } })
    if (outcome === 'done') await choose(step.short.line)
    return outcome
  }
  async function putBack(which: Pick): Promise<Outcome> {
    const outcome = await once({ type: 'PutBack', doc: id(), payload: { pick: which.command, quantity: which.quantity - which.back } })
    if (outcome === 'done') await choose(which.line)
    return outcome
  }

  return {
    job,
    failed: computed(() => failed.value ?? shelf.failed.value),
    busy,
    slow,
    at,
    shown,
    said,
    stamp,
    last,
    scanOnly,
    toPlace,
    undo,
    choose,
    take,
    scanned,
    agree,
    byHand,
    short,
    putBack,
    claim: () => once({ type: 'ClaimOrder', doc: id(), payload: {} }),
    /** all that lies with this person goes to who has the order now */
    handOver: ({ takeover, picks }: Owed) => once({ type: 'HandOver', doc: id(), payload: { takeover: takeover?.command ?? '', picks: picks.map(({ command }) => command) } }),
    reopen: () => once({ type: 'ReopenPicking', doc: id(), payload: {} }),
    finish: () => once({ type: 'FinishPicking', doc: id(), payload: {} }),
    settle: () => {
      said.value = { state: 'idle' }
    },
  }
}
export type Picking = ReturnType<typeof usePicking>
