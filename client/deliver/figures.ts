/** What became of a line in figures: 收 7，損 1. */
import { useI18n } from 'petite-vue-i18n'
import type { Unit } from '../../shared/order/quantity.ts'
import { useFormat } from '../format.ts'
import { type Counts, OUTCOMES, type Outcome } from './outcome.ts'

export function useFigures() {
  const { t } = useI18n()
  const format = useFormat()
  /** `of`: only these outcomes; '' when there is nothing of them. */
  return (counts: Counts, unit: Unit, of: readonly Outcome[] = OUTCOMES): string =>
    of
      .filter((outcome) => counts[outcome] > 0)
      .map((outcome) => t(`deliver.figures.${outcome}`, { n: format.figure(counts[outcome], unit) }))
      .join(t('deliver.comma'))
}
