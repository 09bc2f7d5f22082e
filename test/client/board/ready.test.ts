import { describe, expect, test } from 'vitest'
import { byUrgency, deviceState, heldOf, oldestMs } from '../../../client/board/device-state.ts'
import { type Known, readyOf } from '../../../client/board/ready.ts'
import type { DeviceCard } from '../../../shared/people/wire.ts'

const MINUTE = 60_000
const now = Date.parse('2026-11-26T06:00:00.000Z')
const ago = (ms: number) => new Date(now - ms).toISOString()
type Seen = NonNullable<DeviceCard['seen']>

function card(id: string, seen: Partial<Seen> | null, change: Partial<DeviceCard> = {}): DeviceCard {
  const all: Seen = { at: ago(10_000), app: '1', person: id, personName: id, commands: 0, blobs: 0, oldest: null, skewMs: 0, about: null }
  return { id, number: 1, name: `phone of ${id}`, enrolledAt: ago(86_400_000), revokedAt: null, lastSeq: 9, seen: seen && { ...all, ...seen }, ...change }
}
const desk = { device: 'desk', person: 'Chang', commands: 0, oldest: null, photos: 0, refused: 0 }
const known = (change: Partial<Known>): Known => ({ devices: [], here: desk, exceptions: 0, apart: 0, owedDue: [], now, ...change })

describe('has all of it arrived?', () => {
  test('yes, when no device holds anything and nothing is open', () => {
    expect(readyOf(known({ devices: [card('chen', {}), card('desk', {})] }))).toEqual({ answer: 'yes', lacks: [], silent: 0 })
  })
  test('not yet, while a phone holds work: how much in all, and whose is the oldest', () => {
    const devices = [card('chen', { commands: 7, oldest: ago(26 * MINUTE) }), card('lin', { commands: 3, oldest: ago(2 * MINUTE), blobs: 2 })]
    expect(readyOf(known({ devices }))).toEqual({
      answer: 'no',
      lacks: [
        { type: 'commands', count: 10, oldestMs: 26 * MINUTE, who: 'chen' },
        { type: 'photos', count: 2 },
      ],
      silent: 0,
    })
  })
  test('this desk speaks for itself, whatever the server last heard of it', () => {
    const devices = [card('desk', { commands: 5, oldest: ago(MINUTE) })]
    expect(readyOf(known({ devices })).answer).toBe('yes')
    expect(readyOf(known({ devices, here: { ...desk, commands: 1, oldest: ago(MINUTE) } })).lacks).toEqual([
      { type: 'commands', count: 1, oldestMs: MINUTE, who: 'Chang' },
    ])
  })
  test('not yet, while an exception has no decision, a paper is owed, or a refusal was not looked at', () => {
    const ready = readyOf(known({ exceptions: 2, owedDue: [ago(40 * MINUTE), ago(-MINUTE)], here: { ...desk, refused: 1 } }))
    expect(ready.lacks).toEqual([
      { type: 'exceptions', count: 2 },
      { type: 'owed', count: 2, overdueMs: 40 * MINUTE },
      { type: 'attention', count: 1 },
    ])
    expect(readyOf(known({ owedDue: [ago(-MINUTE)] })).lacks).toEqual([{ type: 'owed', count: 1, overdueMs: null }])
  })
  test('not yet, while somebody elsewhere has a refusal unread, or something is set apart and undecided', () => {
    const about = { free: null, persistent: null, battery: null, refused: 2 }
    const devices = [card('chen', { about }), card('lin', { about: { ...about, refused: 3 } }), card('gone', { about }, { revokedAt: ago(0) })]
    expect(readyOf(known({ devices, apart: 1 })).lacks).toEqual([
      { type: 'refusals', count: 5, who: 'lin' },
      { type: 'quarantine', count: 1 },
    ])
  })
  test('nobody knows, while the server is out of reach; but what is open here is known all the same', () => {
    expect(readyOf(known({ devices: null })).answer).toBe('unknown')
    expect(readyOf(known({ devices: null, exceptions: 1 })).answer).toBe('no')
  })
  test('phones that were done and then fell silent in this shift are counted, those at rest since yesterday are not', () => {
    const devices = [card('chen', { at: ago(20 * MINUTE) }), card('lin', { at: ago(5 * MINUTE) }), card('wu', { at: ago(30 * 60 * MINUTE) })]
    expect(readyOf(known({ devices }))).toMatchObject({ answer: 'yes', silent: 1 })
  })
})

describe('a device', () => {
  test('is offline when it holds work and was not heard for minutes', () => {
    expect(deviceState(card('a', { commands: 3, at: ago(MINUTE) }), now)).toEqual({ state: 'commands', count: 3 })
    expect(deviceState(card('a', { commands: 3, at: ago(27 * MINUTE) }), now)).toEqual({ state: 'offline', forMs: 27 * MINUTE })
    expect(deviceState(card('a', { blobs: 2 }), now)).toEqual({ state: 'photos', count: 2 })
    expect(deviceState(card('a', {}), now)).toEqual({ state: 'recorded' })
    expect(deviceState(card('a', null), now)).toEqual({ state: 'never' })
    expect(deviceState(card('a', { commands: 3 }, { revokedAt: ago(0) }), now)).toEqual({ state: 'revoked' })
  })
  test('can be handed over when the server has all that it made', () => {
    expect(heldOf(card('a', {}, { lastSeq: 47 }))).toEqual({ held: 47, of: 47, safe: true })
    expect(heldOf(card('a', { commands: 3 }, { lastSeq: 44 }))).toEqual({ held: 44, of: 47, safe: false })
    expect(heldOf(card('a', { blobs: 1 }, { lastSeq: 47 }))).toMatchObject({ safe: false })
    expect(heldOf(card('a', null))).toBeNull()
  })
  test('with a clock that is an hour ahead has held its work for as long as it really has', () => {
    const hour = 60 * MINUTE
    expect(oldestMs(card('a', { commands: 1, oldest: ago(5 * MINUTE - hour), skewMs: hour }), now)).toBe(5 * MINUTE)
  })
  test('stands the higher, the longer its oldest work waits; revoked ones stand last', () => {
    const cards = [
      card('revoked', { commands: 9, oldest: ago(99 * MINUTE) }, { revokedAt: ago(0) }),
      card('done', {}),
      card('photos', { blobs: 1 }),
      card('two', { commands: 3, oldest: ago(2 * MINUTE) }),
      card('twenty', { commands: 1, oldest: ago(20 * MINUTE) }),
      card('never', null),
    ]
    expect(byUrgency(cards, now).map(({ id }) => id)).toEqual(['twenty', 'two', 'photos', 'done', 'never', 'revoked'])
  })
})
