import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

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

const IN_SOURCE = import.meta.url.endsWith('.ts')

/** Path of a script of the engine: its source, or the bundle's entry of the other name. */
const scriptOf = (source: string, built: string): string =>
  IN_SOURCE ? fileURLToPath(new URL(`./${source}`, import.meta.url)) : builtScript(built)

/**
 * Forks a script of the engine: a source file beside this one, run by tsx, in development and tests, and the bundle's
 * entry of the other name in a build.
 */
export const forkScript = (source: string, built: string): ChildProcess => {
  return fork(scriptOf(source, built), [], {
    // `--import tsx` is looked up from the working directory.
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    execArgv: [`--max-old-space-size=${HEAP}`, ...(IN_SOURCE ? ['--import', 'tsx'] : [])],
    env: environmentOfChild(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
}

/** Starts a script of the engine as a thread. Node 20 does not give a thread the loader that its process has. */
export const startThread = (source: string, built: string): Worker => {
  const script = scriptOf(source, built)
  if (!IN_SOURCE) return new Worker(script)
  const url = JSON.stringify(pathToFileURL(script).href)
  const loaded = `import('tsx/esm/api').then(({ register }) => (register(), import(${url})))`
  return new Worker(loaded, { eval: true, execArgv: [] })
}

export const forkChild = (): ChildProcess => forkScript('child.ts', 'engine-child.js')
