/** trip + command → events or a refusal, and trip + event → trip. */
import type { Refusal } from '../order/refusal.ts'
import type { Actor } from '../people/role.ts'
import { TRIP_COMMANDS, type TripCommand, type TripEvent } from './commands.ts'
import type { Trip } from './trip.ts'

export function decideTrip(trip: Trip | null, command: TripCommand, actor: Actor): { accept: TripEvent[] } | { refuse: Refusal } {
  const { roles } = TRIP_COMMANDS[command.type]
  if (!roles.some((role) => actor.roles.includes(role))) return { refuse: { type: 'wrong-role', roles: [...roles] } }
  if (command.type === 'ChangeTrip')
    return trip ? { accept: [{ type: 'TripChanged', form: command.payload }] } : { refuse: { type: 'no-order' } }
  if (trip) return { refuse: { type: 'trip-exists', number: trip.number } }
  return { accept: [{ type: 'TripPlanned', site: actor.site, form: command.payload }] }
}

export function evolveTrip(trip: Trip | null, event: TripEvent, id: string): Trip {
  if (event.type === 'TripPlanned') return { ...event.form, kind: 'trip', id, site: event.site, version: 1 }
  if (!trip) throw new Error(`the log of trip ${id} begins with ${event.type}, wanted TripPlanned`)
  return { ...trip, ...event.form, version: trip.version + 1 }
}
