/** What holds whatever anybody does in whatever order. A seed that once failed is kept with what it taught. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFact } from '../../../shared/order/commands.ts'
import { fold } from '../../../shared/order/decide.ts'
import { offers, whyNot, wouldRaise, type Offered } from '../../../shared/order/offer.ts'
import { amountOf, gramsOf } from '../../../shared/order/form.ts'
import { openOf, type Order, pickedOf, shippedLines, shippedOf, shortOf } from '../../../shared/order/order.ts'
import { phaseOf, STAGES, stageOf, STEPS, stepOf } from '../../../shared/order/stage.ts'
import { standingOf } from '../../../shared/order/waits.ts'
import { checksum } from '../../../shared/sync/checksum.ts'
import { listsOf, textOf } from '../../../shared/work/lists.ts'
import { anyShift } from './commands.ts'
import { and, answerTo, given, minute, type Said, type Scene } from './mill.ts'

const RUNS = { numRuns: 300 }
/** Every scene a shift passes through; what is refused changes nothing. */
function* scenes(shift: readonly Said[]): Generator<{ scene: Scene; said: Said }> {
  let scene = given()
  for (const said of shift) {
    yield { scene, said }
    if ('accept' in answerTo(scene, said)) scene = and(scene, said)
    else scene = { ...scene, count: scene.count + 1 }
  }
}
const last = (shift: readonly Said[]): Order | null => {
  let order: Order | null = null
  for (const { scene } of scenes(shift)) order = scene.order
  return order
}

describe('whatever is done in whatever order', () => {
  test('a fact on an order is never refused, and nothing throws', () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        for (const { scene, said } of scenes(shift)) {
          const answer = answerTo(scene, said)
          if (scene.order && isFact(said.command)) expect(answer).toHaveProperty('accept')
        }
      }),
      RUNS,
    )
  })
  test('the version is the number of events, and folding them again gives the same order', () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        for (const { scene } of scenes(shift)) {
          expect(fold(null, scene.events, 'o1')).toEqual(scene.order)
          expect(scene.order?.version ?? 0).toBe(scene.events.length)
        }
      }),
      { numRuns: 100 },
    )
  })
  test('the log can be written as JSON and read back to the same order', () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        for (const { scene } of scenes(shift)) {
          const read = fold(null, JSON.parse(JSON.stringify(scene.events)) as typeof scene.events, 'o1')
          expect(checksum(read)).toBe(checksum(scene.order))
        }
      }),
      { numRuns: 60 },
    )
  })
  test('no quantity falls below zero or grows past what can be counted', () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        const order = last(shift)
        if (!order) return
        for (const line of [...order.lines.map(({ no }) => no), 99])
          for (const figure of [pickedOf(order, line), shortOf(order, line), shippedOf(order, line)]) expect(Number.isSafeInteger(figure) && figure >= 0).toBe(true)
        for (const line of order.lines) expect(openOf(order, line)).toBeGreaterThanOrEqual(0)
        for (const pick of order.picks) expect(pick.back).toBeLessThanOrEqual(pick.quantity)
        expect(shippedLines(order).every(({ quantity }) => quantity > 0)).toBe(true)
        expect(Number.isSafeInteger(amountOf(order)) && Number.isSafeInteger(gramsOf(order))).toBe(true)
      }),
      RUNS,
    )
  })
  test('every order stands somewhere, in lists of their own, and is found', () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        const order = last(shift)
        if (!order) return
        expect(STAGES).toContain(stageOf(order))
        expect(STEPS).toContain(stepOf(order))
        expect(phaseOf(order)).toBeLessThanOrEqual(5)
        const lists = listsOf(order).map((entry) => entry.split('|')[0])
        expect(new Set(lists).size).toBe(lists.length)
        expect(lists).toContain(stepOf(order) === 'done' ? 'closed' : 'open')
        expect(textOf(order)).toContain('so-2611-0417')
        const { waits } = standingOf(order, minute(60))
        for (const each of waits) expect(each.roles.length > 0 && each.since !== '').toBe(true)
        if (stepOf(order) !== 'done') expect(waits.length).toBeGreaterThan(0)
      }),
      RUNS,
    )
  })
  test('every exception has an id of its own', () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        const ids = (last(shift)?.exceptions ?? []).map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      RUNS,
    )
  })
  test('what the screen offers is what the rules will take', () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        for (const { scene, said } of scenes(shift)) {
          const { command, actor } = said
          const answer = answerTo(scene, said)
          if (isFact(command)) {
            if (scene.order) wouldRaise(scene.order, command, actor)
            continue
          }
          // A screen moves the stops of the trip that it shows.
          if (command.type === 'MoveStop' && command.payload.trip !== scene.order?.trip?.id) continue
          // The PIN is asked for after the offer, and so is what stands in for what is short.
          if ('refuse' in answer && (answer.refuse.type === 'unsigned' || answer.refuse.type === 'decision-empty')) continue
          const why = whyNot(scene.order, offeredOf(command), actor, minute(scene.count + 1))
          expect(why, command.type).toEqual('refuse' in answer ? answer.refuse : null)
        }
      }),
      RUNS,
    )
  })
  test('the offers of any order can be listed for anybody', () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        const order = last(shift)
        const actor = shift.at(-1)?.actor
        if (order && actor) expect(offers(order, actor, minute(90)).length).toBeGreaterThan(20)
      }),
      { numRuns: 60 },
    )
  })
})

function offeredOf(command: Said['command']): Offered {
  if (command.type === 'SignGate' || command.type === 'WithdrawGate') return { type: command.type, gate: command.payload.gate }
  if (command.type === 'SettleException') return { type: command.type, exception: command.payload.exception, decision: command.payload.decision }
  if (command.type === 'Concede') return { type: command.type, inspection: command.payload.inspection }
  if (command.type === 'TakeBackShort') return { type: command.type, short: command.payload.short }
  return { type: command.type }
}
