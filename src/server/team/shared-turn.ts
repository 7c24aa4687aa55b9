import { sql } from 'kysely'
import type { IndexAccess } from '../store/database/index-access.ts'
import { createTurn } from '../store/turn.ts'

/** What is done by one process at a time; the numbers are the locks' names in the database. */
export const TURNS = { spending: 1, changes: 2, queue: 3 } as const

/** Beside whatever other locks there are in the database: "rush" in ASCII. */
const OURS = 0x72757368

/** Works one after the other on all servers, as `createTurn` does in one process. */
export const createSharedTurn = (index: Pick<IndexAccess, 'transact'>, which: keyof typeof TURNS) => {
  // One of this process's works waits at the database, and not all of them with a connection each.
  const inTurn = createTurn()
  return <T>(work: () => Promise<T>): Promise<T> =>
    inTurn(async () => {
      let outcome: { value: T } | undefined
      await index.transact(async (db) => {
        // The lock may have been lost with its connection after the work was done: it is not done twice.
        if (outcome) return
        await sql`select pg_advisory_xact_lock(${OURS}::int, ${TURNS[which]}::int)`.execute(db)
        outcome = { value: await work() }
      })
      if (!outcome) throw new Error('nothing was done in turn')
      return outcome.value
    })
}
