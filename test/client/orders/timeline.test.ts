import { describe, expect, test } from 'vitest'
import { timelineOf } from '../../../client/orders/timeline.ts'
import type { History } from '../../../shared/order/history.ts'
import { and, ask, clerk, confirmed, given, minute, orderIn, picker, placed, type Scene } from '../../shared/order/mill.ts'

const NONE: ReadonlySet<string> = new Set()
const pick = (quantity: number) => ask('PickLine', { line: 1, quantity, lot: 'R-1', from: 'A-03', grams: 0 }, picker)
/** What the server would tell of a scene, each command heard so many ms after it was made, by a clock so far off. */
function historyOf(scene: Scene, heard: { late?: number; offset?: number | null; error?: number | null } = {}): History {
  const { late = 0, offset = 0, error = 20 } = heard
  return {
    order: 'o1',
    devices: { 'phone of picker': '手機 3' },
    history: scene.events.map((event, i) => {
      const act = 'act' in event ? event.act : 'pick' in event ? event.pick : 'exception' in event ? event.exception : { at: '', device: '', command: '' }
      const receivedAt = new Date(Date.parse(act.at) + (offset ?? 0) + late).toISOString()
      return { event, version: i + 1, command: act.command, device: act.device, at: act.at, receivedAt, clock: JSON.stringify({ wall: act.at, offset, error }) }
    }),
  }
}

describe('the timeline of an order', () => {
  test('without a network tells what the order itself remembers, newest first, and marks what is only on this device', () => {
    const scene = given(placed(), confirmed(), pick(4))
    const told = timelineOf(orderIn(scene), null, new Set(['c3']))
    expect(told.map((each) => [each.event.type, each.act.name, each.waiting])).toEqual([
      ['LinePicked', 'picker', true],
      ['GateSigned', 'clerk', false],
      ['OrderPlaced', 'sales', false],
    ])
    expect(told.every((each) => each.clock === null)).toBe(true)
  })

  test('with the history tells also what left no trace in the order: a withdrawal, what was put back', () => {
    const scene = given(placed(), confirmed(), pick(4), ask('PutBack', { pick: 'c3', quantity: 1 }, picker), ask('WithdrawGate', { gate: 'confirmation', reason: '改規格' }, clerk))
    const types = (history: History | null) => timelineOf(orderIn(scene), history, NONE).map((each) => each.event.type)
    expect(types(null)).toEqual(['LinePicked', 'OrderPlaced'])
    expect(types(historyOf(scene))).toEqual(['GateWithdrawn', 'PickPutBack', 'LinePicked', 'GateSigned', 'OrderPlaced'])
  })

  test('nothing is told twice, and what the server has not heard yet comes on top', () => {
    const known = given(placed(), confirmed())
    const here = and(known, pick(4))
    const told = timelineOf(orderIn(here), historyOf(known), new Set(['c3']))
    expect(told.map((each) => [each.event.type, each.waiting])).toEqual([
      ['LinePicked', true],
      ['GateSigned', false],
      ['OrderPlaced', false],
    ])
    expect(new Set(told.map((each) => each.key)).size).toBe(3)
  })

  test('says on which device, how well its clock was known and how much later the server heard of it', () => {
    const scene = given(placed(), confirmed(), pick(4))
    const [first] = timelineOf(orderIn(scene), historyOf(scene, { late: 240_000, offset: -300_000, error: 3000 }), NONE)
    expect(first).toMatchObject({ device: '手機 3', act: { at: minute(3) }, clock: { skew: -300_000, error: 3000, late: 240_000 } })
  })

  test('a device that had never met the server has a clock of unknown error, and what no command made has none', () => {
    const scene = given(placed())
    expect(timelineOf(orderIn(scene), historyOf(scene, { offset: null, error: null }), NONE)[0]?.clock).toEqual({ skew: 0, error: null, late: 0 })
    const byServer = historyOf(scene)
    for (const row of byServer.history) row.receivedAt = ''
    expect(timelineOf(orderIn(scene), byServer, NONE)[0]?.clock).toBeNull()
  })

  test('an exception is told with the decision that closed it', () => {
    const short = given(placed(), confirmed(), ask('ReportShort', { line: 1, quantity: 2, reason: 'not-found', note: '' }, picker))
    const settled = { ...orderIn(short).exceptions[0], settled: { by: 'boss', name: 'boss', at: minute(9), device: 'd', command: 'c9', decision: 'split' } }
    const order = { ...orderIn(short), exceptions: [settled] } as ReturnType<typeof orderIn>
    expect(timelineOf(order, null, NONE).map((each) => each.event.type).slice(0, 2)).toEqual(['ExceptionSettled', 'ShortReported'])
  })
})
