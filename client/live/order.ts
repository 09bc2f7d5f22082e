/** One order as a screen reads it: live, and for each thing done whether the server has it. */
import { computed, onScopeDispose } from 'vue'
import type { Act } from '../../shared/order/order.ts'
import { useDevice } from './device.ts'
import { orderById, waitingIds } from './docs.ts'
import { useLive } from './live.ts'

const NONE: ReadonlySet<string> = new Set()

/** `order` is undefined until it was looked for, null when this device has not got it. */
export function useOrder(id: () => string) {
  const { db, onIssued } = useDevice()
  const found = useLive((order) => orderById(db, order), id)
  const waits = useLive((order) => waitingIds(db, order), id)
  const waiting = computed(() => waits.value.value ?? NONE)
  // What was done here a moment ago: the tables would say it some turns later.
  onScopeDispose(
    onIssued(({ ids, docs }) => {
      const doc = docs.get(id())
      if (doc?.body.kind !== 'order') return
      waits.show(new Set([...waiting.value, ...ids]))
      found.show(doc.body)
    }),
  )
  return {
    order: found.value,
    failed: found.failed,
    /** what became of an act: in the log, or only here so far */
    stateOf: (act: Pick<Act, 'command'>): 'recorded' | 'device' => (waiting.value.has(act.command) ? 'device' : 'recorded'),
    waiting,
  }
}
