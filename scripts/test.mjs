// npm test: installs what is missing, then everything that can be tested. `npm test -- lint unit` runs only those steps.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, run } from './install.mjs'
import { findPostgres, POSTGRES_MISSING } from './postgres.mjs'
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
/** @typedef {(args: string[], env?: Record<string, string>) => Promise<void>} RunNode runs a script with Node, or rejects */

/**
 * Runs tests by vitest and counts them.
 * @param {RunNode} run
 * @param {string} name
 * @param {string[]} args
 * @param {Record<string, string>} [env] beside this process's own
 * @returns {Promise<Counts>}
 */
const vitest = async (run, name, args, env = {}) => {
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=test-results/${name}.json`]
  await run([bin('vitest/vitest.mjs'), 'run', ...reports, ...args], env)
  const { numPassedTests, numFailedTests, numPendingTests } = readResults(name)
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
}

/**
 * Tests that use what is built.
 * @param {RunNode} run
 * @param {string} name of the step
 * @param {string[]} paths folders of scripts/tests, or files there without their ending
 */
const acceptance = async (run, name, paths) => {
  const wanted = paths.map((path) => `scripts/tests/${path}`)
  return vitest(run, name, ['--config', 'scripts/tests/vitest.config.ts', ...wanted], await bundled())
}

/** @type {Promise<string> | undefined} */
let bundles
/** For tests that serve from the sources: what they fork is bundled before, for compiling it takes longer than its work. */
const bundled = async () => {
  bundles ??= import('./build.mjs').then(({ buildForTests }) => buildForTests())
  return { RUSHES_TEST_BUILD: await bundles }
}

/** @type {Record<string, { title: string, run: (run: RunNode) => Promise<Counts | void> }>} */
const STEPS = {
  lint: { title: 'lint', run: (run) => run([join(root, 'scripts/lint.mjs')]) },
  format: {
    title: 'format',
    run: (run) => run([bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  },
  types: { title: 'types', run: (run) => run([bin('typescript/bin/tsc'), '-b']) },
  unit: {
    title: 'unit tests',
    run: async (run) => {
      const { ensureS3Server } = await import('./s3-server.mjs')
      appendFileSync(
        notes,
        `${ensureS3Server()}
`,
      )
      const counts = await vitest(run, 'unit', [], await bundled())
      if (findPostgres() === undefined)
        appendFileSync(
          notes,
          `${POSTGRES_MISSING}
`,
        )
      return counts
    },
  },
  build: {
    title: 'build',
    run: async () => {
      const { ensureBuilt } = await import('./build.mjs')
      await ensureBuilt()
    },
  },
  scripts: { title: 'npm scripts', run: (run) => acceptance(run, 'scripts', ['scripts/npm-scripts']) },
  endings: {
    title: 'ends and releases',
    run: (run) => acceptance(run, 'endings', ['scripts/endings', 'scripts/release']),
  },
  client: { title: 'client package', run: (run) => acceptance(run, 'client', ['client/']) },
  python: { title: "Decart's Python SDK", run: (run) => acceptance(run, 'python', ['python/']) },
  browser: {
    title: 'browser tests',
    run: async () => {
      const { runBrowserTests } = await import('./browser-tests.mjs')
      return runBrowserTests(notes)
    },
  },
}

/**
 * What runs one after another, and in each of these beside each other: chains of steps that leave a core idle. Unit tests
 * and browser tests use both cores by themselves.
 */
const ORDER = [
  [['lint'], ['format'], ['types']],
  [['unit']],
  [['build']],
  [['scripts'], ['client', 'python', 'endings']],
  [['browser']],
]

/**
 * Runs a script with Node in the repo, its output shown as it comes.
 * @type {RunNode}
 */
const runShown = async (args, env = {}) => run(node, args, { env: { ...process.env, ...env } })

/**
 * Runs scripts with Node in the repo and keeps what they print, to show it in one piece.
 * @returns {{ run: RunNode, said: () => string }}
 */
const keepWords = () => {
  let words = ''
  return {
    said: () => words,
    run: async (args, env = {}) => {
      const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
      const child = spawn(node, args, {
        cwd: root,
        env: { ...process.env, ...colours, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (words += text))
      const [code, signal] = await once(child, 'close')
      if (code !== 0) throw new Error(`${args.join(' ')} failed (${signal ?? `exit ${code}`})`)
    },
  }
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

/** @type {Map<string, { line: string, counts: Counts }>} */
const done = new Map()
const NONE = { passed: 0, failed: 0, skipped: 0 }

/**
 * @param {string} name
 * @param {RunNode} run
 */
const runStep = async (name, run) => {
  const step = STEPS[name]
  if (!step) return
  const begin = performance.now()
  const counts = await step.run(run)
  const seconds = `${((performance.now() - begin) / 1000).toFixed(1)} s`
  console.log(`── ${step.title}: ${seconds}`)
  const what = counts ? `${counts.passed} passed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}` : 'clean'
  done.set(name, { line: `${step.title.padEnd(20)} ${what.padEnd(24)} ${seconds}`, counts: counts ?? NONE })
}

/**
 * Runs steps one after another, and shows what each said when it ends. Answers whether all went well.
 * @param {string[]} chain
 */
const runKept = async (chain) => {
  for (const name of chain) {
    const { run, said } = keepWords()
    const failure = await runStep(name, async (...given) => {
      const ended = run(...given)
      await ended.finally(() => console.log(`\n── ${STEPS[name]?.title}\n${said().trimEnd()}`))
    }).then(
      () => null,
      (/** @type {unknown} */ error) => error,
    )
    if (failure === null) continue
    console.error(`── ${STEPS[name]?.title}: ${failure instanceof Error ? failure.message : failure}`)
    return false
  }
  return true
}

for (const chains of ORDER) {
  const wanted = chains.map((chain) => chain.filter((name) => names.includes(name))).filter(({ length }) => length > 0)
  if (wanted.length > 1) {
    console.log(
      `\n── ${wanted
        .flat()
        .map((name) => STEPS[name]?.title)
        .join(', ')}: beside each other`,
    )
    const ends = await Promise.all(wanted.map(runKept))
    if (ends.includes(false)) process.exit(1)
  } else
    for (const name of wanted[0] ?? []) {
      console.log(`\n── ${STEPS[name]?.title}`)
      await runStep(name, runShown)
    }
}

const lines = names.flatMap((name) => done.get(name)?.line ?? [])
/** @type {Counts} */
const total = { ...NONE }
for (const { counts } of done.values()) {
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
}

console.log(`\n${lines.join('\n')}`)
if (existsSync(notes)) console.log(`\n${readFileSync(notes, 'utf8').trimEnd()}`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\nRushes: ${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed === 0 ? 0 : 1)
