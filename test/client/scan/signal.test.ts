/** Right, wrong and ask are told apart by a gloved hand and in a noisy hall: by rhythm, and not only by pitch (LOOK). */
import { describe, expect, test } from 'vitest'
import { BUZZ, NOTES, SIGNS } from '../../../client/scan/signal.ts'

const pairs = SIGNS.flatMap((one, at) => SIGNS.slice(at + 1).map((other) => [one, other] as const))
const lengthOf = (sign: (typeof SIGNS)[number]) => Math.max(...NOTES[sign].map(([, from, long]) => from + long))
const times = (a: number, b: number) => Math.max(a, b) / Math.min(a, b)

describe.for(pairs)('%s and %s', ([one, other]) => {
  test('differ in how often the hand feels them', () => {
    expect(BUZZ[one].length).not.toBe(BUZZ[other].length)
    expect(times(BUZZ[one].reduce((a, b) => a + b), BUZZ[other].reduce((a, b) => a + b))).toBeGreaterThan(1.5)
  })
  test('differ in length by half, and in their first note by more than a fifth', () => {
    expect(times(lengthOf(one), lengthOf(other))).toBeGreaterThan(1.5)
    expect(times(NOTES[one][0]?.[0] ?? 1, NOTES[other][0]?.[0] ?? 1)).toBeGreaterThan(1.5)
  })
})

test('a no falls and a question rises', () => {
  const falls = (sign: 'wrong' | 'ask') => (NOTES[sign][1]?.[0] ?? 0) - (NOTES[sign][0]?.[0] ?? 0)
  expect(falls('wrong')).toBeLessThan(0)
  expect(falls('ask')).toBeGreaterThan(0)
})
test('all begin at once and are over within a second', () => {
  for (const sign of SIGNS) {
    expect(NOTES[sign][0]?.[1]).toBe(0)
    expect(lengthOf(sign)).toBeLessThan(1)
  }
})
