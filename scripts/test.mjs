// npm test: installs what is missing, then lint, format, types, unit tests, build and browser tests.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

ensureInstalled()
const { ensureChromium } = await import('./chromium.mjs')
ensureChromium()

const results = join(root, 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const bin = (name) => join(root, 'node_modules', ...name.split('/'))
const step = (title, script, args = []) => {
  const begin = performance.now()
  console.log(`\n── ${title}`)
  run(process.execPath, [script, ...args])
  console.log(`── ${title}: ${((performance.now() - begin) / 1000).toFixed(1)} s`)
}

step('lint', join(root, 'scripts/lint.mjs'))
step('format', bin('prettier/bin/prettier.cjs'), ['--check', '--log-level', 'warn', '.'])
step('types', bin('typescript/bin/tsc'), ['-b'])
step('unit tests', bin('vitest/vitest.mjs'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  '--outputFile.json=test-results/unit.json',
])
const { ensureBuilt } = await import('./build.mjs')
console.log('\n── build')
await ensureBuilt()
const unit = JSON.parse(readFileSync(join(results, 'unit.json'), 'utf8'))
// Playwright empties its own folder inside of test-results; the unit report has been read by then.
step('browser tests', bin('@playwright/test/cli.js'), ['test'])
const browser = JSON.parse(readFileSync(join(results, 'browser.json'), 'utf8'))

const failed = unit.numFailedTests + browser.stats.unexpected + browser.stats.flaky
const passed = unit.numPassedTests + browser.stats.expected
console.log(
  `\nLint, format, types and build are clean; ${unit.numPassedTests} unit and ${browser.stats.expected} browser tests.`,
)
console.log(`Rushes: ${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
