/** Before the journeys: the example mill is made once for all of them. What it takes to make is part of none. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MADE, PRINTED, startProcess } from './process.ts'

export default async function makeExample(): Promise<() => Promise<void>> {
  const mill = await startProcess({ example: true })
  // The link to join by is of this process alone: each that starts on a copy prints its own.
  await mill.code()
  writeFileSync(join(mill.directory, PRINTED), mill.output().replaceAll(/^.*\/(?:enrol|setup)#.*$/gm, ''))
  await mill.stop()
  process.env[MADE] = mill.directory
  return mill.end
}
