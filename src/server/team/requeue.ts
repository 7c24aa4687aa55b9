import { sql } from 'kysely'
import { z } from 'zod'
import type { OrderRecord } from '../../shared/renderer.ts'
import { isFinished } from '../../shared/job.ts'
import { requeued } from '../jobs/transitions.ts'
import type { Index } from '../store/database/index-access.ts'
import type { IndexQueries } from '../store/database/tables.ts'
import { createJobStore } from '../store/job-store.ts'
import { within } from './fence.ts'

/** Leases that are taken back at once. */
const BATCH_JOBS = 50
/** Ranks between what goes back to the head of the queue and what stood there; see jobs/ranks.ts. */
const RANK_STEP = 1000

const idsSchema = z.array(z.object({ id: z.string() }))

/** Lets a job wait again that the transaction has locked, before all others, with what is known of its order. */
const putBack = async (index: Index, db: IndexQueries, id: string, cloud?: OrderRecord | null): Promise<void> => {
  const jobs = createJobStore(within(index, db))
  // What cannot be read stays as it is; that nobody holds it is written all the same.
  const stored = await jobs.get(id).catch(() => undefined)
  if (stored && !isFinished(stored.job)) await jobs.update(requeued(stored.job), cloud ?? stored.cloud)
  await sql`
    update queue set
      owner = null, token = null, lease_until = null,
      rank = least(rank, (select min(other.rank) from queue as other where other.owner is null) - ${RANK_STEP}::float8)
    where id = ${id}`.execute(db)
}

/** Gives jobs back that a worker holds: whoever claims them next goes on. What it does not hold any more stays as it is. */
export const requeueHeld = async (
  index: Index,
  held: readonly { id: string; token: string; cloud?: OrderRecord | null }[],
): Promise<void> => {
  for (const { id, token, cloud } of held)
    await index.transact(async (db) => {
      const { rows } = await sql`
        select id from queue where id = ${id} and token = ${token}::bigint for update`.execute(db)
      if (rows.length > 0) await putBack(index, db, id, cloud)
    })
}

/** Takes jobs back from workers whose leases have passed by the database's own clock. Answers their ids. */
export const requeueLapsed = (index: Index): Promise<string[]> =>
  index.transact(async (db) => {
    const { rows } = await sql`
      select id from queue where owner is not null and lease_until < now()
      order by rank desc limit ${BATCH_JOBS} for update skip locked`.execute(db)
    const ids = idsSchema.parse(rows).map(({ id }) => id)
    for (const id of ids) await putBack(index, db, id)
    return ids
  })
