import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { watchLauncher } from './launcher.mjs'
import { runBuilt } from './run-built.mjs'

/**
 * Installs what is missing, builds what is stale, and runs it.
 * @param {string} script the npm script that asks for it
 */
export const buildAndRun = async (script) => {
  const launcher = watchLauncher(script)
  ensureInstalled()
  await ensureBuilt()
  await runBuilt(launcher)
}
