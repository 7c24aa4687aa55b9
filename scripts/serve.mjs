// Serves what `npm run build` has built, and installs and builds nothing: for containers and services.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'

const built = join(root, 'dist/server/run.js')
if (!existsSync(built)) {
  console.error('\n  Nothing is built yet: run `npm run build` first.\n')
  process.exit(1)
}
/** @type {typeof import('../src/server/run.ts')} */
const { run } = await import(pathToFileURL(built).href)
await run({
  envFile: join(root, '.env'),
  studioRoot: join(root, 'dist/web'),
  launcher: { gone: null, isNohup: false },
})
