import { pino } from 'pino'
import { processing } from '../../src/server/jobs/transitions.ts'
import { openPostgresIndex } from '../../src/server/store/database/postgres/open-postgres-index.ts'
import { createJobStore } from '../../src/server/store/job-store.ts'
import { createClaims } from '../../src/server/team/claims.ts'
import { fenced } from '../../src/server/team/fence.ts'
import { jobAt, OUTPUT } from '../../src/server/team/testing/jobs.ts'
import { completed } from '../../src/server/jobs/transitions.ts'
import type { Cluster } from '../../src/server/testing/postgres.ts'

const WORKERS = 4
const LEASE_MS = 15_000

/**
 * Jobs a second that four workers claim one by one from a queue of so many, and that they take all the way: claimed, begun
 * and completed, each step a commit of its own. Nothing is rendered.
 */
export const claimsPerSecond = async (cluster: Cluster, jobs: number): Promise<{ claims: number; jobs: number }> => {
  const databaseUrl = await cluster.createDatabase()
  const logger = pino({ level: 'silent' })
  const all = await Promise.all(
    Array.from({ length: WORKERS }, async (_, at) => {
      const index = await openPostgresIndex({ databaseUrl, logger })
      return { index, jobs: createJobStore(index), claims: createClaims(index, { worker: `${at}`, leaseMs: LEASE_MS }) }
    }),
  )
  const fill = async (): Promise<void> => {
    const known = Array.from({ length: jobs }, (_, second) => ({ job: jobAt(second), cloud: null, result: null }))
    await all[0]?.jobs.restore(known)
  }
  const timed = async (work: (worker: (typeof all)[number]) => Promise<boolean>): Promise<number> => {
    const begin = performance.now()
    await Promise.all(
      all.map(async (worker) => {
        while (await work(worker));
      }),
    )
    return jobs / ((performance.now() - begin) / 1000)
  }
  const one = new Map([['local', 1]])
  try {
    await fill()
    const claims = await timed(async (worker) => (await worker.claims.claim(one)).length > 0)
    await fill()
    const whole = await timed(async ({ claims, index, jobs: store }) => {
      const [claim] = await claims.claim(one)
      const stored = claim && (await store.get(claim.id))
      if (!stored) return false
      const held = createJobStore(fenced(index, claim))
      const begun = processing(stored.job, 'rendering', null, new Date())
      await held.update(begun, null)
      await held.complete(completed(begun, OUTPUT, new Date()), null, `takes/${claim.id}.png`)
      return true
    })
    return { claims, jobs: whole }
  } finally {
    for (const { index } of all) await index.close()
  }
}
