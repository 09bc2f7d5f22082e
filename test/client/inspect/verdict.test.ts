import { expect, test } from 'vitest'
import { BLANK, type Filled, resultOf, verdictOf } from '../../../client/inspect/verdict.ts'

const passed: Filled = { ...BLANK, checks: { quantity: 'pass', appearance: 'pass', labels: 'pass' } }
const torn: Filled = { ...BLANK, checks: { quantity: 'pass', appearance: 'fail', labels: 'pass' } }

test('an inspection cannot be signed before every point was looked at', () => {
  expect(verdictOf(BLANK)).toEqual({ lacks: { type: 'checks', count: 3 } })
  expect(verdictOf({ ...passed, result: 'pass', checks: { ...passed.checks, labels: null } })).toEqual({ lacks: { type: 'checks', count: 1 } })
})

test('goods of which every point passed have passed, with no further tap', () => {
  expect(verdictOf(passed)).toEqual({ payload: { result: 'pass', checks: { quantity: 'pass', appearance: 'pass', labels: 'pass' }, reason: '', photos: [] } })
})

test('whether torn packaging means hold or fail, the inspector says', () => {
  expect(resultOf(torn)).toBeNull()
  expect(verdictOf(torn)).toEqual({ lacks: { type: 'result' } })
})

test('goods that are held or fail want a reason', () => {
  expect(verdictOf({ ...torn, result: 'hold', reason: '  ' })).toEqual({ lacks: { type: 'reason' } })
  expect(verdictOf({ ...torn, result: 'fail', reason: ' 角落受潮 ', photos: ['a'] })).toMatchObject({ payload: { result: 'fail', reason: '角落受潮', photos: ['a'] } })
})

test('goods may be held although every point passed, and let through although one did not', () => {
  expect(verdictOf({ ...passed, result: 'hold', reason: '等客戶' })).toMatchObject({ payload: { result: 'hold' } })
  expect(verdictOf({ ...torn, result: 'pass' })).toMatchObject({ payload: { result: 'pass', checks: { appearance: 'fail' } } })
})
