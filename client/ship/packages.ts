/** How the goods of an order are packed unless somebody says otherwise: every roll by itself, all the rest on one pallet. */
import type { Payload } from '../../shared/order/commands.ts'
import { lineOf, type Order, pickedOf, shippedLines } from '../../shared/order/order.ts'
import { packageCode, seriesOf } from '../../shared/order/package-code.ts'
import type { Site } from '../../shared/site/site.ts'
import type { Numbers } from '../issue.ts'

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
      return Array.from({ length: pick.quantity - pick.back }, (): Parcel => ({ no: 1, kind: 'roll', grams, contents: [{ line, quantity: 1, ...lotted(pick.lot) }] }))
    })
}

function together(order: Order, rows: ReturnType<typeof shippedLines>): Parcel {
  const contents = rows.map(({ line, quantity }) => ({ line: line.no, quantity, ...lotted(lotIn(order, line.no)) }))
  return { no: 1, kind: 'pallet', grams: gramsOfContents(order, contents), contents }
}

/** The one lot that lies in the pile of a line; '' when there are several. */
export function lotIn(order: Order, line: number): string {
  const lots = [...new Set(order.picks.filter((pick) => pick.line === line && pick.quantity > pick.back).map((pick) => pick.lot))]
  return lots.length === 1 ? (lots[0] ?? '') : ''
}
const lotted = (lot: string): { lot?: string } => (lot === '' ? {} : { lot })

/** What is written on it was of these goods: another content is another package, with a number of its own. */
export function repacked(parcel: Parcel, contents: Parcel['contents'], grams: number): Parcel {
  const { code: _, ...rest } = parcel
  return { ...rest, contents, grams }
}

/** One package as so many, each with as much of every line as goes up evenly; the first ones have one more. Null when there is not enough for that. */
export function split(order: Order, parcels: readonly Parcel[], at: number, into: number): Parcel[] | null {
  const parcel = parcels[at]
  if (!parcel || into < 2 || parcel.contents.length === 0 || parcels.length - 1 + into > MOST_PARCELS) return null
  const parts = Array.from({ length: into }, (_, i): Parcel => {
    const contents = parcel.contents.flatMap((each) => {
      const quantity = Math.floor(each.quantity / into) + (i < each.quantity % into ? 1 : 0)
      return quantity > 0 ? [{ ...each, quantity }] : []
    })
    return repacked(parcel, contents, gramsOfContents(order, contents))
  })
  if (parts.some(({ contents }) => contents.length === 0)) return null
  // What the scale said of the whole is shared out as the goods are.
  const whole = gramsOfContents(order, parcel.contents)
  if (whole > 0 && parcel.grams !== whole) {
    let left = parcel.grams
    for (const [i, part] of parts.entries()) {
      part.grams = i === into - 1 ? left : Math.round((parcel.grams * part.grams) / whole)
      left -= part.grams
    }
  }
  return numbered([...parcels.slice(0, at), ...parts, ...parcels.slice(at + 1)])
}
const MOST_PARCELS = 2000

/** Puts one package into another, which keeps its kind. */
export function merge(parcels: readonly Parcel[], at: number, to: number): Parcel[] {
  const [from, into] = [parcels[at], parcels[to]]
  if (!from || !into || at === to) return [...parcels]
  const contents = from.contents.reduce((all, each) => added(all, each), into.contents)
  const merged = repacked(into, contents, from.grams + into.grams)
  return numbered(parcels.flatMap((parcel, i) => (i === at ? [] : i === to ? [merged] : [parcel])))
}
function added(contents: Parcel['contents'], more: Parcel['contents'][number]): Parcel['contents'] {
  const same = contents.find((each) => each.line === more.line && each.lot === more.lot)
  return same ? contents.map((each) => (each === same ? { ...each, quantity: each.quantity + more.quantity } : each)) : [...contents, more].sort((a, b) => a.line - b.line)
}

/** What was packed before, to be packed again: what stays as it is keeps its number. */
export function asBefore(order: Order): Parcel[] {
  return order.packages.map(({ no, kind, grams, contents, code, sizeMm }) => ({
    no,
    kind: PARCEL_KINDS.find((each) => each === kind) ?? 'loose',
    grams,
    contents: contents.map((each) => ({ ...each })),
    ...(code === undefined ? {} : { code }),
    ...(sizeMm ? { sizeMm: { ...sizeMm } } : {}),
  }))
}

/** As they are recorded: each that has no number gets the next one of this device. */
export function coded(parcels: readonly Parcel[], sscc: Site['sscc'], numbers: Numbers): Parcel[] {
  return parcels.map((parcel) => ({ ...parcel, code: parcel.code ?? packageCode(numbers.count(seriesOf(sscc)), sscc) }))
}

const sum = <T>(of: readonly T[], what: (each: T) => number): number => of.reduce((total, each) => total + what(each), 0)
