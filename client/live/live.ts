/** What screens read: a query over the device's tables that answers again whenever what it read has changed. */
import { dequal } from 'dequal'
import { liveQuery, type Subscription } from 'dexie'
import { onScopeDispose, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'
import { afterDrawing } from './drawing.ts'

/** `value` is undefined until the first answer. `failed` carries the cause when the device could not read its tables. */
export type Live<T> = {
  readonly value: Readonly<ShallowRef<T | undefined>>
  readonly failed: Readonly<ShallowRef<unknown>>
  /** What the tables are about to answer, from one who has just written it. */
  show(value: T): void
}

/**
 * Runs the query now and after every change of what it read. `given`, if present, is what the query depends on besides the
 * tables: the query runs again with it, and keeps the last answer until the new one is there. An answer that says the same
 * again changes nothing, so that nothing is drawn again.
 */
export function useLive<T, G = undefined>(query: (given: G) => Promise<T>, given: () => G = () => undefined as G): Live<T> {
  const value = shallowRef<T>()
  const failed = shallowRef<unknown>(null)
  let subscription: Subscription | undefined
  function show(answer: T) {
    if (!dequal(answer, value.value)) value.value = answer
  }
  watch(
    given,
    (now) => {
      subscription?.unsubscribe()
      let asked = false
      // Async by name: only then Dexie knows by what is read behind an `await` of the query, too.
      const ask = async () => {
        if (asked) return afterDrawing(async () => query(now))
        asked = true
        return query(now)
      }
      subscription = liveQuery(ask).subscribe({
        next(answer) {
          show(answer)
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
  return { value: shallowReadonly(value), failed: shallowReadonly(failed), show }
}
