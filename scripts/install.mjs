// Installs what is missing. Only Node's own modules: this runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

const stamp = join(root, 'node_modules', '.rushes-installed')

/** What `.rushes-installed` in node_modules says where they belong to this lock file and this Node. */
export const installedStamp = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest('hex')

/**
 * Runs a command in the repo with its output shown; ends this process when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
export const run = (command, args, options = {}) => {
  // On Windows npm is a batch file, which needs a shell; a shell breaks the paths of programs at their spaces.
  const shell = process.platform === 'win32' && command === 'npm'
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell, ...options })
  if (error || status !== 0) {
    console.error(`\n${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ` (exit ${status})`}`)
    process.exit(status || 1)
  }
}

/** `npm ci` where node_modules is missing or belongs to another lock file or another Node. */
export const ensureInstalled = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Rushes needs Node 20.19 or newer; this is ${process.versions.node}.`)
    process.exit(1)
  }
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === installedStamp()) return
  console.log('Installing dependencies…')
  // Test tools that set NODE_ENV would leave out what building needs.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { env: { ...process.env, SKIP_FFMPEG: 'true' } })
  writeFileSync(stamp, installedStamp())
}
