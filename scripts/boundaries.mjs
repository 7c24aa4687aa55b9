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

const KERNELS = ['kernels', 'kernels/wasm']
const SCENE = ['prompt', 'canvas', 'kernels', 'scenes']
/**
 * What each room of the engine may import of the others; each also imports what lies beside the rooms. There is no circle.
 * A room that is not named here may import none.
 * @type {Record<string, string[]>}
 */
const ROOMS = {
  'kernels/wasm': [],
  kernels: ['kernels/wasm'],
  process: [],
  prompt: [],
  canvas: KERNELS,
  sight: KERNELS,
  media: ['kernels', 'process'],
  styles: [...KERNELS, 'prompt'],
  motion: [...KERNELS, 'prompt', 'canvas', 'sight'],
  transitions: [...KERNELS, 'prompt', 'canvas', 'sight', 'motion'],
  scenes: SCENE,
  'scenes/sky': SCENE,
  'scenes/land': [...SCENE, 'scenes/sky'],
  'scenes/water': [...SCENE, 'scenes/sky'],
  'scenes/built': [...SCENE, 'scenes/sky'],
  'scenes/figures': [...SCENE, 'scenes/sky', 'scenes/built'],
  'scenes/motifs': [...SCENE, ...['sky', 'land', 'water', 'built', 'figures'].map((name) => `scenes/${name}`)],
  'scenes/places': [
    ...SCENE,
    ...['sky', 'land', 'water', 'built', 'figures', 'motifs'].map((name) => `scenes/${name}`),
  ],
  tasks: ['kernels', 'process', 'prompt', 'media', 'styles', 'motion', 'transitions', 'scenes'],
}

/**
 * What the server's lower folders may import of its others; each also imports the files beside the folders. Those above them,
 * which are not named here, meet as they need.
 * @type {Record<string, string[]>}
 */
const LAYERS = {
  outgoing: [],
  store: ['outgoing'],
  http: ['people', 'outgoing'],
}

/**
 * Packages that a folder may import; others take any.
 * @type {Record<string, string[]>}
 */
const PACKAGES = { shared: ['zod'], client: ['zod'] }

const units = () => [
  ...foldersIn('src').filter((name) => name !== 'web'),
  ...foldersIn('src/web').map((name) => `web/${name}`),
]

const rooms = () => [
  ...foldersIn('src/engine').filter((name) => name !== 'testing' && name !== 'golden'),
  'kernels/wasm',
  ...foldersIn('src/engine/scenes').map((name) => `scenes/${name}`),
]

/** Where everything meets that a process or a scene begins with. */
const BEGINNINGS = ['src/engine/process/child.ts', 'src/engine/scenes/scene.ts']

const TESTS = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'src/**/testing/**']

/**
 * Inside of `web`, another of its folders is reached without naming `web`.
 * @param {string} unit
 * @param {string} other
 */
const pathFrom = (unit, other) =>
  unit.startsWith('web/') && other.startsWith('web/') ? `(web/)?${other.slice('web/'.length)}` : other

/** @typedef {{ regex?: string, group?: string[], message: string }} Pattern */

/**
 * oxlint overrides, one for each room of the engine. They replace the engine's own, so they forbid what that does as well.
 * @param {Pattern[]} ofEngine
 */
const roomOverrides = (ofEngine) => {
  const all = rooms()
  return all.map((room) => {
    const [folder, part] = room.split('/')
    const patterns = all
      .filter((other) => other !== room && !ROOMS[room]?.includes(other))
      .map((other) => {
        const [around, inner] = other.split('/')
        // A room inside of another is reached without naming that from within it.
        const path = inner === undefined ? around : `(${around}/)?${inner}`
        const climb = inner !== undefined && room === around ? '\\./' : '(\\.\\./)+'
        return {
          regex: `^${climb}${path}/`,
          message: `src/engine/${room} may not import src/engine/${other}: see scripts/boundaries.mjs.`,
        }
      })
    if (room === 'kernels/wasm')
      patterns.push({ regex: '^\\.\\./[^/]+\\.ts$', message: 'What is compiled imports no other kernels.' })
    if (folder === 'scenes')
      patterns.push({
        regex: '/prompt/words(\\.ts)?$',
        message: 'A painter reads no words: what they ask for is read in src/engine/prompt/details.',
      })
    if (folder === 'scenes' && part !== undefined)
      patterns.push({ regex: '^(\\.\\./)+scene\\.ts$', message: 'The parts of a scene do not import the scene.' })
    return {
      files: [`src/engine/${room}/${all.some((other) => other.startsWith(`${room}/`)) ? '' : '**/'}*.ts`],
      excludeFiles: [...TESTS, ...BEGINNINGS],
      rules: { 'no-restricted-imports': ['error', { patterns: [...ofEngine, ...patterns] }] },
    }
  })
}

/**
 * oxlint overrides, one for each lower folder of the server. They replace the server's own, so they forbid what that does as
 * well.
 * @param {Pattern[]} ofServer
 */
const layerOverrides = (ofServer) => {
  const all = foldersIn('src/server').filter((name) => name !== 'testing')
  return Object.entries(LAYERS).map(([layer, allowed]) => {
    const patterns = all
      .filter((other) => other !== layer && !allowed.includes(other))
      .map((other) => ({
        regex: `^(\\.\\./)+${other}/`,
        message: `src/server/${layer} may not import src/server/${other}: see scripts/boundaries.mjs.`,
      }))
    return {
      files: [`src/server/${layer}/**/*.ts`],
      excludeFiles: TESTS,
      rules: { 'no-restricted-imports': ['error', { patterns: [...ofServer, ...patterns] }] },
    }
  })
}

/** oxlint overrides, one for each folder. */
export const boundaryOverrides = () => {
  const all = units()
  return all.flatMap((unit) => {
    const allowed = new Set([unit, ...(ALLOWED[unit] ?? FEATURE)])
    const forbidden = all.filter((other) => !allowed.has(other))
    // A relative path that climbs out of its folder and into another one.
    /** @type {Pattern[]} */
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
    const override = {
      files: [`src/${unit}/**/*.{ts,tsx}`],
      excludeFiles: [...TESTS, ...(unit === 'server' ? ['src/server/main.ts'] : [])],
      rules: { 'no-restricted-imports': ['error', { patterns }] },
    }
    if (unit === 'engine') return [override, ...roomOverrides(patterns)]
    return unit === 'server' ? [override, ...layerOverrides(patterns)] : [override]
  })
}
