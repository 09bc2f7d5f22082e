import { expect, test } from 'vitest'
import { sizeOf } from '../../../client/photos/size.ts'

test('a photograph of a phone is kept at 1600 pixels on its longer side, upright or lying', () => {
  expect(sizeOf(4032, 3024)).toEqual({ width: 1600, height: 1200 })
  expect(sizeOf(3024, 4032)).toEqual({ width: 1200, height: 1600 })
})

test('a small picture is not blown up, and a sliver keeps a pixel', () => {
  expect(sizeOf(640, 480)).toEqual({ width: 640, height: 480 })
  expect(sizeOf(20_000, 3)).toEqual({ width: 1600, height: 1 })
})
