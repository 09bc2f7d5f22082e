/** The people at this device: how it is enrolled, who signs in, and whose PIN is checked without a network. */
import type { Grant } from '../../shared/people/grant.ts'
import type { PersonCard, SetupRequest } from '../../shared/people/wire.ts'
import type { Problem } from '../../shared/sync/wire.ts'

/** The server's no, or nobody answered. */
export type No = { problem: Problem } | 'offline'
/** `expired`: no grant of this person runs on this device, so only the server can say. */
export type PinAnswer = 'right' | { wrong: true; left: number } | { lockedUntil: number } | 'expired'
export type SignInAnswer = { grant: Grant } | Exclude<PinAnswer, 'right'> | No
export type EnrolAnswer = { enrolled: { device: string; siteName: string; people: PersonCard[] } } | No

export type People = {
  /** Makes the first site; the device is enrolled and its supervisor signed in. */
  setup(request: Omit<SetupRequest, 'device'> & { name: string }): Promise<SignInAnswer>
  enrol(code: string, name: string): Promise<EnrolAnswer>
  /** Asks the server; when nobody answers, the PIN is checked here while the grant still runs. */
  signIn(person: string, pin: string): Promise<SignInAnswer>
  /** Signs in without asking the server. */
  unlock(person: string, pin: string): Promise<SignInAnswer>
  /** Whether this is the person's PIN: for signing an act. Changes nothing but the count of wrong tries. */
  check(person: string, pin: string): Promise<PinAnswer>
  /** Nobody is at the device any more. What waits stays and goes on being sent. */
  lock(): Promise<void>
  current(): Promise<Grant | null>
  enrolled(): Promise<boolean>
  /** Who may sign in here, by name. */
  cards(): Promise<PersonCard[]>
}
