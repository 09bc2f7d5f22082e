/** The clock of the mill's people: work happens in their day, in Taiwan, and never later than now. */
const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** Asia/Taipei is eight hours ahead of UTC the whole year. */
const AHEAD = 8 * 60 * MINUTE
const [OPENS, CLOSES] = [8 * 60, 19 * 60]

const iso = (ms: number) => new Date(ms).toISOString()
const localDay = (ms: number) => Math.floor((ms + AHEAD) / DAY)

/** So many minutes of work earlier: outside the day it falls back into the afternoon before. */
export function earlier(at: number, minutes: number): number {
  const time = at - minutes * MINUTE
  const clock = Math.floor(((time + AHEAD) % DAY) / MINUTE)
  if (clock >= OPENS && clock < CLOSES) return time
  return time - (clock < OPENS ? clock + DAY / MINUTE - CLOSES : clock - CLOSES) * MINUTE - (30 + (minutes % 50)) * MINUTE
}
export const later = (at: number, minutes: number): number => at + minutes * MINUTE
/** An instant of a local day counted from another one: `onDay(now, -1, 9, 30)` is yesterday at 09:30. */
export function onDay(from: number, days: number, hour: number, minute = 0): number {
  return (localDay(from) + days) * DAY - AHEAD + (hour * 60 + minute) * MINUTE
}
/** '2611': year and month there. */
export const monthOf = (at: number): string => iso(at + AHEAD).slice(2, 7).replace('-', '')
/** '11-23' */
export const dayOf = (at: number): string => iso(at + AHEAD).slice(5, 10)
