/** The key that undoes the last step, in words: what goes back, or which report is taken back. */
import { computed } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import type { Order } from '../../shared/order/order.ts'
import { useFormat } from '../format.ts'
import { usePreferences } from '../preferences.ts'
import type { Picking } from './picking.ts'

/** `at`: the line in hand; of another one the name is said, too. */
export function useUndo(picking: Picking, order: () => Order, at: () => number | null) {
  const { t } = useI18n()
  const format = useFormat()
  const preferences = usePreferences()
  return computed(() => {
    const step = picking.last.value
    if (!step) return null
    const no = step.is === 'pick' ? step.pick.line : step.short.line
    const line = order().lines.find((each) => each.no === no)
    const name = no === at() ? undefined : line?.name
    if (step.is === 'short') return { title: t('pick.undoReport'), name }
    return { title: preferences.glove ? t('pick.undoShort') : t('pick.undo', { quantity: format.quantity(step.pick.quantity - step.pick.back, line?.unit ?? 'piece') }), name }
  })
}
