/** Plays seeds one after the other in a process of its own, and tells its parent of each. Started by simulate.ts. */
import './platform.ts'
import { editSource, SCALE, YESTERDAY } from './edits.ts'
import { MUTANTS } from './mutants.ts'
import type { Played } from './seed.ts'

export type Order = { from: number; step: number; mutant: string | null }
/** Of a seed: what was done in it, or what did not hold. */
export type Told = { seed: number; played: Played } | { seed: number; broken: string }

process.once('message', (order) => void playAll(order as Order))

async function playAll({ from, step, mutant }: Order): Promise<void> {
  const chosen = mutant === null ? undefined : MUTANTS[mutant]
  editSource([...SCALE, ...YESTERDAY, ...(chosen && 'edits' in chosen ? chosen.edits : [])])
  // What the product notes for its owner is what was done to it.
  console.error = () => undefined
  // What the product loads late is here before anything is played.
  await Promise.all([import('../../client/issue.ts'), import('../../client/sync/sync.ts')])
  const { play } = await import('./seed.ts')
  for (let seed = from; ; seed += step) {
    const told: Told = await play(seed).then(
      (played) => ({ seed, played }),
      (error: unknown) => ({ seed, broken: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    process.send?.(told)
  }
}
