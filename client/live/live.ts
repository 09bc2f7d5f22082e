/** What screens read: a query over the device's tables that answers again whenever what it read has changed. */
import { dequal } from 'dequal'
import { liveQuery, type Subscription } from 'dexie'
import { onScopeDispose, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'
import { drawing } from './drawing.ts'

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
  function begin(now: G) {
    subscription?.unsubscribe()
    let asked = false
    let held: Promise<void> | null = null
    // Async by name: only then Dexie knows by what is read behind an `await` of the query, too.
    const ask = async () => {
      held = asked ? drawing() : null
      if (held) return undefined
      asked = true
      return query(now)
    }
    const mine = liveQuery(ask).subscribe({
      next(answer) {
        // Begun anew: Dexie would not know by what is read behind another's promise, and nothing that changes later would be drawn.
        if (held) return void held.then(() => subscription === mine && begin(now))
        show(answer as T)
        failed.value = null
      },
      error(cause: unknown) {
        failed.value = cause
      },
    })
    subscription = mine
  }
  watch(given, begin, { immediate: true, deep: false })
  onScopeDispose(() => {
    subscription?.unsubscribe()
    subscription = undefined
  })
  return { value: shallowReadonly(value), failed: shallowReadonly(failed), show }
}
