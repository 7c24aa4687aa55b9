import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The parts of the environment that a child needs; keys and settings of the server stay out of its reach. */
const KEPT = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'WINDIR', 'LD_LIBRARY_PATH'] as const

/** What a child gets of this process's environment. */
export const environmentOfChild = (): NodeJS.ProcessEnv =>
  Object.fromEntries(KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))

/** Megabytes of JavaScript heap; pictures live outside of it. */
const HEAP = 512

/** A bundler may put this module beside its entries, or into a folder of chunks below them. */
const builtScript = (name: string): string => {
  const places = [`./${name}`, `../${name}`].map((path) => fileURLToPath(new URL(path, import.meta.url)))
  return places.find((path) => existsSync(path)) ?? places[0] ?? name
}

/**
 * Forks a script of the engine: a source file beside this one, run by tsx, in development and tests, and the bundle's
 * entry of the other name in a build.
 */
export const forkScript = (source: string, built: string): ChildProcess => {
  const inSource = import.meta.url.endsWith('.ts')
  const script = inSource ? fileURLToPath(new URL(`./${source}`, import.meta.url)) : builtScript(built)
  return fork(script, [], {
    // `--import tsx` is looked up from the working directory.
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    execArgv: [`--max-old-space-size=${HEAP}`, ...(inSource ? ['--import', 'tsx'] : [])],
    env: environmentOfChild(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
}

export const forkChild = (): ChildProcess => forkScript('child.ts', 'engine-child.js')
