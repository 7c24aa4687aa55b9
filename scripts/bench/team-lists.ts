import { pino } from 'pino'
import { openPostgresIndex } from '../../src/server/store/database/postgres/open-postgres-index.ts'
import { createJobStore } from '../../src/server/store/job-store.ts'
import type { Cluster } from '../../src/server/testing/postgres.ts'
import { jobsOf, resultOf } from './store-data.ts'
import { median } from './table.ts'
import { startTeam } from './team-processes.ts'

const RUNS = 15
const BATCH = 500

const QUERIES: Record<string, string> = {
  list: '',
  'search rare': '&text=zeppelin',
  'search common': '&text=fox%20snow',
  starred: '&starred=true',
  seed: '&seed=42',
}

/** Milliseconds that a page waits for lists and searches of a server with so many takes on PostgreSQL. */
export const askLists = async (cluster: Cluster, takes: number): Promise<Record<string, number>> => {
  const databaseUrl = await cluster.createDatabase()
  const index = await openPostgresIndex({ databaseUrl, logger: pino({ level: 'silent' }) })
  const store = createJobStore(index)
  let batch: Parameters<typeof store.restore>[0][number][] = []
  for (const job of jobsOf(takes)) {
    batch.push({ job, cloud: null, result: resultOf(job) })
    if (batch.length < BATCH) continue
    await store.restore(batch)
    batch = []
  }
  await store.restore(batch)
  // As autovacuum does by itself some time after.
  await cluster.query('vacuum analyze', databaseUrl)
  await index.close()
  const team = await startTeam(databaseUrl, {})
  try {
    const { url } = await team.web()
    const times: Record<string, number> = {}
    for (const [name, query] of Object.entries(QUERIES)) {
      const all: number[] = []
      for (let run = 0; run < RUNS; run++) {
        const begin = performance.now()
        await (await fetch(`${url}/v1/jobs?limit=60${query}`)).json()
        all.push(performance.now() - begin)
      }
      times[name] = median(all)
    }
    return times
  } finally {
    await team.stop()
  }
}
