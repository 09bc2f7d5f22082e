/** The questions screens ask of the docs. Each reads a range of one index: the work does not grow with the number of orders. */
import type { Order } from '../../shared/order/order.ts'
import type { Person } from '../../shared/people/person.ts'
import type { Site } from '../../shared/site/site.ts'
import type { Body } from '../../shared/sync/doc.ts'
import type { Trip } from '../../shared/trip/trip.ts'
import { folded } from '../../shared/work/text.ts'
import type { DeviceDb, Queued } from '../db.ts'
import { type Row, rowsById } from '../rows.ts'
import { rowsIn } from './lists.ts'
import { idsWith } from './texts.ts'

export type Range = {
  /** ranks from this on, inclusive */
  from?: string
  /** ranks before this, exclusive */
  before?: string
  offset?: number
  limit?: number
  /** highest rank first */
  reverse?: boolean
}

const rowsOf = (db: DeviceDb, list: string, { offset = 0, limit = 100, reverse = false, ...span }: Range): Promise<Row[]> => rowsIn(db, { list, ...span }, { offset, limit, reverse })

const isOrder = (body: Body): body is Order => body.kind === 'order'
const isTrip = (body: Body): body is Trip => body.kind === 'trip'
const isPerson = (body: Body): body is Person => body.kind === 'person'

/** Orders of a list (shared/work/lists.ts) in its order. */
export async function ordersIn(db: DeviceDb, list: string, range: Range = {}): Promise<Order[]> {
  return (await rowsOf(db, list, range)).map((row) => row.doc.body).filter(isOrder)
}
export async function tripsIn(db: DeviceDb, list: string, range: Range = {}): Promise<Trip[]> {
  return (await rowsOf(db, list, range)).map((row) => row.doc.body).filter(isTrip)
}
export async function peopleHere(db: DeviceDb): Promise<Person[]> {
  return (await rowsOf(db, 'people', { limit: 1000 })).map((row) => row.doc.body).filter(isPerson)
}
export async function siteHere(db: DeviceDb): Promise<Site | null> {
  const [row] = await rowsOf(db, 'site', { limit: 1 })
  return row?.doc.body.kind === 'site' ? row.doc.body : null
}

export async function orderById(db: DeviceDb, id: string): Promise<Order | null> {
  const body = (await rowsById(db, [id])).get(id)?.doc.body
  return body?.kind === 'order' ? body : null
}
export async function tripById(db: DeviceDb, id: string): Promise<Trip | null> {
  const body = (await rowsById(db, [id])).get(id)?.doc.body
  return body?.kind === 'trip' ? body : null
}

/** How many entries a list has: a figure that is kept, not counted. */
export async function countOf(db: DeviceDb, list: string): Promise<number> {
  return (await db.read('counts'))?.[list] ?? 0
}

/** Docs of which every word typed is the beginning of a word (number, customer, product, lot); those made last first. */
export async function search(db: DeviceDb, typed: string, limit = 50): Promise<Body[]> {
  const words = folded(typed).split(/\s+/u).filter((word) => word !== '')
  if (words.length === 0) return []
  const ids = await idsWith(db, words, limit)
  const rows = await rowsById(db, ids)
  return ids.flatMap((id) => rows.get(id)?.doc.body ?? [])
}

/** At most so many orders of those found, and whether there are more. Trips and products that are found, too, take no order's place. */
export async function ordersWith(db: DeviceDb, typed: string, most: number, among = most + 1): Promise<{ orders: Order[]; cut: boolean }> {
  const found = await search(db, typed, among)
  const orders = found.filter(isOrder)
  const cut = orders.length > most
  return cut || found.length < among ? { orders: orders.slice(0, most), cut } : ordersWith(db, typed, most, 4 * among)
}

/** What of an order is only on this device, oldest first: its commands without a verdict. */
export async function waitingOf(db: DeviceDb, doc: string): Promise<Queued[]> {
  return db.outbox.where('doc').equals(doc).sortBy('seq')
}
/** Ids of the commands that the server has not answered yet: what these did is 'on this device', everything else is recorded. */
export async function waitingIds(db: DeviceDb, doc: string): Promise<ReadonlySet<string>> {
  return new Set((await waitingOf(db, doc)).filter((command) => command.state === 'waiting').map((command) => command.id))
}
