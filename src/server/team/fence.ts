import { sql } from 'kysely'
import type { Index, IndexAccess } from '../store/database/index-access.ts'
import type { IndexQueries } from '../store/database/tables.ts'

/** A write for a job that this process does not hold any more: nothing of it was kept. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost'
}

/** An index whose works are all part of one transaction that is open already. */
export const within = (index: Index, db: IndexQueries): Index => {
  const run: IndexAccess['run'] = (work) => work(db)
  return { ...index, run, transact: run, look: run }
}

/**
 * An index whose every work is kept only where the job is still held under that fencing token. The row of the queue is
 * locked first, so that nobody can claim the job between the look and the end of the transaction.
 */
export const fenced = (index: Index, { id, token }: { id: string; token: string }): Index => {
  const transact: IndexAccess['transact'] = (work) =>
    index.transact(async (db) => {
      const { rows } = await sql`
        select 1 from queue where id = ${id} and token = ${token}::bigint for update`.execute(db)
      if (rows.length === 0) throw new ClaimLost(`${id} is not held any more`)
      return work(db)
    })
  return { ...index, run: transact, transact, look: transact }
}
