/** How a device stands, as the server last heard from it. */
import type { DeviceCard } from '../../shared/people/wire.ts'

const MINUTE = 60_000
/** Heard from within this, a device is in reach. */
export const IN_REACH_MS = 2 * MINUTE
/** Silent for longer, it is said so; silent for a shift, it is at rest. */
export const SILENT_MS = 15 * MINUTE
export const REST_MS = 16 * 60 * MINUTE
/** A full bar of the oldest waiting thing. */
export const FULL_MS = 30 * MINUTE
/** A clock that is off by more is said (SYNC §5). */
export const SKEW_MS = 2 * MINUTE

export type DeviceState =
  | { state: 'revoked' }
  | { state: 'never' }
  | { state: 'offline'; forMs: number }
  | { state: 'commands'; count: number }
  | { state: 'photos'; count: number }
  | { state: 'recorded' }

export function deviceState({ revokedAt, seen }: DeviceCard, now: number): DeviceState {
  if (revokedAt !== null) return { state: 'revoked' }
  if (!seen) return { state: 'never' }
  const forMs = now - Date.parse(seen.at)
  if (seen.commands > 0) return forMs > IN_REACH_MS ? { state: 'offline', forMs } : { state: 'commands', count: seen.commands }
  return seen.blobs > 0 ? { state: 'photos', count: seen.blobs } : { state: 'recorded' }
}

/** How long the oldest waiting thing waits, by the server's clock: the device's own may be off. */
export function oldestMs({ seen }: DeviceCard, now: number): number | null {
  if (!seen?.oldest || seen.commands === 0) return null
  return Math.max(0, now - (Date.parse(seen.oldest) - (seen.skewMs ?? 0)))
}

/** All sent when it was last heard, but that was a while ago in this shift. */
export function isSilent(card: DeviceCard, now: number): boolean {
  if (!card.seen || deviceState(card, now).state !== 'recorded') return false
  const forMs = now - Date.parse(card.seen.at)
  return forMs > SILENT_MS && forMs < REST_MS
}

/** Longest unsent first, then those with photos, then whoever was heard last; revoked ones at the end. */
export function byUrgency(cards: readonly DeviceCard[], now: number): DeviceCard[] {
  const rank = (card: DeviceCard) => [card.revokedAt === null ? 0 : 1, -(oldestMs(card, now) ?? -1), -(card.seen?.blobs ?? 0), -Date.parse(card.seen?.at ?? card.enrolledAt)]
  return [...cards].sort((a, b) => {
    const [one, other] = [rank(a), rank(b)]
    const at = one.findIndex((value, index) => value !== other[index])
    return at < 0 ? a.number - b.number : (one[at] ?? 0) - (other[at] ?? 0)
  })
}

/** How much of what a device has made the server has, as of its last contact; null for one that was never heard. */
export function heldOf({ lastSeq, seen }: DeviceCard): { held: number; of: number; safe: boolean } | null {
  return seen && { held: lastSeq, of: lastSeq + seen.commands, safe: seen.commands === 0 && seen.blobs === 0 }
}
/** Less room than this, and a day of photographs may not fit. */
export const LITTLE_ROOM = 200 * 1024 * 1024
export const LITTLE_BATTERY = 0.2
