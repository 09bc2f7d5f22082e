/**
 * Orders go where their trip goes. Each says itself who drives it and with what, so that the right device holds it; but who
 * changes a trip may not know every order on it, and who puts an order on it may not know its newest driver.
 */
import type { Act } from '../../shared/order/order.ts'
import { type Doc, type DocEvent, evolveBody } from '../../shared/sync/doc.ts'
import type { Trip } from '../../shared/trip/trip.ts'

/** The docs as they are at this point of the batch. */
export type Shelf = { doc(id: string): Promise<Doc | null>; onTrip(trip: string): Promise<Doc[]> }
export type Followed = { doc: Doc; event: DocEvent }

/** What the events on doc `id` make of the orders of a trip. */
export async function tripFollows(events: readonly DocEvent[], id: string, act: Act, shelf: Shelf): Promise<Followed[]> {
  const follows: (Followed | null)[] = []
  for (const event of events) {
    if (event.type === 'TripPlanned' || event.type === 'TripChanged') {
      const trip = await shelf.doc(id)
      for (const order of await shelf.onTrip(id)) follows.push(goesWith(order, trip, act))
    }
    if (event.type === 'PutOnTrip') follows.push(goesWith(await shelf.doc(id), await shelf.doc(event.trip.id), act))
  }
  return follows.filter((each) => each !== null)
}

/** Null where nothing differs. What was signed for stays with who delivered it. */
function goesWith(order: Doc | null, trip: Doc | null, act: Act): Followed | null {
  if (order?.body.kind !== 'order' || trip?.body.kind !== 'trip') return null
  const { trip: stop, receipt } = order.body
  if (!stop || receipt || sameWay(stop, trip.body)) return null
  const { number, driver, driverName, vehicle } = trip.body
  const event: DocEvent = { type: 'PutOnTrip', act, trip: { ...stop, number, driver, driverName, vehicle } }
  return { event, doc: { body: evolveBody(order.body, event, order.body.id), applied: order.applied } }
}

type Way = Pick<Trip, 'number' | 'driver' | 'driverName' | 'vehicle'>
function sameWay(a: Way, b: Way): boolean {
  return a.number === b.number && a.driver === b.driver && a.driverName === b.driverName && a.vehicle === b.vehicle
}
