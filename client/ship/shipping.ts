/** What is about to leave: how it goes, what was read back, what would be odd about it, and the one act that ships it (M16–M20). */
import { computed, type Ref } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import type { Payload } from '../../shared/order/commands.ts'
import type { Order } from '../../shared/order/order.ts'
import { useAct } from '../act.ts'
import type { Numbers } from '../issue.ts'
import { useSession } from '../session.ts'
import { useCarrying } from './advice.ts'
import { useReadBack } from './read-back.ts'
import { warningsOf } from './warnings.ts'

export function useShipping(id: string, order: Ref<Order | null | undefined>, now: Readonly<Ref<number>>) {
  const { t } = useI18n()
  const session = useSession()
  const { sign, busy } = useAct()
  const { carrying, payload: carried, keep, clear } = useCarrying(id, order, now)
  const reading = useReadBack(id, order)

  const terms = computed(() => {
    const { value: readBack } = reading.readBack
    return readBack ? { ...carried.value, readBack } : carried.value
  })
  /** 9 件・KEH-6218・陳俊宏 */
  const load = computed(() => [t('ship.count', { count: terms.value.packages }), terms.value.vehicle, terms.value.driver].filter((each) => each !== '').join(t('shell.dot')))
  const warnings = computed(() => {
    const { actor } = session
    return order.value && actor && !order.value.shipment ? warningsOf(order.value, 'Ship', { ...terms.value, deliveryOrder: '-' }, actor, now.value) : []
  })

  /** Whether it is shipped now; if not, the person has been told why. */
  async function ship(): Promise<boolean> {
    const it = order.value
    if (!it) return false
    const payload = (numbers: Numbers): Payload<'Ship'> => ({ deliveryOrder: numbers.next('DO'), ...terms.value })
    if ((await sign(`${it.customer.name}${t('shell.dot')}${load.value}`, { type: 'Ship', doc: it.id, payload })) !== 'done') return false
    keep()
    clear()
    reading.clear()
    return true
  }
  return { carrying, terms, load, warnings, reading, ship, busy }
}
