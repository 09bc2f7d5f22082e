/**
 * A person's PIN: how it is kept, and how often it may be wrong. Four digits are few, so the tries are counted on the
 * server, per person, before the PIN is looked at: a hundred guesses sent at once are still a hundred tries.
 *
 *   4 wrong: free ─▶ 5th: locked 1 min ─▶ 6th: 5 min ─▶ 7th: 15 min ─▶ from the 8th: 1 h each;   right ─▶ as new
 */
import type { Random } from '../../shared/sync/id.ts'
import type { PersonRow } from '../log/log.ts'
import { argon2id, isMadeOf } from './phc.ts'

export const FREE_TRIES = 5
const MINUTE = 60_000
const WAITS_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE] as const

export const hashPin = (pin: string, random: Random): Promise<string> => argon2id(pin, random(16))
export const isPin = (pinHash: string, pin: string): Promise<boolean> => isMadeOf(pinHash, pin)

/** Until when no PIN is looked at, null if one may be tried now. */
export function lockOf({ lockedUntil }: PersonRow, now: number): string | null {
  return lockedUntil !== null && Date.parse(lockedUntil) > now ? lockedUntil : null
}
/** The person after one more try that counts as wrong until it is proven right. */
export function tried(person: PersonRow, now: number): PersonRow {
  const wrongPins = person.wrongPins + 1
  const over = wrongPins - FREE_TRIES
  const wait = over < 0 ? null : (WAITS_MS[over] ?? 60 * MINUTE)
  return { ...person, wrongPins, lockedUntil: wait === null ? null : new Date(now + wait).toISOString() }
}
export const triesLeft = ({ wrongPins }: PersonRow): number => Math.max(0, FREE_TRIES - wrongPins)
/** After the right PIN, or when a supervisor gives a new one. */
export const unlocked = (person: PersonRow): PersonRow => ({ ...person, wrongPins: 0, lockedUntil: null })
