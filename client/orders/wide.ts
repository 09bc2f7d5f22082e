/** How much room there is: the widths at which look/screen.css changes. */
import { onScopeDispose, type Ref, readonly, ref } from 'vue'

function useRoom(query: string): Readonly<Ref<boolean>> {
  const room = matchMedia(query)
  const fits = ref(room.matches)
  const change = () => {
    fits.value = room.matches
  }
  room.addEventListener('change', change)
  onScopeDispose(() => room.removeEventListener('change', change))
  return readonly(fits)
}
/** Two panes stand side by side. */
export const useWide = () => useRoom('(min-width: 64rem)')
/** More than a phone, also than one on its side. */
export const useRoomy = () => useRoom('(min-width: 48rem) and (min-height: 501px)')
