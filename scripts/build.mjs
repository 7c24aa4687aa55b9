// Builds the studio, the server and the client into dist/.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled, run } from './install.mjs'
import { root } from './root.mjs'

const stamp = join(root, 'dist', '.built')
const SOURCES = [
  'src',
  'public',
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
  const add = (path) => {
    const facts = statSync(path)
    if (facts.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name))
    else hash.update(`${path} ${facts.size} ${facts.mtimeMs}\n`)
  }
  for (const source of SOURCES) if (existsSync(join(root, source))) add(join(root, source))
  return hash.digest('hex')
}

/** Everything from node_modules stays there: native parts cannot be bundled. */
const nodeBuild = (outDir, entry) => ({
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
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

const build = async () => {
  const { build: vite } = await import('vite')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  await vite({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  await vite(
    nodeBuild('dist/server', {
      main: 'src/server/main.ts',
      'engine-child': 'src/engine/child.ts',
      'engine-drawer': 'src/engine/tasks/drawer.ts',
      // For the bench, which measures what people run.
      renderer: 'src/engine/local-renderer.ts',
    }),
  )
  await vite({
    ...nodeBuild('dist/client', { index: 'src/client/index.ts' }),
    // The client is for browsers too: zod comes along, and nothing of Node does.
    ssr: { noExternal: true, target: 'webworker' },
  })
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.client.json'])
}

/** Builds if anything changed since the last time. */
export const ensureBuilt = async () => {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
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
