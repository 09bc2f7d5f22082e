import { expect, test } from 'vitest'
import { parseGs1 } from '../../../../shared/scan/gs1/parse.ts'
import { togetherErrors } from '../../../../shared/scan/gs1/together.ts'

const scanned = (...texts: string[]) =>
  texts.flatMap((text) => {
    const reading = parseGs1(text)
    return reading.is === 'elements' ? reading.elements : []
  })

test('a second label of the pallet brings what the first one lacks', () => {
  const contents = '(02)09520123456788(37)48'
  expect(togetherErrors(scanned(contents))).toEqual([{ type: 'required', ai: '37', wanted: [['00']] }])
  expect(togetherErrors(scanned(contents, ']C100123456789012345675'))).toEqual([])
})

test('what cannot stand beside each other is named with both', () => {
  expect(togetherErrors(scanned('(01)09520123456788', '(00)123456789012345675(02)09520123456788(37)1'))).toContainEqual({ type: 'excluded', ai: '02', beside: '01' })
})

test('two labels that differ are named with what each says', () => {
  expect(togetherErrors(scanned('(400)A', '(400)A', '(400)B'))).toEqual([{ type: 'differs', ai: '400', came: ['A', 'B'] }])
})
