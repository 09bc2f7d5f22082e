/** Whether an expected arrival fits what was confirmed to the customer (M20), in words. */
import { useI18n } from 'petite-vue-i18n'
import { isAfter } from '../../shared/order/advice.ts'
import { useFormat } from '../format.ts'

export function useArrival() {
  const { t } = useI18n()
  const format = useFormat()
  /** By how much it is late; undefined when it fits, or nobody knows. */
  function lateWord(arrivesAt: string | null, promised: string | null): string | undefined {
    if (arrivesAt === null || promised === null || !isAfter(arrivesAt, promised)) return undefined
    return t('ship.advice.late', { time: format.span(Date.parse(arrivesAt) - Date.parse(promised)) })
  }
  return { lateWord }
}
