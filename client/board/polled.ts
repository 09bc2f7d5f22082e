/** An answer of the server that is asked for again while somebody looks: what other devices hold is in no table here. */
import { onScopeDispose, type Ref, readonly, ref, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'
import type { Problem } from '../../shared/sync/wire.ts'
import { ask } from '../api.ts'
import { useDevice } from '../live/device.ts'

export type Polled<T> = {
  /** the last answer, kept while the server is out of reach */
  readonly value: Readonly<ShallowRef<T | null>>
  /** when it came, ms since 1970 */
  readonly at: Readonly<Ref<number | null>>
  /** the last question had no answer */
  readonly offline: Readonly<Ref<boolean>>
  readonly problem: Readonly<ShallowRef<Problem | null>>
  /** Asks now. Resolves when the answer is there, whatever it was. */
  again(): Promise<void>
}

/** `path` null: not to be asked. Never two questions at once; none while the page is hidden. */
export function usePolled<T>(path: () => string | null, everyMs: () => number = () => 15_000): Polled<T> {
  const device = useDevice()
  const value = shallowRef<T | null>(null)
  const at = ref<number | null>(null)
  const offline = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const gone = new AbortController()
  let asking: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function question(where: string): Promise<void> {
    const reply = await ask<T>(device, where, { signal: gone.signal })
    if (gone.signal.aborted) return
    offline.value = !reply.ok && reply.offline
    problem.value = reply.ok || reply.offline ? null : reply.problem
    if (!reply.ok) return
    value.value = reply.value
    at.value = device.world.now()
  }
  function again(): Promise<void> {
    const where = path()
    if (where === null) return Promise.resolve()
    asking ??= question(where).finally(() => {
      asking = null
      clearTimeout(timer)
      if (!gone.signal.aborted) timer = setTimeout(look, everyMs())
    })
    return asking
  }
  /** While the page is hidden the round sleeps; being seen again begins a new one. */
  function look() {
    if (document.visibilityState === 'visible') void again()
  }

  watch([path, everyMs], look, { immediate: true })
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    gone.abort()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  })
  return { value: shallowReadonly(value), at: readonly(at), offline: readonly(offline), problem: shallowReadonly(problem), again }
}
