import { describe, expect, test } from 'vitest'
import { blankFor, type Draft, type LotDraft, payloadOf, photosIn, thousandthsOf, viewOf } from '../../../client/inspect/lots.ts'
import { heldAs } from '../../../client/inspect/next.ts'
import { lotsOf } from '../../../shared/inspection/fit.ts'
import { UNKNOWN } from '../../../shared/inspection/past.ts'
import { BEGINNING, type Standing } from '../../../shared/inspection/switching.ts'
import { COMMANDS } from '../../../shared/order/commands.ts'
import { and, inspected, lotInspected, orderIn, upTo } from '../../shared/order/mill.ts'

const offered = lotsOf(orderIn(upTo('finished')))
const VALUES = [{ grammage: ['80,2'], width: ['1092'] }, { grammage: ['140'], width: ['1250'] }]
/** Both lots looked at and measured; the first as `change` says. */
function draftWith(change: Partial<LotDraft> = {}, rest: Partial<Draft> = {}): Draft {
  const draft = { ...blankFor(offered), ...rest }
  offered.forEach(({ line }, i) => {
    draft.lots[line] = { ...(draft.lots[line] as LotDraft), values: VALUES[i] ?? {}, done: true, ...(i === 0 ? change : {}) }
  })
  return draft
}
const views = (draft: Draft) => offered.map((each) => viewOf(each, draft.lots[each.line] as LotDraft, UNKNOWN))
const said = (draft: Draft) => payloadOf(views(draft), draft)

test('a figure is read as it is typed, with a comma, with a point, in wide digits; anything else is none', () => {
  expect(['80.2', '80,2', ' ８０．２ ', '-1', '0'].map(thousandthsOf)).toEqual([80_200, 80_200, 80_200, -1000, 0])
  expect(['', 'x', '1e3', '1.2.3', '9999999999', '0x10'].map(thousandthsOf)).toEqual([null, null, null, null, null, null])
})

describe('an inspection', () => {
  test('of goods that are good passes with nothing but the figures', () => {
    const answer = said(draftWith())
    expect(answer).toMatchObject({ payload: { result: 'pass', checks: { quantity: 'pass', appearance: 'pass', labels: 'pass' }, standards: [{ id: 'paper-rolls' }, { id: 'general' }], lots: [{ line: 1, looked: 10, disposition: 'accept' }, { line: 2, looked: 1 }] } })
    expect('payload' in answer && COMMANDS.Inspect.payload.safeParse(answer.payload).success).toBe(true)
  })
  test('says first what is missing: a figure, a look, a decision, a reason', () => {
    expect(said(draftWith({ values: {} }))).toEqual({ lacks: { type: 'values', line: 1 } })
    expect(said(draftWith({ done: false }))).toEqual({ lacks: { type: 'looked', line: 1 } })
    expect(said(draftWith({ counts: { dry: 1 } }))).toEqual({ lacks: { type: 'disposition', line: 1 } })
    expect(said(draftWith({ counts: { dry: 1 }, disposition: 'rework' }, { reason: ' ' }))).toEqual({ lacks: { type: 'reason' } })
  })
  test('of goods that are not good is never signed as a pass', () => {
    expect(said(draftWith({ counts: { dry: 1 }, disposition: 'accept' }, { reason: 'x' }))).toEqual({ lacks: { type: 'disposition', line: 1 } })
    expect(said(draftWith({ values: { grammage: ['99'], width: ['1092'] } }))).toEqual({ lacks: { type: 'disposition', line: 1 } })
  })
  test('tells what was counted, with its note and photo, and which part of M15 it was', () => {
    const photo = 'a'.repeat(64)
    const answer = said(draftWith({ counts: { label: 2, '.minor': 1, edges: 0 }, notes: { label: 'R-7' }, photos: { label: [photo] }, disposition: 'reject' }, { reason: ' 標籤錯 ', photos: [photo] }))
    expect(answer).toMatchObject({ payload: { result: 'fail', reason: '標籤錯', checks: { quantity: 'pass', appearance: 'fail', labels: 'fail' }, lots: [{ looked: 0, defects: [{ check: 'label', defect: 'major', count: 2, note: 'R-7' }, { check: '', defect: 'minor', count: 1 }] }, {}] } })
    expect('payload' in answer && photosIn(answer.payload)).toEqual([photo])
  })
  test('of good goods that somebody would rather keep is a hold', () => {
    expect(said(draftWith({ disposition: 'hold' }, { reason: '等客戶' }))).toMatchObject({ payload: { result: 'hold', lots: [{ disposition: 'hold' }, { disposition: 'accept' }] } })
  })
})

test('after five bad lots nothing is sampled any more: all of it is looked at', () => {
  const [first] = offered
  if (!first) throw new Error('no lot')
  const { steady, reducedWanted, why } = BEGINNING
  const stopped: Standing = { steady, reducedWanted, why, severity: 'stopped' }
  const view = viewOf({ ...first, size: 500 }, draftWith().lots[1] as LotDraft, { ...UNKNOWN, major: stopped })
  expect(view).toMatchObject({ stopped: true, all: true, drawn: 500, severity: { critical: 'normal', major: 'tightened' } })
})

test('what is to be done with held goods is what the worst of their lots wants', () => {
  const heldBy = (...told: Parameters<typeof lotInspected>) => {
    const { inspection } = orderIn(and(upTo('finished'), lotInspected(...told)))
    return inspection && heldAs(inspection)
  }
  expect(heldBy()).toBeNull()
  for (const disposition of ['hold', 'rework', 'reject'] as const) expect(heldBy({ disposition })).toBe(disposition)
  expect(heldBy({ disposition: 'accept', looked: 1 })).toBe('hold')
  const old = (result: 'hold' | 'fail') => orderIn(and(upTo('finished'), inspected(result))).inspection
  expect([old('hold'), old('fail')].map((each) => each && heldAs(each))).toEqual(['hold', 'reject'])
})
