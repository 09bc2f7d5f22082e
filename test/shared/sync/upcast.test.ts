import { describe, expect, test } from 'vitest'
import { ALL_COMMANDS } from '../../../shared/sync/doc.ts'
import { type Upcast, UPCASTS, upcast } from '../../../shared/sync/upcast.ts'

const STEPS: { [type: string]: Upcast[] } = {
  PickLine: [({ pieces, ...rest }) => ({ ...rest, quantity: pieces }), ({ quantity, ...rest }) => ({ ...rest, quantity, grams: 0 })],
}
const read = (v: number, payload: unknown, type = 'PickLine') => upcast({ type, v, payload }, STEPS)

describe('a command of an older app', () => {
  test('goes through every version since, and one of today through none', () => {
    expect(read(1, { line: 1, pieces: 3 })).toEqual({ line: 1, quantity: 3, grams: 0 })
    expect(read(2, { line: 1, quantity: 3 })).toEqual({ line: 1, quantity: 3, grams: 0 })
    expect(read(3, { line: 1, quantity: 3, grams: 5 })).toEqual({ line: 1, quantity: 3, grams: 5 })
    expect(read(9, { any: 'thing' })).toEqual({ any: 'thing' })
  })
  test('stays as it is where it waits', () => {
    const payload = Object.freeze({ line: 1, pieces: 3 })
    read(1, payload)
    expect(payload).toEqual({ line: 1, pieces: 3 })
  })
  test('that is no object, or of a type that never changed, is handed on to the schema', () => {
    for (const odd of [null, 'text', 7, undefined]) expect(read(1, odd)).toBe(odd)
    const payload = { reason: 'x' }
    expect(read(1, payload, 'CancelOrder')).toBe(payload)
    expect(read(1, payload, 'constructor')).toBe(payload)
  })
  test('has a step for each version that a type has gone through', () => {
    for (const [type, { v }] of Object.entries(ALL_COMMANDS)) expect(UPCASTS[type]?.length ?? 0, type).toBe(v - 1)
  })
})
