import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildForTests, ensureBuilt } from '../scripts/build.mjs'
import { buildPages } from '../src/web/compare/testing/serve.ts'

/**
 * Makes once what every worker would make for itself, and again after each failure: the bundles of what tests start as
 * processes of their own, which would else be compiled at every start, and the pages of the compare harness. The product
 * is built before as well, for two workers would build it into one folder at the same time.
 */
export default async (): Promise<() => Promise<void>> => {
  const { NODE_ENV: before } = process.env
  await ensureBuilt()
  const pages = await mkdtemp(join(tmpdir(), 'rushes-harness-'))
  await buildPages(pages)
  // Builds make it `production`, for the servers of the tests as well, which get this environment.
  if (before === undefined) delete process.env['NODE_ENV']
  else process.env['NODE_ENV'] = before
  process.env['RUSHES_HARNESS_PAGES'] = pages
  process.env['RUSHES_TEST_BUILD'] = await buildForTests()
  return () => rm(pages, { recursive: true, force: true })
}
