import { sql } from 'kysely'
import type { Index } from '../store/database/index-access.ts'
import { PAUSED } from './claims.ts'
import { tellAll } from './messages.ts'

/** Lets nothing begin on any worker; with `requeue` what workers render themselves goes back into the queue. */
export const pauseQueue = (index: Index, running: 'finish' | 'requeue'): Promise<void> =>
  index.transact(async (db) => {
    await db
      .insertInto('meta')
      .values({ key: PAUSED, value: running })
      .onConflict((on) => on.column('key').doUpdateSet({ value: running }))
      .execute()
    await tellAll(db, { queue: running === 'requeue' ? 'requeue' : 'paused' })
  })

export const resumeQueue = (index: Index): Promise<void> =>
  index.transact(async (db) => {
    await sql`delete from meta where key = ${PAUSED}`.execute(db)
    await tellAll(db, { queue: 'goes on' })
  })
