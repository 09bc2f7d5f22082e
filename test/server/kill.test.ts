/** The soak (test/soak), short. */
import { expect, test } from 'vitest'
import { soak } from '../soak/soak.ts'
import { startProcess } from '../support/process.ts'

test('the server is killed while phones send: whatever was told as recorded is in the log once, and everything made arrives once', { timeout: 180_000 }, async () => {
  const server = await startProcess()
  try {
    const { made, told, ...rest } = await soak(server, { phones: 3, kills: 2 })
    expect(rest).toMatchObject({ kills: 2, missing: [], doubled: [], changed: [], unsent: 0 })
    expect(told).toBe(made)
  } finally {
    await server.end()
  }
})
