/** What can be asked of a trip. Departure and arrival are facts of the orders on it. */
import * as z from 'zod/mini'
import type { Role } from '../people/role.ts'

const PLANNERS: readonly Role[] = ['shipper', 'service', 'service-supervisor', 'supervisor']
export const TripForm = z.object({
  number: z.string().check(z.minLength(1), z.maxLength(60)),
  driver: z.string().check(z.minLength(1), z.maxLength(64)),
  driverName: z.string().check(z.minLength(1), z.maxLength(120)),
  vehicle: z.string().check(z.maxLength(60)),
  plannedAt: z.iso.datetime().check(z.maxLength(30)),
  note: z.string().check(z.maxLength(1000)),
})
export type TripForm = z.infer<typeof TripForm>

export const TRIP_COMMANDS = {
  PlanTrip: { kind: 'request', payload: TripForm, roles: PLANNERS, pin: false, v: 1 },
  ChangeTrip: { kind: 'request', payload: TripForm, roles: PLANNERS, pin: false, v: 1 },
} as const
export type TripCommandType = keyof typeof TRIP_COMMANDS
/** One type per command, so that `Extract` finds it. */
export type TripCommand = { [T in TripCommandType]: { id: string; doc: string; type: T; at: string; signed: boolean; payload: TripForm } }[TripCommandType]
export type TripEvent = { type: 'TripPlanned'; site: string; form: TripForm } | { type: 'TripChanged'; form: TripForm }
