import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** A script of this program that runs in a process or a thread of its own. */
export type Script = {
  path: string
  /** Whether it is a source file, which tsx compiles, and not a bundle. */
  isSource: boolean
}

/** A folder of bundles that `npm test` has made of these sources: its many processes need not compile them each. */
const TEST_BUILD = process.env['RUSHES_TEST_BUILD']

/**
 * Finds a script from the module that starts it: the source file beside it in development and tests, and the bundle's
 * entry of the other name in a build, where a bundler may put the module beside its entries, or into a folder of chunks
 * below them. `from` is the module's `import.meta.url`.
 */
export const findScript = (from: string, source: string, built: string): Script => {
  const at = (path: string): string => fileURLToPath(new URL(path, from))
  if (from.endsWith('.ts')) {
    const bundle = TEST_BUILD === undefined ? undefined : join(TEST_BUILD, built)
    return bundle !== undefined && existsSync(bundle)
      ? { path: bundle, isSource: false }
      : { path: at(`./${source}`), isSource: true }
  }
  const places = [at(`./${built}`), at(`../${built}`)]
  return { path: places.find((path) => existsSync(path)) ?? places[0] ?? built, isSource: false }
}

/** What Node is told to run a script; tsx is looked up from the working directory, which must lie in the repository. */
export const loaderFlags = ({ isSource }: Script): string[] => (isSource ? ['--import', 'tsx'] : [])

/** Starts a script as a thread. Node 20 does not give a thread the loader that its process has. */
export const startThread = ({ path, isSource }: Script): Worker => {
  if (!isSource) return new Worker(path)
  const url = JSON.stringify(pathToFileURL(path).href)
  const loaded = `import('tsx/esm/api').then(({ register }) => (register(), import(${url})))`
  return new Worker(loaded, { eval: true, execArgv: [] })
}
