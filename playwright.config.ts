import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/chromium.mjs'
import { drivenFirefox, findFirefox } from './scripts/firefox.mjs'

const executablePath = findChromium()
const firefox = findFirefox()
const asRoot = process.getuid?.() === 0

const IN_FIREFOX = 'firefox.spec.ts'

/** All that is waited for before what plays in real time; only by `npm test`, for whoever names one test wants that one. */
const others = process.env['ALL_BROWSER_TESTS'] === undefined ? [] : ['journeys', ...(firefox ? ['firefox'] : [])]

/** What plays in real time and reads every frame off the screen, or weighs memory. */
const MEASURED = ['compare-leaks.spec.ts', 'compare-playing.spec.ts', 'compare-sound.spec.ts']

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  // Generous, for a machine that is three times slower or busy with something else: nothing here waits for a time to pass.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  // A page waits for a render and a render for its page: two journeys fill two cores better than one.
  workers: 2,
  // Of a hundred and sixty journeys one may lose a race against the machine, which is no reason to refuse all of them:
  // `npm test` lists it as flaky, to be mended next.
  retries: 1,
  forbidOnly: true,
  snapshotPathTemplate: '{testDir}/visual/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  projects: [
    // First, for it has one test, which is long.
    ...(firefox === undefined
      ? []
      : [
          {
            name: 'firefox',
            testMatch: IN_FIREFOX,
            outputDir: 'test-results/browser/firefox',
            use: {
              browserName: 'firefox' as const,
              // The program as its makers ship it, not a copy that was changed for tests.
              channel: 'moz-firefox',
              launchOptions: drivenFirefox(firefox),
            },
          },
        ]),
    {
      name: 'journeys',
      testIgnore: [...MEASURED, IN_FIREFOX],
      outputDir: 'test-results/browser/journeys',
      // What plays takes from the same two cores, half of one for each page. Where it is what is looked for, a file says so.
      use: { contextOptions: { reducedMotion: 'reduce' } },
    },
    {
      name: 'measured',
      testMatch: MEASURED,
      outputDir: 'test-results/browser/measured',
      // Alone, after the others.
      workers: 1,
      dependencies: others,
    },
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    // Not a trace: its recorder fetches blob URLs inside of the page, which the page's own policy forbids.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Letters look the same on every machine.
        '--font-render-hinting=none',
        '--disable-lcd-text',
      ],
    },
  },
})
