import { describe, expect, test } from 'vitest'
import { AT_REST, end, type Ended, GAP_MS, NEXT, type Phase, type Plan, type Step, step, want } from '../../../client/sync/schedule.ts'
import type { Reason } from '../../../client/sync/status.ts'

const TROUBLE: Ended = { step: 'trouble', retryAfter: 0 }
const REASONS: Reason[] = ['start', 'tap', 'visible', 'online', 'poke', 'signed-in']

/** Lives by a plan for a while; each round takes `takes` ms and ends as told. Returns when the rounds began. */
function live(until: number, { takes = 10, ended, asks = () => [], random = () => 0.5 }: { takes?: number; ended: (round: number) => Ended; asks?: (now: number) => Reason[]; random?: () => number }): number[] {
  let plan: Plan = step(AT_REST, 'start', 0)
  const began: number[] = []
  let over = Infinity
  for (let now = 0; now <= until; now += 10) {
    for (const reason of asks(now)) plan = want(plan, reason, now)
    if (plan.phase === 'talking' && now >= over) plan = end(plan, ended(began.length), { now, random: random() })
    if (plan.phase !== 'talking' && plan.due <= now) {
      plan = step(plan, 'begin', now)
      began.push(now)
      over = now + takes
    }
  }
  return began
}
const gaps = (began: readonly number[]) => began.slice(1).map((at, i) => at - (began[i] ?? 0))

describe('when to talk', () => {
  test('every step has a meaning in every phase, or none', () => {
    const phases = Object.keys(NEXT) as Phase[]
    for (const phase of phases) for (const next of Object.values(NEXT[phase])) expect(next === null || phases.includes(next)).toBe(true)
    const steps = Object.keys(NEXT.stopped) as Step[]
    expect(phases.every((phase) => steps.every((each) => each in NEXT[phase]))).toBe(true)
  })

  test('a tap is sent at once, and taps that follow each other share the next round', () => {
    const began = live(5000, { ended: () => ({ step: 'fine', listening: true }), asks: (now) => (now >= 2000 && now <= 2200 && now % 50 === 0 ? ['tap'] : []) })
    expect(began).toEqual([0, 2000, 2250])
  })

  test('however often it is asked, and whatever fails, it talks at most once per gap', () => {
    let seed = 1
    const chance = () => {
      seed = (seed * 16807) % 2147483647
      return seed / 2147483647
    }
    const outcomes: Ended[] = [{ step: 'fine', listening: true }, { step: 'fine', listening: false }, TROUBLE, { step: 'hold' }]
    const began = live(60_000, { takes: 0, ended: () => outcomes[Math.floor(chance() * 4)] ?? TROUBLE, asks: () => REASONS, random: chance })
    expect(Math.min(...gaps(began))).toBeGreaterThanOrEqual(GAP_MS)
    expect(began.length).toBeGreaterThan(20)
  })

  test('a dead line is tried again within four seconds while somebody works, and less and less when nobody does', () => {
    const began = live(3_600_000, { ended: () => TROUBLE, random: () => 0.999 })
    const working = gaps(began.filter((at) => at < 600_000))
    expect(Math.max(...working)).toBeLessThanOrEqual(4020)
    expect(gaps(began).at(-1)).toBeGreaterThan(50_000)
    expect(gaps(began).slice(0, 3).map((gap) => Math.round(gap / 1000))).toEqual([1, 2, 4])
  })

  test('those who were cut off together come back spread out', () => {
    const third = (random: number) => live(9000, { ended: () => TROUBLE, random: () => random })[3] ?? 0
    expect(third(0.9) - third(0.2)).toBeGreaterThan(3000)
  })

  test('the network coming back is worth a try at once', () => {
    const began = live(700_000, { ended: (round) => (round < 400 ? TROUBLE : { step: 'fine', listening: true }), random: () => 0.999, asks: (now) => (now === 690_000 ? ['online'] : []) })
    expect(began).toContain(690_000)
  })

  test('what the server asks for is kept, except when a person asks', () => {
    let plan = step(step(AT_REST, 'start', 0), 'begin', 0)
    plan = end(plan, { step: 'trouble', retryAfter: 30_000 }, { now: 10, random: 0 })
    for (const reason of REASONS) plan = want(plan, reason, 500)
    expect(plan.due).toBe(30_010)
    expect(want(plan, 'person', 600).due).toBe(600)
  })

  test('what comes up during a round is looked at after it', () => {
    let plan = step(step(AT_REST, 'start', 0), 'begin', 0)
    plan = want(plan, 'poke', 100)
    plan = end(plan, { step: 'fine', listening: true }, { now: 200, random: 0 })
    expect(plan.due).toBe(GAP_MS)
  })

  test('a stopped phone wants nothing', () => {
    expect(want(AT_REST, 'person', 5)).toBe(AT_REST)
    expect(end(step(step(step(AT_REST, 'start', 0), 'begin', 0), 'stop', 5), TROUBLE, { now: 10, random: 0 }).due).toBe(Infinity)
  })
})
