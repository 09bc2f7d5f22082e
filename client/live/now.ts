/** The time, for what screens count down: one clock for all, that ticks as often as the most impatient asks. */
import { onScopeDispose, readonly, type Ref, ref } from 'vue'
import { useDevice } from './device.ts'

/** ms since 1970, refreshed every `everyMs`. */
export function useNow(everyMs = 30_000): Readonly<Ref<number>> {
  const { world } = useDevice()
  const now = ref(world.now())
  const timer = setInterval(() => (now.value = world.now()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
