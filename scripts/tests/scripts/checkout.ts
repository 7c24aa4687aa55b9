import { copyFileSync, cpSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installedStamp } from '../../install.mjs'
import { root } from '../../root.mjs'
import { isThere } from './npm-run.ts'

/** What a checkout has not: what is installed, built, made, cached or a person's own. */
const NOT_CHECKED_OUT = new Set([
  '.git',
  '.env',
  '.cache',
  'node_modules',
  'dist',
  'data',
  'gallery',
  'test-results',
  'bench-results',
  'playwright-report',
])

/** Links all files of a folder into another, which takes a second for a folder of 700 MB; copies where that cannot be. */
const linkTree = (from: string, to: string): void => {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else if (entry.isFile())
      try {
        linkSync(source, target)
      } catch {
        copyFileSync(source, target)
      }
    else cpSync(source, target, { recursive: true, verbatimSymlinks: true })
  }
}

/** Tools keep what they write in folders of such names; it must not be shared. */
const isOfTools = (name: string): boolean => name.startsWith('.') && name !== '.bin' && name !== '.package-lock.json'

const cache = join(root, '.cache')

/** Removes copies of runs that were killed before they could. */
const removeForgotten = (): void => {
  for (const name of readdirSync(cache)) {
    const pid = /^Checkout (\d+) /.exec(name)?.[1]
    if (pid !== undefined && !isThere(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true })
  }
}

/**
 * A copy of this checkout with its dependencies, for tests that build, change and break things in it. It lies beside the
 * dependencies that it links, and is a repository's root for the tools that look for one. Its path has a capital and a
 * space, as people's have.
 */
export const makeCheckout = (): string => {
  mkdirSync(cache, { recursive: true })
  removeForgotten()
  const folder = mkdtempSync(join(cache, `Checkout ${process.pid} `))
  for (const name of readdirSync(root).filter((each) => !NOT_CHECKED_OUT.has(each)))
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      // To the precision to which `utimes` can give a file its time back: what was built then stays good.
      preserveTimestamps: true,
      filter: (path) => path !== join(root, 'packages', 'client', 'dist'),
    })
  mkdirSync(join(folder, '.git'))
  const [from, to] = [join(root, 'node_modules'), join(folder, 'node_modules')]
  mkdirSync(to)
  for (const { name } of readdirSync(from, { withFileTypes: true }).filter((entry) => !isOfTools(entry.name)))
    if (name === '.bin') cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true })
    else if (name === '.package-lock.json') copyFileSync(join(from, name), join(to, name))
    else linkTree(join(from, name), join(to, name))
  writeFileSync(join(to, '.rushes-installed'), installedStamp())
  return folder
}
