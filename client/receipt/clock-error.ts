/** How far the clock that timed an act may have been off, as measured against the server when it arrived. */

export type Witness = { command: string; clock: string }

/** ms, or null when nobody had measured it. A clock that was known to be ahead or behind is off by that too. */
export function clockErrorOf(history: readonly Witness[], command: string): number | null {
  const witness = history.find((each) => each.command === command)
  if (!witness) return null
  try {
    const clock: unknown = JSON.parse(witness.clock)
    if (typeof clock !== 'object' || clock === null || !('offset' in clock) || !('error' in clock)) return null
    const { offset, error } = clock
    return typeof offset === 'number' && typeof error === 'number' ? Math.abs(offset) + Math.abs(error) : null
  } catch {
    return null
  }
}
