/** What lies at a place, of a lot or of a product: asked of this device's tables, what waits here included. */
import type { Product, Stock } from '../../shared/product/product.ts'
import { namesLot, namesPlace, namesProduct, type Scan } from '../../shared/scan/scan.ts'
import { atPlace, codeOf } from '../../shared/work/lists.ts'
import { comparePlaces } from '../../shared/work/walk.ts'
import type { DeviceDb } from '../db.ts'
import { productsLike } from '../live/orders.ts'
import { productsIn, productsMoving, productsOf } from '../live/stock.ts'

export type Lying = { product: Product; entry: Stock }
/** `place`: as it is written where something lies; '' when a lot or a product was asked for. */
export type Found = { place: string; products: Product[]; lying: Lying[] }

const MOST = 200

export async function findLying(db: DeviceDb, scan: Scan): Promise<Found> {
  const labels = scan.is === 'label' ? [...scan.lots.map(codeOf), ...scan.products, ...scan.products.map((each) => each.replace(/^0+/, ''))] : []
  const codes = [atPlace(scan.code), scan.code, ...labels].filter((code) => code !== '')
  const rows = await db.docs.where('codes').anyOf([...new Set(codes)]).distinct().limit(MOST).toArray()
  const stored = await productsIn(db, rows)
  const known = [...stored, ...(await productsMoving(db)).filter(({ id }) => !stored.some((each) => each.id === id))]
  const all = known.flatMap((product) => product.stock.map((entry) => ({ product, entry })))
  const here = all.filter(({ entry }) => namesPlace(scan, entry.location))
  if (here.length > 0) return foundOf(here, here[0]?.entry.location)
  const lots = all.filter(({ product, entry }) => namesLot(scan, entry.lot) && (scan.is !== 'label' || scan.products.length === 0 || namesProduct(scan, product)))
  if (lots.length > 0) return foundOf(lots)
  const named = known.filter((product) => namesProduct(scan, product))
  const like = named.length > 0 ? named : [...(await productsOf(db, (await productsLike(db, scan.text)).map(({ sku }) => sku))).values()]
  return { place: '', products: like, lying: sorted(like.flatMap((product) => product.stock.map((entry) => ({ product, entry })))) }
}

const foundOf = (lying: Lying[], place = ''): Found => ({ place, lying: sorted(lying), products: [...new Set(lying.map(({ product }) => product))] })
const sorted = (lying: Lying[]) => lying.toSorted((a, b) => comparePlaces(a.entry.location, b.entry.location) || comparePlaces(a.entry.lot, b.entry.lot))

/** Products with an open question of their stock, the oldest first; then those of which what was picked here raises one. */
export async function productsAsked(db: DeviceDb): Promise<Product[]> {
  const rows = await db.docs.where('lists').startsWith('questions|').limit(50).toArray()
  const listed = await productsIn(db, rows)
  return [...listed, ...(await productsMoving(db)).filter(({ id }) => !listed.some((each) => each.id === id))].filter(({ questions = [] }) => questions.length > 0)
}

export const cardOf = ({ sku, name, spec, unit, grams, barcode }: Product) => ({ sku, name, spec, unit, grams, barcode })

/** What so much of a lot weighs: by its own weight where it is known, else by its product's. */
export function weightOf({ unit, grams }: Pick<Product, 'unit' | 'grams'>, entry: Pick<Stock, 'quantity' | 'grams'>, quantity: number): number {
  if (unit === 'kg') return quantity
  if (entry.quantity > 0 && entry.grams > 0) return Math.round((entry.grams * quantity) / entry.quantity)
  return unit === 'm' ? 0 : grams * quantity
}
/** So much of a lot with all that is known of it, as it goes to another place. */
export const carried = (product: Product, entry: Stock, quantity: number) => {
  const { lot, receivedOn, expires = null, held = false } = entry
  return { lot, quantity, grams: weightOf(product, entry, quantity), receivedOn, expires, held }
}
