import { sql } from 'kysely'
import type { FinishedJob, JobStatus } from '../../shared/job.ts'
import { decodeText } from './database/bytes.ts'
import type { Index } from './database/index-access.ts'
import { batches } from './batches.ts'
import { columnsOf } from './job-row.ts'

/** What the index has of jobs that wait, many at a time. */
export type WaitingStore = {
  /** The ranks that somebody gave to jobs which are not finished, by their ids. */
  ranks: () => Promise<ReadonlyMap<string, number>>
  rank: (jobs: readonly { id: string; rank: number }[]) => Promise<void>
  /** Writes down that jobs ended which never began. False where a row of one is not there. */
  end: (jobs: readonly FinishedJob[]) => Promise<boolean>
}

const FINISHED: readonly JobStatus[] = ['completed', 'failed']
/** Jobs that one statement writes. */
const BATCH_ROWS = 500

export const createWaitingStore = (
  index: Pick<Index, 'run' | 'transact' | 'isKept' | 'expressions'>,
): WaitingStore => ({
  ranks: async () => {
    const rows = await index.run((db) =>
      db
        .selectFrom('jobs')
        .select([index.expressions.text('id').as('id'), 'queue_rank'])
        .where('status', 'not in', FINISHED)
        .where('queue_rank', 'is not', null)
        .execute(),
    )
    return new Map(
      rows.flatMap(({ id, queue_rank: rank }) => (typeof rank === 'number' ? [[decodeText(id) ?? '', rank]] : [])),
    )
  },
  rank: (jobs) =>
    index.transact(async (db) => {
      for (const batch of batches(jobs, BATCH_ROWS))
        await sql`
          update jobs set queue_rank = cast(new.value ->> 'rank' as double precision)
          from ${index.expressions.items(JSON.stringify(batch.map(({ id, rank }) => ({ id, rank }))))} as new
          where jobs.id = new.value ->> 'id'`.execute(db)
    }),
  end: (jobs) =>
    index.transact(async (db) => {
      let written = 0n
      for (const batch of batches(jobs, BATCH_ROWS)) {
        const rows = batch.map((job) => {
          const { id, status, usd, usd_certain, body } = columnsOf(job)
          return { id, status, usd, usd_certain, body }
        })
        const { numAffectedRows } = await sql`
          update jobs set
            status = new.value ->> 'status', usd = cast(new.value ->> 'usd' as double precision),
            usd_certain = cast(new.value ->> 'usd_certain' as integer), body = new.value ->> 'body'
          from ${index.expressions.items(JSON.stringify(rows))} as new
          where jobs.id = new.value ->> 'id'`.execute(db)
        written += numAffectedRows ?? 0n
      }
      return index.isKept() && written === BigInt(jobs.length)
    }),
})
