import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { ALL_COMMANDS } from '../../shared/sync/doc.ts'

test('people of the simulation issue every command there is', async () => {
  const source = await readFile('test/simulate/acts.ts', 'utf8')
  expect(Object.keys(ALL_COMMANDS).filter((type) => !source.includes(`type: '${type}'`))).toEqual([])
})
