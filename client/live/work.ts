/** The work of a step in its order (M2): emergencies, what has been passed over too long, and the rest by the site's rules. */
import { computed, watch } from 'vue'
import type { Order } from '../../shared/order/order.ts'
import type { Step } from '../../shared/order/stage.ts'
import { sinceOf } from '../../shared/order/waits.ts'
import { MOST_RISEN, RISE_AFTER_H, riseBefore } from '../../shared/work/rise.ts'
import { nameOf, type Ranking } from '../../shared/work/rule.ts'
import type { DeviceDb } from '../db.ts'
import { listPart, shownRanking } from '../ranking.ts'
import { useSession } from '../session.ts'
import { useDevice } from './device.ts'
import { ordersIn } from './docs.ts'
import { type Live, useLive } from './live.ts'
import { useNow } from './now.ts'

/** `risen`: since when those wait that rose above the rules, by id. */
export type Work = { ranking: Ranking; orders: Order[]; risen: ReadonlyMap<string, string> }
/** `before`: what came to the step before this rises (ISO UTC). */
type Asked = { step: Step; before: string; limit: number }

export async function workOf(db: DeviceDb, { step, before, limit }: Asked): Promise<Work> {
  const ranking = await shownRanking(db)
  const [ranked, longest] = await Promise.all([
    ordersIn(db, `${step}.${nameOf(ranking)}`, { limit: limit + MOST_RISEN }),
    ordersIn(db, `${step}.rise`, { before, limit: MOST_RISEN }),
  ])
  const risen = new Map(longest.map((order) => [order.id, sinceOf(order)]))
  const rest = ranked.filter((order) => !risen.has(order.id))
  const urgent = rest.filter((order) => order.emergency !== null)
  return { ranking, orders: [...urgent, ...longest, ...rest.slice(urgent.length)].slice(0, limit), risen }
}

/** Minutes in which nothing rises that has not risen: nobody notices, and no list is read anew. */
const GRAIN_MS = 600_000

/** Follows the step and the site's rules; lists anew when they have changed. */
export function useWork(given: () => { step: Step; limit: number }): Live<Work> {
  const { db } = useDevice()
  const session = useSession()
  const now = useNow()
  const before = computed(() => riseBefore(Math.floor(now.value / GRAIN_MS) * GRAIN_MS, session.site?.riseAfterH ?? RISE_AFTER_H))
  const coming = useLive(async () => Boolean((await db.read('rankings'))?.coming)).value
  watch(coming, async (is) => {
    if (is) while ((await listPart(db)) === 'more');
  })
  return useLive(
    (asked) => workOf(db, asked),
    () => ({ ...given(), before: before.value }),
  )
}
