/** How this device stands with the server: what waits here, what was refused, and when it last heard. */
import { computed, onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import { useDevice } from './device.ts'
import { useLive } from './live.ts'

export function useSyncState() {
  const device = useDevice()
  const status = shallowRef(device.sync.status())
  const stop = device.sync.subscribe(() => {
    status.value = device.sync.status()
  })
  onScopeDispose(stop)
  const waiting = useLive(() => device.db.outbox.where('state').equals('waiting').count()).value
  const refused = useLive(() => device.db.attention.filter((each) => each.closedAt === null).count()).value
  return { status: shallowReadonly(status), waiting: computed(() => waiting.value ?? 0), refused: computed(() => refused.value ?? 0) }
}
