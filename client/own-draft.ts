/** A draft that is one person's alone: whoever stands at the device next signs for nothing that somebody else wrote. */
import type { Ref } from 'vue'
import { useDraftOf } from './drafts.ts'
import { useSession } from './session.ts'

export function useOwnDraft<T extends object>(key: () => string, initial: () => T): { draft: Ref<T>; clear(): void } {
  const session = useSession()
  return useDraftOf(() => `${session.actor?.person ?? ''}.${key()}`, initial)
}
