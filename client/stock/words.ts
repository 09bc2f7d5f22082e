/** What the shelves ask, in the words of the supervisor who answers: on the stock screen and wherever it is counted. */
import { useI18n } from 'petite-vue-i18n'
import type { Product, Stock, StockQuestion } from '../../shared/product/product.ts'
import { entryAt } from '../../shared/stock/evolve.ts'
import { useFormat } from '../format.ts'

/** The lot lies somewhere else, by the books: perhaps it was taken from there. */
export const elsewhere = (product: Product, { location, lot }: StockQuestion): Stock | undefined =>
  lot === '' && location !== '' ? undefined : product.stock.find((each) => each.lot === lot && each.location !== location && each.quantity > 0)

export function useStockWords() {
  const { t } = useI18n()
  const format = useFormat()
  const much = (product: Product, quantity: number) => `${quantity < 0 ? '−' : ''}${format.quantity(Math.abs(quantity), product.unit)}`

  /** What differs, without where and of what. */
  function asks(product: Product, question: StockQuestion): string {
    if (question.kind === 'negative') {
      const other = elsewhere(product, question)
      const why = other ? t('stock.asks.elsewhere', { place: other.location, quantity: much(product, other.quantity) }) : t('stock.asks.unheard')
      return t('stock.asks.negativeText', { quantity: much(product, entryAt(product, question)?.quantity ?? 0), why })
    }
    if (question.kind === 'unplaced') return t('stock.asks.unplacedText', { quantity: much(product, entryAt(product, question)?.quantity ?? 0) })
    const late = question.late === 0 ? '' : t('stock.asks.late', { quantity: much(product, question.late) })
    return t('stock.asks.countText', { expected: much(product, question.expected), counted: much(product, question.counted) }) + late
  }
  return { asks }
}
