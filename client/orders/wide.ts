/** How much room there is: the widths at which look/screen.css changes. */
import { onScopeDispose, type Ref, readonly, ref } from 'vue'

function useRoom(width: string): Readonly<Ref<boolean>> {
  const room = matchMedia(`(min-width: ${width})`)
  const fits = ref(room.matches)
  const change = () => {
    fits.value = room.matches
  }
  room.addEventListener('change', change)
  onScopeDispose(() => room.removeEventListener('change', change))
  return readonly(fits)
}
/** Two panes stand side by side. */
export const useWide = () => useRoom('64rem')
/** More than a phone. */
export const useRoomy = () => useRoom('48rem')
