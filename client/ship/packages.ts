/** How the goods of an order are packed unless somebody says otherwise: every roll by itself, all the rest on one pallet. */
import type { Payload } from '../../shared/order/commands.ts'
import { lineOf, type Order, pickedOf, shippedLines } from '../../shared/order/order.ts'

export type Parcel = Payload<'Pack'>['packages'][number]
export type ParcelKind = Parcel['kind']
export const PARCEL_KINDS = ['roll', 'pallet', 'carton', 'crate', 'loose'] as const satisfies readonly ParcelKind[]

/** More rolls than this are not packages of their own: a command holds 2,000 packages. */
const MOST = 1000

export function packagesFor(order: Order): Parcel[] {
  const rows = shippedLines(order)
  const rolls = rows.filter(({ line }) => line.unit === 'roll')
  const single = rolls.reduce((sum, { quantity }) => sum + quantity, 0) <= MOST
  const parcels = single ? rolls.flatMap(({ line }) => rollsOf(order, line.no)) : []
  const rest = single ? rows.filter(({ line }) => line.unit !== 'roll') : rows
  if (rest.length > 0) parcels.push(together(order, rest))
  return numbered(parcels)
}

/** Everything on one pallet. */
export function onePallet(order: Order): Parcel[] {
  const rows = shippedLines(order)
  return rows.length > 0 ? numbered([together(order, rows)]) : []
}

/** Packages are counted from 1 without gaps, whatever was taken away. */
export function numbered(parcels: readonly Parcel[]): Parcel[] {
  return parcels.map((parcel, i) => ({ ...parcel, no: i + 1 }))
}

/** What of a line's pile is in no package yet; below zero when more is packed than was picked. */
export function unpackedOf(order: Order, parcels: readonly Parcel[], no: number): number {
  const packed = parcels.flatMap(({ contents }) => contents).reduce((sum, each) => (each.line === no ? sum + each.quantity : sum), 0)
  return pickedOf(order, no) - packed
}

/** What goods of a line weigh: as the picked ones were weighed, otherwise as the order expects; 0 when nobody knows. */
export function gramsOfGoods(order: Order, no: number, quantity: number): number {
  const weighed = order.picks.filter((pick) => pick.line === no && pick.grams > 0)
  const line = lineOf(order, no)
  if (line?.unit === 'kg') return quantity
  if (weighed.length > 0) return Math.round((sum(weighed, (pick) => pick.grams) * quantity) / sum(weighed, (pick) => pick.quantity))
  return line && line.unit !== 'm' ? line.grams * quantity : 0
}
export function gramsOfContents(order: Order, contents: Parcel['contents']): number {
  return sum(contents, (each) => gramsOfGoods(order, each.line, each.quantity))
}

/** A roll keeps the weight that its own pick was weighed with. */
function rollsOf(order: Order, line: number): Parcel[] {
  return order.picks
    .filter((pick) => pick.line === line)
    .flatMap((pick) => {
      const grams = pick.grams > 0 ? Math.round(pick.grams / pick.quantity) : gramsOfGoods(order, line, 1)
      return Array.from({ length: pick.quantity - pick.back }, (): Parcel => ({ no: 1, kind: 'roll', grams, contents: [{ line, quantity: 1 }] }))
    })
}

function together(order: Order, rows: ReturnType<typeof shippedLines>): Parcel {
  const contents = rows.map(({ line, quantity }) => ({ line: line.no, quantity }))
  return { no: 1, kind: 'pallet', grams: gramsOfContents(order, contents), contents }
}

const sum = <T>(of: readonly T[], what: (each: T) => number): number => of.reduce((total, each) => total + what(each), 0)
