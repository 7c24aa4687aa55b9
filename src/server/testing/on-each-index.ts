import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Index } from '../store/database/index-access.ts'
import { openPostgresIndex } from '../store/database/postgres/open-postgres-index.ts'
import { openTestIndex } from './open-test-index.ts'
import { type Cluster, hasPostgres, startCluster } from './postgres.ts'

/** A place where an index is kept: what one leaves there, the next finds. */
export type IndexPlace = {
  open: () => Promise<Index>
}

/** One of the two databases, for a suite that both must pass. */
export type IndexMake = {
  name: 'embedded' | 'PostgreSQL'
  newPlace: () => Promise<IndexPlace>
  /** An index of its own. */
  open: () => Promise<Index>
}

const makeOf = (name: IndexMake['name'], newPlace: IndexMake['newPlace']): IndexMake => ({
  name,
  newPlace,
  open: async () => (await newPlace()).open(),
})

const embedded = makeOf('embedded', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'rushes-')), 'rushes.db')
  return { open: () => openTestIndex({ index: path }) }
})

const silent = pino({ level: 'silent' })

/** A suite on a PostgreSQL cluster of its own; skipped where there is no PostgreSQL, which the run says once. */
export const onPostgres = (name: string, suite: (cluster: () => Cluster) => void): void => {
  describe.skipIf(!hasPostgres)(name, () => {
    let started: Cluster | undefined
    beforeAll(async () => {
      started = await startCluster()
    })
    afterAll(() => started?.remove())
    suite(() => {
      if (!started) throw new Error('the cluster is started before the first test')
      return started
    })
  })
}

/** Runs a suite on both databases. */
export const onEachIndex = (suite: (make: IndexMake) => void): void => {
  describe('embedded', () => suite(embedded))
  onPostgres('PostgreSQL', (cluster) =>
    suite(
      makeOf('PostgreSQL', async () => {
        const databaseUrl = await cluster().createDatabase()
        return { open: () => openPostgresIndex({ databaseUrl, logger: silent }) }
      }),
    ),
  )
}
