import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for one test file, and how to remove it. */
export const openScratch = async (): Promise<{
  folder: string
  at: (name: string) => string
  remove: () => Promise<void>
}> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-engine-'))
  return { folder, at: (name) => join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) }
}
