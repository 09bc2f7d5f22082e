/** Where a person goes after the PIN: where the link led, if that is a place of ours. */
import type { Role } from '../../shared/people/role.ts'
import { firstPlace } from '../shell/places.ts'

/** A path of this origin; null for anything else (another host, a scheme, the sign-in itself). */
export function pathIn(wanted: unknown, origin: string): string | null {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, origin)) return null
  const url = new URL(wanted, origin)
  if (url.origin !== origin || url.pathname.startsWith('//') || url.pathname.startsWith('/sign-in')) return null
  return `${url.pathname}${url.search}${url.hash}`
}

export function wayFor(roles: readonly Role[], wanted: unknown, origin: string): string {
  return pathIn(wanted, origin) ?? firstPlace(roles)
}
