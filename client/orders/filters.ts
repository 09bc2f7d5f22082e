/** The filters of the table of orders, as spans of lists: what each holds is a range of one index, never a search. */
import type { Grade } from '../../shared/order/form.ts'
import { HOURS_FROM, type Wait } from '../../shared/order/waits.ts'
import type { Role } from '../../shared/people/role.ts'
import { WORK_STEPS } from '../../shared/work/lists.ts'
import type { Span } from '../live/lists.ts'
import { weekOf } from './wall.ts'

export const FILTERS = ['week', 'mine', 'stuck', 'risk', 'open', 'exceptions', 'owed', 'advise', 'checks', 'absent', 'back', 'closed', 'all'] as const
export type Filter = (typeof FILTERS)[number]
/** Mostly empty: shown where there is something in them. */
export const RARE: readonly Filter[] = ['advise', 'checks', 'absent', 'back']
export const isFilter = (text: unknown): text is Filter => FILTERS.some((each) => each === text)

/** `now` is ms since 1970. */
export type Asking = { roles: readonly Role[]; now: number; zone: string; grade: Grade | null }
/** `exact`: the spans hold that grade alone; otherwise it is picked out of what was read. */
export type Listing = { spans: Span[]; exact: boolean }

const MINE: { readonly [role in Role]?: readonly string[] } = {
  service: ['wait.notice', 'wait.confirmation', 'advise', 'checks', 'absent'],
  'service-supervisor': ['wait.notice', 'wait.confirmation', 'advise', 'absent', 'exceptions'],
  finance: ['wait.release'],
  shipper: ['ship.promised', 'load.promised'],
  supervisor: ['exceptions'],
}

export function listingOf(filter: Filter, { roles, now, zone, grade }: Asking): Listing {
  const graded = (list: string) => (grade ? `${list}.${grade}` : list)
  switch (filter) {
    case 'week':
      return { spans: [{ list: graded('open'), ...weekOf(now, zone) }], exact: true }
    case 'mine':
      return { spans: [...new Set(roles.flatMap((role) => MINE[role] ?? []))].map((list) => dueIn(list, now)), exact: grade === null }
    case 'risk':
      return { spans: riskSpans(now), exact: grade === null }
    case 'stuck':
    case 'exceptions':
    case 'owed':
    case 'advise':
    case 'checks':
    case 'absent':
    case 'back':
      return { spans: [{ list: filter }], exact: grade === null }
    case 'open':
    case 'closed':
    case 'all':
      return { spans: [{ list: graded(filter) }], exact: true }
  }
}

/** Of a list of calls to make those whose time has come; of every other list all. */
const dueIn = (list: string, now: number): Span => (list === 'checks' ? { list, before: new Date(now).toISOString() } : { list })

/** Promised sooner than the rest of the way takes, or missed already: per step, emergencies and the others (rankOf). */
function riskSpans(now: number): Span[] {
  return WORK_STEPS.flatMap((step) => {
    const until = new Date(now + HOURS_FROM[step] * 3_600_000).toISOString()
    return ['0', '1'].map((rank) => ({ list: `${step}.promised`, from: `${rank} `, before: `${rank} ${until}` }))
  })
}

/** What every order of the list waits for: said first there. */
export const ABOUT: { readonly [filter in Filter]?: Wait['type'] } = { exceptions: 'exception', owed: 'owed', advise: 'advice', checks: 'check', absent: 'absent', back: 'back' }

/** What the last or the first in a list means: those that are looked back on begin with the newest. */
export const NEWEST_FIRST: readonly Filter[] = ['closed', 'all']
/** By what a list is sorted: the column its head key turns. */
export function sortedBy(filter: Filter): 'promised' | 'placed' | 'since' {
  if (filter === 'all') return 'placed'
  return filter === 'closed' || filter === 'exceptions' || filter === 'owed' || RARE.includes(filter) ? 'since' : 'promised'
}
/** More than these are not merged out of several lists: the figure says how many there are, the table shows the first. */
export const MOST_MERGED = 300
