import { defineConfig } from 'vitest/config'

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify('test') },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // What comes is waited for, and costs nothing where it is there at once.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: true, test: { name: 'units', include: ['test/**/*.test.ts'], exclude: ['test/journey/**'], isolate: false } },
      // Two at a time: what one waits for, the other uses. Each has a browser and a server of its own.
      { extends: true, test: { name: 'journeys', include: ['test/journey/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 120_000 } },
    ],
  },
})
