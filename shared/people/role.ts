/** Who may do what: the roles of PROCESS.md's 'People', as one list. */
import * as z from 'zod/mini'

export const ROLES = [
  'sales',
  'service',
  'service-supervisor',
  'finance',
  'warehouse',
  'quality',
  'shipper',
  'driver',
  'supervisor',
] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** Roles that hold the whole site on their device. A driver without any of them holds the own trips only. */
export const SITE_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'driver')

/** Who acts: read from the grant a command names, never from the command itself. */
export type Actor = { person: string; name: string; roles: readonly Role[]; site: string; device: string }
