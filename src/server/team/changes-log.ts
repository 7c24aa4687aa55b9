import { sql } from 'kysely'
import { z } from 'zod'
import type { IndexAccess } from '../store/database/index-access.ts'

/** How long a change can be looked up after it was made. */
const KEPT = '1 hour'

export type ChangesLog = {
  /** Begins here: what was committed before is known by whoever reads the jobs after this. */
  begin: () => Promise<void>
  /** A change was heard of, by its transaction. Answers whether a look has not told of that before. */
  heard: (xid: string) => boolean
  /** What was heard may not have been all: the next look takes in everything. */
  doubt: () => void
  /** The jobs that were put in, changed or removed since the last look without having been heard of. */
  look: () => Promise<string[]>
  /** Whose removed jobs were, by their ids; those that were nobody's are not among them. */
  ownersOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Removes what is too old to be looked up. */
  prune: () => Promise<void>
}

const ownersSchema = z.array(z.object({ id: z.string(), owner: z.string() }))
const rowsSchema = z.array(z.object({ horizon: z.string(), xid: z.string().nullable(), id: z.string().nullable() }))

/**
 * Knows which changes of jobs this process has not heard of. Changes become visible in another order than they were made
 * in, so that the last one seen says nothing of those before it. What does is the oldest transaction that was still open
 * at the last look: all older ones were seen by then, and every one from it on is looked at again.
 */
export const createChangesLog = (index: Pick<IndexAccess, 'run'>): ChangesLog => {
  let horizon: string | null = null
  /** Transactions that were heard of, and those that looks have told of. */
  let known = new Set<string>()
  let looked = new Set<string>()

  const read = (from: string | null): Promise<z.infer<typeof rowsSchema>> =>
    index.run(async (db) => {
      const { rows } = await sql`
        select seen.horizon, job_changes.xid::text as xid, job_changes.id
        from (select pg_snapshot_xmin(pg_current_snapshot())::text as horizon) as seen
        left join job_changes on job_changes.xid >= ${from}::xid8`.execute(db)
      return rowsSchema.parse(rows)
    })

  return {
    begin: async () => {
      const [row] = await read(null)
      horizon = row?.horizon ?? null
    },
    heard: (xid) => {
      known.add(xid)
      return !looked.has(xid)
    },
    doubt: () => known.clear(),
    look: async () => {
      const rows = await read(horizon)
      const next = rows[0]?.horizon ?? horizon
      const missed = rows.flatMap(({ xid, id }) => (xid === null || id === null || known.has(xid) ? [] : [{ xid, id }]))
      for (const { xid } of missed) known.add(xid)
      // Its notification may still be on the way.
      const before = horizon
      looked = new Set([...looked].filter((xid) => before === null || BigInt(xid) >= BigInt(before)))
      for (const { xid } of missed) looked.add(xid)
      known = new Set([...known].filter((xid) => next === null || BigInt(xid) >= BigInt(next)))
      horizon = next
      return [...new Set(missed.map(({ id }) => id))]
    },
    ownersOf: async (ids) => {
      const { rows } = await index.run((db) =>
        sql`select id, owner from job_changes where owner is not null and id = any(${ids}::text[])`.execute(db),
      )
      return new Map(ownersSchema.parse(rows).map(({ id, owner }) => [id, owner]))
    },
    prune: async () => {
      await index.run((db) => sql`delete from job_changes where at < now() - ${KEPT}::interval`.execute(db))
    },
  }
}
