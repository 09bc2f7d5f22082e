/** Between an instant and what a date field shows: the wall clock of the site, wherever the device is. */
import { parseDate } from '../../shared/import/dates.ts'

/** ISO UTC → 2026-11-26T14:30 by the clock of the zone. */
export function wallTime(at: string | number, zone: string): string {
  // Swedish dates are ISO dates.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return clock.format(new Date(at)).replace(' ', 'T')
}

/** The instant at which the clock of the zone shows this; null when it is no date. */
export function instantAt(wall: string, zone: string): string | null {
  return parseDate(wall.replace('T', ' '), { order: 'ymd', roc: false, dateOnly: false, ambiguous: false }, zone)
}
