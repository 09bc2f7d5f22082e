import { describe, expect, test } from 'vitest'
import { lackOf, promiseOf, standingOf, waitsOf, type Wait } from '../../../shared/order/waits.ts'
import { and, ask, boss, cancelled, chief, given, inspected, loaded, minute, orderIn, picked, placed, type Scene, shipped, upTo, WAY, without } from './mill.ts'

const at = minute(100)
const said = (wait: Wait) => {
  switch (wait.type) {
    case 'fields':
      return `fields ${wait.fields.join(' ')}`
    case 'gate':
      return `gate ${wait.gate}`
    case 'owed':
      return `owed ${wait.gate}`
    case 'step':
      return `step ${wait.step}`
    case 'advice':
      return 'advice'
    case 'check':
      return `check ${wait.place}`
    case 'exception':
      return `exception ${wait.kind}`
  }
}
const waits = (scene: Scene) => waitsOf(orderIn(scene), at).map(said)

describe('what an order waits for', () => {
  test('step by step', () => {
    const each = Object.keys(WAY).map((step) => [step, waits(upTo(step as keyof typeof WAY))[0]])
    expect(Object.fromEntries(each)).toEqual({
      placed: 'gate confirmation',
      confirmed: 'step pick',
      released: 'step pick',
      noticed: 'step pick',
      claimed: 'step pick',
      picked1: 'step pick',
      picked2: 'step pick',
      finished: 'step inspect',
      inspected: 'step pack',
      packed: 'step load',
      loaded: 'step ship',
      onTrip: 'step ship',
      shipped: 'step deliver',
      departed: 'step deliver',
      arrived: 'step deliver',
      signedFor: undefined,
    })
  })
  test('who must act, and since when', () => {
    const [picking, release] = waitsOf(orderIn(without(['released', 'noticed'], 'claimed')), at)
    expect(picking).toMatchObject({ type: 'step', step: 'pick', roles: ['warehouse'], since: minute(3), who: 'picker' })
    expect(release).toMatchObject({ type: 'gate', gate: 'release', roles: ['finance'], since: minute(2) })
    expect(waitsOf(orderIn(upTo('departed')), at)[0]).toMatchObject({ roles: ['driver'], who: '陳俊宏', since: minute(14) })
  })
  test('a shut gate comes before the step it holds back, and after the step it does not', () => {
    expect(waits(without(['released', 'noticed'], 'loaded'))).toEqual(['gate release', 'step ship'])
    expect(waits(without(['released', 'noticed'], 'packed'))).toEqual(['step load', 'gate release'])
    expect(waits(without(['noticed'], 'loaded'))).toEqual(['gate notice', 'step ship'])
  })
  test('what nobody can work without comes first', () => {
    expect(waits(given(placed({ shipTo: '' })))).toEqual(['fields shipTo', 'gate confirmation'])
  })
  test('owed papers with their countdown, and open exceptions with their act', () => {
    const scene = and(without(['released', 'noticed'], 'loaded'), ask('OverrideNotice', { reason: 'x' }, chief), loaded(), shipped())
    expect(waits(scene)).toEqual(['step deliver', 'owed release', 'owed notice', 'advice', 'exception loaded-twice'])
    expect(waitsOf(orderIn(scene), minute(300))[1]).toMatchObject({ dueAt: minute(250), overdue: true, since: minute(10) })
    expect(waitsOf(orderIn(scene), at)[4]).toMatchObject({ act: 'check', roles: ['supervisor', 'service-supervisor'] })
  })
  test('a cancelled order waits only for its goods to be put back', () => {
    expect(waits(and(upTo('picked1'), cancelled()))).toEqual(['exception picked-after-cancel'])
    expect(standingOf(orderIn(and(upTo('confirmed'), cancelled())), at)).toMatchObject({ stage: 'cancelled', phase: 2, step: 'done', waits: [] })
  })
  test('held goods wait for the inspector, and for a decision', () => {
    expect(waits(and(upTo('finished'), inspected('hold')))).toEqual(['step inspect', 'exception inspection-failed'])
  })
  test('a line that is short lacks what was not picked', () => {
    expect(lackOf(orderIn(and(upTo('claimed'), picked(1, 7))), 1)).toBe(3)
    expect(lackOf(orderIn(upTo('claimed')), 99)).toBe(0)
  })
})

describe('the promised date', () => {
  const promisedIn = (hours: number) => given(placed({ promisedAt: minute(hours * 60) }))
  const state = (scene: Scene, now: string) => promiseOf(orderIn(scene), now).state
  test('is safe, in danger when less time is left than the way takes, and late', () => {
    expect(state(promisedIn(72), minute(0))).toBe('safe')
    expect(state(promisedIn(23), minute(0))).toBe('at-risk')
    expect(promiseOf(orderIn(promisedIn(10)), minute(601))).toEqual({ state: 'late', leftMs: -60_000 })
    expect(promiseOf(orderIn(promisedIn(10)), minute(600))).toEqual({ state: 'at-risk', leftMs: 0 })
  })
  test('is safe for longer the further the order is', () => {
    expect(state(upTo('placed'), minute(3 * 1440 - 23 * 60))).toBe('at-risk')
    expect(state(upTo('claimed'), minute(3 * 1440 - 23 * 60))).toBe('safe')
    expect(state(upTo('departed'), minute(3 * 1440 - 4 * 60))).toBe('safe')
  })
  test('is in danger when goods are short or the driver has a problem, until that is settled', () => {
    const scene = and(upTo('claimed'), ask('ReportShort', { line: 1, quantity: 1, reason: 'other', note: '' }, boss, { id: 's' }))
    expect(state(scene, at)).toBe('at-risk')
    expect(state(and(scene, ask('SettleException', { exception: 's.short', decision: 'accept', note: '' }, boss)), at)).toBe('safe')
  })
  test('was kept or missed once the receipt is signed, and binds nobody after a cancellation', () => {
    expect(promiseOf(orderIn(upTo('signedFor')), minute(99_999))).toEqual({ state: 'kept', byMs: (3 * 1440 - 16) * 60_000 })
    const missed = and(given(placed({ promisedAt: minute(1) })), ...Object.values(WAY).slice(1))
    expect(promiseOf(orderIn(missed), at)).toMatchObject({ state: 'missed' })
    expect(state(and(upTo('confirmed'), cancelled()), at)).toBe('none')
    expect(state(given(placed({ promisedAt: null })), at)).toBe('none')
  })
})
