/** Whether there is room for two panes: the width at which look/screen.css sets them side by side. */
import { onScopeDispose, type Ref, readonly, ref } from 'vue'

export function useWide(): Readonly<Ref<boolean>> {
  const room = matchMedia('(min-width: 64rem)')
  const wide = ref(room.matches)
  const change = () => (wide.value = room.matches)
  room.addEventListener('change', change)
  onScopeDispose(() => room.removeEventListener('change', change))
  return readonly(wide)
}
