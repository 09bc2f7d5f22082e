import { expect, test } from 'vitest'
import { lineOfScan } from '../../../shared/scan/inspected.ts'
import { scanOf } from '../../../shared/scan/scan.ts'
import { after, claimed, LIN, line } from '../work/picking.ts'

const pick = (no: number, lot: string) => ({ type: 'PickLine', payload: { line: no, quantity: 1, lot, from: 'A-01-1', grams: 0 } }) as const
const order = after(claimed(line(1, 'BX', 2, 'roll'), line(2, 'MZ', 4, 'ream'), line(3, 'KR', 1, 'roll')), LIN, pick(1, 'R-1'), pick(2, 'L-7'))
const lineAt = (code: string) => lineOfScan(scanOf(code, { today: '2026-11-27' }), order, new Map([['BX', '4710001000010'], ['MZ', '4710001000027']]))

test('a lot, a roll, the number of a product or its bar code is of the line that has it', () => {
  expect(['R-1', 'l-7', 'MZ', '4710001000010', '(01)04710001000027'].map(lineAt)).toEqual([1, 2, 2, 1, 2])
})
test('a label is of its own lot, whatever product has the same number', () => {
  expect(lineAt('(01)04710001000027(10)L-7')).toBe(2)
  expect(lineAt('(01)04710001000010(10)L-7')).toBeNull()
  expect(lineAt('(01)04710001000010(10)R-9')).toBeNull()
})
test('what nobody picked is none of them', () => {
  expect(['KR', 'R-9', '80.2', ''].map(lineAt)).toEqual([null, null, null, null])
})
