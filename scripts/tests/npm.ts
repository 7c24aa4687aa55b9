import { spawnSync } from 'node:child_process'
import { plainEnvironment } from './runtimes.ts'

/** Runs npm in a folder and answers what it printed. Throws with all its words where it fails. */
export const npm = (folder: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', env: plainEnvironment() })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed (${status}):\n${stdout}\n${stderr}`)
  return stdout
}
