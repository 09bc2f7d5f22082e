import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Edit, SCALE, YESTERDAY } from './edits.ts'
import { MUTANTS } from './mutants.ts'

const edits: [string, Edit][] = [...SCALE, ...YESTERDAY].map((edit) => ['always', edit])
for (const [name, mutant] of Object.entries(MUTANTS)) if ('edits' in mutant) edits.push(...mutant.edits.map((edit): [string, Edit] => [name, edit]))

test.each(edits)('%s fits the source it changes', async (_, { file, find }) => {
  expect((await readFile(file, 'utf8')).split(find).length - 1, `${file}: ${find}`).toBe(1)
})
