import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AQLS, planFor } from '../../../shared/inspection/plan.ts'
import { BEGINNING, type Past, severityAfter, type Standing, standingAfter, stricterAc } from '../../../shared/inspection/switching.ts'
import { histories, lots } from './history.ts'
import { naiveSeverity } from './naive.ts'

const now = (...history: Past[]) => {
  const { severity, why } = severityAfter(history)
  return `${severity}: ${why.type}`
}
const wanted: Past = { type: 'ReducedWanted' }
const tightened = lots('normal', '--')
const reduced = [wanted, ...lots('normal', '+'.repeat(10))]

describe('from normal to tightened', () => {
  test('a site begins with normal inspection', () => {
    expect(severityAfter([])).toEqual({ severity: 'normal', score: 0, recent: [], why: { type: 'begun' }, steady: true, reducedWanted: false })
  })
  test.each(['--', '-+-', '-++-', '-+++-', '+++-+-'])('two of five or fewer consecutive lots not accepted: %s', (word) => {
    expect(now(...lots('normal', word))).toBe('tightened: two-not-accepted')
  })
  test.each(['-', '-++++-', '-++++-++++-'])('two further apart do not: %s', (word) => {
    expect(now(...lots('normal', word))).toBe('normal: begun')
  })
  test('the reason says within how many', () => {
    expect(severityAfter(lots('normal', '+-++-'))).toMatchObject({ why: { type: 'two-not-accepted', within: 4 } })
  })
  test('a rejected lot that comes back reworked does not count, whatever becomes of it', () => {
    const back = lots('normal', '-').map((lot) => ({ ...lot, original: false }))
    expect(now(...lots('normal', '-'), ...back, ...back)).toBe('normal: begun')
    expect(now(...tightened, ...lots('tightened', '+++++').map((lot) => ({ ...lot, original: false })))).toBe('tightened: two-not-accepted')
  })
})

describe('while tightened', () => {
  test('five lots accepted in a row bring normal inspection back', () => {
    expect(now(...tightened, ...lots('tightened', '++++'))).toBe('tightened: two-not-accepted')
    expect(now(...tightened, ...lots('tightened', '+++++'))).toBe('normal: five-accepted')
    expect(now(...tightened, ...lots('tightened', '++++-++++'))).toBe('tightened: two-not-accepted')
  })
  test('five not accepted in all stop inspection, until a supervisor says go; then it is tightened', () => {
    const stopped = [...tightened, ...lots('tightened', '-+-++-++++--')]
    expect(now(...stopped)).toBe('stopped: five-not-accepted')
    expect(now(...stopped, ...lots('tightened', '+++++'))).toBe('stopped: five-not-accepted')
    expect(severityAfter([...stopped, { type: 'InspectionResumed' }])).toMatchObject({ severity: 'tightened', accepted: 0, notAccepted: 0, why: { type: 'resumed' } })
  })
  test('go means nothing where nothing was stopped', () => {
    expect(now(...tightened, ...lots('tightened', '--'), { type: 'InspectionResumed' }, ...lots('tightened', '---'))).toBe('stopped: five-not-accepted')
  })
  test('the two lots that tightened it are not among the five', () => {
    expect(now(...tightened, ...lots('tightened', '----'))).toBe('tightened: two-not-accepted')
  })
})

describe('from normal to reduced', () => {
  test('ten lots that had passed one step tighter too, when quality wants it', () => {
    expect(now(...reduced.slice(0, -1))).toBe('normal: begun')
    expect(now(...reduced)).toBe('reduced: score-reached')
  })
  test('fifteen where Ac is 0 or 1', () => {
    const small = lots('normal', '+'.repeat(15)).map((lot) => ({ ...lot, ac: 1, re: 2 }))
    expect(now(wanted, ...small.slice(1))).toBe('normal: begun')
    expect(now(wanted, ...small)).toBe('reduced: score-reached')
  })
  test('a lot that passed, but not one step tighter, begins the score again', () => {
    const barely = lots('normal', '+').map((lot) => ({ ...lot, found: lot.ac }))
    expect(now(...reduced.slice(0, -1), ...barely, ...lots('normal', '+'.repeat(9)))).toBe('normal: begun')
    expect(now(...reduced.slice(0, -1), ...barely, ...lots('normal', '+'.repeat(10)))).toBe('reduced: score-reached')
  })
  test('it waits for whatever is missing: the wish, or a steady production', () => {
    const enough = lots('normal', '+'.repeat(12))
    expect(now(...enough)).toBe('normal: begun')
    expect(now(...enough, wanted)).toBe('reduced: score-reached')
    expect(now({ type: 'ProductionUpset' }, ...enough, wanted)).toBe('normal: begun')
    expect(now({ type: 'ProductionUpset' }, ...enough, wanted, { type: 'ProductionSteadied' })).toBe('reduced: score-reached')
    expect(now(wanted, { type: 'ReducedUnwanted' }, ...enough)).toBe('normal: begun')
  })
  test('one step tighter is what the table says, wherever the sample is the same', () => {
    let compared = 0
    for (const lot of [5, 12, 20, 40, 80, 120, 200, 400, 800, 2000, 5000, 20_000, 100_000, 300_000, 600_000])
      AQLS.forEach((aql, column) => {
        const tighter = AQLS[column - 1]
        if (!tighter) return
        const here = planFor({ lot, level: 'II', severity: 'normal', aql })
        const left = planFor({ lot, level: 'II', severity: 'normal', aql: tighter })
        if (here.ac < 2 || left.n !== here.n) return
        expect(stricterAc(here.ac), `${lot} ${aql}`).toBe(left.ac)
        compared++
      })
    expect(compared).toBeGreaterThan(80)
  })
})

describe('while reduced', () => {
  const ends = (...history: Past[]) => now(...reduced, ...history)
  test('a lot not accepted brings normal inspection back', () => {
    expect(ends(...lots('reduced', '+++'))).toBe('reduced: score-reached')
    expect(ends(...lots('reduced', '+-'))).toBe('normal: not-accepted')
  })
  test('so does one that was accepted between Ac and Re', () => {
    expect(severityAfter([...reduced, ...lots('reduced', '~')])).toMatchObject({ severity: 'normal', score: 0, why: { type: 'between', found: 2, ac: 1, re: 4 } })
  })
  test('so do an upset production and a changed mind', () => {
    expect(ends({ type: 'ProductionUpset' })).toBe('normal: production-upset')
    expect(ends({ type: 'ReducedUnwanted' })).toBe('normal: reduced-unwanted')
  })
  test('it is earned anew: neither the score nor the lot that ended it is carried over', () => {
    expect(ends(...lots('reduced', '-'), ...lots('normal', '-'))).toBe('normal: not-accepted')
    expect(ends({ type: 'ProductionUpset' }, { type: 'ProductionSteadied' }, ...lots('normal', '+'.repeat(9)))).toBe('normal: production-upset')
  })
})

describe('a lot inspected under a severity that was no longer in force', () => {
  test('earns nothing when accepted', () => {
    expect(now(...tightened, ...lots('normal', '++++++++'))).toBe('tightened: two-not-accepted')
    expect(now(...reduced.slice(0, -1), ...lots('reduced', '++~'))).toBe('normal: begun')
    expect(now(...tightened, ...lots('tightened', '++++'), ...lots('normal', '+'), ...lots('tightened', '+'))).toBe('normal: five-accepted')
  })
  test('counts when not accepted', () => {
    expect(now(...tightened, ...lots('normal', '-----'))).toBe('stopped: five-not-accepted')
    expect(now(...reduced, ...lots('normal', '-'))).toBe('normal: not-accepted')
  })
})

describe('laws', () => {
  test('as the standard says it, lot by lot (seed 1059)', () => {
    const seen: Record<string, number> = {}
    fc.assert(
      fc.property(histories, (history) => {
        const { severity } = history.reduce((standing: Standing, past) => {
          const next = standingAfter(standing, past)
          if (next.why !== standing.why) seen[next.why.type] = (seen[next.why.type] ?? 0) + 1
          return next
        }, BEGINNING)
        expect(severity).toBe(naiveSeverity(history))
      }),
      { seed: 1059, numRuns: 3000 },
    )
    // A comparison that never met a switch would prove nothing.
    const all = ['two-not-accepted', 'five-accepted', 'score-reached', 'not-accepted', 'between', 'production-upset', 'reduced-unwanted', 'five-not-accepted', 'resumed']
    for (const why of all) expect(seen[why] ?? 0, why).toBeGreaterThan(20)
  })
  test('reduced only in a steady production that wants it; a standing has only its own counts (seed 4731)', () => {
    const OWN = { normal: ['score', 'recent'], tightened: ['accepted', 'notAccepted'], reduced: [], stopped: [] } as const
    fc.assert(
      fc.property(histories, (history) => {
        history.reduce((standing: Standing, past) => {
          const next = standingAfter(standing, past)
          if (next.severity === 'reduced') expect([next.steady, next.reducedWanted]).toEqual([true, true])
          if (next.severity === 'reduced' && standing.severity !== 'reduced') expect(standing.severity).toBe('normal')
          if (next.severity === 'normal') expect(next.recent.filter((accepted) => !accepted).length).toBeLessThan(2)
          expect(Object.keys(next).sort()).toEqual(['severity', ...OWN[next.severity], 'why', 'steady', 'reducedWanted'].sort())
          return next
        }, BEGINNING)
      }),
      { seed: 4731, numRuns: 500 },
    )
  })
})
