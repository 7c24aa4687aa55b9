import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    // They need what is built, and minutes: see scripts/tests.
    exclude: ['scripts/tests/**'],
    globalSetup: 'scripts/temporary-folder.ts',
    setupFiles: ['scripts/patience.ts', 'scripts/kept-styles.ts'],
    // Renders and child processes share two cores: a slow machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // More than two cores: what waits for a child process, a disk or a clock leaves one to another.
    maxWorkers: 3,
    typecheck: { enabled: false },
    // openapi-typescript wants the compiler API of TypeScript 5: see the file that it is given.
    alias: [
      {
        find: /^typescript$/,
        replacement: fileURLToPath(new URL('src/server/openapi/testing/typescript.ts', import.meta.url)),
      },
    ],
    server: { deps: { inline: ['openapi-typescript'] } },
  },
})
