/** One order as a screen reads it: live, and for each thing done whether the server has it. */
import { computed } from 'vue'
import type { Act } from '../../shared/order/order.ts'
import { useDevice } from './device.ts'
import { orderById, waitingIds } from './docs.ts'
import { useLive } from './live.ts'

/** `order` is undefined until it was looked for, null when this device has not got it. */
export function useOrder(id: () => string) {
  const { db } = useDevice()
  const found = useLive((order) => orderById(db, order), id)
  const waiting = useLive((order) => waitingIds(db, order), id).value
  return {
    order: found.value,
    failed: found.failed,
    /** what became of an act: in the log, or only here so far */
    stateOf: (act: Pick<Act, 'command'>): 'recorded' | 'device' => (waiting.value?.has(act.command) ? 'device' : 'recorded'),
    waiting: computed(() => waiting.value ?? new Set<string>()),
  }
}
