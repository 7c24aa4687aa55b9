// Which folder may import which: read from the folders themselves, so that a new one is covered at once.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

/** @param {string} path */
const foldersIn = (path) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

/**
 * What each folder may import besides itself. A folder of `web` that is not named here is a feature.
 * @type {Record<string, string[]>}
 */
const ALLOWED = {
  shared: [],
  client: ['shared'],
  // Finding and starting a script of ours, which both do.
  processes: [],
  engine: ['shared', 'processes'],
  server: ['shared', 'processes'],
  'web/ui': [],
  'web/data': ['shared', 'client'],
  'web/state': ['shared', 'client', 'web/data'],
  // A module of its own, that another page could use without the studio.
  'web/compare': ['shared', 'web/ui'],
  'web/stage': ['shared', 'client', 'web/data', 'web/state', 'web/ui', 'web/compare'],
}
const FEATURE = ['shared', 'client', 'web/data', 'web/state', 'web/ui']

/**
 * Packages that a folder may import; others take any.
 * @type {Record<string, string[]>}
 */
const PACKAGES = { shared: ['zod'], client: ['zod'] }

const units = () => [
  ...foldersIn('src').filter((name) => name !== 'web'),
  ...foldersIn('src/web').map((name) => `web/${name}`),
]

const TESTS = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'src/**/testing/**']

/**
 * Inside of `web`, another of its folders is reached without naming `web`.
 * @param {string} unit
 * @param {string} other
 */
const pathFrom = (unit, other) =>
  unit.startsWith('web/') && other.startsWith('web/') ? `(web/)?${other.slice('web/'.length)}` : other

/** oxlint overrides, one for each folder. */
export const boundaryOverrides = () => {
  const all = units()
  return all.map((unit) => {
    const allowed = new Set([unit, ...(ALLOWED[unit] ?? FEATURE)])
    const forbidden = all.filter((other) => !allowed.has(other))
    // A relative path that climbs out of its folder and into another one.
    /** @type {{ regex?: string, group?: string[], message: string }[]} */
    const patterns = forbidden.map((other) => ({
      regex: `^(\\.\\./)+${pathFrom(unit, other)}(/|\\.ts|$)`,
      message: `src/${unit} may not import src/${other}: see "Folders" in ARCHITECTURE.md.`,
    }))
    if (unit.startsWith('web/'))
      patterns.push({ regex: '^(\\.\\./)+(app|main)\\.tsx?$', message: 'Features do not import the app.' })
    const packages = PACKAGES[unit]
    // Negated groups, for the linter's regular expressions have no look-ahead.
    if (packages)
      patterns.push({
        group: ['*', '!.', '!./**', '!..', '!../**', ...packages.map((name) => `!${name}`)],
        message: `src/${unit} may import of packages only: ${packages.join(', ')}.`,
      })
    return {
      files: [`src/${unit}/**/*.{ts,tsx}`],
      excludeFiles: [...TESTS, ...(unit === 'server' ? ['src/server/main.ts'] : [])],
      rules: { 'no-restricted-imports': ['error', { patterns }] },
    }
  })
}
