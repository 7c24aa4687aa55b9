import type { Index } from '../store/database/index-access.ts'
import type { PersonRow } from '../store/database/tables.ts'
import { full } from '../store/job-writes.ts'

/** Days that a session lasts after it was last used. */
const LASTS_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

export type SessionStore = {
  begin: (hash: string, personId: string) => Promise<void>
  /** Whose a session is; undefined for one that is over. One that is used lasts on. */
  find: (hash: string) => Promise<PersonRow | undefined>
  end: (hash: string) => Promise<void>
  /** Ends all of a person. */
  endAll: (personId: string) => Promise<void>
  /** Forgets those that are over. */
  sweep: () => Promise<void>
}

/** Signed-in browsers in the index. Everything is on disk when a call resolves. */
export const createSessionStore = (
  index: Pick<Index, 'run' | 'transact' | 'isKept'>,
  now: () => Date,
): SessionStore => {
  const later = (days: number): string => new Date(now().getTime() + days * DAY_MS).toISOString()
  const time = (): string => now().toISOString()
  return {
    begin: (hash, personId) =>
      index.run(async (db) => {
        if (!index.isKept()) throw full()
        await db
          .insertInto('sessions')
          .values({ hash, person_id: personId, created_at: time(), expires_at: later(LASTS_DAYS) })
          .onConflict((on) => on.doNothing())
          .execute()
      }),
    find: (hash) =>
      index.run(async (db) => {
        const row = await db
          .selectFrom('sessions')
          .innerJoin('people', 'people.id', 'sessions.person_id')
          .selectAll('people')
          .select('expires_at')
          .where('hash', '=', hash)
          .where('expires_at', '>', time())
          .where('disabled_at', 'is', null)
          .executeTakeFirst()
        if (!row) return undefined
        const { expires_at: expires, ...person } = row
        // Once a day is often enough.
        if (expires < later(LASTS_DAYS - 1))
          await db
            .updateTable('sessions')
            .set({ expires_at: later(LASTS_DAYS) })
            .where('hash', '=', hash)
            .execute()
        return person
      }),
    end: async (hash) => {
      await index.run((db) => db.deleteFrom('sessions').where('hash', '=', hash).execute())
    },
    endAll: async (personId) => {
      await index.run((db) => db.deleteFrom('sessions').where('person_id', '=', personId).execute())
    },
    sweep: async () => {
      await index.run((db) => db.deleteFrom('sessions').where('expires_at', '<', time()).execute())
    },
  }
}
