/** A product and what is said of it, as the rules hear it: by somebody who may say anything. */
import type { Actor } from '../../../shared/people/role.ts'
import type { Product } from '../../../shared/product/product.ts'
import type { StockCommand } from '../../../shared/stock/commands.ts'
import { decideStock } from '../../../shared/stock/decide.ts'
import { evolveStock } from '../../../shared/stock/evolve.ts'
import { LIN } from '../work/picking.ts'

export const BOSS: Actor = { ...LIN, roles: ['supervisor'] }
let count = 0
export type Said = StockCommand extends infer C ? (C extends StockCommand ? Pick<C, 'type' | 'payload'> & { at?: string; signed?: boolean } : never) : never
export const ask = (product: Product | null, said: Said, actor = LIN) => decideStock(product, { id: `s${++count}`, doc: 'p', at: '2026-11-24T02:00:00.000Z', signed: true, ...said } as StockCommand, actor)
export function told(product: Product | null, ...list: Said[]): Product {
  let state = product
  for (const said of list) {
    const answer = ask(state, said, BOSS)
    if ('refuse' in answer) throw new Error(`${said.type} was refused: ${answer.refuse.type}`)
    for (const event of answer.accept) state = evolveStock(state, event, 'p')
  }
  if (!state) throw new Error('no product')
  return state
}
export const lies = ({ stock }: Product) => Object.fromEntries(stock.map(({ location, lot, quantity }) => [`${location} ${lot}`, quantity]))

export const card = { sku: 'BX', name: '雙銅紙', spec: '', unit: 'roll' as const, grams: 412_000, barcode: '' }
export const receive = (lot: string, location: string, quantity = 1): Said => ({ type: 'ReceiveGoods', payload: { product: card, location, lot, quantity, grams: 412_000 * quantity, receivedOn: '2026-11-24', expires: null, held: false, note: '' } })
export const move = (lot: string, from: string, to: string, quantity = 1): Said => ({ type: 'MoveStock', payload: { lot, from, to, quantity, grams: 412_000 * quantity, receivedOn: '2026-11-24', expires: null, held: false } })
export const counted = (lot: string, location: string, expected: number, found: number, at = '2026-11-24T02:00:00.000Z'): Said => ({ type: 'CountStock', at, payload: { location, lot, expected, counted: found, grams: 0, receivedOn: '2026-11-24' } })
export const settle = (question: string | undefined, decision: 'accept' | 'late'): Said => ({ type: 'SettleStock', payload: { question: question ?? '', decision, note: '' } })
