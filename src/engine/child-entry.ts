import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The parts of the environment that a child needs; keys and settings of the server stay out of its reach. */
const KEPT = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'WINDIR', 'LD_LIBRARY_PATH'] as const

/** What a child gets of this process's environment. */
export const environmentOfChild = (): NodeJS.ProcessEnv =>
  Object.fromEntries(KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))

/** Megabytes of JavaScript heap; pictures live outside of it. */
const HEAP = 512

/**
 * Forks a script beside this module: `child` is `child.ts` run by tsx in development and tests, and
 * `engine-child.js` beside the bundle in a build.
 */
export const forkScript = (source: string, built: string): ChildProcess => {
  const inSource = import.meta.url.endsWith('.ts')
  const here = import.meta.url
  const script = new URL(`./${inSource ? source : built}`, here)
  return fork(fileURLToPath(script), [], {
    // `--import tsx` is looked up from the working directory.
    cwd: fileURLToPath(new URL('.', here)),
    execArgv: [`--max-old-space-size=${HEAP}`, ...(inSource ? ['--import', 'tsx'] : [])],
    env: environmentOfChild(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
}

export const forkChild = (): ChildProcess => forkScript('child.ts', 'engine-child.js')
