/**
 * Dates as files have them: ISO, 2024/5/1, 1/5/2024, 113/05/01 and 民國113年5月1日, spreadsheet serials. A column decides
 * together whether the day or the month comes first; a wall time is of the site's zone and becomes UTC.
 */
import { plain } from './numbers.ts'

export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]
/** `roc`: years count from 1911. `dateOnly`: no cell has a time of day. `ambiguous`: nothing in the column told day from month. */
export type DateStyle = { order: DateOrder; roc: boolean; dateOnly: boolean; ambiguous: boolean }

type Parts = { a: number; b: number; c: number; shape: 'ymd' | 'roc' | 'short' | 'open'; time: Time; mark: string }
type Time = { hour: number; minute: number; second: number } | null
type Day = { year: number; month: number; day: number }

const TIME = /^(?:(上午|下午|早上|晚上|am|pm)\s*)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm|上午|下午)?$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function timeOf(text: string): Time | 'bad' {
  if (text === '') return null
  const match = TIME.exec(text)
  if (!match) return 'bad'
  const half = (match[1] ?? match[5] ?? '').toLowerCase()
  const late = half === 'pm' || half === '下午' || half === '晚上'
  const hour = Number(match[2])
  const time = { hour: half === '' ? hour : (hour % 12) + (late ? 12 : 0), minute: Number(match[3]), second: Number(match[4] ?? 0) }
  return time.hour < 24 && time.minute < 60 && time.second < 60 ? time : 'bad'
}

function partsOf(came: string): Parts | null {
  const text = plain(came)
  const compact = /^(\d{3,4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/.exec(text)
  if (compact) {
    const [, year = '', month = '', day = '', hour, minute, second] = compact
    const time = hour === undefined ? null : timeOf(`${hour}:${minute}:${second ?? '00'}`)
    return time === 'bad' ? null : { a: Number(year), b: Number(month), c: Number(day), shape: year.length === 4 ? 'ymd' : 'roc', time, mark: '' }
  }
  const named = /^(\d{1,2})[-\s.]*([a-z]{3})[a-z]*[-\s.,]*(\d{4}|\d{2})(?:[\sT]+(.*))?$/i.exec(text) ?? flip(/^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})(?:[\sT]+(.*))?$/i.exec(text))
  if (named) {
    const month = MONTHS.indexOf((named[2] ?? '').toLowerCase()) + 1
    const time = timeOf(named[4] ?? '')
    return month === 0 || time === 'bad' ? null : { a: fullYear(Number(named[3])), b: month, c: Number(named[1]), shape: 'ymd', time, mark: '' }
  }
  const match = /^(民國|中華民國|roc)?\s*(\d{1,4})\s*([-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})日?(?:[\sT]+(.*))?$/i.exec(text)
  if (!match) return null
  const [, era, a = '', mark = '', b = '', c = '', rest = ''] = match
  const time = timeOf(rest)
  if (time === 'bad') return null
  const shape = era || a.length === 3 || (mark === '年' && a.length < 4) ? 'roc' : a.length === 4 ? 'ymd' : c.length <= 2 && Number(a) > 31 ? 'roc' : c.length <= 2 ? 'short' : 'open'
  return { a: Number(a), b: Number(b), c: Number(c), shape, time, mark }
}

/** 'May 1, 2024' in the order of '1 May 2024'. */
function flip(match: RegExpExecArray | null): (string | undefined)[] | null {
  return match && [match[0], match[2], match[1], match[3], match[4]]
}
const fullYear = (year: number) => (year >= 100 ? year : year < 80 ? 2000 + year : 1900 + year)

/** Days since 1899-12-30, as spreadsheets count. The span is 1954 to 2119, so that no order number reads as a date. */
const SERIAL = /^[2-7]\d{4}(\.\d+)?$/
const ISO = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

/** Counts what speaks for either order over a whole column. */
export type DateProfile = { year: number; roc: number; day: number; month: number; slashes: number; dots: number; timed: number }
export const newDateProfile = (): DateProfile => ({ year: 0, roc: 0, day: 0, month: 0, slashes: 0, dots: 0, timed: 0 })

export function profileDate(profile: DateProfile, text: string): void {
  if (ISO.test(text)) {
    profile.year += 1
    if (!/[T ]00:00(:00(\.0+)?)?/.test(text)) profile.timed += 1
    return
  }
  if (SERIAL.test(text)) {
    if (Number(text) % 1 !== 0) profile.timed += 1
    return
  }
  const parts = partsOf(text)
  if (!parts) return
  if (parts.time && (parts.time.hour > 0 || parts.time.minute > 0 || parts.time.second > 0)) profile.timed += 1
  if (parts.shape === 'ymd') profile.year += 1
  else if (parts.shape === 'roc') profile.roc += 1
  else {
    if (parts.a > 12) profile.day += 1
    else if (parts.b > 12) profile.month += 1
    profile[parts.mark === '/' ? 'slashes' : 'dots'] += 1
  }
}

/** With nothing to go by, 3/4/2024 is read month first and 3.4.2024 day first; the preview says that it is a guess. */
export function dateStyle(profile: DateProfile, wanted: 'auto' | 'dmy' | 'mdy' = 'auto'): DateStyle {
  const { year, roc, day, month, slashes, dots, timed } = profile
  const open = slashes + dots
  const rest = { roc: roc > 0 && open === 0, dateOnly: timed === 0 }
  if (roc > 0 && roc >= open) return { order: 'ymd', ...rest, roc: true, ambiguous: false }
  if (open === 0) return { order: 'ymd', ...rest, ambiguous: false }
  if (wanted !== 'auto') return { order: wanted, ...rest, ambiguous: false }
  if (day === month) return { order: slashes >= dots && slashes > 0 ? 'mdy' : 'dmy', ...rest, ambiguous: year === 0 || open > 0 }
  return { order: day > month ? 'dmy' : 'mdy', ...rest, ambiguous: day > 0 && month > 0 }
}

function dayOf({ a, b, c, shape }: Parts, style: DateStyle): Day | null {
  if (shape === 'ymd') return { year: a, month: b, day: c }
  if (shape === 'roc' || (shape === 'short' && style.roc)) return { year: a + 1911, month: b, day: c }
  if (style.order === 'mdy') return { year: fullYear(c), month: a, day: b }
  return { year: fullYear(c), month: b, day: a }
}

function exists({ year, month, day }: Day): boolean {
  if (year < 1900 || year > 2200) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

export type Edge = 'begin' | 'end'
/** ISO UTC, or null. A day without a time begins at midnight, or ends with its last second: a promise holds the whole day. */
export function parseDate(text: string, style: DateStyle, zone: string, edge: Edge = 'begin'): string | null {
  const iso = plain(text)
  if (ISO.test(iso)) {
    const at = Date.parse(iso.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
    return Number.isNaN(at) ? null : new Date(at).toISOString()
  }
  const wall = SERIAL.test(iso) ? serialWall(Number(iso)) : wallOf(iso, style)
  if (wall === null) return null
  const whole = style.dateOnly && edge === 'end' ? wall + 86_399_000 : wall
  return new Date(utcOf(whole, zone)).toISOString()
}

function serialWall(serial: number): number {
  return Math.round((serial - 25569) * 86_400) * 1000
}

function wallOf(text: string, style: DateStyle): number | null {
  const parts = partsOf(text)
  const day = parts && dayOf(parts, style)
  if (!day || !exists(day)) return null
  const { hour, minute, second } = parts.time ?? { hour: 0, minute: 0, second: 0 }
  return Date.UTC(day.year, day.month - 1, day.day, hour, minute, second)
}

const clocks = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()
const HOUR = 3_600_000

/** ms that a zone is ahead of UTC at an instant; remembered per hour, since a file asks for the same days again and again. */
function offsetAt(instant: number, zone: string): number {
  const key = `${zone} ${Math.floor(instant / HOUR)}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  let clock = clocks.get(zone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
    clocks.set(zone, clock)
  }
  const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
  if (offsets.size > 20_000) offsets.clear()
  offsets.set(key, offset)
  return offset
}

/** The instant at which a clock in the zone shows this wall time (given as if it were UTC). */
function utcOf(wall: number, zone: string): number {
  const guess = wall - offsetAt(wall, zone)
  return wall - offsetAt(guess, zone)
}
