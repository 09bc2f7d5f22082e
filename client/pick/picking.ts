/** A picker at an order: which line is in hand, what the last scan said, and the acts that follow from it. */
import { computed, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Payload } from '../../shared/order/commands.ts'
import { whyNot } from '../../shared/order/offer.ts'
import type { Order, Pick } from '../../shared/order/order.ts'
import { type Answer, expect } from '../../shared/scan/expect.ts'
import { nextStop, type Source, type Stop, takeOf } from '../../shared/work/walk.ts'
import { type Outcome, useAct } from '../act.ts'
import type { Act } from '../issue.ts'
import { useDevice } from '../live/device.ts'
import { useLive } from '../live/live.ts'
import { signal } from '../scan/signal.ts'
import { useSession } from '../session.ts'
import { isWanted, type Job, jobOf, productByCode, type Shown } from './shelf.ts'

type Calm = 'right' | 'other-lot' | 'other-line' | 'found' | 'unlisted'
type Unfit = Exclude<Answer, { is: Calm }>
/** `ask` and `wrong` stay until they are answered. `code`: what was read; `known`: whose it is, when it is not this order's. */
export type Said =
  | { state: 'idle' }
  | { state: 'right'; line: number; take: Source; picked: number }
  | { state: 'ask'; code: string; answer: Extract<Answer, { is: Exclude<Calm, 'right'> }> }
  | { state: 'wrong'; code: string; answer: Unfit; known: { name: string; spec: string } | null }

export function usePicking(id: () => string) {
  const { db } = useDevice()
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const { act, busy } = useAct()
  const { value: job, failed } = useLive((order) => jobOf(db, order), id)

  const said = shallowRef<Said>({ state: 'idle' })
  const stamp = shallowRef(0)
  function say(next: Said) {
    said.value = next
    stamp.value += 1
    if (next.state !== 'idle') signal(next.state)
  }

  /** The line somebody chose stands in the address, so that a reload comes back to it. */
  const chosen = computed(() => Number(route.query.line) || null)
  function stopIn({ walk }: { walk: readonly Stop[] }): Stop | null {
    const mine = walk.find((stop) => stop.line.no === chosen.value)
    return mine && mine.open > 0 ? mine : nextStop(walk, chosen.value)
  }
  const at = computed(() => (job.value ? stopIn(job.value) : null))
  const shown = computed<Shown | null>(() => (at.value ? { line: at.value.line.no, open: at.value.open, take: takeOf(at.value) } : null))

  async function choose(line: number) {
    said.value = { state: 'idle' }
    if (chosen.value !== line) await router.replace({ query: { ...route.query, line: String(line) } })
  }

  /** Before the first pick the order is taken on, if one may: both become true together. A fact needs no leave (M38). */
  function claimFirst(order: Order): Act[] {
    const { actor } = session
    if (!actor || order.claim !== null || whyNot(order, { type: 'ClaimOrder' }, actor, new Date().toISOString()) !== null) return []
    return [{ type: 'ClaimOrder', doc: order.id, payload: {} }]
  }

  async function pick(order: Order, payload: Payload<'PickLine'>): Promise<Outcome> {
    const outcome = await act(...claimFirst(order), { type: 'PickLine', doc: order.id, payload })
    if (outcome !== 'done') return outcome
    const { line, lot, from: location, quantity, grams } = payload
    const picked = order.picks.reduce((sum, each) => (each.line === line ? sum + each.quantity - each.back : sum), quantity)
    await choose(line)
    say({ state: 'right', line, take: { lot, location, quantity, grams }, picked })
    return outcome
  }
  const payloadOf = (line: number, { lot, location, quantity, grams }: Source): Payload<'PickLine'> => ({ line, quantity, lot, from: location, grams })

  // One after the other, each on the tables as they are then: what the screen shows may be a tap old.
  let queue: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: (fresh: Job) => Promise<T>): Promise<T | undefined> {
    const turn = queue.then(async () => {
      const fresh = await jobOf(db, id())
      return fresh ? work(fresh) : undefined
    })
    queue = turn.catch(() => undefined)
    return turn
  }

  /** Takes what the key said. A second tap finds that it is no longer wanted and does nothing. */
  function take(wanted: Shown): Promise<unknown> {
    if (busy.value) return Promise.resolve()
    return inTurn(async ({ order, walk }) => {
      if (isWanted(walk, wanted)) await pick(order, payloadOf(wanted.line, wanted.take))
    })
  }

  function scanned(code: string): Promise<unknown> {
    return inTurn(async (fresh) => {
      const answer = expect(code, { order: fresh.order, walk: fresh.walk, at: stopIn(fresh), products: fresh.products })
      switch (answer.is) {
        case 'right':
          await pick(fresh.order, payloadOf(answer.line, answer.take))
          return
        case 'other-lot':
        case 'other-line':
        case 'found':
        case 'unlisted':
          return say({ state: 'ask', code, answer })
        case 'again':
        case 'enough':
        case 'unknown': {
          const known = answer.is === 'unknown' ? await productByCode(db, code) : null
          return say({ state: 'wrong', code, answer, known: known && { name: known.product.name, spec: known.product.spec } })
        }
      }
    })
  }

  /** The answer to a question of the strip: yes, this one. */
  function agree(): Promise<unknown> {
    const asked = said.value
    if (asked.state !== 'ask' || busy.value) return Promise.resolve()
    return inTurn(async ({ order }) => {
      if (said.value === asked) await pick(order, payloadOf(asked.answer.line, asked.answer.take))
    })
  }

  const byHand = (payload: Payload<'PickLine'>): Promise<Outcome | undefined> => inTurn(({ order }) => pick(order, payload))

  async function short(payload: Payload<'ReportShort'>): Promise<Outcome> {
    const outcome = await act({ type: 'ReportShort', doc: id(), payload })
    if (outcome === 'done') await choose(payload.line)
    return outcome
  }

  /** What was picked last by whoever is at the device, and still lies in the pile. */
  const last = computed<Pick | null>(() => {
    const person = session.actor?.person
    return job.value?.order.picks.findLast((each) => each.by === person && each.quantity > each.back) ?? null
  })
  async function putBack(which: Pick): Promise<Outcome> {
    const outcome = await act({ type: 'PutBack', doc: id(), payload: { pick: which.command, quantity: which.quantity - which.back } })
    if (outcome === 'done') await choose(which.line)
    return outcome
  }

  return {
    job,
    failed,
    busy,
    at,
    shown,
    said,
    stamp,
    last,
    choose,
    take,
    scanned,
    agree,
    byHand,
    short,
    putBack,
    claim: () => act({ type: 'ClaimOrder', doc: id(), payload: {} }),
    finish: () => act({ type: 'FinishPicking', doc: id(), payload: {} }),
    settle: () => {
      said.value = { state: 'idle' }
    },
  }
}
export type Picking = ReturnType<typeof usePicking>
