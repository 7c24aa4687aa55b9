// npm run coverage: how much of each folder the unit tests run, least first. `npm run coverage -- src/shared` runs only
// those tests. It measures; nothing fails by too little.
import { readFileSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { buildForTests } from './build.mjs'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

/** @typedef {{ total: number, covered: number }} Share */
/** @typedef {{ lines: Share, branches: Share, functions: Share }} Counts */

/** Folders that are too large to be one line: each folder in them has its own. */
const DIVIDED = ['server', 'engine', 'web']

/**
 * The line of the table that a file belongs to: `src/shared`, `src/server/jobs`; `src/server` for what lies in it directly.
 * @param {string} path a file's absolute path
 */
const folderOf = (path) => {
  const [src = '', first = '', second = '', ...deeper] = relative(root, path).split(sep)
  return DIVIDED.includes(first) && deeper.length > 0 ? `${src}/${first}/${second}` : `${src}/${first}`
}

/**
 * The counts of all files by folder, and of all together.
 * @param {Record<string, Counts>} files by absolute path, with a `total`
 */
const byFolder = (files) => {
  /** @type {Map<string, Counts>} */
  const folders = new Map()
  for (const [path, counts] of Object.entries(files)) {
    const name = path === 'total' ? 'all' : folderOf(path)
    const sum = folders.get(name) ?? {
      lines: { total: 0, covered: 0 },
      branches: { total: 0, covered: 0 },
      functions: { total: 0, covered: 0 },
    }
    for (const kind of /** @type {const} */ (['lines', 'branches', 'functions'])) {
      sum[kind].total += counts[kind].total
      sum[kind].covered += counts[kind].covered
    }
    folders.set(name, sum)
  }
  return folders
}

/** @param {Share} share */
const part = ({ total, covered }) => (total === 0 ? 1 : covered / total)
/** @param {Share} share */
const percent = (share) => `${(100 * part(share)).toFixed(0)} %`

/** @param {Map<string, Counts>} folders */
const table = (folders) => {
  const rows = [...folders]
    .toSorted(([, a], [, b]) => part(a.lines) - part(b.lines))
    // What all of it has comes last, wherever it stands.
    .toSorted(([a], [b]) => Number(a === 'all') - Number(b === 'all'))
    .map(([name, { lines, branches, functions }]) => [
      name,
      percent(lines),
      `${lines.covered} of ${lines.total}`,
      percent(branches),
      percent(functions),
    ])
  const all = [['folder', 'lines', '', 'branches', 'functions'], ...rows]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n')
}

ensureInstalled()
process.env['RUSHES_TEST_BUILD'] ??= await buildForTests()
const folder = join(root, 'test-results', 'coverage')
rmSync(folder, { recursive: true, force: true })
run(process.execPath, [
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--coverage.enabled',
  '--coverage.provider=v8',
  '--coverage.reporter=json-summary',
  '--coverage.reporter=html',
  `--coverage.reportsDirectory=${folder}`,
  // Also files that no test loads.
  '--coverage.include=src/**/*.{ts,tsx}',
  '--coverage.exclude=**/testing/**',
  ...process.argv.slice(2),
])

console.log(`
${table(byFolder(JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8'))))}

Only what runs in the processes of the unit tests counts. What runs in processes and threads that they start (renders,
the index, servers) or in a browser does not: src/engine and src/web are tested by more than this shows.
Line by line: ${relative(root, join(folder, 'index.html'))}`)
