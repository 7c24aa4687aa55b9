import { sql } from 'kysely'
import { z } from 'zod'
import type { IndexAccess } from '../store/database/index-access.ts'
import type { IndexQueries } from '../store/database/tables.ts'

/**
 * A job that a worker holds. `token` is the fencing token: it is never given twice, and whoever writes with an older one
 * writes nothing. `attempt` counts from 1.
 */
export type Claim = { id: string; token: string; attempt: number; cancelRequested: boolean; rank: number }

/** What the database says a worker holds, and whether the queue is paused. */
export type Beat = { held: Claim[]; pause: Pause }

/** `requeue`: what runs on workers' own machines goes back into the queue too. */
export type Pause = 'finish' | 'requeue' | null

/** How many more jobs a worker takes of each renderer. */
export type Wanted = ReadonlyMap<string, number>

const claimSchema = z
  .object({
    id: z.string(),
    token: z.string(),
    attempt: z.number(),
    cancel_requested: z.boolean(),
    rank: z.number(),
  })
  .transform(({ cancel_requested: cancelRequested, ...claim }) => ({ ...claim, cancelRequested }))
const pauseSchema = z.enum(['finish', 'requeue']).nullable().catch('finish')

const SHOWN = sql.raw('queue.id, queue.token::text as token, queue.attempt, queue.cancel_requested, queue.rank')
/** Where the queue's pause is written down. */
export const PAUSED = 'paused'

export const readPause = async (db: IndexQueries): Promise<Pause> => {
  const row = await db.selectFrom('meta').select('value').where('key', '=', PAUSED).executeTakeFirst()
  return pauseSchema.parse(row?.value ?? null)
}

/**
 * What a worker asks of the queue. All times are the database's own: no worker's clock matters. A lease that has passed
 * takes nothing away by itself; `requeueLapsed` does.
 */
export type Claims = {
  /** Takes as many jobs as are wanted, the first of the queue, that nobody holds. */
  claim: (wanted: Wanted) => Promise<Claim[]>
  /** Renews all leases of this worker, and says which it has. */
  beat: (lanes: Readonly<Record<string, number>>) => Promise<Beat>
  /** Says that this worker is gone. */
  leave: () => Promise<void>
}

export const createClaims = (
  index: Pick<IndexAccess, 'run'>,
  { worker, leaseMs }: { worker: string; leaseMs: number },
): Claims => {
  const until = sql`now() + ${leaseMs} * interval '1 millisecond'`

  // While the queue is paused, only what was ordered already goes on.
  const claimOf = async (db: IndexQueries, renderer: string, count: number): Promise<Claim[]> => {
    const { rows } = await sql`
      with next as materialized (
        select seq from queue
        where owner is null and renderer = ${renderer}
          and (ordered or not exists (select 1 from meta where key = ${PAUSED}))
        order by rank, seq limit ${count} for update skip locked
      )
      update queue set
        owner = ${worker}, token = nextval('claim_tokens'), attempt = attempt + 1, lease_until = ${until}
      from next where queue.seq = next.seq
      returning ${SHOWN}`.execute(db)
    return z.array(claimSchema).parse(rows)
  }

  return {
    claim: (wanted) =>
      index.run(async (db) => {
        const claimed: Claim[] = []
        for (const [renderer, count] of wanted) if (count > 0) claimed.push(...(await claimOf(db, renderer, count)))
        return claimed.toSorted((one, other) => one.rank - other.rank)
      }),
    beat: (lanes) =>
      index.run(async (db) => {
        const { rows } = await sql`
          with seen as (
            insert into workers (id, lanes, seen) values (${worker}, ${JSON.stringify(lanes)}::jsonb, now())
            on conflict (id) do update set lanes = excluded.lanes, seen = excluded.seen
          )
          update queue set lease_until = ${until} where owner = ${worker} returning ${SHOWN}`.execute(db)
        return { held: z.array(claimSchema).parse(rows), pause: await readPause(db) }
      }),
    leave: () =>
      index.run(async (db) => {
        await sql`delete from workers where id = ${worker}`.execute(db)
      }),
  }
}
