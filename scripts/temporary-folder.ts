import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives all unit tests one temporary folder of their own, and removes it with everything that they left there. */
export const setup = async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-unit-'))
  process.env['TMPDIR'] = folder
  const clips = join(folder, 'clips')
  await mkdir(clips)
  process.env['RUSHES_TEST_CLIPS'] = clips
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
