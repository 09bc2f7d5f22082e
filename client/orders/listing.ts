/** What the table shows of the chosen list: how many there are, and of which only the window around the eye is read. */
import { computed, ref, shallowReadonly, watch } from 'vue'
import type { Grade } from '../../shared/order/form.ts'
import type { Order } from '../../shared/order/order.ts'
import { useDevice } from '../live/device.ts'
import { ordersWith } from '../live/docs.ts'
import { useLive } from '../live/live.ts'
import { countIn, firstAcross, ordersAt } from '../live/orders.ts'
import { useSession } from '../session.ts'
import { FILTERS, type Filter, listingOf, MOST_MERGED, NEWEST_FIRST } from './filters.ts'

export type Choice = { filter: Filter; grade: Grade | null; turned: boolean; typed: string }
/** `of`: what was asked for, so that an answer to an older question is not shown under the new one. */
type Answer = { of: string; total: number; offset: number; orders: Order[]; cut: boolean }

const PAGE = 60
const MOST_FOUND = 200

export function useListing(choice: () => Choice, now: () => number) {
  const { db } = useDevice()
  const session = useSession()
  const window = ref({ offset: 0, limit: 2 * PAGE })
  const asking = (grade: Grade | null) => ({ roles: session.actor?.roles ?? [], now: now(), zone: session.zone, grade })

  const given = computed(() => {
    const { filter, grade, turned, typed } = choice()
    const words = typed.trim()
    const listing = listingOf(filter, asking(grade))
    const of = JSON.stringify([words === '' ? [filter, turned] : words, grade])
    return { of, words, grade, ...listing, reverse: NEWEST_FIRST.includes(filter) !== turned, ...window.value }
  })
  watch(
    () => given.value.of,
    () => (window.value = { offset: 0, limit: 2 * PAGE }),
  )

  const live = useLive(async ({ of, words, grade, spans, exact, reverse, offset, limit }): Promise<Answer> => {
    const ofGrade = (order: Order) => grade === null || order.customer.grade === grade
    if (words !== '') {
      const { orders, cut } = await ordersWith(db, words, MOST_FOUND)
      const found = orders.filter(ofGrade).sort((a, b) => (a.placedAt > b.placedAt ? -1 : 1))
      return { of, total: found.length, offset: 0, orders: found, cut }
    }
    const [span] = spans
    if (span && spans.length === 1 && exact) {
      const [total, orders] = await Promise.all([countIn(db, spans), ordersAt(db, span, { offset, limit, reverse })])
      return { of, total, offset, orders, cut: false }
    }
    const [all, orders] = await Promise.all([countIn(db, spans), firstAcross(db, spans, { limit: MOST_MERGED, reverse })])
    const fits = orders.filter(ofGrade)
    return { of, total: fits.length, offset: 0, orders: fits, cut: all > MOST_MERGED }
  }, () => given.value)

  const counts = useLive(async (all: { filter: Filter; spans: ReturnType<typeof listingOf>['spans'] }[]) => {
    const each = await Promise.all(all.map(async ({ filter, spans }) => [filter, await countIn(db, spans)] as const))
    return new Map(each)
  }, () => FILTERS.map((filter) => ({ filter, spans: listingOf(filter, asking(null)).spans })).filter(({ spans }) => spans.length > 0)).value

  const answer = computed(() => (live.value.value?.of === given.value.of ? live.value.value : null))
  return {
    answer,
    failed: live.failed,
    counts: shallowReadonly(counts),
    /** null: not read yet */
    at: (index: number): Order | null => answer.value?.orders[index - answer.value.offset] ?? null,
    /** The rows that are seen; their window is read in whole pages, so that a step of the wheel reads nothing. */
    see(first: number, last: number) {
      const offset = Math.max(0, Math.floor(first / PAGE - 0.5) * PAGE)
      const limit = Math.max(2, Math.ceil((last + PAGE / 2 - offset) / PAGE)) * PAGE
      if (offset !== window.value.offset || limit !== window.value.limit) window.value = { offset, limit }
    },
  }
}
