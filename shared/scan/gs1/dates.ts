/** Dates and times inside a code: whether they are any, and which ones (General Specifications, 7.12). */
import { digits } from './characters.ts'
import { type Fault, firstOf, part, type Reason, whole } from './fault.ts'

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const daysOf = (year: number, month: number): number => (month === 2 && !isLeap(year) ? 28 : (DAYS[month - 1] ?? 0))

/** Six digits, or eight with the century; day 00, where it is let, is the last of the month. */
const date = (length: 6 | 8, { day0 }: { day0: boolean }) => (text: string): Fault | null => {
  if (text.length !== length) return whole(text, text.length < length ? 'date-too-short' : 'date-too-long')
  const stranger = digits(text)
  if (stranger) return stranger
  // Two digits stand for a year near to ours, of which every fourth is a leap year, 2000 too.
  const year = length === 6 ? 2000 + Number(text.slice(0, 2)) : Number(text.slice(0, 4))
  const [month, day] = [Number(text.slice(-4, -2)), Number(text.slice(-2))]
  if (month < 1 || month > 12) return part('illegal-month', length - 4, 2)
  return (day === 0 && !day0) || day > daysOf(year, month) ? part('illegal-day', length - 2, 2) : null
}
export const yymmdd = date(6, { day0: false })
export const yymmd0 = date(6, { day0: true })
export const yyyymmdd = date(8, { day0: false })
export const yyyymmd0 = date(8, { day0: true })

const clock = (unit: 'hour' | 'minute' | 'second', limit: number) => (text: string): Fault | null => {
  if (text.length !== 2) return whole(text, `${unit}-too-${text.length < 2 ? 'short' : 'long'}` satisfies Reason)
  return firstOf(digits(text), Number(text) >= limit && whole(text, `illegal-${unit}`))
}
export const hh = clock('hour', 24)
export const mi = clock('minute', 60)
export const ss = clock('second', 60)

export function hhmi(text: string): Fault | null {
  if (text.length !== 4) return whole(text, text.length < 4 ? 'hour-with-minute-too-short' : 'hour-with-minute-too-long')
  return firstOf(digits(text), Number(text.slice(0, 2)) > 23 && part('illegal-hour', 0, 2), Number(text.slice(2)) > 59 && part('illegal-minute', 2, 2))
}

/**
 * The ISO date that six digits mean on `today`, an ISO date: the year is the one within 49 years back and 50 ahead (7.12), day 00 the last of its
 * month. Null if they are no date.
 */
export function dateOf(text: string, today: string): string | null {
  if (yymmd0(text)) return null
  const now = Number(today.slice(0, 4))
  const ahead = Number(text.slice(0, 2)) - (now % 100)
  const century = Math.floor(now / 100) + (ahead >= 51 ? -1 : ahead <= -50 ? 1 : 0)
  const year = century * 100 + Number(text.slice(0, 2))
  const month = Number(text.slice(2, 4))
  const day = Number(text.slice(4)) || daysOf(year, month)
  return `${year}-${text.slice(2, 4)}-${String(day).padStart(2, '0')}`
}
