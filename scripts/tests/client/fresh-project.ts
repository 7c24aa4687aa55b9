import { cpSync, existsSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../../root.mjs'
import { npm } from '../npm.ts'

const packedSchema = z.tuple([z.object({ filename: z.string() })])

/** Makes what a run's test files share once: the first that asks makes it, in the run's own temporary folder. */
const shared = (name: string, make: (folder: string) => void): string => {
  const folder = join(tmpdir(), name)
  if (existsSync(folder)) return folder
  const begun = mkdtempSync(join(tmpdir(), 'rushes-begun-'))
  make(begun)
  renameSync(begun, folder)
  return folder
}

/** The client, built before, packed as `npm publish` would: the tarball's path. */
export const packClient = (): string => {
  const folder = shared('rushes-packed', (into) => {
    const said = npm(root, 'pack', './packages/client', '--ignore-scripts', '--json', '--pack-destination', into)
    renameSync(join(into, packedSchema.parse(JSON.parse(said))[0].filename), join(into, 'client.tgz'))
  })
  return join(folder, 'client.tgz')
}

const manifest = JSON.stringify({ name: 'project', private: true, type: 'module' })

/** A project of nobody, without dependencies. */
export const emptyProject = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-project-'))
  writeFileSync(join(folder, 'package.json'), manifest)
  return folder
}

/** A project of a test's own into which npm installed something: installed once, and copied for each. */
export const projectWith = (name: string, wanted: string): string => {
  const installed = shared(`rushes-installed-${name}`, (into) => {
    writeFileSync(join(into, 'package.json'), manifest)
    npm(into, 'install', '--prefer-offline', '--no-audit', '--no-fund', wanted)
  })
  const folder = mkdtempSync(join(tmpdir(), 'rushes-project-'))
  cpSync(installed, folder, { recursive: true, verbatimSymlinks: true })
  return folder
}

/** A project with the package from its tarball. */
export const freshProject = (): string => projectWith('client', packClient())
