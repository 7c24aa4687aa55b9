import { pino } from 'pino'
import type { Index } from '../../src/server/store/database/index-access.ts'
import { openPostgresIndex } from '../../src/server/store/database/postgres/open-postgres-index.ts'
import type { JobFilter } from '../../src/server/store/job-filter.ts'
import { createJobStore, type JobStore } from '../../src/server/store/job-store.ts'
import { findPostgres, POSTGRES_MISSING } from '../postgres.mjs'
import { fillStore, jobsOf } from './store-data.ts'
import { median, printTable, quantile } from './table.ts'

const TAKES = 200_000
const RUNS = 25
const GOAL = '50 ms'

/** What the studio asks for: what is typed into the search field, and the wall of all takes. */
const QUERIES: readonly [name: string, filter: JobFilter][] = [
  ['everything', {}],
  ['fox', { text: 'fox' }],
  ['f', { text: 'f' }],
  ['lighthouse autumn', { text: 'lighthouse autumn' }],
  ['zeppelin', { text: 'zeppelin' }],
  ['no such word', { text: 'qqqq' }],
  ['model:lucy-pro-v2v', { model: 'lucy-pro-v2v' }],
  ['model:lucy-pro-v2v fox', { model: 'lucy-pro-v2v', text: 'fox' }],
  ['seed:4242', { seed: 4242 }],
  ['is:starred', { starred: true }],
  ['after a day', { from: '2026-10-31T00:00:00.000Z' }],
  ['before a day, fox', { until: '2026-08-01T00:00:00.000Z', text: 'fox' }],
]

const rowsOf = async (jobs: JobStore): Promise<string[][]> => {
  const rows: string[][] = []
  for (const [name, asked] of QUERIES) {
    const filter = { finished: true, ...asked }
    const times: number[] = []
    let total = 0
    for (let run = 0; run < RUNS; run++) {
      const begin = performance.now()
      const [, count] = await Promise.all([jobs.list(filter, 100, null), jobs.count(filter)])
      times.push(performance.now() - begin)
      total = count
    }
    const ms = (value: number) => `${value.toFixed(1)} ms`
    rows.push([name, total.toLocaleString('en'), ms(median(times)), ms(quantile(times, 0.95)), GOAL])
  }
  return rows
}

/** What a page waits for where the index is on a PostgreSQL: list and count of each query, with takes of years. */
export const benchPostgres = async (quick: boolean): Promise<void> => {
  const programs = findPostgres()
  if (programs === undefined) return console.log(POSTGRES_MISSING)
  process.env['RUSHES_TEST_POSTGRES'] = programs
  const { startCluster } = await import('../../src/server/testing/postgres.ts')
  const cluster = await startCluster()
  let index: Index | undefined
  try {
    const databaseUrl = await cluster.createDatabase()
    index = await openPostgresIndex({ databaseUrl, logger: pino({ level: 'silent' }) })
    const jobs = createJobStore(index)
    const count = quick ? 2000 : TAKES
    const begin = performance.now()
    await fillStore(jobs, jobsOf(count))
    const seconds = (performance.now() - begin) / 1000
    // As autovacuum does in the first minute.
    await cluster.query('vacuum analyze', databaseUrl)
    printTable(
      `Index on PostgreSQL (${count.toLocaleString('en')} takes, put in within ${seconds.toFixed(0)} s; ${RUNS} runs)`,
      ['list and count', 'found', 'median', 'p95', 'goal'],
      await rowsOf(jobs),
    )
  } finally {
    await index?.close()
    await cluster.remove()
  }
}
