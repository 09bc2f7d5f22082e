/** A person of a site, as every enrolled device of the site may know them. PINs are never part of it. */
import type { Role } from './role.ts'

export type Person = {
  kind: 'person'
  id: string
  site: string
  version: number
  name: string
  roles: Role[]
  active: boolean
}
