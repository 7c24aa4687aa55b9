import { existsSync } from 'node:fs'
import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { explainDiskError, hasCode } from '../disk-errors.ts'
import type { Folders } from '../store/folders.ts'
import type { Outcome } from './copy-blob.ts'
import type { Report } from './report.ts'

/** Copies a file with its rights, under a name that is its own once it is whole. What is there stays as it is. */
const copyNew = async (from: string, to: string): Promise<Outcome> => {
  if (existsSync(to)) return 'there'
  const part = join(dirname(to), `.${basename(to)}.rushes-part`)
  try {
    await mkdir(dirname(to), { recursive: true })
    await copyFile(from, part)
    await link(part, to)
    return 'copied'
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return 'there'
    throw explainDiskError(error)
  } finally {
    await rm(part, { force: true })
  }
}

const workflowsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json') && !name.startsWith('.'))

/** Copies what is set of renderers, what Decart was seen to serve, and workflows into another data folder. */
export const copySettings = async (
  { root, settings, served, workflows }: Folders,
  to: string,
  { isDryRun, report }: { isDryRun: boolean; report: Report },
): Promise<void> => {
  const own = [settings, served].filter((path) => existsSync(path))
  const all = [...own, ...(await workflowsIn(workflows)).map((name) => join(workflows, name))]
  for (const from of all) {
    const target = join(to, relative(root, from))
    report.add('settings', isDryRun ? (existsSync(target) ? 'there' : 'copied') : await copyNew(from, target))
  }
}
