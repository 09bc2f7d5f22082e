/** What nobody took, in words: why, and where its goods are. */
import { useI18n } from 'petite-vue-i18n'
import { absenceOf } from '../../shared/order/again.ts'
import type { Order } from '../../shared/order/order.ts'
import { useFormat } from '../format.ts'

export function useUntaken() {
  const { t } = useI18n()
  const format = useFormat()
  const word = (order: Order): string => t(absenceOf(order)?.why === 'refused' ? 'deliver.absent.refused' : 'deliver.absent.title')
  function second(order: Order, now: number): string {
    const absence = absenceOf(order)
    if (!absence) return ''
    const back = absence.after === 'back' ? t('deliver.absent.back') : ''
    const again = absence.againAt ? t('order.waits.again', { time: format.dayTime(absence.againAt, now) }) : ''
    return [back, again].filter((each) => each !== '').join(t('shell.dot')) || (absence.after === 'stay' ? t('deliver.absent.stays') : '')
  }
  return { word, second }
}
