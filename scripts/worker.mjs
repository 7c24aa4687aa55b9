// npm run worker: installs what is missing, builds what is stale, and renders what servers on the same DATABASE_URL ask for.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { watchLauncher } from './launcher.mjs'
import { root } from './root.mjs'

const launcher = watchLauncher('worker')
ensureInstalled()
await ensureBuilt()

process.env['ROLE'] = 'worker'
/** @type {typeof import('../src/server/run.ts')} */
const { run } = await import(pathToFileURL(join(root, 'dist/server/run.js')).href)
await run({ envFile: join(root, '.env'), studioRoot: null, launcher })
