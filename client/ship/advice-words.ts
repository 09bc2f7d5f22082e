/** The shipping advice of an order (M20) in words: on the page, in the sheet of who rings, and as a message to the customer. */
import { useI18n } from 'petite-vue-i18n'
import { expectedAt } from '../../shared/order/advice.ts'
import { type Order, shippedLines } from '../../shared/order/order.ts'
import { useFormat } from '../format.ts'

export type Fact = { term: string; text: string; strong?: boolean }

export function useAdviceWords() {
  const { t } = useI18n()
  const format = useFormat()
  const when = (at: string | null) => (at === null ? '' : `${format.dateLong(at)} ${format.time(at)}`)
  const dot = (...parts: string[]) => parts.filter((part) => part !== '').join(t('shell.dot'))
  const said = (facts: Fact[]) => facts.filter(({ text }) => text !== '')

  /** How the goods come and when they are there. */
  function carriage({ shipment, ...order }: Order): Fact[] {
    if (!shipment) return []
    const { advice } = shipment
    return said([
      { term: t('ship.advice.number'), text: shipment.deliveryOrder, strong: true },
      { term: t('ship.carrier'), text: shipment.carrier || t('ship.carriage.ours') },
      { term: t('ship.vehicle'), text: shipment.vehicle },
      { term: t('ship.driver'), text: dot(shipment.driver, advice?.phone ?? '') },
      { term: t('ship.packages'), text: t('ship.count', { count: shipment.packages }) },
      { term: t('ship.advice.weight'), text: format.weight(advice?.grams ?? 0) },
      { term: t('ship.advice.departs'), text: when(advice?.departsAt ?? null) },
      { term: t('ship.advice.arrives'), text: when(expectedAt({ ...order, shipment })), strong: true },
      { term: t('ship.advice.promised'), text: when(order.promisedAt) },
    ])
  }
  /** To whom and where. */
  const receiver = ({ number, shipTo, contact, phone }: Order): Fact[] =>
    said([
      { term: t('ship.advice.order'), text: number },
      { term: t('ship.advice.to'), text: shipTo },
      { term: t('ship.advice.receiver'), text: dot(contact, phone) },
    ])
  /** Where it is asked after on the way. */
  const checks = ({ shipment }: Order): Fact[] => (shipment?.advice?.checks ?? []).map(({ place, dueAt }) => ({ term: when(dueAt), text: place || t('orders.calls.way') }))
  const goods = (order: Order) =>
    shippedLines(order).map(({ line, quantity }) => ({ name: [line.name, line.spec].filter((part) => part !== '').join(' '), sku: line.sku, quantity: format.quantity(quantity, line.unit) }))

  /** As a message: the customer may have no app but the one it comes in. */
  function message(order: Order, site: string): { title: string; text: string } {
    const title = dot(t('ship.advice.title'), order.shipment?.deliveryOrder ?? '')
    const line = ({ term, text }: Fact) => t('ship.advice.line', { term, text })
    const blocks = [
      [site, title, order.customer.name],
      receiver(order).map(line),
      [...goods(order).map(({ name, quantity }) => `${name}${t('shell.dot')}${quantity}`)],
      carriage(order).slice(1).map(line),
      order.shipment ? [line({ term: t('ship.advice.by'), text: dot(order.shipment.name, when(order.shipment.at)) })] : [],
    ]
    return { title, text: blocks.map((lines) => lines.filter((each) => each !== '').join('\n')).join('\n\n') }
  }
  return { carriage, receiver, checks, goods, message, when }
}
