import { describe, expect, test } from 'vitest'
import { aimedAt, seenPart } from '../../../client/scan/aim.ts'
import { AWAY_MS, createSteady } from '../../../client/scan/steady.ts'

/** Pictures of a film, 100 ms apart: what counted, in order. */
function counted(...film: (string | null)[]): string[] {
  const steady = createSteady()
  return film.flatMap((code, i) => steady.take(code, i * 100) ?? [])
}
const held = (code: string | null, pictures: number) => Array.from({ length: pictures }, () => code)
/** More pictures than it may be away. */
const AWAY = Math.ceil(AWAY_MS / 100)

describe('what a camera reads', () => {
  test('is a scan once it was read twice in a row', () => {
    expect(counted('A')).toEqual([])
    expect(counted('A', 'B', 'A', 'B')).toEqual([])
    expect(counted('A', null, 'A', null)).toEqual([])
    expect(counted('A', 'A')).toEqual(['A'])
  })

  test('counts once for as long as it stays in the picture, however long', () => {
    expect(counted(...held('A', 200))).toEqual(['A'])
  })

  test('counts once although a hand shakes', () => {
    expect(counted('A', 'A', null, null, 'A', 'A', null, 'A', ...held(null, AWAY - 2), 'A', 'A')).toEqual(['A'])
  })

  test('is not made another by one wrong read between', () => {
    expect(counted('A', 'A', 'X', 'A', 'A')).toEqual(['A'])
  })

  test('counts again once it was away', () => {
    expect(counted('A', 'A', ...held(null, AWAY), 'A', 'A')).toEqual(['A', 'A'])
  })

  test('counts again at once when another code counted between', () => {
    expect(counted('A', 'A', 'B', 'B', 'A', 'A')).toEqual(['A', 'B', 'A'])
  })
})

describe('the picture', () => {
  test('is read as far as it is seen', () => {
    expect(seenPart({ width: 1280, height: 720 }, { width: 360, height: 180 })).toEqual({ x: 0, y: 40, width: 1280, height: 640 })
    expect(seenPart({ width: 720, height: 1280 }, { width: 360, height: 180 })).toEqual({ x: 0, y: 460, width: 720, height: 360 })
    expect(seenPart({ width: 640, height: 480 }, { width: 100, height: 480 })).toEqual({ x: 270, y: 0, width: 100, height: 480 })
  })

  test('that is not drawn yet is read whole', () => {
    expect(seenPart({ width: 640, height: 480 }, { width: 0, height: 0 })).toEqual({ x: 0, y: 0, width: 640, height: 480 })
  })

  test('means the code in its middle', () => {
    const codes = [{ code: 'top', middle: { x: 320, y: 40 } }, { code: 'middle', middle: { x: 300, y: 260 } }]
    expect(aimedAt(codes, { width: 640, height: 480 })?.code).toBe('middle')
    expect(aimedAt([], { width: 640, height: 480 })).toBeUndefined()
  })
})
