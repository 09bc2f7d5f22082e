import { expect, test } from 'vitest'
import { checkDigitOf, gtin14Of, isGtin, isGtin12, isGtin13, isGtin14, isGtin8, isSscc, ssccOf, upcOfUpcE } from '../../../../shared/scan/gs1/digits.ts'

test('a key of each length is known by its check digit', () => {
  expect([isGtin8('95200002'), isGtin12('614141000036'), isGtin13('9520123456788'), isGtin14('09520123456788'), isSscc('123456789012345675')]).toEqual([true, true, true, true, true])
  expect([isGtin('9520123456787'), isGtin('952012345678'), isSscc('123456789012345674'), isGtin(''), isGtin('952012345678A')]).toEqual([false, false, false, false, false])
  expect(gtin14Of('95200002')).toBe('00000095200002')
})

test('a pallet of ours gets the next SSCC', () => {
  expect(ssccOf('34710001', 118203)).toBe(`34710001000118203${checkDigitOf('34710001000118203')}`)
  expect(isSscc(ssccOf('34710001', '118203'))).toBe(true)
  expect(ssccOf('34710001', 999_999_999)).toHaveLength(18)
})

test('a serial reference without room is a fault that names both', () => {
  expect(() => ssccOf('34710001', 1_000_000_000)).toThrow("begins with 34710001 has up to 9 digits, not '1000000000'")
  expect(() => ssccOf('471', 1)).toThrow("not '471'")
  expect(() => ssccOf('34710001', -1)).toThrow(RangeError)
})

test('a UPC-E is the GTIN-12 it is short for', () => {
  expect(['01234505', '01234514', '01234531', '01234543', '01234558'].map(upcOfUpcE)).toEqual(['012000003455', '012100003454', '012300000451', '012340000053', '012345000058'])
  expect(upcOfUpcE('21234505')).toBeNull()
})
