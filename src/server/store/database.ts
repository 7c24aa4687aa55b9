import { existsSync, renameSync } from 'node:fs'
import Database from 'libsql'
import { z } from 'zod'

export type { Database }

/** Word for word as in the index below, or that is not used. */
export const IS_STARRED = "json_extract(body, '$.starred') = 1"

const SCHEMA = `
  create table if not exists jobs (
    seq integer primary key autoincrement,
    id text not null unique,
    idempotency_key text unique,
    status text not null,
    renderer text not null,
    model text not null,
    body text not null,
    cloud text,
    result text
  );
  create index if not exists jobs_by_status on jobs (status, renderer, seq);
  create index if not exists jobs_starred on jobs (seq) where ${IS_STARRED};
  create table if not exists files (
    id text primary key,
    expires_at text,
    deleted integer not null default 0,
    body text not null
  );
`

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)

/** `whole` is false until `markWhole`: the files were not, or not all, read into the index yet. */
export type OpenedDatabase = { database: Database.Database; whole: boolean }

/** The index's `user_version` once it holds all that the files say. */
const WHOLE = 1

/** Writes down that the index holds all that the files say, so that a start need not look again. */
export const markWhole = (database: Database.Database): void => void database.pragma(`user_version = ${WHOLE}`)

/**
 * Opens the index. One that is not a database any more is put aside, and a new one is to be rebuilt from the files. The
 * folder is locked by then (`lockFolder`).
 */
export const openDatabase = (path: string): OpenedDatabase => {
  try {
    return open(path)
  } catch (error) {
    if (!hasCode(error, 'SQLITE_NOTADB', 'SQLITE_CORRUPT')) throw error
    const aside = `${path}.broken-${Date.now()}`
    // What was written last lies in the log beside it.
    for (const part of ['', '-wal', '-shm']) if (existsSync(path + part)) renameSync(path + part, aside + part)
    return open(path)
  }
}

const open = (path: string): OpenedDatabase => {
  const database = new Database(path, { timeout: 2000 })
  try {
    database.pragma('journal_mode = WAL')
    // A job's intent must be on disk before money is spent on it.
    database.pragma('synchronous = FULL')
    database.exec(SCHEMA)
    const { user_version: version } = versionSchema.parse(database.prepare('pragma user_version').get())
    return { database, whole: version >= WHOLE }
  } catch (error) {
    database.close()
    throw error
  }
}

const versionSchema = z.object({ user_version: z.number() })
