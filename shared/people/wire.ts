/** What the doors of identity take and give: set-up, enrolment, sign-in, people, devices. */
import * as z from 'zod/mini'
import type { About, QuarantineReason } from '../sync/wire.ts'
import { Role } from './role.ts'

const name = z.string().check(z.minLength(1), z.maxLength(120))
/** 4 to 8 digits. */
export const Pin = z.string().check(z.regex(/^\d{4,8}$/))
const Code = z.string().check(z.minLength(1), z.maxLength(80))
/** SPKI of the device's P-256 public key, base64; '' where the browser makes none. */
const PublicKey = z.string().check(z.maxLength(400))

export const NewDevice = z.object({ name, publicKey: PublicKey })

/** GET /api/instance → whether a set-up is still to be done. No secret in it. */
export type InstanceInfo = { ready: boolean; app: string }

/** POST /api/setup { code, … } → Enrolled & SignedIn. The code is printed by the server at its first start. */
export const SetupRequest = z.object({ code: Code, site: name, person: name, pin: Pin, example: z.boolean(), device: NewDevice })
export type SetupRequest = z.infer<typeof SetupRequest>

/**
 * POST /api/enrol { code, device } → Enrolled. The code is one that POST /api/codes or the server itself gave. Who was enrolled
 * before shows it by the token (and a grant) it had. `unsent`: acts that wait on it; they don't move to another site.
 */
export const EnrolRequest = z.object({ code: Code, device: NewDevice, unsent: z._default(z.int().check(z.minimum(0)), 0) })
export type EnrolRequest = z.infer<typeof EnrolRequest>
export type PersonCard = { id: string; name: string; roles: Role[] }
/** GET /api/site (device token): what a device may know before anyone signs in. `people`: those who may. */
export type SiteCard = { site: { id: string; name: string; zone: string; currency: string }; people: PersonCard[]; /** for what only the server may open (sync/rescue.ts) */ sealKey: string }
export type Enrolled = SiteCard & {
  device: { id: string; number: number; name: string }
  /** bearer token, shown once */
  token: string
}

/**
 * POST /api/sign-in { person, pin } (device token) → SignedIn. Problems: `wrong-pin` { left } says how many tries are left,
 * `pin-locked` { until, seconds } until when none is looked at (ISO UTC, and from now).
 */
export const SignInRequest = z.object({ person: z.string().check(z.maxLength(64)), pin: Pin })
export type SignInRequest = z.infer<typeof SignInRequest>
export type SignedIn = { grant: string }

/** POST /api/codes (supervisor) → a one-time enrolment code, ten minutes. As a link it is `/enrol#CODE`. */
export type NewCode = { code: string; expiresAt: string }

/** GET /api/people (supervisor) → PersonRecord[]; those who left too. */
export type PersonRecord = PersonCard & { active: boolean; hasPin: boolean; lockedUntil: string | null }
/** POST /api/people, PATCH /api/people/:id (supervisor) → PersonRecord. A null PIN leaves it as it is; a new one ends a lock. */
export const PersonForm = z.object({ name, roles: z.array(Role).check(z.minLength(1)), pin: z.nullable(Pin), active: z.boolean() })
export type PersonForm = z.infer<typeof PersonForm>

/** POST /api/devices/fork (device token) → a new identity for a device whose profile was cloned. */
export type Forked = { device: { id: string; number: number; name: string }; token: string }

/** PATCH /api/devices/:id (supervisor) → DeviceCard. */
export const DeviceForm = z.object({ name, revoked: z.boolean() })
export type DeviceForm = z.infer<typeof DeviceForm>

/** GET /api/devices (supervisor) → DeviceCard[] */
export type DeviceCard = {
  id: string
  number: number
  name: string
  enrolledAt: string
  revokedAt: string | null
  lastSeq: number
  seen: {
    at: string
    app: string
    person: string | null
    personName: string | null
    commands: number
    blobs: number
    oldest: string | null
    skewMs: number | null
    about: About | null
  } | null
}
/** One act that was set apart. `doc`: its order or trip, as it is called; `by`: '' when no grant tells. */
export type ApartAct = { type: string; doc: string; number: string; customer: string; at: string; by: string; payload: unknown }
export type Closed = { outcome: 'applied' | 'discarded'; by: string; name: string; at: string; reason: string }
/** GET /api/quarantine (supervisor) → QuarantineCard[]: what waits, then what was decided, each newest first. `of`: how many acts in all. */
export type QuarantineCard = { id: number; device: string; deviceName: string; receivedAt: string; reason: QuarantineReason | { type: 'rescue'; why: string }; acts: ApartAct[]; of: number; closed: Closed | null }
/** POST /api/quarantine/:id (supervisor, with the PIN) → Closed. Problems: `closed-already` { name }, `not-applied` { why }. */
export const QuarantineForm = z.object({ outcome: z.enum(['applied', 'discarded']), reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)), pin: Pin })
export type QuarantineForm = z.infer<typeof QuarantineForm>
