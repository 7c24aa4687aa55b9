import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../../root.mjs'
import { npm } from '../npm.ts'

const packedSchema = z.tuple([z.object({ filename: z.string() })])

/** Packs the client, built before, as `npm publish` would, and answers the tarball's path. */
export const packClient = (into: string): string => {
  const said = npm(root, 'pack', './packages/client', '--ignore-scripts', '--json', '--pack-destination', into)
  return join(into, packedSchema.parse(JSON.parse(said))[0].filename)
}

/** A project of nobody, without dependencies. */
export const emptyProject = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-project-'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }))
  return folder
}

/** A project with the package from its tarball. */
export const freshProject = (tarball: string): string => {
  const folder = emptyProject()
  npm(folder, 'install', '--prefer-offline', tarball)
  return folder
}
