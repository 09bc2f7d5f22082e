/** product + command → events. A fact is never refused (M38): what it leaves below nothing is asked about (evolve.ts). */
import type { Refusal } from '../order/refusal.ts'
import type { Actor } from '../people/role.ts'
import type { Product } from '../product/product.ts'
import { type Correction, STOCK_COMMANDS, type StockCommand, type StockCommandType } from './commands.ts'
import type { StockEvent } from './events.ts'
import { entryAt } from './evolve.ts'
import { quantityIn } from './unit.ts'

export function decideStock(product: Product | null, command: StockCommand, actor: Actor): { accept: StockEvent[] } | { refuse: Refusal } {
  const act = { by: actor.person, name: actor.name, at: command.at, device: actor.device, command: command.id }
  if (command.type === 'ReceiveGoods') {
    const { product: card, ...goods } = command.payload
    // Its unit was corrected while this was on its way.
    if (product && !product.unreceived) goods.quantity = quantityIn(product.unit, { ...goods, unit: card.unit }) || goods.quantity
    return { accept: [{ type: 'StockReceived', act, begins: product && !product.unreceived ? null : { site: actor.site, product: card }, ...goods }] }
  }
  if (!product) return { refuse: { type: 'no-order' } }
  switch (command.type) {
    case 'MoveStock': {
      const { from, to, lot, held } = command.payload
      // That it moved is a fact; that it may be taken is not for everybody to say.
      const stays = from === to && entryAt(product, { location: from, lot })?.held === true && !may(actor, 'ReleaseStock')
      return { accept: [{ type: 'StockMoved', act, ...command.payload, held: held || stays }] }
    }
    case 'CountStock':
      return { accept: [{ type: 'StockCounted', act, ...command.payload }] }
    case 'ReleaseStock': {
      const { location, lot, reason } = command.payload
      if (!may(actor, 'ReleaseStock')) return { refuse: { type: 'wrong-role', roles: [...STOCK_COMMANDS.ReleaseStock.roles] } }
      if (!command.signed) return { refuse: { type: 'unsigned' } }
      if (entryAt(product, { location, lot })?.held !== true) return { refuse: { type: 'not-held' } }
      return { accept: [{ type: 'StockReleased', act, location, lot, reason }] }
    }
    case 'SettleStock': {
      const { question: id, decision, note } = command.payload
      if (!may(actor, 'SettleStock')) return { refuse: { type: 'wrong-role', roles: [...STOCK_COMMANDS.SettleStock.roles] } }
      if (!command.signed) return { refuse: { type: 'unsigned' } }
      const question = product.questions?.find((each) => each.id === id)
      if (!question || (decision === 'late' && question.kind !== 'count-differs')) return { refuse: { type: 'no-exception', exception: id } }
      return { accept: [{ type: 'StockSettled', act, question, decision, note }] }
    }
    case 'CorrectProduct': {
      if (!may(actor, 'CorrectProduct')) return { refuse: { type: 'wrong-role', roles: [...STOCK_COMMANDS.CorrectProduct.roles] } }
      if (!command.signed) return { refuse: { type: 'unsigned' } }
      const card = corrected(product, command.payload)
      if (card.unit && product.stock.length > 0) return { refuse: { type: 'stock-lies', places: product.stock.length } }
      return { accept: Object.keys(card).length > 0 ? [{ type: 'ProductCorrected', act, card }] : [] }
    }
  }
}

/** What of it is other than it stands there. */
export function corrected(product: Product, card: Correction): Correction {
  return Object.fromEntries(Object.entries(card).filter(([key, value]) => value !== undefined && product[key as keyof Correction] !== value))
}

const may = (actor: Actor, type: StockCommandType): boolean => STOCK_COMMANDS[type].roles.some((role) => actor.roles.includes(role))
