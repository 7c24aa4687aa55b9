// npm test: installs what is missing, then everything that can be tested. `npm test -- lint unit` runs only those steps.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

ensureInstalled()

const results = join(root, 'test-results')
const notes = join(results, 'notes.txt')
const node = process.execPath

/** @param {string} name */
const bin = (name) => join(root, 'node_modules', ...name.split('/'))
/** @param {string} name */
const readResults = (name) => JSON.parse(readFileSync(join(results, `${name}.json`), 'utf8'))

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Runs tests by vitest and counts them.
 * @param {string} name
 * @param {string[]} args
 * @param {Record<string, string>} [env] beside this process's own
 * @returns {Counts}
 */
const vitest = (name, args, env = {}) => {
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=test-results/${name}.json`]
  run(node, [bin('vitest/vitest.mjs'), 'run', ...reports, ...args], { env: { ...process.env, ...env } })
  const { numPassedTests, numFailedTests, numPendingTests } = readResults(name)
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
}

/**
 * Tests that use what is built, in a folder of scripts/tests or of a file there.
 * @param {string} name
 * @param {string} filter
 * @param {Record<string, string>} [env]
 */
const acceptance = (name, filter, env = {}) => vitest(name, ['--config', 'scripts/tests/vitest.config.ts', filter], env)

/** For tests that serve from the sources: what they fork is bundled before, for compiling it takes longer than its work. */
const bundled = async () => {
  const { buildForTests } = await import('./build.mjs')
  return { RUSHES_TEST_BUILD: await buildForTests() }
}

/** @type {Record<string, { title: string, run: () => Counts | Promise<Counts> | void | Promise<void> }>} */
const STEPS = {
  lint: { title: 'lint', run: () => run(node, [join(root, 'scripts/lint.mjs')]) },
  format: {
    title: 'format',
    run: () => run(node, [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  },
  types: { title: 'types', run: () => run(node, [bin('typescript/bin/tsc'), '-b']) },
  unit: {
    title: 'unit tests',
    run: async () => vitest('unit', [], await bundled()),
  },
  build: {
    title: 'build',
    run: async () => {
      const { ensureBuilt } = await import('./build.mjs')
      await ensureBuilt()
    },
  },
  scripts: { title: 'npm scripts', run: () => acceptance('scripts', 'scripts/tests/scripts/') },
  client: { title: 'client package', run: async () => acceptance('client', 'scripts/tests/client/', await bundled()) },
  python: {
    title: "Decart's Python SDK",
    run: async () => acceptance('python', 'scripts/tests/python/', await bundled()),
  },
  browser: {
    title: 'browser tests',
    run: async () => {
      const { runBrowserTests } = await import('./browser-tests.mjs')
      return runBrowserTests(notes)
    },
  },
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !(name in STEPS))
if (unknown !== undefined) {
  console.error(`There is no step ${unknown}: ${Object.keys(STEPS).join(', ')}.`)
  process.exit(1)
}
const names = Object.keys(STEPS).filter((name) => asked.length === 0 || asked.includes(name))
if (names.some((name) => ['scripts', 'client', 'browser'].includes(name))) {
  const { ensureChromium } = await import('./chromium.mjs')
  ensureChromium()
}

rmSync(notes, { force: true })
for (const name of names) rmSync(join(results, `${name}.json`), { force: true })
mkdirSync(results, { recursive: true })

/** @type {string[]} */
const lines = []
/** @type {Counts} */
const total = { passed: 0, failed: 0, skipped: 0 }
for (const name of names) {
  const step = STEPS[name]
  if (!step) continue
  const begin = performance.now()
  console.log(`\n── ${step.title}`)
  const counts = await step.run()
  const seconds = `${((performance.now() - begin) / 1000).toFixed(1)} s`
  console.log(`── ${step.title}: ${seconds}`)
  const what = counts ? `${counts.passed} passed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}` : 'clean'
  lines.push(`${step.title.padEnd(20)} ${what.padEnd(24)} ${seconds}`)
  if (!counts) continue
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
}

console.log(`\n${lines.join('\n')}`)
if (existsSync(notes)) console.log(`\n${readFileSync(notes, 'utf8').trimEnd()}`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\nRushes: ${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed === 0 ? 0 : 1)
