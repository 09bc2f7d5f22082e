import { expect, test } from 'vitest'
import { dateOf } from '../../../../shared/scan/gs1/dates.ts'
import type { Element } from '../../../../shared/scan/gs1/element.ts'
import { allIdentifiers } from '../../../../shared/scan/gs1/identifiers.ts'
import { meaningOf } from '../../../../shared/scan/gs1/meaning.ts'
import { measureOf } from '../../../../shared/scan/gs1/measures.ts'
import { parseGs1 } from '../../../../shared/scan/gs1/parse.ts'

const TODAY = '2026-11-27'
function said(text: string, lenient = false) {
  const reading = parseGs1(text, { lenient })
  if (reading.is !== 'elements') throw new Error(`${text} is ${JSON.stringify(reading)}`)
  return meaningOf(reading.elements, TODAY)
}
const nothing = { measures: {}, logistic: {}, amounts: [], others: [] }

test('a roll says what it is, its lot, its weight in grams and its width in millimetres', () => {
  expect(said(']C1010471000100001031010012753123000787337300015010R-26-118203')).toEqual({
    ...nothing,
    gtin: '04710001000010',
    lot: 'R-26-118203',
    measures: { grams: 127_500, widthMillimetres: 787, gramsPerSquareMetre: 150 },
  })
})

test('a pallet says what is on it, how many, and what it weighs with its packing', () => {
  expect(said('(00)123456789012345675(02)09520123456788(37)48(3301)004215(400)PO-7731(410)9520123456788')).toEqual({
    ...nothing,
    sscc: '123456789012345675',
    contentGtin: '09520123456788',
    count: 48,
    logistic: { grams: 421_500 },
    orderNumber: 'PO-7731',
    shipTo: '9520123456788',
  })
})

test('pounds, inches, square feet and gallons come in the units of the house', () => {
  expect(said('(3202)000100(3211)000100(3510)000010(3611)000010')).toMatchObject({ measures: { grams: 454, lengthMillimetres: 254, areaThousandths: 929, millilitres: 3785 } })
})

test('every identifier of a weight or a size has its measure, ounces excepted that do not say of what', () => {
  const measured = [...allIdentifiers().keys()].filter((ai) => /^3[1-6]\d\d$/.test(ai)).map((ai) => [ai, measureOf({ ai, value: '001000' })] as const)
  expect(measured).toHaveLength(318)
  expect(measured.filter(([, measure]) => !measure).map(([ai]) => ai)).toEqual(['3570', '3571', '3572', '3573', '3574', '3575'])
  const logistic = measured.filter(([, measure]) => measure?.of === 'logistic').map(([ai]) => ai.slice(0, 3))
  expect([...new Set(logistic)].join(' ')).toBe('330 331 332 333 334 335 336 340 341 342 343 344 345 346 347 348 349 353 354 355 362 363 367 368 369')
  for (const [ai, measure] of measured) if (measure) expect(measure.measure, ai).toMatch(/^(grams|lengthMillimetres|widthMillimetres|heightMillimetres|areaThousandths|millilitres|gramsPerSquareMetre)$/)
})

test('ounces that do not say whether they weigh stay as they are', () => {
  expect(said('(3570)000010').others).toEqual([{ ai: '3570', title: 'NET VOLUME (oz)', value: '000010' }])
})

test('a date without a day is the last of its month, in leap years too', () => {
  expect(said('(17)280200(11)261127(15)270400')).toMatchObject({ expiresOn: '2028-02-29', producedOn: '2026-11-27', bestBefore: '2027-04-30' })
})

test('a year is within 49 years back and 50 ahead of today', () => {
  expect(dateOf('760101', '2026-11-27')).toBe('2076-01-01')
  expect(dateOf('770101', '2026-11-27')).toBe('1977-01-01')
  expect(dateOf('261231', '2026-11-27')).toBe('2026-12-31')
  expect(dateOf('010101', '2099-06-01')).toBe('2101-01-01')
  expect(dateOf('990101', '2101-06-01')).toBe('2099-01-01')
  expect(dateOf('261301', TODAY)).toBeNull()
})

test('an hour beside a date is not lost', () => {
  expect(said('(7003)2612312359')).toMatchObject({ expiresOn: '2026-12-31', others: [{ ai: '7003', value: '2612312359' }] })
})

test('a piece of an item in several says which', () => expect(said('(8006)123456789012310102')).toMatchObject({ gtin: '12345678901231', piece: { number: 1, of: 2 } }))

test('an amount keeps its decimals and its currency', () => {
  expect(said('(3922)1299(3932)9011299').amounts).toEqual([
    { is: 'price', digits: 1299, decimals: 2, currency: null },
    { is: 'price', digits: 1299, decimals: 2, currency: '901' },
  ])
})

test('what nobody knows is kept and shown', () => {
  expect(said('(01)09520123456788(89)XYZ(99)OURS', true)).toEqual({
    ...nothing,
    gtin: '09520123456788',
    others: [
      { ai: '89', title: '', value: 'XYZ' },
      { ai: '99', title: 'INTERNAL', value: 'OURS' },
    ],
  })
})

test('of two lots that differ none is lost', () => {
  const twice: Element[] = [{ ai: '10', value: 'A' }, { ai: '10', value: 'B' }, { ai: '10', value: 'A' }]
  expect(meaningOf(twice, TODAY)).toEqual({ ...nothing, lot: 'A', others: [{ ai: '10', title: 'BATCH/LOT', value: 'B' }] })
})
