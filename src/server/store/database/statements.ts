import Database from 'libsql'
import { DatabaseError, type OpenMode, type Rows } from './protocol.ts'

export type Statements = {
  /** Runs one statement. Throws a DatabaseError. */
  run: (sql: string, parameters: readonly unknown[]) => Rows
  close: () => void
}

/** Milliseconds to wait for a process that is just letting go of the file. */
const BUSY_MS = 5000
/** Prepared statements that are kept. The stores use some forty. */
const MAX_KEPT_STATEMENTS = 200

const asDatabaseError = (error: unknown): DatabaseError => {
  if (!(error instanceof Error)) return new DatabaseError('SQLITE_ERROR', String(error))
  return new DatabaseError('code' in error ? String(error.code) : 'SQLITE_ERROR', error.message)
}

const guarded = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw asDatabaseError(error)
  }
}

const settings = (database: Database.Database, mode: OpenMode): void => {
  // Without other processes on the file, its shared memory is ordinary memory: the index then also works on network
  // file systems, and opens on a full disk. It is a lock besides, which ends with the process.
  database.pragma('locking_mode = exclusive')
  if (mode === 'salvage') {
    database.pragma('query_only = on')
    return
  }
  database.pragma('journal_mode = wal')
  // 64 MB of pages, so that filling a large index does not read each of them again and again.
  database.pragma('cache_size = -65536')
  // A job's intent must be on disk before money is spent on it.
  database.pragma('synchronous = full')
  database.pragma('foreign_keys = off')
}

/** Opens a SQLite file in this process. Throws a DatabaseError where it cannot be had or is none. */
export const openStatements = (path: string, mode: OpenMode): Statements =>
  guarded(() => {
    const database = new Database(path, { timeout: BUSY_MS })
    try {
      settings(database, mode)
      // Takes the lock, and reads the first page.
      database.prepare('select count(*) from sqlite_master').all()
    } catch (error) {
      database.close()
      throw error
    }
    const prepared = new Map<string, Database.Statement>()
    const prepare = (sql: string): Database.Statement => {
      const known = prepared.get(sql)
      if (known) return known
      const statement = database.prepare(sql)
      if (prepared.size >= MAX_KEPT_STATEMENTS) prepared.clear()
      prepared.set(sql, statement)
      return statement
    }
    return {
      run: (sql, parameters) =>
        guarded(() => {
          const statement = prepare(sql)
          if (statement.reader) return { rows: statement.all(parameters), changes: 0 }
          return { rows: [], changes: statement.run(parameters).changes }
        }),
      close: () => database.close(),
    }
  })
