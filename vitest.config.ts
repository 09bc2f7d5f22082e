import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Two minutes and more, of some twelve. */
const LONG = /\/journey\/(screens\.\w+|walk|faults|order|line)\.test\.ts$/

/** What takes longest begins first, so that nothing is left to run alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [long, others] = [true, false].map((wanted) => files.filter(({ moduleId }) => LONG.test(moduleId) === wanted))
    return [...(long ?? []), ...(await super.sort(others ?? []))]
  }
}

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify('test') },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // What comes is waited for, and costs nothing where it is there at once.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: true, test: { name: 'units', include: ['test/**/*.test.ts'], exclude: ['test/journey/**'], isolate: false } },
      // Three at a time on two cores: what one waits for, the others use. Each has a browser and a server of its own.
      { extends: true, test: { name: 'journeys', include: ['test/journey/**/*.test.ts'], globalSetup: 'test/support/example-mill.ts', maxWorkers: 3, isolate: false, testTimeout: 240_000, hookTimeout: 120_000 } },
    ],
  },
})
