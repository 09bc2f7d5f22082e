/** A trip: a driver, a vehicle, a time. Its stops are the orders that say they are on it. */
export type Trip = {
  kind: 'trip'
  id: string
  site: string
  version: number
  number: string
  driver: string
  driverName: string
  vehicle: string
  plannedAt: string
  note: string
}
