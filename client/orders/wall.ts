/** Wall times of the site's zone, as a date field gives and takes them, and the week they lie in. */
import { type DateStyle, parseDate } from '../../shared/import/dates.ts'

const WRITTEN: DateStyle = { order: 'ymd', roc: false, dateOnly: false, ambiguous: false }

/** '2026-11-23T14:30' on the site's clock → ISO UTC; null when it is no time. */
export function instantOf(wall: string, zone: string): string | null {
  return wall === '' ? null : parseDate(wall, WRITTEN, zone)
}

/** ISO UTC → '2026-11-23T14:30' on the site's clock. */
export function wallOf(at: string | number, zone: string): string {
  const clock = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
  const part = Object.fromEntries(clock.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`
}

/** Monday 00:00 of the week, and of the next, on the site's clock. */
export function weekOf(now: number, zone: string): { from: string; before: string } {
  const day = Date.parse(`${wallOf(now, zone).slice(0, 10)}T00:00Z`)
  const monday = day - ((new Date(day).getUTCDay() + 6) % 7) * DAY
  const at = (ms: number) => instantOf(`${new Date(ms).toISOString().slice(0, 10)}T00:00`, zone) ?? ''
  return { from: at(monday), before: at(monday + 7 * DAY) }
}
const DAY = 86_400_000
