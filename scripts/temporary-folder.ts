import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPostgres, POSTGRES_MISSING } from './postgres.mjs'

/**
 * Gives all unit tests one temporary folder of their own, and removes it with everything that they left there. Tells
 * those that need a PostgreSQL where its programs are.
 */
export const setup = async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-unit-'))
  // PostgreSQL refuses to run as root; the account that it runs under instead has to pass through here.
  await chmod(folder, 0o711)
  process.env['TMPDIR'] = folder
  const clips = join(folder, 'clips')
  await mkdir(clips)
  process.env['RUSHES_TEST_CLIPS'] = clips
  const postgres = findPostgres()
  if (postgres === undefined) process.stdout.write(`${POSTGRES_MISSING}\n`)
  else process.env['RUSHES_TEST_POSTGRES'] = postgres
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
