/** A picker who wishes it hears what the eye would read: how many and where on a new line, how many are left after a scan. */
import { onScopeDispose, watch } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import { scaleOf } from '../../shared/order/quantity.ts'
import { useFormat } from '../format.ts'
import { hush, onVoices, speak, spokenCount, spokenPlace } from '../hand/speech.ts'
import { usePreferences } from '../preferences.ts'
import type { Picking } from './picking.ts'

export function useSpoken({ job, shown }: Pick<Picking, 'job' | 'shown'>): void {
  const preferences = usePreferences()
  const format = useFormat()
  const { t } = useI18n()

  function spoken(quantity: number, line: number): string {
    const unit = job.value?.order.lines.find(({ no }) => no === line)?.unit ?? 'piece'
    const count = spokenCount(quantity / scaleOf(unit), t('pick.spoken.numerals'))
    return `${count}${preferences.language === 'en' ? ' ' : ''}${format.unit(unit, quantity)}`
  }
  watch(
    () => shown.value && { line: shown.value.line, place: shown.value.take.location, open: shown.value.open },
    (now, before) => {
      if (!preferences.speech || (now && before && now.line === before.line && now.place === before.place && now.open === before.open)) return
      if (now && before?.line === now.line && before.place === now.place) speak(t('pick.spoken.left', { quantity: spoken(now.open, now.line) }), preferences.language)
      else if (now) speak(now.place === '' ? spoken(now.open, now.line) : t('pick.spoken.take', { quantity: spoken(now.open, now.line), place: spokenPlace(now.place) }), preferences.language)
      else if (before && job.value) speak(t('pick.spoken.done'), preferences.language)
    },
    { immediate: true },
  )
  onScopeDispose(onVoices(() => undefined))
  onScopeDispose(hush)
}
