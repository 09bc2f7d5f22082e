/** The history of an order: asked of the server when somebody looks, and again when the order has moved on. */
import { ref, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'
import type { History } from '../../shared/order/history.ts'
import { ask } from '../api.ts'
import { useDevice } from '../live/device.ts'
import { useSyncState } from '../live/sync-state.ts'

/** Nobody answered this question, and may answer all others. */
const AGAIN_MS = 20_000

/** `here`: complete as far as the server knows. `offline`: nobody answers; what the doc tells stands alone. */
export type HistoryState = 'asking' | 'here' | 'offline' | 'denied'

/** `here`: the order was made here and the server has not heard of it yet. `waiting`: how much of it is on its way. */
export function useHistory(of: () => { order: string; version: number; waiting: number; here: boolean }) {
  const device = useDevice()
  const { status } = useSyncState()
  const history = shallowRef<History | null>(null)
  const state = ref<HistoryState>('asking')
  const again = ref(0)
  watch(
    [() => of().order, () => of().here, () => of().version, () => of().waiting, () => status.value.contact, again] as const,
    async ([order, here], _before, onCleanup) => {
      const stop = new AbortController()
      onCleanup(() => stop.abort())
      if (history.value?.order !== order) {
        history.value = null
        state.value = 'asking'
      }
      if (here) {
        state.value = 'offline'
        return
      }
      const reply = await ask<History>(device, `/api/orders/${encodeURIComponent(order)}/history`, { signal: stop.signal })
      if (stop.signal.aborted) return
      if (reply.ok) history.value = reply.value
      state.value = reply.ok ? 'here' : reply.offline ? 'offline' : 'denied'
      if (state.value !== 'offline') return
      await device.world.wait(AGAIN_MS, stop.signal)
      if (!stop.signal.aborted) again.value += 1
    },
    { immediate: true },
  )
  return { history: shallowReadonly(history) as Readonly<ShallowRef<History | null>>, state }
}
