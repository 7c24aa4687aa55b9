import type { Expressions } from './expressions.ts'
import type { IndexQueries } from './tables.ts'

/** How an index is worked with. */
export type IndexAccess = {
  /**
   * Runs `work`, and again where the database was lost in the middle of it: what it does must bear being done twice. On
   * an embedded index works wait for each other; on PostgreSQL several are under way at once, on several servers.
   */
  run: <T>(work: (db: IndexQueries) => Promise<T>) => Promise<T>
  /**
   * The same inside of one transaction. It sees what others have committed until each of its statements begins; rows that
   * it decides by and that nobody may change meanwhile it asks for with `keepRows` or `takeRows`.
   */
  transact: <T>(work: (db: IndexQueries) => Promise<T>) => Promise<T>
}

/** The database of jobs and uploads: embedded, or a PostgreSQL. */
export type Index = IndexAccess & {
  /** For looking alone: does not wait until an embedded index is filled. */
  look: IndexAccess['run']
  /**
   * For what has to be written down whatever happens: where a PostgreSQL is away it waits until that is back, instead of
   * failing.
   */
  patient: IndexAccess
  /**
   * Whether it may be lost and made again from the files: a job that is not in it any more is then put in again. On
   * PostgreSQL such a job was removed by another server.
   */
  isRemade: boolean
  /** False while what is written is not kept: an index in memory stands in for one that has no room on its disk. */
  isKept: () => boolean
  /** False while a PostgreSQL answers, but refuses what is to be written. */
  takesChanges: () => boolean
  /**
   * Runs what belongs together and is not in the database alone, one after the other for each name, on all servers. It
   * asks for no further name inside of it. Where a PostgreSQL loses its turn in the middle, what it then asks of the
   * database is refused as if that were away.
   */
  exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>
  expressions: Expressions
  close: () => Promise<void>
}
