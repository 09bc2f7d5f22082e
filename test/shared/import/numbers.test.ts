import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newNumberProfile, numberStyle, parseNumber, profileNumber } from '../../../shared/import/numbers.ts'

const amountIn = (text: string, decimal: 'point' | 'comma' = 'point') => parseNumber(text, decimal)?.value ?? null

/** As people write it: groups of three, the mark of the decimals. */
function written(value: number, digits: number, [group, mark]: readonly [string, string]): string {
  const [whole = '', rest = ''] = Math.abs(value).toFixed(digits).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group)
  return `${value < 0 ? '-' : ''}${grouped}${rest === '' ? '' : `${mark}${rest}`}`
}
const amounts = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => cents / 100)

describe('numbers', () => {
  test('an amount means the same in every way of writing it', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom([',', '.'], ['', '.'], ["'", '.'], [' ', '.']), (amount, marks) => {
        expect(amountIn(written(amount, 2, marks as [string, string]))).toBe(amount === 0 ? amountIn('0') : amount)
      }),
    )
    fc.assert(
      fc.property(amounts, fc.constantFrom(['.', ','], ['', ','], [' ', ',']), (amount, marks) => {
        expect(amountIn(written(amount, 2, marks as [string, string]), 'comma')).toBe(amount === 0 ? amountIn('0') : amount)
      }),
    )
  })

  test('full-width digits, currency signs and brackets for below zero are read', () => {
    expect(amountIn('１，２３４．５０')).toBe(1234.5)
    expect(amountIn('NT$1,200')).toBe(1200)
    expect(amountIn('1,200元')).toBe(1200)
    expect(amountIn('€ 9.80')).toBe(9.8)
    expect(amountIn('(1,234.50)')).toBe(-1234.5)
    expect(amountIn('12-')).toBe(-12)
  })

  test('separators that stand where no thousands are make no number', () => {
    for (const text of ['1,23', '12,3456', '1,2,3', '1.2.3', '--1', '', 'abc', '1 2a3b', '12:30']) {
      const read = parseNumber(text, 'point')
      expect([text, read === null || read.rest !== '']).toEqual([text, true])
    }
    expect(amountIn('1,23')).toBeNull()
    expect(amountIn('1.23.456', 'comma')).toBeNull()
  })

  test('a whole column decides what its comma is', () => {
    const styleOf = (...texts: string[]) => {
      const profile = newNumberProfile()
      for (const text of texts) profileNumber(profile, text)
      return numberStyle(profile)
    }
    expect(styleOf('1,234', '2,500')).toEqual({ decimal: 'point', ambiguous: false })
    expect(styleOf('1,234', '9,5')).toEqual({ decimal: 'comma', ambiguous: false })
    expect(styleOf('1.234,50', '12')).toEqual({ decimal: 'comma', ambiguous: false })
    expect(styleOf('9,5', '9.5')).toMatchObject({ ambiguous: true })
  })

  test('no text makes the reading throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('point' as const, 'comma' as const), (text, decimal) => {
      const read = parseNumber(text, decimal)
      expect(read === null || Number.isFinite(read.value)).toBe(true)
    }))
  })
})
