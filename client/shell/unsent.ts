/** What waits on this device, in words, for the places where somebody is about to leave it: '' when the server has all of it. */
import { type ComputedRef, computed } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import { useFormat } from '../format.ts'
import { useDevice } from '../live/device.ts'
import { useLive } from '../live/live.ts'
import { useSyncState } from '../live/sync-state.ts'

export function useUnsent(): ComputedRef<string> {
  const { pictures } = useDevice()
  const { waiting } = useSyncState()
  const format = useFormat()
  const { t } = useI18n()
  const photos = useLive(() => pictures.waiting()).value
  return computed(() =>
    format.list([waiting.value > 0 ? t('shell.unsent.acts', { count: format.number(waiting.value) }) : '', (photos.value ?? 0) > 0 ? t('shell.unsent.photos', { count: format.number(photos.value ?? 0) }) : '']),
  )
}
