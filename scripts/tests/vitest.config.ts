import { defineConfig } from 'vitest/config'

/** What `npm test` runs after the build: the npm scripts, the client's package and the SDKs, each as people use them. */
export default defineConfig({
  test: {
    include: ['scripts/tests/**/*.test.ts'],
    globalSetup: 'scripts/temporary-folder.ts',
    // They install and start things; two at a time would only starve each other.
    fileParallelism: false,
    maxConcurrency: 3,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
