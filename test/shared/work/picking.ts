/** An order at the picker's, made by the rules themselves: placed, confirmed, claimed; and products with their shelves. */
import type { Asked } from '../../../shared/order/commands.ts'
import { decide, fold } from '../../../shared/order/decide.ts'
import type { Line, OrderForm } from '../../../shared/order/form.ts'
import type { Order } from '../../../shared/order/order.ts'
import type { Unit } from '../../../shared/order/quantity.ts'
import type { Actor } from '../../../shared/people/role.ts'
import type { Product, Stock } from '../../../shared/product/product.ts'

export const LIN: Actor = { person: 'lin', name: '林淑惠', roles: ['warehouse', 'service', 'service-supervisor', 'supervisor'], site: 'mill', device: 'phone' }
export const WU: Actor = { ...LIN, person: 'wu', name: '吳建宏', device: 'other-phone' }

type Given = Asked extends infer C ? (C extends Asked ? Pick<C, 'type' | 'payload'> : never) : never

let made = 0
/** The order after what happened to it; a refusal is a mistake of the test. */
export function after(order: Order | null, by: Actor, ...happened: Given[]): Order {
  let state = order
  for (const each of happened) {
    made += 1
    const command = { ...each, id: `c${made}`, doc: 'so-1', at: '2026-11-24T02:00:00.000Z', signed: true } as Asked
    const answer = decide(state, command, by)
    if ('refuse' in answer) throw new Error(`${each.type} was refused: ${answer.refuse.type}`)
    state = fold(state, answer.accept, 'so-1')
  }
  if (!state) throw new Error('no order')
  return state
}

export function line(no: number, sku: string, quantity: number, unit: Unit): Line {
  return { no, sku, name: sku, spec: '', unit, quantity, price: 100, grams: 400_000 }
}

export function claimed(...lines: Line[]): Order {
  const form: OrderForm = {
    number: 'SO-2611-0417',
    source: { name: '', key: '' },
    process: 'stock',
    customer: { id: 'da', name: '大安印刷', grade: 'A' },
    terms: 'monthly',
    contact: '',
    phone: '',
    shipTo: '臺中市',
    currency: 'TWD',
    placedAt: '2026-11-23T02:00:00.000Z',
    promisedAt: '2026-11-25T06:30:00.000Z',
    tolerance: '',
    quality: '',
    packaging: '',
    delivery: '',
    clauses: '',
    memo: '',
    lines,
  }
  return after(null, LIN, { type: 'PlaceOrder', payload: form }, { type: 'SignGate', payload: { gate: 'confirmation', note: '' } }, { type: 'ClaimOrder', payload: {} })
}

export const roll = (lot: string, location: string, receivedOn = '2026-11-01'): Stock => ({ location, lot, quantity: 1, grams: 412_000, receivedOn })

export function shelves(...each: [sku: string, unit: Unit, stock: Stock[], barcode?: string][]): Map<string, Product> {
  return new Map(
    each.map(([sku, unit, stock, barcode = '']) => [sku, { kind: 'product', id: sku, site: 'mill', version: 1, sku, name: sku, spec: '', unit, grams: 0, barcode, stock }]),
  )
}
