/** What the desk asks of the orders: windows of lists, figures, and what an order form may suggest. Nothing here walks all orders. */
import type { Order } from '../../shared/order/order.ts'
import type { Product } from '../../shared/product/product.ts'
import type { Body } from '../../shared/sync/doc.ts'
import { folded } from '../../shared/work/text.ts'
import type { DeviceDb } from '../db.ts'
import { type Row, rowsById } from '../rows.ts'
import { countOf } from './docs.ts'
import { rowsIn, type Span, sizeOf, type Window } from './lists.ts'
import { idsWith } from './texts.ts'

/** A whole list has its figure kept; a part of one is counted, without reading an order. */
export async function countIn(db: DeviceDb, spans: readonly Span[]): Promise<number> {
  const counts = await Promise.all(spans.map((span) => (span.from === undefined && span.before === undefined ? countOf(db, span.list) : sizeOf(db, span))))
  return counts.reduce((sum, each) => sum + each, 0)
}

/** A window of a span. */
export async function ordersAt(db: DeviceDb, span: Span, window: Window): Promise<Order[]> {
  return (await rowsIn(db, span, window)).map((row) => row.doc.body).filter(isOrder)
}

const NEVER = '9999'
const promised = (order: Order) => `${order.promisedAt ?? NEVER} ${order.number}`

/** The first of several spans together by promised date, each order once. Reads at most `limit` of each. */
export async function firstAcross(db: DeviceDb, spans: readonly Span[], { limit, reverse = false }: { limit: number; reverse?: boolean }): Promise<Order[]> {
  const found = await Promise.all(spans.map((span) => ordersAt(db, span, { limit, reverse })))
  const once = new Map(found.flat().map((order) => [order.id, order]))
  const sorted = [...once.values()].sort((a, b) => (promised(a) < promised(b) ? -1 : 1))
  return (reverse ? sorted.reverse() : sorted).slice(0, limit)
}

const isOrder = (body: Body): body is Order => body.kind === 'order'
const isProduct = (body: Body): body is Product => body.kind === 'product'
const newest = (a: Order, b: Order) => (a.placedAt > b.placedAt ? -1 : 1)
/** Docs read to make a suggestion; more than these are never looked at. */
const MOST = 200

/** Of the docs with a word that begins like this, those that were made last. */
const withWord = async (db: DeviceDb, word: string): Promise<Row[]> => [...(await rowsById(db, await idsWith(db, [word], MOST))).values()]
const longestWord = (text: string): string | undefined =>
  folded(text).split(/[\s,;()（）、，]+/u).sort((a, b) => b.length - a.length)[0]

/** The newest orders of customers whose name or number is like what was typed, one per customer. */
export async function customersLike(db: DeviceDb, typed: string, limit = 6): Promise<Order[]> {
  const word = longestWord(typed)
  if (!word) return []
  const wanted = folded(typed).trim()
  const orders = (await withWord(db, word)).map((row) => row.doc.body).filter(isOrder)
  const fits = orders.filter(({ customer }) => folded(customer.name).includes(wanted) || folded(customer.id).startsWith(wanted))
  const byCustomer = new Map<string, Order>()
  for (const order of fits.sort(newest)) if (!byCustomer.has(order.customer.name)) byCustomer.set(order.customer.name, order)
  return [...byCustomer.values()].slice(0, limit)
}

/** Products whose number begins, or whose name has a word that begins, like what was typed. */
export async function productsLike(db: DeviceDb, typed: string, limit = 6): Promise<Product[]> {
  const text = typed.trim()
  if (text === '') return []
  const skus = [...new Set([text, text.toUpperCase()])]
  const byNumber = await Promise.all(skus.map((sku) => db.docs.where('lists').startsWith(`products|${sku}`).limit(limit).toArray()))
  const word = longestWord(text)
  // Words of product names are in no order, so this range holds products alone unless a customer is called like one.
  const byName = word ? await withWord(db, word) : []
  const found = new Map([...byNumber.flat(), ...byName].map((row) => row.doc.body).filter(isProduct).map((product) => [product.sku, product]))
  return [...found.values()].slice(0, limit)
}

export type LastPrice = { price: number; grams: number; order: string; at: string }
/** What this product was last sold for, in that money: to this customer if they ever bought it, otherwise to anyone. */
export async function lastPriceOf(db: DeviceDb, sku: string, { customer, currency }: { customer: string; currency: string }): Promise<LastPrice | null> {
  const word = longestWord(sku)
  if (!word) return null
  const orders = (await withWord(db, word)).map((row) => row.doc.body).filter(isOrder).filter((order) => order.currency === currency).sort(newest)
  const priced = orders.flatMap((order) => {
    const line = order.lines.find((each) => each.sku === sku && each.price > 0)
    return line ? [{ customer: order.customer.name, price: line.price, grams: line.grams, order: order.number, at: order.placedAt }] : []
  })
  const best = priced.find((each) => each.customer === customer) ?? priced[0]
  return best ? { price: best.price, grams: best.grams, order: best.order, at: best.at } : null
}
