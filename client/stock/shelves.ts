/** What lies at a place, of a lot or of a product: asked of this device's tables, what waits here included. */
import type { Product, Stock } from '../../shared/product/product.ts'
import { isGtin } from '../../shared/scan/gs1/digits.ts'
import { lotOf, namesLot, namesPlace, namesProduct, type Scan } from '../../shared/scan/scan.ts'
import type { ProductCard } from '../../shared/stock/commands.ts'
import { labelled } from '../../shared/stock/label.ts'
import { atPlace, codeOf } from '../../shared/work/text.ts'
import { comparePlaces } from '../../shared/work/walk.ts'
import type { DeviceDb } from '../db.ts'
import { productsLike } from '../live/orders.ts'
import { productsIn, productsMoving, productsOf } from '../live/stock.ts'
import { placesLeft } from '../places.ts'

export type Lying = { product: Product; entry: Stock }
/** `place`: as it is written where something lies, or as places here are written; '' when a lot or a product was asked for. */
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
  const lots = all.filter(({ product, entry }) => (namesLot(scan, entry.lot) || namesLot(scan, entry.supplierLot ?? '')) && (scan.is !== 'label' || scan.products.length === 0 || namesProduct(scan, product)))
  if (lots.length > 0) return foundOf(lots)
  const named = known.filter((product) => namesProduct(scan, product))
  const like = named.length > 0 ? named : [...(await productsOf(db, (await productsLike(db, scan.text)).map(({ sku }) => sku))).values()]
  // Nothing lies there now: a place all the same.
  if (like.length === 0 && scan.is === 'plain' && (await placesKnown(db)).fits(scan.text)) return { place: scan.text.trim().toUpperCase(), products: [], lying: [] }
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

/** What lies somewhere and may not be taken yet, what came in first before the rest. */
export async function lyingHeld(db: DeviceDb): Promise<Lying[]> {
  const rows = await db.docs.where('lists').startsWith('held|').limit(MOST).toArray()
  const held = (await productsIn(db, rows)).flatMap((product) => product.stock.filter((each) => each.held).map((entry) => ({ product, entry })))
  return held.toSorted((a, b) => (a.entry.receivedOn < b.entry.receivedOn ? -1 : a.entry.receivedOn > b.entry.receivedOn ? 1 : comparePlaces(a.entry.location, b.entry.location)))
}

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

/** What a scan says of a product that nobody knows here. */
export function cardFrom(scan: Scan | null): ProductCard {
  const blank: ProductCard = { sku: '', name: '', spec: '', unit: 'roll', grams: 0, barcode: '' }
  if (scan?.is === 'label') return { ...blank, sku: scan.meaning.additionalId ?? scan.meaning.customerPartNumber ?? '', barcode: scan.products[0] ?? '' }
  if (scan?.is !== 'plain') return blank
  const text = scan.text.trim()
  return isGtin(text) ? { ...blank, barcode: text } : { ...blank, sku: text.toUpperCase() }
}

/** Letters and digits alike: A-03-1 and B-12-4 are places of one kind. */
const shapeOf = (code: string): string => code.replaceAll(/[a-z]/g, 'a').replaceAll(/\d/g, '9')
/**
 * Places here, and how they are written: what was never a place may become one. Known is where something lies, and what was emptied since this
 * device holds the site. What was emptied before that is in no index, only in the picks of orders: too many to read for one question that a tap answers.
 */
export async function placesKnown(db: DeviceDb): Promise<{ none: boolean; has(code: string): boolean; fits(code: string): boolean }> {
  const [now, left] = await Promise.all([db.docs.where('codes').startsWith('@').uniqueKeys(), placesLeft(db)])
  const places = new Set([...now.map(String), ...left])
  const shapes = new Set([...places].map(shapeOf))
  const has = (code: string) => places.has(atPlace(code))
  return { none: places.size === 0, has, fits: (code) => has(code) || shapes.has(shapeOf(atPlace(code))) }
}

/** Whether something lies or lay there; `labelled`: or it was scanned and is written like the places here. Where nothing ever lay, any place will do. */
export async function isPlace(db: DeviceDb, place: string, labelled: boolean): Promise<boolean> {
  const code = atPlace(place)
  if ((await db.docs.where('codes').equals(code).count()) > 0) return true
  if ((await productsMoving(db)).some(({ stock }) => stock.some(({ location }) => atPlace(location) === code))) return true
  const known = await placesKnown(db)
  return known.none || known.has(place) || (labelled && known.fits(place))
}

/** The lot that was scanned, as it is written here; '' when the code names only the product. */
export function lotIn(scan: Scan, product: Product): string {
  const known = product.stock.find((each) => namesLot(scan, each.lot))
  if (known) return known.lot
  if (scan.is !== 'label') return namesProduct(scan, product) ? '' : lotOf(scan)
  const says = labelled(scan, product, product.unit)
  return 'wrong' in says ? '' : says.lot
}
