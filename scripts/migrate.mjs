// npm run migrate -- --to team.env: copies the studio of DATA_DIR to the database and the storage that team.env sets; see
// docs/team.md. Run again it goes on where it was stopped.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { watchLauncher } from './launcher.mjs'
import { root } from './root.mjs'

const launcher = watchLauncher('migrate')
ensureInstalled()
await ensureBuilt()

/** @type {typeof import('../src/server/migrate/run.ts')} */
const { migrate } = await import(pathToFileURL(join(root, 'dist/server/migrate.js')).href)

const stopping = new AbortController()
/** A terminal and npm both pass Ctrl-C on: what comes within this was sent once. */
const SAME_SIGNAL = 1000
let stopped = 0
const stop = () => {
  if (stopping.signal.aborted && performance.now() - stopped > SAME_SIGNAL) process.exit(1)
  if (!stopping.signal.aborted) {
    stopped = performance.now()
    console.log('  What is on its way is brought to its end; again to stop at once.')
  }
  stopping.abort()
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
void launcher.gone?.then(stop)

process.exitCode = await migrate({
  args: process.argv.slice(2),
  environment: process.env,
  envFile: join(root, '.env'),
  say: (words) => console.log(words === '' ? '' : `  ${words}`),
  signal: stopping.signal,
})
