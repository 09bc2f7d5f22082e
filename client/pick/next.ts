/** The order after this one: what one is picking already, or the first of the list that one may begin. */
import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { useAct } from '../act.ts'
import { useDevice } from '../live/device.ts'
import { ordersIn } from '../live/docs.ts'
import { useLive } from '../live/live.ts'
import { useWork } from '../live/work.ts'
import { useSession } from '../session.ts'
import { type FloorStep, startRefusal } from '../work/standing.ts'

/** The first that is free is nearly always among these; if not, the work list shows the others. */
const LOOKED_AT = 20

export function useNextOrder(step: FloorStep, except: () => string) {
  const { db, world } = useDevice()
  const session = useSession()
  const router = useRouter()
  const { act, busy } = useAct()
  const { value: work } = useWork(() => ({ step, limit: LOOKED_AT }))
  const { value: mine } = useLive(
    (person) => (step === 'pick' ? ordersIn(db, `claimed:${person}`, { limit: 3 }) : Promise.resolve([])),
    () => session.actor?.person ?? '',
  )
  const next = computed(() => {
    const { actor } = session
    if (!actor) return null
    return [...(mine.value ?? []), ...(work.value?.orders ?? [])].find((order) => order.id !== except() && startRefusal(order, step, actor, new Date(world.now()).toISOString()) === null) ?? null
  })
  async function go() {
    const order = next.value
    if (!order) return router.push({ name: 'work', params: { step } })
    if (step === 'pick' && order.claim?.by !== session.actor?.person) void act({ type: 'ClaimOrder', doc: order.id, payload: {} })
    return router.push({ name: step, params: { order: order.id } })
  }
  return { next, go, busy }
}
