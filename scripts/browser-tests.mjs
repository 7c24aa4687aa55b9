// The browser tests, and what is said of them.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFirefox } from './firefox.mjs'
import { run } from './install.mjs'
import { root } from './root.mjs'

/**
 * @typedef {{ title: string, file: string, line: number, tests: { status: string }[] }} Spec
 * @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite
 * @typedef {Suite & { stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} Report
 */

/** @param {Suite} suite @returns {Spec[]} */
const specsIn = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsIn)]

/**
 * The tests that passed at their second try, by name.
 * @param {Suite} report
 */
export const flakyIn = (report) =>
  specsIn(report)
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ file, line, title }) => `${file}:${line} › ${title}`)

/**
 * Runs all of them. One that passed at its second try has passed, and is written to `notes`: it is to be mended next.
 * @param {string} notes
 */
export const runBrowserTests = (notes) => {
  const results = join(root, 'test-results', 'browser.json')
  run(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'test'], {
    env: { ...process.env, ALL_BROWSER_TESTS: '1' },
  })
  /** @type {Report} */
  const report = JSON.parse(readFileSync(results, 'utf8'))
  const flaky = flakyIn(report)
  const { stats } = report
  if (!findFirefox())
    appendFileSync(
      notes,
      'Firefox: none was found, nothing ran in it. Install it, or set FIREFOX_PATH to its program.\n',
    )
  if (flaky.length > 0)
    appendFileSync(notes, `FLAKY, passed at the second try only, to be mended next:\n  ${flaky.join('\n  ')}\n`)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}
