import { expect, test } from 'vitest'
import { type Ink, isWritten } from '../../../shared/receipt/ink.ts'

const ink = (...strokes: [x: number, y: number][][]): Ink => ({ aspect: 2000, strokes: strokes.map((stroke) => stroke.map(([x, y], i) => [x, y, i * 10, 500])) })

test('an empty pad, a dot and many dots are no signature', () => {
  expect(isWritten(ink())).toBe(false)
  expect(isWritten(ink([[500, 500]]))).toBe(false)
  expect(isWritten(ink(...Array.from({ length: 20 }, (_, i): [number, number][] => [[i * 50, 500]])))).toBe(false)
})
test('a line across a seventh of the pad is one, in one stroke or in several', () => {
  expect(isWritten(ink([[100, 500], [249, 500]]))).toBe(false)
  expect(isWritten(ink([[100, 500], [250, 500]]))).toBe(true)
  expect(isWritten(ink([[100, 500], [175, 500]], [[500, 100], [500, 175]]))).toBe(true)
})
