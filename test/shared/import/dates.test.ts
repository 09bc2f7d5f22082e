import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DateStyle, dateStyle, newDateProfile, parseDate, profileDate } from '../../../shared/import/dates.ts'

const styleOf = (...texts: string[]): DateStyle => {
  const profile = newDateProfile()
  for (const text of texts) profileDate(profile, text)
  return dateStyle(profile)
}
const read = (text: string, zone = 'Asia/Taipei') => parseDate(text, styleOf(text), zone)

const days = fc.date({ min: new Date('1960-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
const two = (n: number) => String(n).padStart(2, '0')

describe('dates', () => {
  test('a day is the same day in every way of writing it', () => {
    fc.assert(
      fc.property(days, (iso) => {
        const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
        const begin = new Date(Date.UTC(year, month - 1, day) - 8 * 3_600_000).toISOString()
        // Taipei kept summer time in some of these years.
        fc.pre(year > 1979)
        const serial = Date.UTC(year, month - 1, day) / 86_400_000 + 25569
        const ways = [iso, `${year}/${month}/${day}`, `${year}.${two(month)}.${two(day)}`, `${year}年${month}月${day}日`, `民國${year - 1911}年${month}月${day}日`, `${year}${two(month)}${two(day)}`, String(serial)]
        for (const way of ways) expect([way, read(way)]).toEqual([way, begin])
        expect(parseDate(`${day}/${month}/${year}`, styleOf('31/12/2020', `${day}/${month}/${year}`), 'Asia/Taipei')).toBe(begin)
        expect(parseDate(`${month}/${day}/${year}`, styleOf('12/31/2020', `${month}/${day}/${year}`), 'Asia/Taipei')).toBe(begin)
      }),
    )
  })

  test('what can be either way round is said to be a guess', () => {
    expect(styleOf('3/4/2024', '5/6/2024')).toMatchObject({ order: 'mdy', ambiguous: true })
    expect(styleOf('3.4.2024')).toMatchObject({ order: 'dmy', ambiguous: true })
    expect(styleOf('3/4/2024', '13/4/2024')).toMatchObject({ order: 'dmy', ambiguous: false })
  })

  test('days that are in no calendar are no dates', () => {
    for (const text of ['2023-02-29', '2024/13/1', '31/4/2024', '2024-00-10', '0/0/0', 'soon', '12', '']) expect([text, read(text)]).toEqual([text, null])
  })

  test('a wall time is of the zone of the site, also on the day the clocks change', () => {
    expect(read('2011-03-01 08:30:00', 'Europe/London')).toBe('2011-03-01T08:30:00.000Z')
    expect(read('2011-06-01 08:30', 'Europe/London')).toBe('2011-06-01T07:30:00.000Z')
    expect(read('2024/5/1 下午 3:05')).toBe('2024-05-01T07:05:00.000Z')
    expect(read('2024-05-01T03:05:00+02:00')).toBe('2024-05-01T01:05:00.000Z')
  })

  test('a promise without a time holds the whole day', () => {
    expect(parseDate('2026-11-27', styleOf('2026-11-27'), 'Asia/Taipei', 'end')).toBe('2026-11-27T15:59:59.000Z')
  })

  test('no text makes the reading throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const at = read(text)
      expect(at === null || !Number.isNaN(Date.parse(at))).toBe(true)
    }))
    fc.assert(fc.property(fc.stringMatching(/^[\d/.:年月日 -]{0,20}$/), (text) => {
      const at = read(text)
      expect(at === null || !Number.isNaN(Date.parse(at))).toBe(true)
    }))
  })
})
