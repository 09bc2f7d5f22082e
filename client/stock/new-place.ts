/** Goods are put down at a place that nobody has used: asked about once, since it may be a slip of the finger. A label of the site's own is believed. */
import { computed, nextTick, ref } from 'vue'
import { codeOf } from '../../shared/work/text.ts'
import { useDevice } from '../live/device.ts'
import { signal } from '../scan/signal.ts'
import { isPlace } from './shelves.ts'

/** `place`: where they go, as far as it is known. */
export function useNewPlace(place: () => string) {
  const { db } = useDevice()
  const asked = ref('')
  let scanned = ''
  return {
    /** the question is on the screen: the next yes means it */
    asks: computed(() => asked.value !== '' && asked.value === codeOf(place())),
    label(code: string) {
      scanned = codeOf(code)
    },
    /** Whether it has to be asked first; then it is, in sight. */
    async isNew(): Promise<boolean> {
      const code = codeOf(place())
      if (code === asked.value || (await isPlace(db, place().trim(), code === scanned))) return false
      asked.value = code
      signal('ask')
      await nextTick()
      document.querySelector('.asked')?.parentElement?.scrollIntoView({ block: 'center' })
      return true
    },
  }
}
