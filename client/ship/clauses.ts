/** A clause of the read-back in the person's language: what it is called, and what is agreed. */
import { useI18n } from 'petite-vue-i18n'
import { amountLying, type Clause } from '../../shared/order/clauses.ts'
import { lineOf, type Order, pickedOf } from '../../shared/order/order.ts'
import { useFormat } from '../format.ts'

export function useClauseWords() {
  const { t } = useI18n()
  const format = useFormat()

  function agreed(order: Order, { kind, line: no }: Clause): string {
    switch (kind) {
      case 'customer':
        return order.customer.name
      case 'contact':
        return [order.contact, order.phone].filter((each) => each !== '').join(t('shell.dot'))
      case 'promisedAt':
        return order.promisedAt === null ? '' : `${format.dateLong(order.promisedAt)} ${format.time(order.promisedAt)}`
      case 'line': {
        const line = lineOf(order, no)
        if (!line) return ''
        const lying = pickedOf(order, no)
        const ordered = lying === line.quantity ? '' : t('ship.readBack.ordered', { quantity: format.quantity(line.quantity, line.unit) })
        return `${[line.name, line.spec].filter((each) => each !== '').join(' ')}${t('shell.dot')}${format.quantity(lying, line.unit)}${ordered}`
      }
      case 'terms': {
        if (order.terms !== 'cash-on-delivery') return t(`order.terms.${order.terms}`)
        return t('ship.readBack.collect', { amount: format.money(amountLying(order, (each) => pickedOf(order, each)), order.currency) })
      }
      case 'shipTo':
      case 'delivery':
      case 'tolerance':
      case 'quality':
      case 'packaging':
      case 'clauses':
        return order[kind]
    }
  }
  const term = ({ kind }: Clause) => t(`ship.readBack.terms.${kind}`)
  return { agreed, term }
}
