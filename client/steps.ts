/** How the figures of lists move: by the entries that docs gain and lose. */

/** list → how many entries more */
export type Steps = Map<string, number>

export const listName = (entry: string) => entry.slice(0, entry.indexOf('|'))

export function step(steps: Steps, entries: readonly string[], by: number): void {
  for (const entry of entries) steps.set(listName(entry), (steps.get(listName(entry)) ?? 0) + by)
}

export function stepped(counts: { readonly [list: string]: number }, steps: Steps): { [list: string]: number } {
  const after = { ...counts }
  for (const [list, by] of steps) after[list] = (after[list] ?? 0) + by
  return after
}
