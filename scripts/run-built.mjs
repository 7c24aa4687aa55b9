import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'

/** Where `npm run build` puts the program. */
export const built = join(root, 'dist/server/run.js')

/**
 * Runs what is built: a server, or by ROLE a worker.
 * @param {import('../src/server/process/endings.ts').Launcher} launcher
 */
export const runBuilt = async (launcher) => {
  /** @type {typeof import('../src/server/run.ts')} */
  const { run } = await import(pathToFileURL(built).href)
  await run({ envFile: join(root, '.env'), studioRoot: join(root, 'dist/web'), launcher })
}
