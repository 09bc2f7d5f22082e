import { describe, expect, test } from 'vitest'
import { adviceDue, checkDue, expectedAt } from '../../../shared/order/advice.ts'
import { promiseOf, waitsOf } from '../../../shared/order/waits.ts'
import { listsOf } from '../../../shared/work/lists.ts'
import { advised, and, arrived, ask, clerk, departed, driver, kindsOf, minute, orderIn, refusalOf, type Scene, shipped, typesOf, upTo } from './mill.ts'

const PROMISED = 3 * 1440
const advice = (arrivesAt: string | null, checks: [at: number, place: string][] = []) => ({ phone: '', grams: 1, departsAt: minute(15), arrivesAt, checks: checks.map(([at, place]) => ({ dueAt: minute(at), place })) })
/** Shipped at minute 13. */
const sent = (...more: Parameters<typeof advice>) => and(upTo('onTrip'), shipped({ advice: advice(...more) }))
const report = (check: number | null, arrivesAt: string | null = null) => ask('ReportCheck', { check, place: '泰安', arrivesAt, note: '' }, driver)
const calls = (scene: Scene, at: number) => waitsOf(orderIn(scene), minute(at)).filter(({ type }) => type === 'advice' || type === 'check')
const listed = (scene: Scene, list: string) => listsOf(orderIn(scene)).filter((each) => each.startsWith(`${list}|`))

describe('a customer is told how the goods come', () => {
  test('within the hour, by customer service; what is not confirmed in time stands there as overdue', () => {
    expect(calls(sent(null), 20)).toEqual([{ type: 'advice', roles: ['service', 'service-supervisor'], since: minute(13), dueAt: minute(73), overdue: false }])
    expect(calls(sent(null), 74)).toMatchObject([{ overdue: true }])
    expect(listed(sent(null), 'advise')).toEqual([`advise|${minute(73)} SO-2611-0417`])
  })
  test('once: it is kept who there has it, and nobody is asked again', () => {
    const told = and(sent(null), advised())
    expect(typesOf(sent(null), advised())).toEqual(['CustomerAdvised'])
    expect(orderIn(told).advised).toMatchObject({ name: 'clerk', to: '謝佳蓉' })
    expect(calls(told, 20)).toEqual([])
    expect(listed(told, 'advise')).toEqual([])
    expect(refusalOf(told, advised())).toMatchObject({ type: 'already-advised', by: 'clerk' })
  })
  test('not before there is something to tell, nor when it stands at the door', () => {
    expect(refusalOf(upTo('loaded'), advised())).toEqual({ type: 'not-shipped' })
    expect(adviceDue(orderIn(upTo('loaded')))).toBeNull()
    expect(refusalOf(and(sent(null), departed(), arrived()), advised())).toMatchObject({ type: 'wrong-stage', stage: 'arrived' })
    expect(adviceDue(orderIn(and(sent(null), departed(), arrived())))).toBeNull()
  })
  test('only by customer service, and signed', () => {
    expect(refusalOf(sent(null), ask('ConfirmAdvice', { to: 'x', note: '' }, driver))).toMatchObject({ type: 'wrong-role' })
    expect(refusalOf(sent(null), ask('ConfirmAdvice', { to: 'x', note: '' }, clerk, { signed: false }))).toEqual({ type: 'unsigned' })
  })
  test('an app that knew no advice ships all the same, and the customer is owed the call', () => {
    expect(kindsOf(upTo('onTrip'), shipped({ advice: undefined }))).toEqual([])
    expect(adviceDue(orderIn(upTo('shipped')))).toBe(minute(73))
    expect(checkDue(orderIn(upTo('shipped')))).toBeNull()
  })
})

describe('goods on their way are asked after', () => {
  const two = sent(minute(300), [[120, '湖口'], [60, '泰安']])
  test('at the times on the advice, the earliest first, until each was reported', () => {
    expect(calls(two, 50)).toMatchObject([{ type: 'advice' }, { type: 'check', check: 1, place: '泰安', roles: ['driver', 'service'], dueAt: minute(60), overdue: false }])
    expect(calls(two, 61)[1]).toMatchObject({ overdue: true })
    expect(checkDue(orderIn(and(two, report(1))))).toEqual({ check: 0, place: '湖口', dueAt: minute(120) })
    expect(checkDue(orderIn(and(two, report(null))))).toMatchObject({ check: 1 })
    expect(checkDue(orderIn(and(two, report(1), report(0))))).toBeNull()
    expect(listed(two, 'checks')).toEqual([`checks|${minute(60)} SO-2611-0417`])
  })
  test('not any more when they are there', () => {
    expect(checkDue(orderIn(and(two, departed(), arrived())))).toBeNull()
  })
  test('an arrival after the promise is told the customer before they ask, and the promise is in danger', () => {
    expect(kindsOf(two, report(1, minute(PROMISED - 1)))).toEqual([])
    expect(kindsOf(two, report(1, minute(PROMISED + 1)))).toEqual(['arrival-late'])
    expect(promiseOf(orderIn(two), minute(50)).state).toBe('safe')
    expect(promiseOf(orderIn(sent(minute(PROMISED + 1))), minute(50)).state).toBe('at-risk')
  })
  test('the last word on the arrival counts', () => {
    expect(expectedAt(orderIn(two))).toBe(minute(300))
    expect(expectedAt(orderIn(and(two, report(1, minute(400)), report(0))))).toBe(minute(400))
    expect(expectedAt(orderIn(upTo('loaded')))).toBeNull()
    const late = and(two, report(1, minute(PROMISED + 60)), report(0, minute(PROMISED - 60)))
    expect(promiseOf(orderIn(late), minute(50)).state).toBe('safe')
  })
})
