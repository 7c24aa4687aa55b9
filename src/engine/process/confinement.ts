import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Node's own name of its permissions: until version 22 they were an experiment. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission'

/** Where Node's permissions were tried. */
const SYSTEMS: readonly NodeJS.Platform[] = ['linux', 'darwin']

/**
 * Paths as they are named and as they really are, for what is opened is compared by its name. Each once, and none with a
 * slash at its end: Node 20 dies of a folder that it is told of with and without.
 */
const bothNames = (named: readonly string[]): string[] => {
  const paths = named.map((path) => resolve(path))
  const real = paths.map((path) => {
    try {
      return realpathSync(path)
    } catch {
      return path
    }
  })
  return [...new Set([...paths, ...real])]
}

/** A path by the name under which tsx asks for it once more: each letter small where it was large, and large where small. */
const inOtherCase = (path: string): string =>
  path.replace(/./gs, (letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))

const withParents = (folder: string): string[] => {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...withParents(parent)]
}

/** Where packages are looked for, from a folder upwards. */
const packagesOf = (folder: string): string[] =>
  withParents(folder).flatMap((each) => [join(each, 'node_modules'), join(each, 'package.json')])

export type Code =
  /** Bundles in one folder. */
  | { kind: 'built'; folder: string }
  /** Sources that tsx compiles, and the folder in which it is started. */
  | { kind: 'source'; folder: string; cwd: string }

/**
 * The flags by which JavaScript in a child reads its own code and folders of media, and nothing else; writes nothing,
 * starts no process, and meets a refusal where it tries. Native code is not held by them: FFmpeg and libvips write the
 * results. tsx, in development, needs its compiler's process, its cache, and to ask whether capitals matter.
 */
export const permissionFlags = (code: Code, media: readonly string[]): string[] => {
  if (!SYSTEMS.includes(process.platform)) return []
  const cache = `${join(tmpdir(), 'tsx-')}*`
  const development =
    code.kind === 'source'
      ? {
          reads: [
            ...withParents(code.folder).map((folder) => `${join(folder, 'tsconfig')}*`),
            inOtherCase(code.cwd),
            cache,
          ],
          flags: ['--allow-child-process', `--allow-fs-write=${cache}`],
        }
      : { reads: [], flags: [] }
  const reads = [
    ...bothNames([code.folder, ...packagesOf(code.folder), ...development.reads]),
    // What is in them, also of a folder that is not there yet: Node would take its name for a file's.
    ...bothNames(media).map((folder) => join(folder, '*')),
  ]
  return [
    PERMISSION,
    // Each would otherwise begin with words about permissions, which come among its last ones.
    '--no-warnings',
    '--allow-addons',
    '--allow-worker',
    ...reads.map((path) => `--allow-fs-read=${path}`),
    ...development.flags,
  ]
}

/** Root needs no user namespace for it, in which it could not read what belongs to others. */
const NO_NETWORK = [...(process.getuid?.() === 0 ? [] : ['--user', '--map-current-user']), '--net', '--']

let launcher: readonly string[] | undefined

/**
 * What stands before a child's own command to take the network from it, native code included: a network namespace of
 * its own, in which there is nothing. Empty where the system has none, or does not give it to this account.
 */
export const withoutNetwork = (): readonly string[] => {
  const isGiven = (): boolean =>
    process.platform === 'linux' && spawnSync('unshare', [...NO_NETWORK, 'true'], { timeout: 2000 }).status === 0
  launcher ??= isGiven() ? ['unshare', ...NO_NETWORK] : []
  return launcher
}
