/** What the picker's screen asks of the tables: the order and the shelves of its products. */
import type { Order } from '../../shared/order/order.ts'
import type { Product } from '../../shared/product/product.ts'
import { namesLot, namesProduct, type Scan } from '../../shared/scan/scan.ts'
import { codeOf } from '../../shared/work/text.ts'
import { type Source, type Stop, takeOf, walkOf } from '../../shared/work/walk.ts'
import type { DeviceDb } from '../db.ts'
import { orderById } from '../live/docs.ts'
import { productsIn, productsOf } from '../live/stock.ts'

/** What lies where, and the order as the shelves know it. */
export type Shelf = { products: ReadonlyMap<string, Product>; known: Order | null }
export type Job = { order: Order; products: ReadonlyMap<string, Product>; walk: Stop[]; waiting: ReadonlySet<string> }

/** What a key on the screen said it would take. */
export type Shown = { line: number; open: number; take: Source }

/** Whether it is still so: a second tap, or one on a screen that is behind, takes nothing. */
export function isWanted(walk: readonly Stop[], { line, open, take }: Shown): boolean {
  const stop = walk.find((each) => each.line.no === line)
  return stop !== undefined && stop.open === open && takeOf(stop).lot === take.lot
}

export const skusOf = (order: Order): string[] => [...new Set(order.lines.map((line) => line.sku))]

/** Both as they are in one moment. */
export function shelfOf(db: DeviceDb, order: string, skus: readonly string[]): Promise<Shelf> {
  return db.transaction('r', [db.outbox, ...db.copies()], async () => {
    const [products, known] = await Promise.all([productsOf(db, skus), orderById(db, order)])
    return { products, known }
  })
}

export async function walkOfOrder(db: DeviceDb, order: Order, usual = ''): Promise<Stop[]> {
  const { products, known } = await shelfOf(db, order.id, skusOf(order))
  return walkOf(order, products, known ?? order, usual)
}

/** Whether this person asked for the order here and was told that somebody has it. */
export async function claimRefused(db: DeviceDb, order: string, by: string): Promise<boolean> {
  const answers = await db.attention.where('doc').equals(order).toArray()
  return answers.some((each) => each.type === 'ClaimOrder' && each.by === by && each.verdict.reason?.type === 'claimed')
}

/** Whose code it is, for a wrong scan to say what was read: by lot, number or barcode. */
export async function productByScan(db: DeviceDb, scan: Scan): Promise<{ product: Product; lot: string } | null> {
  const codes = [scan.code, ...(scan.is === 'label' ? [...scan.lots.map(codeOf), ...scan.products, ...scan.products.map((each) => each.replace(/^0+/, ''))] : [])].filter((code) => code !== '')
  if (codes.length === 0) return null
  const rows = await db.docs.where('codes').anyOf(codes).limit(20).toArray()
  const products = await productsIn(db, rows)
  const byLot = products.flatMap((product) => product.stock.filter((each) => namesLot(scan, each.lot)).map(({ lot }) => ({ product, lot })))
  const byNumber = products.filter((product) => namesProduct(scan, product)).map((product) => ({ product, lot: '' }))
  return [...byLot, ...byNumber][0] ?? null
}
