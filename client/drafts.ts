/**
 * What a person has half filled in: kept on this device so that a reload, a call or an empty battery loses none of it.
 * A draft is nobody's record: nothing in it has happened until its act is issued, which clears it.
 */
import { type Ref, ref, watch } from 'vue'

const PREFIX = 'draft.'
/** What nobody came back to for so long is thrown away when the next draft is opened. */
const KEPT_MS = 30 * 24 * 3_600_000

/** `over`: the JSON of what stood there when it was written, where that may change */
type Kept = { at: number; value: unknown; over?: string }
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/**
 * `draft` is deeply reactive and kept with every change. `key`: the place and the order, e.g. `deliver.<order>`. What an older
 * version of the app kept in another shape is dropped. Anything large that is replaced as a whole (ink): wrap it in `markRaw`.
 */
export function useDraft<T extends object>(key: string, initial: T, store: Store = localStorage): { draft: Ref<T>; clear(): void } {
  sweep(store)
  const first = JSON.stringify(initial)
  const draft = ref(keptOf(store, key, initial) ?? (JSON.parse(first) as T)) as Ref<T>
  const stop = watch(
    draft,
    (value) => {
      const now = JSON.stringify(value)
      if (now === first) forget(store, key)
      else keep(store, key, now)
    },
    { deep: true, flush: 'sync' },
  )
  return {
    draft,
    /** After the act: there is nothing half filled in any more, and nothing that this screen still changes brings it back. */
    clear() {
      stop()
      forget(store, key)
    },
  }
}

/**
 * For a sheet that stays while what it is about changes, and its act may be done again: `key` says what it is about now, `initial` what stands
 * there before anybody writes. What was written over something that has changed since is not put over it. After the act `clear` begins anew.
 */
export function useDraftOf<T extends object>(key: () => string, initial: () => T, store: Store = localStorage): { draft: Ref<T>; clear(): void } {
  const blank = () => JSON.stringify(initial())
  const opened = (at: string): T => keptOf(store, at, initial(), blank()) ?? initial()
  sweep(store)
  const draft = ref(opened(key())) as Ref<T>
  watch(
    draft,
    (value) => {
      const now = JSON.stringify(value)
      if (now === blank()) forget(store, key())
      else keep(store, key(), now, blank())
    },
    { deep: true, flush: 'sync' },
  )
  watch([key, blank] as const, ([now, begins], [before, began]) => {
    if (now !== before) draft.value = opened(now)
    else if (JSON.stringify(draft.value) === began && begins !== began) draft.value = initial()
  }, { flush: 'sync' })
  return { draft, clear: () => (draft.value = initial()) }
}

function keptOf<T extends object>(store: Store, key: string, initial: T, over?: string): T | null {
  const kept = read(store, PREFIX + key)
  const value = kept?.value
  if (kept?.over !== over) return null
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(initial)) return null
  return Object.keys(initial).every((name) => Object.hasOwn(value, name)) ? (value as T) : null
}

function keep(store: Store, key: string, json: string, over?: string): void {
  try {
    store.setItem(PREFIX + key, `{"at":${Date.now()},"value":${json}${over === undefined ? '' : `,"over":${JSON.stringify(over)}`}}`)
  } catch {
    // Full, or forbidden in this browser: the draft lives as long as its screen, and the work goes on.
  }
}

function forget(store: Store, key: string): void {
  try {
    store.removeItem(PREFIX + key)
  } catch {
    // as above
  }
}

function read(store: Store, name: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(store.getItem(name) ?? 'null')
    return typeof kept === 'object' && kept !== null && 'at' in kept && 'value' in kept && typeof kept.at === 'number' ? (kept as Kept) : null
  } catch {
    return null
  }
}

function sweep(store: Store): void {
  try {
    const names = Array.from({ length: store.length }, (_, i) => store.key(i)).filter((name) => name !== null)
    for (const name of names.filter((each) => each.startsWith(PREFIX)))
      if ((read(store, name)?.at ?? 0) < Date.now() - KEPT_MS) store.removeItem(name)
  } catch {
    // as above
  }
}
