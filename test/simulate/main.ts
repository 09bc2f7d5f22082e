/** The seeds of one process: `from`, `count`, and whose fault is in the code. Tells its parent, or prints, one line per thing found. */
import './platform.ts'
import { editSource, SCALE } from './edits.ts'
import { MUTANTS } from './mutants.ts'

const [from = 1, count = 1] = process.argv.slice(2, 4).map(Number)
const mutant = process.argv[4]
const chosen = mutant === undefined ? null : MUTANTS[mutant]
editSource([...SCALE, ...(chosen && 'edits' in chosen ? chosen.edits : [])])
console.error = () => undefined
// What the product loads late is here before anything is played.
await Promise.all([import('../../client/issue.ts'), import('../../client/sync/sync.ts')])
const { play } = await import('./seed.ts')
const t0 = performance.now()
const total = { made: 0, accepted: 0, refused: 0, quarantined: 0, requests: 0 }
let bad = 0
let seed = from
for (; seed < from + count; seed++) {
  try {
    const { faults, ...sums } = await play(seed)
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += sums[key]
  } catch (error) {
    bad += 1
    console.log('seed', seed, error instanceof Error ? error.stack?.slice(0, 3000) : error)
    if (bad > (mutant ? 0 : 3)) break
  }
}
console.log(mutant ?? '', JSON.stringify(total), 'bad', bad, 'seeds', seed - from + bad, ((seed - from) / ((performance.now() - t0) / 1000)).toFixed(2), 'seeds/s')
process.exit()
