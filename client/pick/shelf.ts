/** What the picker's screen asks of the tables: the order, the shelves of its products, and what others have taken from them. */
import type { Order } from '../../shared/order/order.ts'
import type { Product } from '../../shared/product/product.ts'
import { namesLot, namesProduct, type Scan } from '../../shared/scan/scan.ts'
import { codeOf } from '../../shared/work/lists.ts'
import { type Source, type Stop, type Taken, takenBy, takeOf, walkOf } from '../../shared/work/walk.ts'
import type { DeviceDb } from '../db.ts'
import { productsOf } from '../live/docs.ts'
import { bundledWithLots } from '../bundle.ts'

/** What lies where, and what others have of it. */
export type Shelf = { products: ReadonlyMap<string, Product>; taken: Taken }
export type Job = { order: Order; products: ReadonlyMap<string, Product>; walk: Stop[]; waiting: ReadonlySet<string> }

/** What a key on the screen said it would take. */
export type Shown = { line: number; open: number; take: Source }

/** Whether it is still so: a second tap, or one on a screen that is behind, takes nothing. */
export function isWanted(walk: readonly Stop[], { line, open, take }: Shown): boolean {
  const stop = walk.find((each) => each.line.no === line)
  return stop !== undefined && stop.open === open && takeOf(stop).lot === take.lot
}

/** Bounds the look-ups of one order, however many lines it has: beyond them a roll that is gone may be offered, and the shelf says so. */
const MOST_LOTS = 200
const MOST_ORDERS = 100
const MOST_BUNDLES = 8

export const skusOf = (order: Order): string[] => [...new Set(order.lines.map((line) => line.sku))]

/** Of what an order wants; `order` itself takes nothing from it. */
export async function shelfOf(db: DeviceDb, order: string, skus: readonly string[]): Promise<Shelf> {
  const products = await productsOf(db, skus)
  return { products, taken: await takenElsewhere(db, order, products) }
}

export async function walkOfOrder(db: DeviceDb, order: Order, usual = ''): Promise<Stop[]> {
  const { products, taken } = await shelfOf(db, order.id, skusOf(order))
  return walkOf(order, products, taken, usual)
}

/** By the codes under which orders are found: the lots their picks name. */
async function takenElsewhere(db: DeviceDb, order: string, products: ReadonlyMap<string, Product>): Promise<Taken> {
  const lots = [...products.values()].flatMap(({ stock }) => stock.flatMap(({ lot }) => (lot === '' ? [] : [codeOf(lot)])))
  const taken = new Map<string, number>()
  if (lots.length === 0) return taken
  const ids = await db.docs.where('codes').anyOf(lots.slice(0, MOST_LOTS)).limit(MOST_ORDERS).primaryKeys()
  const rows = await db.docs.bulkGet([...new Set(ids)].filter((id) => id !== order))
  for (const row of [...rows, ...(await bundledWithLots(db, lots.slice(0, MOST_LOTS), MOST_BUNDLES))])
    if (row?.doc.body.kind === 'order' && row.id !== order) for (const [key, quantity] of takenBy(row.doc.body)) taken.set(key, (taken.get(key) ?? 0) + quantity)
  return taken
}

/** Whose code it is, for a wrong scan to say what was read: by lot, number or barcode. */
export async function productByScan(db: DeviceDb, scan: Scan): Promise<{ product: Product; lot: string } | null> {
  const codes = [scan.code, ...(scan.is === 'label' ? [...scan.lots.map(codeOf), ...scan.products, ...scan.products.map((each) => each.replace(/^0+/, ''))] : [])].filter((code) => code !== '')
  if (codes.length === 0) return null
  const rows = await db.docs.where('codes').anyOf(codes).limit(20).toArray()
  const products = rows.map((row) => row.doc.body).filter((body) => body.kind === 'product')
  const byLot = products.flatMap((product) => product.stock.filter((each) => namesLot(scan, each.lot)).map(({ lot }) => ({ product, lot })))
  const byNumber = products.filter((product) => namesProduct(scan, product)).map((product) => ({ product, lot: '' }))
  return [...byLot, ...byNumber][0] ?? null
}
