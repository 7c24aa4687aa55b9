import { sql } from 'kysely'
import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import { isFinished, type Job } from '../../shared/job.ts'
import { describeFailure, failed } from '../jobs/transitions.ts'
import type { Index } from '../store/database/index-access.ts'
import type { IndexQueries } from '../store/database/tables.ts'
import { createWaitingStore } from '../store/waiting-store.ts'
import { within } from './fence.ts'
import { tellAll } from './messages.ts'
import { readJobs } from './read-jobs.ts'

/** Jobs that one statement ends, and one notification names. */
const BATCH_JOBS = 100

const rowsSchema = z.array(z.object({ id: z.string(), ordered: z.boolean() }))

/** What became of a wish to cancel: it has ended, whoever holds it was asked to, or it was not in the queue any more. */
export type Asked = 'ended' | 'asked' | 'gone'

export type Ending = {
  /**
   * Cancels a job. Where nothing was ordered it ends here and now, whoever holds it: what that one still writes of it is
   * not kept. An order is left to who holds it, for the other side has to be told.
   */
  cancel: (id: string) => Promise<Asked>
  /** Cancels all that nobody holds. Answers their ids, and those that have to be told to another side first. */
  cancelWaiting: (owner?: string) => Promise<{ ended: string[]; asked: string[] }>
}

const cancelled = (job: Job, now: Date) =>
  failed(job, describeFailure(new RushesError('CANCELLED', 'Cancelled.'), { ordered: false, resumable: false }), now)

/** Ends jobs that are not wanted any more, each in one step that no claim can come between. */
export const createEnding = ({ index, now }: { index: Index; now: () => Date }): Ending => {
  const ask = async (db: IndexQueries, ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return
    await sql`update queue set cancel_requested = true where id = any(${ids}::text[])`.execute(db)
    await tellAll(db, { cancel: [...ids] })
  }

  /** Ends jobs of which nothing was ordered, whose rows the transaction has locked. */
  const end = async (db: IndexQueries, ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return
    const own = within(index, db)
    const stored = await readJobs(own, ids)
    const unfinished = stored.flatMap(({ job }) => (isFinished(job) ? [] : [cancelled(job, now())]))
    await createWaitingStore(own).end(unfinished)
    // One of them may be running: it is stopped.
    await tellAll(db, { cancel: [...ids] })
  }

  return {
    cancel: (id) =>
      index.transact(async (db) => {
        const { rows } = await sql`select id, ordered from queue where id = ${id} for update`.execute(db)
        const [row] = rowsSchema.parse(rows)
        if (!row) return 'gone'
        await (row.ordered ? ask : end)(db, [id])
        return row.ordered ? 'asked' : 'ended'
      }),
    cancelWaiting: async (owner) => {
      const all = { ended: [] as string[], asked: [] as string[] }
      for (;;) {
        const some = await index.transact(async (db) => {
          const { rows } = await sql`
            select id, ordered from queue where owner is null and not cancel_requested
            and (${owner ?? null}::text is null or id in (select jobs.id from jobs where jobs.owner = ${owner ?? null}))
            order by rank, seq limit ${BATCH_JOBS} for update skip locked`.execute(db)
          const found = rowsSchema.parse(rows)
          const [ended, asked] = [false, true].map((is) =>
            found.flatMap((each) => (each.ordered === is ? [each.id] : [])),
          )
          await end(db, ended ?? [])
          await ask(db, asked ?? [])
          return { ended: ended ?? [], asked: asked ?? [] }
        })
        if (some.ended.length + some.asked.length === 0) return all
        all.ended.push(...some.ended)
        all.asked.push(...some.asked)
      }
    },
  }
}
