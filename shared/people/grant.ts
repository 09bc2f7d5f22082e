/** A shift grant: the server's signed word that a person may work on a device until a time. The device reads it, the server proves it. */
import * as z from 'zod/mini'
import { type Actor, Role } from './role.ts'

export const Grant = z.object({
  id: z.string(),
  site: z.string(),
  device: z.string(),
  person: z.string(),
  name: z.string(),
  roles: z.array(Role),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
})
export type Grant = z.infer<typeof Grant>

/** Token form: base64url(JSON) + '.' + base64url(HMAC-SHA-256 of the first part). Returns null if the first part is no grant. */
export function readGrant(token: string): Grant | null {
  const body = token.split('.')[0] ?? ''
  try {
    const bytes = Uint8Array.from(atob(body.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    const parsed = Grant.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export function actorOf(grant: Grant): Actor {
  return { person: grant.person, name: grant.name, roles: grant.roles, site: grant.site, device: grant.device }
}
