import { describe, expect, test } from 'vitest'
import { isAccepted, objectionTo, resultOf } from '../../../shared/inspection/disposition.ts'
import { judged } from './lot.ts'

const passed = judged(500, '')
const failed = judged(500, 'MMMM')
const unsafe = judged(500, 'C')
const open = judged(500, '', { looked: 0 })

describe('what a person does with the lot', () => {
  test('accepting is what the sample proposes, or nothing', () => {
    expect(objectionTo('accept', passed, ['quality'])).toBeNull()
    expect(objectionTo('accept', failed, ['quality'])).toEqual({ type: 'not-proposed', proposal: 'reject' })
    expect(objectionTo('accept', open, ['quality'])).toEqual({ type: 'not-proposed', proposal: 'unfinished' })
  })
  test('quality or a supervisor may let it go by concession, nobody else', () => {
    for (const role of ['quality', 'supervisor'] as const) expect(objectionTo('concession', failed, [role])).toBeNull()
    expect(objectionTo('concession', failed, ['service', 'warehouse'])).toEqual({ type: 'not-signer', signs: ['quality', 'supervisor'] })
  })
  test('a critical defect is not conceded by anybody', () => {
    expect(objectionTo('concession', unsafe, ['quality', 'supervisor'])).toEqual({ type: 'critical-found', found: 1 })
  })
  test('holding, reworking and rejecting are always open', () => {
    for (const each of ['hold', 'rework', 'reject'] as const) for (const judgement of [passed, failed, unsafe, open]) expect(objectionTo(each, judgement, [])).toBeNull()
  })
})

describe('the order', () => {
  const good = { disposition: 'accept', proposal: 'accept' } as const
  test('passes when every lot does, and is what the worst of them is', () => {
    expect(resultOf([good, good])).toBe('pass')
    expect(resultOf([good, { disposition: 'rework', proposal: 'reject' }])).toBe('hold')
    expect(resultOf([{ disposition: 'hold', proposal: 'accept' }, good])).toBe('hold')
    expect(resultOf([good, { disposition: 'hold', proposal: 'reject' }, { disposition: 'reject', proposal: 'reject' }])).toBe('fail')
  })
  test('is not freed by accepting what was not found good', () => {
    for (const proposal of ['reject', 'unfinished'] as const) {
      expect(isAccepted({ disposition: 'accept', proposal })).toBe(false)
      expect(resultOf([{ disposition: 'accept', proposal }])).toBe('hold')
    }
  })
})
