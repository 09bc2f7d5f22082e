/** Dates, times, money, quantities and weights in the person's language, the site's time zone and money. All by Intl. */
import { useI18n } from 'petite-vue-i18n'
import { minorDigits, scaleOf, type Unit } from '../shared/order/quantity.ts'
import { useSession } from './session.ts'

type Instant = string | number
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A number and its unit never part, nor a date and its time. */
export const NBSP = '\u00a0'
const FIGURE = { maximumFractionDigits: 3 } as const

/** What Intl makes is dear, and asked for with every figure that is drawn. As many as there are languages, zones and forms. */
const clocks = new Map<string, Intl.DateTimeFormat>()
function clockIn(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const made = clocks.get(key) ?? new Intl.DateTimeFormat(language, options)
  clocks.set(key, made)
  return made
}
const figures = new Map<string, Intl.NumberFormat>()
function figuresIn(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const made = figures.get(key) ?? new Intl.NumberFormat(language, options)
  figures.set(key, made)
  return made
}

export function useFormat() {
  const { t, locale } = useI18n()
  const session = useSession()

  const clock = (options: Intl.DateTimeFormatOptions) => clockIn(locale.value, { timeZone: session.zone, ...options })
  const numbers = (options: Intl.NumberFormatOptions) => figuresIn(locale.value, options)
  const instant = (at: Instant) => new Date(at)
  /** 2026-11-26 by the site's clock: what makes two instants the same day. */
  const dayKey = (at: Instant) => clockIn('en-CA', { timeZone: session.zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant(at))
  /** The instant at which the day of `at` began by the site's clock. */
  function dayStart(at: number): number {
    const parts = clock({ hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' }).formatToParts(at)
    const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0)
    return Math.floor(at / 1000) * 1000 - ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1000
  }

  /** 14:30 */
  const time = (at: Instant) => clock({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant(at))
  /** 14:30:05 */
  const timeExact = (at: Instant) => clock({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(instant(at))
  /** 11/26 */
  const date = (at: Instant) => clock({ month: 'numeric', day: 'numeric' }).format(instant(at))
  /** 11/26（四） */
  const dateLong = (at: Instant) => clock({ month: 'numeric', day: 'numeric', weekday: 'short' }).format(instant(at))
  /** 2026/11/26 */
  const dateFull = (at: Instant) => clock({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant(at))
  /** today, tomorrow, yesterday, or the date */
  function day(at: Instant, now: number): string {
    const key = dayKey(at)
    if (key === dayKey(now)) return t('shell.today')
    if (key === dayKey(now + DAY)) return t('shell.tomorrow')
    if (key === dayKey(now - DAY)) return t('shell.yesterday')
    return dateLong(at)
  }
  /** 14:30 today, otherwise the date with the time */
  const dayTime = (at: Instant, now: number) => (dayKey(at) === dayKey(now) ? time(at) : `${date(at)}${NBSP}${time(at)}`)
  /** the date, unless it is today */
  const otherDay = (at: Instant, now: number) => (dayKey(at) === dayKey(now) ? undefined : date(at))
  /** 2 h 10 min, 3 h; no minutes from ten hours on, days from two days on */
  function span(ms: number): string {
    const whole = Math.abs(ms)
    const words = () => {
      if (whole >= 2 * DAY) return t('shell.unit.days', { n: Math.floor(whole / DAY) })
      const [n, m] = [Math.floor(whole / HOUR), Math.floor((whole % HOUR) / MINUTE)]
      if (n > 0) return m > 0 && n < 10 ? t('shell.unit.hours', { n, m }) : t('shell.unit.wholeHours', { n })
      return t('shell.unit.minutes', { n: m })
    }
    return words().replaceAll(' ', NBSP)
  }
  /** 9:41, for what runs out while one looks */
  function countdown(ms: number): string {
    const seconds = Math.max(0, Math.ceil(ms / 1000))
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  }
  /** what is left until then, or how long it is over */
  function left(at: Instant, now: number): string {
    const ms = instant(at).getTime() - now
    return ms >= 0 ? t('shell.left', { time: span(ms) }) : t('shell.over', { time: span(ms) })
  }

  /** minor units → NT$372,800 */
  function money(minor: number, currency: string = session.currency): string {
    const digits = minorDigits(currency)
    const amount = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
    const parts = numbers(amount).formatToParts(minor / 10 ** digits)
    return parts.map((part) => (part.type === 'currency' ? sign(currency) : part.value)).join('')
  }
  /** NT$. A currency is named the same for everyone: in zh-TW itself NT$ would be a bare $. */
  const sign = (currency: string) => figuresIn('en', { style: 'currency', currency }).formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency
  /** a quantity as stored → its figure, without the unit */
  const figure = (quantity: number, unit: Unit) => numbers(FIGURE).format(quantity / scaleOf(unit))
  /** `amount` as stored: English has a word for one of them */
  const unit = (of: Unit, amount?: number) => t(`order.${amount === scaleOf(of) ? 'unitOne' : 'units'}.${of}`)
  /** per 卷 */
  const oneUnit = (of: Unit) => t(`order.unitOne.${of}`)
  /** 3 卷 */
  const quantity = (amount: number, of: Unit) => `${figure(amount, of)}${NBSP}${unit(of, amount)}`
  /** grams → 4,785 kg; '' when unknown */
  /** nothing where it is not known; `whole` false: there is more whose weight is not known */
  const weight = (grams: number, whole = true) => (grams === 0 ? '' : `${numbers({ maximumFractionDigits: grams < 100_000 ? 1 : 0 }).format(grams / 1000)}${NBSP}kg${whole ? '' : '+'}`)
  const number = (value: number) => numbers(FIGURE).format(value)
  /** 64 MB; from a gigabyte on 1.2 GB */
  const bytes = (size: number) => (size < 1e9 ? `${numbers({ maximumFractionDigits: size < 1e7 ? 1 : 0 }).format(size / 1e6)}${NBSP}MB` : `${numbers({ maximumFractionDigits: 1 }).format(size / 1e9)}${NBSP}GB`)
  /** 0.964 → 96.4% */
  const percent = (share: number) => numbers({ style: 'percent', maximumFractionDigits: 1 }).format(share)
  /** a、b、c */
  const list = (parts: readonly string[]) => parts.filter((part) => part !== '').join(t('shell.list'))

  return { time, timeExact, date, dateLong, dateFull, day, dayKey, dayStart, dayTime, otherDay, span, countdown, left, money, sign, figure, unit, oneUnit, quantity, weight, number, bytes, percent, list }
}
