/** What a shelf asks, in words. */
import { useI18n } from 'petite-vue-i18n'
import type { Product, StockQuestion } from '../../shared/product/product.ts'
import { useFormat } from '../format.ts'

export function useStockWords() {
  const { t } = useI18n()
  const format = useFormat()
  function asks(product: Product, question: StockQuestion): string {
    const much = (quantity: number) => format.quantity(quantity, product.unit)
    if (question.kind === 'negative') {
      const entry = product.stock.find((each) => each.location === question.location && each.lot === question.lot)
      return t('stock.asks.negativeText', { quantity: much(entry?.quantity ?? 0) })
    }
    const late = question.late === 0 ? '' : ` ${t('stock.asks.late', { quantity: much(question.late) })}`
    return t('stock.asks.countText', { expected: much(question.expected), counted: much(question.counted) }) + late
  }
  return { asks }
}
