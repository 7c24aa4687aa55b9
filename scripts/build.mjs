// Builds the studio and the server into dist/, and the client into its package in packages/client.
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

const stamp = join(root, 'dist', '.built')
const clientPackage = join(root, 'packages', 'client')
const SOURCES = [
  'src',
  'public',
  'packages/client/package.json',
  'index.html',
  'vite.config.ts',
  'tailwind.config.js',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.client.json',
  'scripts/build.mjs',
]

/** Names, sizes and times of all sources: reading them takes milliseconds, so a second start stays quick. */
const fingerprint = () => {
  const hash = createHash('sha256')
  /** @param {string} path */
  const add = (path) => {
    const facts = statSync(path)
    if (facts.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name))
    else hash.update(`${path} ${facts.size} ${facts.mtimeMs}\n`)
  }
  for (const source of SOURCES) if (existsSync(join(root, source))) add(join(root, source))
  return hash.digest('hex')
}

/**
 * What stays in node_modules: native parts, what starts threads of its own files, and what looks for parts of itself that
 * may not be there. All else is bundled, of which a process uses a part: read file by file, as 640 modules, it took half
 * of the time until a server was ready.
 */
const UNBUNDLED = ['sharp', '@napi-rs/canvas', 'node-av', 'libsql', 'pg', 'pino', 'ws']

/**
 * @param {string} outDir
 * @param {string | Record<string, string>} entry
 * @returns {import('vite').InlineConfig}
 */
const nodeBuild = (outDir, entry) => ({
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true, external: UNBUNDLED },
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: entry,
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})

/** What runs in processes and threads of its own. */
const SCRIPTS = {
  'index-child': 'src/server/store/database/child.ts',
  'hash-thread': 'src/server/store/hash-thread.ts',
  'engine-child': 'src/engine/process/child.ts',
  'engine-drawer': 'src/engine/tasks/drawer.ts',
}

/**
 * Builds what tests start as processes of their own, of which there are hundreds, and answers the folder: compiling
 * the sources takes each of them longer than its work.
 */
export const buildForTests = async () => {
  const { build: vite } = await import('vite')
  const folder = 'test-results/build'
  const { NODE_ENV: before } = process.env
  const ofTests = {
    'server-process': 'src/server/testing/server-process.ts',
    'migrate-process': 'src/server/testing/migrate-process.ts',
    'clip-child': 'src/engine/testing/clip-child.ts',
  }
  await vite(nodeBuild(folder, { ...SCRIPTS, ...ofTests }))
  // A build makes it `production` for the whole process, in which React has nothing for tests.
  if (before === undefined) delete process.env['NODE_ENV']
  else process.env['NODE_ENV'] = before
  return join(root, folder)
}

const build = async () => {
  const { build: vite } = await import('vite')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  await vite({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  await vite(
    nodeBuild('dist/server', {
      run: 'src/server/run.ts',
      migrate: 'src/server/migrate/run.ts',
      ...SCRIPTS,
      // For the bench, which measures what people run.
      renderer: 'src/engine/local-renderer.ts',
    }),
  )
  await buildClient()
}

/** The client as a package for `import` and for `require`, each with its types. It needs zod, and nothing of Node. */
const buildClient = async () => {
  const { build: vite } = await import('vite')
  const dist = join(clientPackage, 'dist')
  await vite({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: dist,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      lib: {
        entry: 'src/client/index.ts',
        formats: ['es', 'cjs'],
        fileName: (format) => (format === 'cjs' ? 'cjs/index.js' : 'index.js'),
      },
      rolldownOptions: { external: ['zod'] },
    },
  })
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.client.json'])
  // Types are of the kind of module that the nearest package.json says.
  cpSync(join(dist, 'types'), join(dist, 'cjs', 'types'), { recursive: true })
  writeFileSync(join(dist, 'cjs', 'package.json'), '{ "type": "commonjs" }\n')
  copyFileSync(join(root, 'LICENSE'), join(clientPackage, 'LICENSE'))
}

/** Builds if anything changed since the last time. */
export const ensureBuilt = async () => {
  const wanted = fingerprint()
  if (existsSync(stamp) && existsSync(join(clientPackage, 'dist')) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Building…')
  await build()
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, wanted)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled()
  rmSync(stamp, { force: true })
  await ensureBuilt()
}
