import { megabytes, printTable } from './table.ts'
import { claimsPerSecond } from './team-claims.ts'
import { deliverEvents } from './team-events.ts'
import { askLists } from './team-lists.ts'
import { findPostgres, POSTGRES_MISSING } from '../postgres.mjs'

const [CLAIMED, SUBMITTED, PAGES, TAKES] = [5000, 100, 500, 200_000]
const QUICK = { CLAIMED: 100, SUBMITTED: 3, PAGES: 5, TAKES: 1000 }

/** Several servers and workers on one PostgreSQL, on this machine, with its disk as careful as it is by default. */
export const benchTeam = async (quick: boolean): Promise<void> => {
  const programs = findPostgres()
  if (programs === undefined) return console.log(`\n${POSTGRES_MISSING}`)
  // Which its module reads when it is loaded.
  process.env['RUSHES_TEST_POSTGRES'] = programs
  const { startCluster } = await import('../../src/server/testing/postgres.ts')
  const cluster = await startCluster(['fsync=on'])
  // The cluster's process keeps nothing waiting, this one included.
  const awake = setInterval(() => undefined, 1000)
  try {
    const claims = await claimsPerSecond(cluster, quick ? QUICK.CLAIMED : CLAIMED)
    const pages = quick ? QUICK.PAGES : PAGES
    const events = await deliverEvents(cluster, quick ? QUICK.SUBMITTED : SUBMITTED, pages)
    const takes = quick ? QUICK.TAKES : TAKES
    const lists = await askLists(cluster, takes)
    printTable(
      'A team on PostgreSQL (servers, workers, database and pages on this machine)',
      ['', 'measured', 'goal'],
      [
        ['claims a second, 4 workers', claims.claims.toFixed(0), '500'],
        ['jobs a second, claimed, begun and completed', claims.jobs.toFixed(0), ''],
        ['from submitted to claimed, p99, 4 workers idle, ms', events.claimed.toFixed(0), '100'],
        ['from submitted to begun on a page of another server, p99, ms', events.begun.toFixed(0), '250'],
        [`from submitted to told, p99 over ${pages} pages of one server, ms`, events.told.toFixed(0), '500'],
        [
          `memory of that server, before and with ${pages} pages`,
          `${megabytes(events.before)}, ${megabytes(events.with)}`,
          '',
        ],
        ...Object.entries(lists).map(([name, ms]) => [
          `${name} at ${takes.toLocaleString('en')} takes, median, ms`,
          ms.toFixed(1),
          '50',
        ]),
      ],
    )
  } finally {
    await cluster.remove()
    clearInterval(awake)
  }
}
