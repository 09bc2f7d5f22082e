import { expect, test } from 'vitest'
import { format, uuidv7 } from '../../../shared/sync/id.ts'

const zeros = (length: number) => new Uint8Array(length)
test('an id carries its millisecond in front, its version and variant (RFC 9562 §5.7)', () => {
  expect(uuidv7(Date.parse('2022-02-22T19:22:22.000Z'), zeros)).toBe('017f22e2-79b0-7000-8000-000000000000')
  expect(uuidv7(0, (n) => new Uint8Array(n).fill(255))).toBe('00000000-0000-7fff-bfff-ffffffffffff')
})
test('ids of later milliseconds sort later', () => {
  const ids = [1, 255, 256, 2 ** 32, 2 ** 40].map((ms) => uuidv7(ms, zeros))
  expect(ids.toSorted()).toEqual(ids)
})
test('a clock before 1970 makes an id all the same', () => {
  expect(uuidv7(-1, zeros)).toMatch(/^00000000-0000-7/)
  expect(format(zeros(16), 4)).toBe('00000000-0000-4000-8000-000000000000')
})
