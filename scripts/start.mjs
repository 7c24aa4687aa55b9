// npm start: installs what is missing, builds what is stale, serves the studio and the API.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { watchLauncher } from './launcher.mjs'
import { root } from './root.mjs'

const launcher = watchLauncher('start')
ensureInstalled()
await ensureBuilt()

/** @type {typeof import('../src/server/run.ts')} */
const { run } = await import(pathToFileURL(join(root, 'dist/server/run.js')).href)
await run({ envFile: join(root, '.env'), studioRoot: join(root, 'dist/web'), launcher })
