import { expect, test } from 'vitest'
import { createStream } from '../../../client/scan/stream.ts'

/** Types a text with so much time between the keys; what was heard at the end. */
function typed(text: string, gapMs: number, stream = createStream(), from = 1000) {
  const keys = [...[...text].flatMap((key) => (key === '⇧' ? ['Shift'] : [key])), 'Enter']
  return keys.map((key, i) => stream.hear({ key, at: from + i * gapMs })).at(-1)
}

test('what a scanner types is heard as one code, and its Enter presses nothing else', () => {
  expect(typed('R-26-118203', 8)).toEqual({ ours: true, code: 'R-26-118203' })
})

test('a capital letter of a scanner, which comes with its Shift, is part of the code', () => {
  expect(typed('⇧R-26', 10)?.code).toBe('R-26')
})

test('what a hand types is no scan, and its Enter still presses the key that has the focus', () => {
  expect(typed('R-26-118203', 120)).toEqual({ ours: false, code: null })
})

test('a stray key with Enter behind it is no scan', () => {
  expect(typed('1', 8)).toEqual({ ours: false, code: null })
})

test('a second scan begins anew, whatever was typed before it', () => {
  const stream = createStream()
  stream.hear({ key: 'x', at: 0 })
  expect(typed('L-1', 8, stream, 5000)?.code).toBe('L-1')
  expect(typed('L-22', 8, stream, 9000)?.code).toBe('L-22')
})
