/**
 * What a person has half filled in: kept on this device so that a reload, a call or an empty battery loses none of it.
 * A draft is nobody's record: nothing in it has happened until its act is issued, which clears it.
 */
import { type Ref, ref, watch } from 'vue'

const PREFIX = 'draft.'
/** What nobody came back to for so long is thrown away when the next draft is opened. */
const KEPT_MS = 30 * 24 * 3_600_000

type Kept = { at: number; value: unknown }
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
 * For a sheet that stays while what it is about changes, and its act may be done again: `key` says what it is about now. After the act
 * `clear` begins an empty one.
 */
export function useDraftOf<T extends object>(key: () => string, initial: () => T, store: Store = localStorage): { draft: Ref<T>; clear(): void } {
  const opened = (at: string): T => keptOf(store, at, initial()) ?? initial()
  sweep(store)
  const draft = ref(opened(key())) as Ref<T>
  watch(
    draft,
    (value) => {
      const now = JSON.stringify(value)
      if (now === JSON.stringify(initial())) forget(store, key())
      else keep(store, key(), now)
    },
    { deep: true, flush: 'sync' },
  )
  watch(key, (now) => (draft.value = opened(now)), { flush: 'sync' })
  return { draft, clear: () => (draft.value = initial()) }
}

function keptOf<T extends object>(store: Store, key: string, initial: T): T | null {
  const value = read(store, PREFIX + key)?.value
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(initial)) return null
  return Object.keys(initial).every((name) => Object.hasOwn(value, name)) ? (value as T) : null
}

function keep(store: Store, key: string, json: string): void {
  try {
    store.setItem(PREFIX + key, `{"at":${Date.now()},"value":${json}}`)
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
