import { describe, expect, test } from 'vitest'
import { gateStates, shutGates } from '../../../shared/process/gate.ts'
import { GATES, PROCESSES } from '../../../shared/process/process.ts'
import { and, ask, chief, clerk, claimed, confirmed, given, kindsOf, minute, money, noticed, orderIn, placed, refusalOf, released, shipped, typesOf, upTo, without } from '../order/mill.ts'

const override = () => ask('OverrideNotice', { reason: '客戶停機待料' }, chief)
const GRADE_A = { customer: { id: 'C-0101', name: '大安印刷', grade: 'A' as const } }
const states = (scene: ReturnType<typeof given>, now = minute(100)) => gateStates(orderIn(scene), now).map(({ gate, state }) => `${gate.id} ${state}`)

describe('the order of the gates', () => {
  test('confirmation, then release, then notice', () => {
    const scene = given(placed())
    expect(refusalOf(scene, released())).toEqual({ type: 'gate-shut', gate: 'release', waitsFor: ['confirmation'] })
    expect(refusalOf(scene, noticed())).toEqual({ type: 'gate-shut', gate: 'notice', waitsFor: ['confirmation', 'release'] })
    expect(refusalOf(and(scene, confirmed()), noticed())).toEqual({ type: 'gate-shut', gate: 'notice', waitsFor: ['release'] })
    expect(states(and(scene, confirmed(), released(), noticed()))).toEqual(['confirmation signed', 'release signed', 'notice signed'])
  })
  test('every gate waits only for gates before it, so that none waits in a circle', () => {
    for (const process of Object.values(PROCESSES))
      process.forEach((gate, i) => {
        for (const earlier of gate.after) expect(process.slice(0, i).map(({ id }) => id)).toContain(earlier)
      })
    expect(PROCESSES.stock.map(({ id }) => id)).toEqual([...GATES])
  })
  test('a shut gate says what is missing, who can give it and since when', () => {
    expect(gateStates(orderIn(given(placed(), confirmed())), minute(9))[1]).toMatchObject({ state: 'shut', lacks: 'signature', waitsFor: [], signs: ['finance'], since: minute(2) })
    expect(gateStates(orderIn(given(placed())), minute(9))[2]).toMatchObject({ state: 'shut', lacks: 'earlier-gate', waitsFor: ['confirmation', 'release'] })
  })
  test('grade A ships by contract without a release', () => {
    const scene = given(placed(GRADE_A), confirmed())
    expect(states(scene)).toEqual(['confirmation signed', 'release free', 'notice shut'])
    expect(refusalOf(scene, released())).toEqual({ type: 'gate-free', gate: 'release' })
    expect(typesOf(scene, noticed())).toEqual(['GateSigned'])
  })
  test('nobody signs for another, without the PIN, twice, or for an order that was cancelled', () => {
    const scene = given(placed(), confirmed())
    expect(refusalOf(scene, ask('SignGate', { gate: 'release', note: '' }, clerk))).toEqual({ type: 'wrong-role', roles: ['finance'] })
    expect(refusalOf(scene, ask('SignGate', { gate: 'release', note: '' }, money, { signed: false }))).toEqual({ type: 'unsigned' })
    expect(refusalOf(scene, confirmed())).toEqual({ type: 'already-signed', gate: 'confirmation', by: 'clerk', at: minute(2) })
    expect(refusalOf(and(scene, ask('CancelOrder', { reason: 'x' }, chief)), released())).toMatchObject({ type: 'already-cancelled' })
  })
  test('what nobody can work without is not confirmed', () => {
    expect(refusalOf(given(placed({ shipTo: '', promisedAt: null, phone: '' })), confirmed())).toEqual({ type: 'fields-lacking', fields: ['shipTo', 'promisedAt'] })
  })
  test('an order is claimed only when it is confirmed', () => {
    expect(refusalOf(given(placed()), claimed())).toEqual({ type: 'gate-shut', gate: 'confirmation', waitsFor: ['confirmation'] })
  })
})

describe('taking a signature back', () => {
  const withdraw = (gate: 'confirmation' | 'release' | 'notice', by = clerk) => ask('WithdrawGate', { gate, reason: '數量有誤' }, by)
  test('takes those with it that were built on it', () => {
    const scene = given(placed(), confirmed(), released(), noticed())
    expect(states(and(scene, withdraw('confirmation')))).toEqual(['confirmation shut', 'release shut', 'notice shut'])
    expect(states(and(scene, withdraw('release', money)))).toEqual(['confirmation signed', 'release shut', 'notice shut'])
    expect(states(and(scene, withdraw('notice')))).toEqual(['confirmation signed', 'release signed', 'notice shut'])
  })
  test('of grade A the notice goes with the confirmation too', () => {
    expect(states(and(given(placed(GRADE_A), confirmed(), noticed()), withdraw('confirmation')))).toEqual(['confirmation shut', 'release free', 'notice shut'])
  })
  test('is refused when there is none, to others, and once the goods have left', () => {
    expect(refusalOf(given(placed()), withdraw('confirmation'))).toEqual({ type: 'not-signed', gate: 'confirmation' })
    expect(refusalOf(given(placed(), confirmed(), released()), withdraw('release'))).toEqual({ type: 'wrong-role', roles: ['finance'] })
    expect(refusalOf(upTo('shipped'), withdraw('notice'))).toMatchObject({ type: 'already-shipped' })
  })
  test('goods that leave after it raise it, and are named', () => {
    const scene = and(upTo('loaded'), withdraw('release', money))
    expect(kindsOf(scene, shipped())).toEqual(['shipped-unreleased', 'shipped-without-notice'])
  })
})

describe('an emergency override', () => {
  test('ships first; release and notice are owed for four hours, then overdue', () => {
    const scene = and(without(['released', 'noticed'], 'loaded'), override())
    const order = orderIn(scene)
    expect(order.override).toMatchObject({ by: 'chief', at: minute(10), dueAt: minute(10 + 240), reason: '客戶停機待料' })
    expect(shutGates(order, 'ship')).toEqual([])
    expect(gateStates(order, minute(20)).map((each) => (each.state === 'owed' ? each.overdue : each.state))).toEqual(['signed', false, false])
    expect(gateStates(order, minute(251)).map((each) => (each.state === 'owed' ? each.overdue : each.state))).toEqual(['signed', true, true])
    expect(kindsOf(scene, shipped())).toEqual([])
  })
  test('without it the same goods are an exception', () => {
    expect(kindsOf(without(['released', 'noticed'], 'loaded'), shipped())).toEqual(['shipped-unreleased', 'shipped-without-notice'])
  })
  test('the notice can be made up after shipping, and shows when it was late', () => {
    const scene = and(without(['noticed'], 'loaded'), override(), shipped())
    const late = ask('SignGate', { gate: 'notice', note: '補' }, clerk, { at: minute(600) })
    expect(gateStates(orderIn(and(scene, late)), minute(700))[2]).toMatchObject({ state: 'signed', late: true })
    expect(gateStates(orderIn(and(scene, noticed())), minute(700))[2]).toMatchObject({ state: 'signed', late: false })
  })
  test('is the service supervisor’s alone, with the PIN, on a confirmed order that owes something and is here', () => {
    const scene = given(placed(), confirmed())
    expect(refusalOf(scene, ask('OverrideNotice', { reason: 'x' }, clerk))).toEqual({ type: 'wrong-role', roles: ['service-supervisor'] })
    expect(refusalOf(scene, ask('OverrideNotice', { reason: 'x' }, chief, { signed: false }))).toEqual({ type: 'unsigned' })
    expect(refusalOf(given(placed()), override())).toEqual({ type: 'gate-shut', gate: 'notice', waitsFor: ['confirmation'] })
    expect(refusalOf(and(scene, override()), override())).toEqual({ type: 'nothing-owed' })
    expect(refusalOf(upTo('noticed'), override())).toEqual({ type: 'nothing-owed' })
    expect(refusalOf(upTo('shipped'), override())).toMatchObject({ type: 'already-shipped' })
    expect(refusalOf(and(scene, ask('CancelOrder', { reason: 'x' }, chief)), override())).toMatchObject({ type: 'already-cancelled' })
  })
})
