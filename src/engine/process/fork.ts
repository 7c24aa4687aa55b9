import { type ChildProcess, fork } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { findScript, loaderFlags, type Script, startThread } from '../../processes/script.ts'
import { type Code, permissionFlags, withoutNetwork } from './confinement.ts'

/** The parts of the environment that a child needs; keys and settings of the server stay out of its reach. */
const KEPT = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'WINDIR', 'LD_LIBRARY_PATH'] as const

/** What a child gets of this process's environment. */
const environmentOfChild = (): NodeJS.ProcessEnv =>
  Object.fromEntries(KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))

/** Megabytes of JavaScript heap; pictures live outside of it. */
const HEAP = 512

/** What a script may reach: `everything` is for the scripts of tests, which make what the others read. */
type Reach = 'everything' | { reads: readonly string[] }

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** The folder with all code of ours that a script may load. */
const codeOf = ({ path, isSource }: Script): Code =>
  isSource
    ? { kind: 'source', folder: fileURLToPath(new URL('../..', import.meta.url)), cwd: HERE }
    : { kind: 'built', folder: dirname(path) }

/**
 * Forks a script of the engine: a source file beside this one, run by tsx, in development and tests, and the bundle's
 * entry of the other name in a build. It sees nothing of the environment's settings and, as far as the system can do
 * that, no network.
 */
export const forkScript = (source: string, built: string, reach: Reach): ChildProcess => {
  const script = findScript(import.meta.url, source, built)
  const [launcher, ...before] = reach === 'everything' ? [] : withoutNetwork()
  return fork(script.path, [], {
    cwd: HERE,
    ...(launcher === undefined ? {} : { execPath: launcher }),
    execArgv: [
      ...(launcher === undefined ? [] : [...before, process.execPath]),
      `--max-old-space-size=${HEAP}`,
      ...(reach === 'everything' ? [] : permissionFlags(codeOf(script), reach.reads)),
      ...loaderFlags(script),
    ],
    env: environmentOfChild(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
}

/** Starts a script of the engine as a thread. */
export const startEngineThread = (source: string, built: string): Worker =>
  startThread(findScript(import.meta.url, source, built))

/** Starts a child of the engine. `reads` are the folders in which its media lie; the libraries write where they are told. */
export const forkChild = (reads: readonly string[]): ChildProcess =>
  forkScript('child.ts', 'engine-child.js', { reads })
