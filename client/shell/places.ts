/** Which places a person has, and which of them they come to first. */
import type { Role } from '../../shared/people/role.ts'
import type { IconName } from '../ui/icons.ts'

export type Place = { name: 'work' | 'stock' | 'trips' | 'orders' | 'import' | 'board' | 'devices' | 'people' | 'sync' | 'settings'; icon: IconName; roles: readonly Role[] | null }

/** In the order in which the menu shows them. Null roles: everyone. */
export const PLACES: readonly Place[] = [
  { name: 'work', icon: 'list', roles: ['warehouse', 'quality', 'shipper', 'supervisor'] },
  { name: 'stock', icon: 'scan', roles: ['warehouse', 'quality', 'shipper', 'supervisor'] },
  { name: 'trips', icon: 'truck', roles: ['driver', 'shipper', 'service', 'service-supervisor', 'supervisor'] },
  { name: 'orders', icon: 'document', roles: ['sales', 'service', 'service-supervisor', 'finance', 'shipper', 'supervisor'] },
  { name: 'import', icon: 'drop-file', roles: ['sales', 'service', 'service-supervisor'] },
  { name: 'board', icon: 'board', roles: ['supervisor', 'service-supervisor'] },
  { name: 'devices', icon: 'device', roles: ['supervisor'] },
  { name: 'people', icon: 'people', roles: ['supervisor'] },
  { name: 'sync', icon: 'refresh', roles: null },
  { name: 'settings', icon: 'gear', roles: null },
]

export function placesOf(roles: readonly Role[]): Place[] {
  return PLACES.filter((place) => place.roles === null || place.roles.some((role) => roles.includes(role)))
}

/** Where a person's day begins. */
export function firstPlace(roles: readonly Role[]): string {
  if (roles.includes('supervisor')) return '/board'
  if (roles.some((role) => role === 'service' || role === 'service-supervisor' || role === 'sales' || role === 'finance')) return '/orders'
  if (roles.includes('warehouse')) return '/work/pick'
  if (roles.includes('quality')) return '/work/inspect'
  if (roles.includes('shipper')) return '/work/ship'
  return '/trips'
}
