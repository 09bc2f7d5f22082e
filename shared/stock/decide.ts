/** product + command → events. A fact is never refused (M38): what it leaves below nothing is asked about (evolve.ts). */
import type { Refusal } from '../order/refusal.ts'
import type { Actor } from '../people/role.ts'
import type { Product } from '../product/product.ts'
import { STOCK_COMMANDS, type StockCommand } from './commands.ts'
import type { StockEvent } from './events.ts'

export function decideStock(product: Product | null, command: StockCommand, actor: Actor): { accept: StockEvent[] } | { refuse: Refusal } {
  const act = { by: actor.person, name: actor.name, at: command.at, device: actor.device, command: command.id }
  if (command.type === 'ReceiveGoods') {
    const { product: card, ...goods } = command.payload
    return { accept: [{ type: 'StockReceived', act, begins: product ? null : { site: actor.site, product: card }, ...goods }] }
  }
  if (!product) return { refuse: { type: 'no-order' } }
  switch (command.type) {
    case 'MoveStock':
      return { accept: [{ type: 'StockMoved', act, ...command.payload }] }
    case 'CountStock':
      return { accept: [{ type: 'StockCounted', act, ...command.payload }] }
    case 'SettleStock': {
      const { roles } = STOCK_COMMANDS.SettleStock
      const { question: id, decision, note } = command.payload
      if (!roles.some((role) => actor.roles.includes(role))) return { refuse: { type: 'wrong-role', roles: [...roles] } }
      if (!command.signed) return { refuse: { type: 'unsigned' } }
      const question = product.questions?.find((each) => each.id === id)
      if (!question || (decision === 'late' && question.kind === 'negative')) return { refuse: { type: 'no-exception', exception: id } }
      return { accept: [{ type: 'StockSettled', act, question, decision, note }] }
    }
  }
}
