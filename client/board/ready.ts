/** Has all of it arrived? What speaks against it, and whether anyone can know. */
import type { DeviceCard } from '../../shared/people/wire.ts'
import { isSilent, oldestMs } from './device-state.ts'

export type Lack =
  | { type: 'commands'; count: number; oldestMs: number; who: string }
  | { type: 'photos'; count: number }
  | { type: 'exceptions'; count: number }
  | { type: 'owed'; count: number; overdueMs: number | null }
  | { type: 'attention'; count: number }
  /** answers of no that nobody has read on other devices; `who`: where most of them are */
  | { type: 'refusals'; count: number; who: string }
  | { type: 'quarantine'; count: number }

export type Ready = {
  /** `unknown`: nothing speaks against it here, but the other devices can't be seen */
  answer: 'yes' | 'no' | 'unknown'
  lacks: Lack[]
  /** devices that were done when they were last heard, a while ago */
  silent: number
}

export type Known = {
  /** null: not known, or too long ago */
  devices: readonly DeviceCard[] | null
  /** this device knows better what waits on itself than the server does */
  here: { device: string; person: string; commands: number; oldest: string | null; photos: number; refused: number }
  exceptions: number
  /** set apart, and nobody has decided */
  apart: number
  /** when each owed paper is due, ISO UTC */
  owedDue: readonly string[]
  now: number
}

export function readyOf({ devices, here, exceptions, apart, owedDue, now }: Known): Ready {
  const others = (devices ?? []).filter((card) => card.id !== here.device)
  const holding = others.flatMap((card) => {
    const ms = oldestMs(card, now)
    return ms === null ? [] : [{ ms, who: card.seen?.personName ?? card.name, count: card.seen?.commands ?? 0 }]
  })
  if (here.commands > 0) holding.push({ ms: here.oldest === null ? 0 : now - Date.parse(here.oldest), who: here.person, count: here.commands })
  const oldest = holding.reduce<(typeof holding)[number] | null>((most, each) => (most && most.ms >= each.ms ? most : each), null)
  const photos = here.photos + others.reduce((sum, card) => sum + (card.seen?.blobs ?? 0), 0)
  const overdue = Math.max(0, ...owedDue.map((due) => now - Date.parse(due)))

  const lacks: Lack[] = []
  if (oldest) lacks.push({ type: 'commands', count: holding.reduce((sum, each) => sum + each.count, 0), oldestMs: oldest.ms, who: oldest.who })
  if (photos > 0) lacks.push({ type: 'photos', count: photos })
  if (exceptions > 0) lacks.push({ type: 'exceptions', count: exceptions })
  if (owedDue.length > 0) lacks.push({ type: 'owed', count: owedDue.length, overdueMs: overdue > 0 ? overdue : null })
  if (here.refused > 0) lacks.push({ type: 'attention', count: here.refused })
  const unread = others.filter((card) => card.revokedAt === null && (card.seen?.about?.refused ?? 0) > 0).sort((a, b) => (b.seen?.about?.refused ?? 0) - (a.seen?.about?.refused ?? 0))
  const [most] = unread
  if (most) lacks.push({ type: 'refusals', count: unread.reduce((sum, card) => sum + (card.seen?.about?.refused ?? 0), 0), who: most.seen?.personName ?? most.name })
  if (apart > 0) lacks.push({ type: 'quarantine', count: apart })
  return {
    answer: lacks.length > 0 ? 'no' : devices ? 'yes' : 'unknown',
    lacks,
    silent: others.filter((card) => isSilent(card, now)).length,
  }
}
