import { describe, expect, test } from 'vitest'
import { DISPOSITIONS, objectionTo, OUTCOMES } from '../../../shared/inspection/disposition.ts'
import { judged } from './lot.ts'

const passed = judged(500, '')
const failed = judged(500, 'MMMM')
const unsafe = judged(500, 'C')
const open = judged(500, '', { units: [] })

describe('what a person does with the lot', () => {
  test('only accepting and a concession free the goods', () => {
    expect(DISPOSITIONS.filter((each) => OUTCOMES[each].frees)).toEqual(['accept', 'concession'])
  })
  test('a lot that passed is accepted; one that did not, or is not finished, is not simply accepted', () => {
    expect(objectionTo('accept', passed, ['warehouse'])).toBeNull()
    expect(objectionTo('accept', failed, ['supervisor'])).toEqual({ type: 'not-proposed', proposal: 'reject' })
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
