import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minorDigits, UNITS } from '../../../shared/order/quantity.ts'
import { minorOf, quantityIn, readCount, readCurrency, readGrade, readId, readPrice, readShare, readTerms, readText, readUnit, readWeight } from '../../../shared/import/values.ts'

describe('values', () => {
  test('units are read in the words of the trade', () => {
    const words = { 捲: 'roll', 卷: 'roll', 令: 'ream', 張: 'sheet', 棧板: 'pallet', 箱: 'box', PCS: 'piece', 個: 'piece', 'Kg.': 'kg', 公斤: 'kg', 公尺: 'm', 米: 'm' }
    for (const [word, unit] of Object.entries(words)) expect([word, readUnit(word)]).toEqual([word, { value: unit }])
    for (const unit of UNITS) expect(readUnit(unit)).toEqual({ value: unit })
    expect(readUnit('噸')).toEqual({ reason: { type: 'unknown-unit' } })
  })

  test('a quantity can carry its unit', () => {
    expect(readCount('12 箱', 'point')).toEqual({ value: { count: 12, unit: 'box' } })
    expect(readCount('1,250.5kg', 'point')).toEqual({ value: { count: 1250.5, unit: 'kg' } })
    expect(readCount('12 apples', 'point')).toEqual({ reason: { type: 'not-a-number' } })
  })

  test('weights and lengths are kept in thousandths, everything else whole', () => {
    expect(quantityIn(12.345, 'kg')).toEqual({ value: 12345 })
    expect(quantityIn(0.0004, 'm')).toEqual({ reason: { type: 'too-fine' } })
    expect(quantityIn(12, 'roll')).toEqual({ value: 12 })
    expect(quantityIn(2.5, 'roll')).toEqual({ reason: { type: 'not-whole' } })
    expect(quantityIn(0, 'roll')).toEqual({ reason: { type: 'zero' } })
    expect(quantityIn(-6, 'roll')).toEqual({ reason: { type: 'below-zero' } })
    expect(quantityIn(2_000_000_000, 'roll')).toEqual({ reason: { type: 'too-large' } })
  })

  test('a price in cents survives exactly, with or without a discount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), fc.integer({ min: 0, max: 100 }), fc.constantFrom('USD', 'TWD'), (minor, percent, currency) => {
        const price = minor / 10 ** minorDigits(currency)
        expect(minorOf(price, 0, currency)).toEqual({ value: { minor, rounded: false } })
        const cut = minorOf(price, percent / 100, currency)
        if ('value' in cut) expect(Math.abs(cut.value.minor - (minor * (100 - percent)) / 100)).toBeLessThanOrEqual(0.5)
        expect('value' in cut && cut.value.rounded).toBe(false)
      }),
    )
    expect(minorOf(9.8, 0, 'TWD')).toEqual({ value: { minor: 10, rounded: true } })
    expect(minorOf(14.4, 0.15, 'USD')).toEqual({ value: { minor: 1224, rounded: false } })
  })

  test('a discount is a share, a percentage, or no discount', () => {
    expect(readShare('0.15', 'point', false)).toEqual({ value: 0.15 })
    expect(readShare('15%', 'point', false)).toEqual({ value: 0.15 })
    expect(readShare('15', 'point', true)).toEqual({ value: 0.15 })
    expect(readShare('1.5', 'point', false)).toEqual({ reason: { type: 'not-a-share' } })
    expect(readPrice('-1', 'point')).toEqual({ reason: { type: 'below-zero' } })
  })

  test('weights of one unit become grams', () => {
    expect(readWeight('0.5', 'point', 'kg')).toEqual({ value: 500 })
    expect(readWeight('500', 'point', 'g')).toEqual({ value: 500 })
    expect(readWeight('0,5 公斤', 'comma', 'g')).toEqual({ value: 500 })
  })

  test('grades, terms and currencies in three languages', () => {
    expect(readGrade('b級')).toEqual({ value: 'B' })
    expect(readGrade('D')).toEqual({ reason: { type: 'unknown-grade' } })
    expect([readTerms('月結'), readTerms('货到付款'), readTerms('L/C'), readTerms('Prepaid')].map((each) => 'value' in each && each.value)).toEqual(['monthly', 'cash-on-delivery', 'letter-of-credit', 'prepaid'])
    expect([readCurrency('NT$'), readCurrency('人民币'), readCurrency('eur')].map((each) => 'value' in each && each.value)).toEqual(['TWD', 'CNY', 'EUR'])
    expect(readCurrency('Taler')).toEqual({ reason: { type: 'unknown-currency' } })
  })

  test('texts keep their words, lose their line ends, and say when they can’t be read', () => {
    expect(readText(' BX-204\r\n  Kraft\u0007 ', 300, 'one')).toEqual({ value: 'BX-204 Kraft' })
    expect(readText('a\r\nb', 300, 'many')).toEqual({ value: 'a\nb' })
    expect(readText('㈱紙行', 300, 'one')).toEqual({ value: '㈱紙行' })
    expect(readText('caf\ufffd', 300, 'one')).toEqual({ reason: { type: 'garbled' } })
    expect(readText('x'.repeat(301), 300, 'one')).toEqual({ reason: { type: 'too-long', most: 300 } })
    expect(readId('14620.0', 60, true)).toEqual({ value: '14620' })
    expect(readId('14620.0', 60, false)).toEqual({ value: '14620.0' })
    expect(readId('ＡＢ－１', 60, false)).toEqual({ value: 'AB-1' })
  })
})
