import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../root.mjs'
import { plainEnvironment } from '../runtimes.ts'

/** A Python that has Decart's newest SDK and requests, or why there is none. */
export type Python = { program: string; version: string } | { missing: string }

/** What the newest SDK asks for. */
const OLDEST = [3, 10] as const
const NEWEST_SDK = 'decart==0.2.4'
/** What code asks by that the SDK cannot. */
const REQUESTS = 'requests==2.32.5'

const cache = join(root, '.cache', 'python')

/** How pip installs here: it says only what goes wrong, and does not try for long. */
const PIP = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1']

const run = (program: string, args: readonly string[]) =>
  spawnSync(program, args, { encoding: 'utf8', env: plainEnvironment() })

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

const versionOf = (program: string): string | undefined => {
  const { status, stdout } = run(program, ['--version'])
  return status === 0 ? /\d+\.\d+\.\d+/.exec(stdout)?.[0] : undefined
}

const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/** The machine's Python in an environment of its own, kept between runs, with what the SDK depends on. */
export const findPython = (): Python => {
  const system = ['python3', 'python'].find((name) => versionOf(name) !== undefined)
  const version = system && versionOf(system)
  if (!system || !version) return { missing: 'there is no Python on this machine' }
  if (!isNewEnough(version)) return { missing: `it needs Python ${OLDEST.join('.')}, and this is ${version}` }
  const environment = join(cache, `python-${version}`)
  const program = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  if (existsSync(program) && run(program, ['-c', 'import decart, requests']).status === 0) return { program, version }
  rmSync(environment, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  const made = run(system, ['-m', 'venv', environment])
  if (made.status !== 0) return { missing: `its venv could not be made (${lastLine(made.stderr + made.stdout)})` }
  const installed = run(program, [...PIP, NEWEST_SDK, REQUESTS])
  if (installed.status === 0) return { program, version }
  rmSync(environment, { recursive: true, force: true })
  return { missing: `pip could not fetch ${NEWEST_SDK} and ${REQUESTS} (${lastLine(installed.stderr)})` }
}

/** The folder of a version of the SDK without what it depends on, for PYTHONPATH; or why it cannot be had. */
export const findSdk = (program: string, version: string): { folder: string } | { missing: string } => {
  const folder = join(cache, `decart-${version}`)
  if (existsSync(join(folder, 'decart', '__init__.py'))) return { folder }
  const { status, stderr } = run(program, [...PIP, '--no-deps', '--target', folder, `decart==${version}`])
  return status === 0 ? { folder } : { missing: `pip could not fetch it (${lastLine(stderr)})` }
}
