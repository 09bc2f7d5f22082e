/** What became of a line in figures: 收 7 卷，損 1 卷. */
import { useI18n } from 'petite-vue-i18n'
import type { Unit } from '../../shared/order/quantity.ts'
import { useFormat } from '../format.ts'
import { type Counts, OUTCOMES, type Outcome } from './outcome.ts'

export function useFigures() {
  const { t } = useI18n()
  const format = useFormat()
  /** `of`: only these outcomes; '' when there is nothing of them. Without `units` where the unit stands beside it. */
  return (counts: Counts, unit: Unit, { of = OUTCOMES, units = true }: { of?: readonly Outcome[]; units?: boolean } = {}): string =>
    of
      .filter((outcome) => counts[outcome] > 0)
      .map((outcome) => t(`deliver.figures.${outcome}`, { n: units ? format.quantity(counts[outcome], unit) : format.figure(counts[outcome], unit) }))
      .join(t('deliver.comma'))
}
