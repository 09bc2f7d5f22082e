/** What screens read: a query over the device's tables that answers again whenever what it read has changed. */
import { liveQuery, type Subscription } from 'dexie'
import { onScopeDispose, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'

/** `value` is undefined until the first answer. `failed` carries the cause when the device could not read its tables. */
export type Live<T> = { readonly value: Readonly<ShallowRef<T | undefined>>; readonly failed: Readonly<ShallowRef<unknown>> }

/**
 * Runs the query now and after every change of what it read. `given`, if present, is what the query depends on besides the
 * tables: the query runs again with it, and keeps the last answer until the new one is there.
 */
export function useLive<T, G = undefined>(query: (given: G) => Promise<T>, given: () => G = () => undefined as G): Live<T> {
  const value = shallowRef<T>()
  const failed = shallowRef<unknown>(null)
  let subscription: Subscription | undefined
  watch(
    given,
    (now) => {
      subscription?.unsubscribe()
      subscription = liveQuery(() => query(now)).subscribe({
        next(answer) {
          value.value = answer
          failed.value = null
        },
        error(cause: unknown) {
          failed.value = cause
        },
      })
    },
    { immediate: true, deep: false },
  )
  onScopeDispose(() => subscription?.unsubscribe())
  return { value: shallowReadonly(value), failed: shallowReadonly(failed) }
}
