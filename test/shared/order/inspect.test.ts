import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../shared/order/commands.ts'
import { whyNot } from '../../../shared/order/offer.ts'
import { openExceptions } from '../../../shared/order/order.ts'
import { stageOf, stepOf } from '../../../shared/order/stage.ts'
import { and, ask, boss, checker, conceded, finished, inspected, kindsOf, loaded, lotInspected, minute, orderIn, packed, picked, picker, putBack, raisedBy, refusalOf, shipped, typesOf, upTo } from './mill.ts'

const done = upTo('finished')
const BAD = { defects: [['major', 9]], disposition: 'hold' } as const

describe('inspection', () => {
  test('passed goods go on to packing', () => {
    expect(kindsOf(done, inspected())).toEqual([])
    expect(stepOf(orderIn(upTo('inspected')))).toBe('pack')
  })
  test('held goods stay, with the reason; passed later they go on, and the hold is still to be settled', () => {
    expect(raisedBy(done, inspected('hold'))).toMatchObject([{ kind: 'inspection-failed', note: '受潮', goods: [{ line: 1, quantity: 10 }, { line: 2, quantity: 2_500_000 }] }])
    const held = and(done, inspected('hold'))
    expect(stageOf(orderIn(held))).toBe('held')
    const passed = and(held, inspected())
    expect(stageOf(orderIn(passed))).toBe('inspected')
    expect(orderIn(passed).exceptions).toMatchObject([{ kind: 'inspection-failed', settled: null }])
    expect(orderIn(passed).inspectedBefore).toMatchObject([{ result: 'hold', reason: '受潮' }])
  })
  test('packing does not free what is held', () => {
    const scene = and(done, inspected('fail'), packed())
    expect(stageOf(orderIn(scene))).toBe('held')
    expect(stageOf(orderIn(and(scene, inspected())))).toBe('packed')
    expect(stageOf(orderIn(and(scene, loaded())))).toBe('loaded')
  })
  test('passed with a failed check is a contradiction', () => {
    const said = ask('Inspect', { result: 'pass', checks: { quantity: 'fail', appearance: 'pass', labels: 'pass' }, reason: '', photos: [] }, checker)
    expect(kindsOf(done, said)).toEqual(['inspection-failed'])
  })
  test('before picking is finished it is raised', () => {
    expect(kindsOf(upTo('picked1'), inspected())).toEqual(['inspected-before-picked'])
    expect(kindsOf(upTo('picked1'), lotInspected())).toEqual(['inspected-before-picked'])
  })
  test('without the PIN it is kept, and the signature is owed', () => {
    const { command, actor } = inspected()
    expect(raisedBy(done, { command: { ...command, signed: false }, actor })).toEqual([{ kind: 'unsigned', goods: [], note: 'Inspect' }])
  })
  test('what was said before picking was opened again is still told', () => {
    const again = and(done, inspected('fail'), picked(1, 1, picker, 'late'), putBack('late', 1), putBack('c6', 3))
    expect(orderIn(again)).toMatchObject({ inspection: null, inspectedBefore: [{ result: 'fail' }] })
  })
})

describe('lots', () => {
  test('that are good free the goods at once, and what they were judged by stays on the record', () => {
    const scene = and(done, lotInspected())
    expect(stepOf(orderIn(scene))).toBe('pack')
    expect(orderIn(scene)).toMatchObject({
      exceptions: [],
      inspection: {
        result: 'pass',
        standards: [{ id: 'paper-rolls', sampling: { level: 'II' } }],
        lots: [
          { line: 1, size: 10, proposal: 'accept', classes: [{ defect: 'critical', n: 10, ac: 0, re: 1 }, { defect: 'major', n: 5, found: 0 }, { defect: 'minor', n: 3 }], measures: [{ check: 'grammage', lower: 76_800, upper: 83_200, values: [80_000] }, { check: 'width', values: [1_092_000] }] },
          { line: 2, size: 1, proposal: 'accept' },
        ],
      },
    })
  })
  test('the result is judged, not believed', () => {
    const scene = and(done, lotInspected({ defects: [['major', 9]], disposition: 'accept', result: 'pass' }))
    expect(orderIn(scene).inspection).toMatchObject({ result: 'hold', lots: [{ disposition: 'accept', proposal: 'reject' }, { proposal: 'accept' }] })
    expect(orderIn(scene).exceptions).toMatchObject([{ kind: 'inspection-failed' }])
  })
  test('of which not all was looked at are not freed', () => {
    expect(orderIn(and(done, lotInspected({ looked: 4 }))).inspection).toMatchObject({ result: 'hold', lots: [{ proposal: 'unfinished' }, {}] })
  })
  test('a line that nobody looked at holds the order', () => {
    expect(orderIn(and(done, lotInspected({ only: 1 }))).inspection?.result).toBe('hold')
    expect(raisedBy(done, lotInspected({ only: 1 }))).toMatchObject([{ kind: 'inspection-failed', goods: [{ line: 2 }] }])
  })
  test('defects within what is accepted raise nothing; a bad lot names its own goods', () => {
    expect(kindsOf(and(upTo('finished')), lotInspected({ size: 500, looked: 50, defects: [['minor', 2]] }))).toEqual([])
    expect(raisedBy(done, lotInspected(BAD))).toMatchObject([{ kind: 'inspection-failed', note: '壓痕', goods: [{ line: 1, quantity: 10 }] }])
  })
  test.each([['hold', 'hold'], ['rework', 'hold'], ['reject', 'fail']] as const)('%s blocks packing and shipping until it is inspected anew', (disposition, result) => {
    const held = and(done, lotInspected({ defects: [['minor', 3]], disposition }))
    expect(orderIn(held).inspection?.result).toBe(result)
    expect([stageOf(orderIn(held)), stepOf(orderIn(held))]).toEqual(['held', 'inspect'])
    expect(kindsOf(held, packed())).toEqual(['packed-uninspected'])
    expect(kindsOf(held, shipped())).toContain('shipped-uninspected')
    const again = and(held, lotInspected())
    expect(stepOf(orderIn(again))).toBe('pack')
    expect(kindsOf(again, packed())).toEqual([])
  })
})

describe('a concession', () => {
  const held = and(done, lotInspected(BAD))
  const id = orderIn(held).inspection?.command ?? ''
  test('frees the goods at once, with name and reason, and closes what the inspection raised', () => {
    const scene = and(held, conceded(id))
    expect(stepOf(orderIn(scene))).toBe('pack')
    expect(orderIn(scene).inspection).toMatchObject({ result: 'hold', concession: { name: 'checker', reason: '客戶同意' } })
    expect(openExceptions(orderIn(scene))).toEqual([])
    expect(kindsOf(scene, packed())).toEqual([])
    expect(kindsOf(scene, shipped())).not.toContain('shipped-uninspected')
  })
  test('counts only with the PIN of whoever may sign it', () => {
    const { command, actor } = conceded(id)
    expect(refusalOf(held, { command: { ...command, signed: false }, actor })).toEqual({ type: 'unsigned' })
    expect(refusalOf(held, { command, actor: picker })).toEqual({ type: 'wrong-role', roles: ['quality', 'supervisor'] })
    expect(typesOf(held, { command, actor: boss })).toEqual(['GoodsConceded', 'ExceptionSettled'])
    expect(COMMANDS.Concede).toMatchObject({ kind: 'request', pin: true })
  })
  test('is for what was said of the goods last', () => {
    const again = and(held, lotInspected({ ...BAD, disposition: 'reject' }))
    expect(refusalOf(again, conceded(id))).toMatchObject({ type: 'inspected-anew', by: 'checker' })
    expect(stageOf(orderIn(and(held, conceded(id), lotInspected(BAD))))).toBe('held')
  })
  test('of what passed, or was conceded, has nothing to free', () => {
    expect(refusalOf(and(done, lotInspected()), conceded('c9'))).toEqual({ type: 'not-held' })
    expect(refusalOf(and(held, conceded(id)), conceded(id))).toEqual({ type: 'not-held' })
    expect(refusalOf(done, conceded('c9'))).toEqual({ type: 'not-held' })
  })
  test('of what may be unsafe is given by nobody', () => {
    const unsafe = and(done, lotInspected({ defects: [['critical', 1], ['critical', 1]], disposition: 'reject' }))
    expect(refusalOf(unsafe, conceded(orderIn(unsafe).inspection?.command ?? ''))).toEqual({ type: 'critical-found', found: 2 })
    expect(whyNot(orderIn(unsafe), { type: 'Concede' }, boss, minute(99))).toEqual({ type: 'critical-found', found: 2 })
  })
  test('is offered for goods that are held, also as the old form of inspection held them', () => {
    expect(whyNot(orderIn(held), { type: 'Concede' }, checker, minute(99))).toBeNull()
    expect(whyNot(orderIn(and(done, inspected('fail'))), { type: 'Concede' }, checker, minute(99))).toBeNull()
    expect(whyNot(orderIn(and(done, finished())), { type: 'Concede' }, checker, minute(99))).toEqual({ type: 'not-held' })
  })
  test('comes too late for goods that have left', () => {
    expect(refusalOf(and(held, packed(), loaded(), shipped()), conceded(id))).toMatchObject({ type: 'already-shipped' })
  })
})

describe('what is sent of it', () => {
  const { payload } = lotInspected().command as { payload: { lots: Record<string, unknown>[]; standards: Record<string, unknown>[] } }
  const { lots, standards } = payload
  const lot = lots[0] ?? {}
  const fits = (change: Record<string, unknown>) => COMMANDS.Inspect.payload.safeParse({ ...payload, ...change }).success
  const withLot = (change: Record<string, unknown>) => fits({ lots: [{ ...lot, ...change }] })
  const defect = (change: Record<string, unknown> = {}) => ({ check: 'dry', defect: 'major', count: 1, note: '', photos: [], ...change })
  const measure = (change: Record<string, unknown> = {}) => ({ check: 'width', name: { text: '幅寬' }, unit: 'mm', defect: 'major', lower: null, upper: 5, asked: true, values: [1], ...change })
  test('fits, and so does the old form', () => {
    expect([fits({}), fits({ lots: undefined, standards: undefined }), withLot({ defects: [defect()], measures: [measure()] })]).toEqual([true, true, true])
  })
  test('is bounded in every direction', () => {
    const many = (count: number, make: (i: number) => unknown) => Array.from({ length: count }, (_, i) => make(i))
    const lotsOf = (count: number, change = {}) => many(count, (i) => ({ ...lot, line: i + 1, measures: [], ...change }))
    expect([fits({ lots: [] }), fits({ lots: lotsOf(2000) }), fits({ lots: lotsOf(2001) })]).toEqual([false, true, false])
    expect([fits({ lots: [lot, lot] }), fits({ standards: [] }), fits({ standards: many(21, (i) => ({ ...standards[0], id: `s-${i}` })) })]).toEqual([false, false, false])
    expect([withLot({ defects: many(60, () => defect()) }), withLot({ defects: many(61, () => defect()) })]).toEqual([true, false])
    expect([withLot({ measures: many(40, () => measure()) }), withLot({ measures: many(41, () => measure()) })]).toEqual([true, false])
    expect([withLot({ measures: [measure({ values: many(50, () => 1) })] }), withLot({ measures: [measure({ values: many(51, () => 1) })] })]).toEqual([true, false])
    expect([withLot({ defects: [defect({ note: 'x'.repeat(300) })] }), withLot({ defects: [defect({ note: 'x'.repeat(301) })] })]).toEqual([true, false])
    expect([withLot({ defects: [defect({ count: 0 })] }), withLot({ defects: [defect({ count: 10_001 })] }), withLot({ defects: [defect({ defect: 'odd' })] })]).toEqual([false, false, false])
    const photo = '0'.repeat(64)
    expect([withLot({ defects: [defect({ photos: many(5, () => photo) })] }), withLot({ defects: [defect({ photos: many(6, () => photo) })] }), withLot({ defects: [defect({ photos: ['x'] })] })]).toEqual([true, false, false])
    const photographed = (count: number) => fits({ lots: lotsOf(count, { defects: [defect({ photos: many(5, () => photo) })] }) })
    expect([photographed(40), photographed(41)]).toEqual([true, false])
    const entered = (count: number) => fits({ lots: lotsOf(count, { defects: many(50, () => defect()) }) })
    expect([entered(200), entered(201)]).toEqual([true, false])
  })
  test('says a size, a severity and a disposition that there are', () => {
    expect([withLot({ size: 0 }), withLot({ size: 1.5 }), withLot({ looked: -1 }), withLot({ disposition: 'concession' }), withLot({ severity: { critical: 'normal', major: 'lax', minor: 'normal' } }), withLot({ standard: 'another' })]).toEqual([false, false, false, false, false, false])
  })
})
